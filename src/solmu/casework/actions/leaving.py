"""Somebody no longer works in a unit: the record closes to them at once, and what waited for them waits on."""

from uuid import UUID

from django.db import transaction
from django.db.models import OuterRef, Subquery

from solmu.access import gate
from solmu.access.actor import Actor
from solmu.access.deeds import Deed
from solmu.access.grants import close_grants, live_grants
from solmu.access.models import Grant
from solmu.agenda import actions as agenda
from solmu.agenda.models import Item
from solmu.casework.actions.cases import seek_pair
from solmu.casework.actions.contacts import takers
from solmu.casework.actions.granting import open_case_to_unit, open_contact_to_unit
from solmu.casework.models import Case, CaseWorker, Contact, Promise
from solmu.casework.queries.records import owners_in, pair_of
from solmu.organisations.queries import working_anywhere, working_in


def release_who_left(actor: Actor) -> int:
    """Takes people out of the work of units in which they no longer work; returns how many times. For the clock."""
    gate.require(actor, Deed.KEEP_UP)
    return _leave_pairs(actor) + _leave_contacts(actor) + _leave_promises(actor)


def _leave_pairs(actor: Actor) -> int:
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
            open_case_to_unit(actor, case)
        seek_pair(actor, case)
        return 1


def _leave_contacts(actor: Actor) -> int:
    """Contacts about which work with a family has not begun: the other of the two goes on, else the unit."""
    unit_of = Contact.objects.filter(pk=OuterRef("basis_id")).values("unit_id")
    held = live_grants(actor.at).filter(basis=Grant.Basis.CONTACT, subject_kind=Grant.Subject.PERSON)
    left = held.annotate(unit_id=Subquery(unit_of)).exclude(working_in("unit_id", actor.at, "subject_id"))
    return sum(_leave_contact(actor, grant) for grant in list(left))


def _leave_contact(actor: Actor, grant: Grant) -> int:
    with transaction.atomic():
        if not close_grants(basis_id=grant.basis_id, at=actor.at, subject_id=grant.subject_id):
            return 0
        contact = Contact.objects.get(pk=grant.basis_id)
        waits = {"record_id": contact.id, "from_account": grant.subject_id}
        if staying := takers(contact, actor.at):
            agenda.hand_over(actor, to_account=staying[0], **waits)
        elif agenda.hand_over(actor, to_unit=contact.unit_id, **waits):
            open_contact_to_unit(actor, contact, grant.valid_to)
        return 1


def _leave_promises(actor: Actor) -> int:
    """Promises of those who no longer work anywhere wait for the family's pair."""
    waiting = Item.objects.filter(kind=Item.Kind.PROMISE, settled_at=None).exclude(owner_account_id=None)
    left = waiting.exclude(working_anywhere(actor.at, "owner_account_id"))
    return sum(_leave_promise(actor, promise_id) for promise_id in list(left.values_list("about_id", flat=True)))


def _leave_promise(actor: Actor, promise_id: UUID) -> int:
    with transaction.atomic():
        promise = Promise.objects.select_related("case").get(pk=promise_id)
        close_grants(basis_id=promise.member_id, at=actor.at)
        waits = {"about_id": promise.id, "record_id": promise.case.family_id, "due_on": promise.due_on}
        agenda.put(actor, kind=Item.Kind.PROMISE, **waits, **owners_in(promise.case))
        return 1
