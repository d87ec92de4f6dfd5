"""Somebody no longer works in a unit: the record closes to them at once, and what waited for them waits on."""

from uuid import UUID

from django.db import transaction

from solmu.access import gate
from solmu.access.actor import Actor
from solmu.access.deeds import Deed
from solmu.access.grants import Basis, close_grants, open_grant
from solmu.access.models import Grant
from solmu.agenda import actions as agenda
from solmu.casework.actions.cases import seek_pair
from solmu.casework.models import Case, CaseWorker
from solmu.casework.queries.records import pair_of
from solmu.casework.rules.classes import TAKING_OVER
from solmu.organisations.queries import working_in


def release_who_left(actor: Actor) -> int:
    """Takes people out of the pairs of units in which they no longer work; returns how many times. For the clock."""
    gate.require(actor, Deed.KEEP_UP)
    in_pairs = CaseWorker.objects.filter(until=None).exclude(case__state=Case.State.CLOSED)
    left = in_pairs.exclude(working_in("case__unit_id", actor.at))
    return sum(_release(actor, worker) for worker in left.values_list("pk", flat=True))


def _release(actor: Actor, worker_id: UUID) -> int:
    with transaction.atomic():
        if not CaseWorker.objects.filter(pk=worker_id, until=None).update(until=actor.at):
            return 0
        worker = CaseWorker.objects.select_related("case").get(pk=worker_id)
        case = worker.case
        close_grants(basis_id=case.id, at=actor.at, subject_id=worker.account_id)
        staying = pair_of(case)
        waits = {"record_id": case.family_id, "from_account": worker.account_id}
        if staying:
            agenda.hand_over(actor, to_account=staying[0], **waits)
        else:
            agenda.hand_over(actor, to_unit=case.unit_id, **waits)
            _open_to_unit(actor, case)
        seek_pair(actor, case)
        return 1


def _open_to_unit(actor: Actor, case: Case) -> None:
    """Nobody is left who could let a colleague in: the unit sees whose work waits, until somebody has taken it on."""
    open_grant(
        subject=(Grant.Subject.UNIT, case.unit_id),
        record_id=case.family_id,
        classes=TAKING_OVER,
        basis=Basis(Grant.Basis.CASE, case.id),
        purpose="support",
        valid_from=actor.at,
        may_write=True,
    )
