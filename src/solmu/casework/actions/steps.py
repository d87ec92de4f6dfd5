"""What a pair does next with a family, agreed with it; and no family that is worked with is left without anything."""

from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from solmu.access import gate
from solmu.access.actor import Actor
from solmu.access.deeds import Deed
from solmu.agenda import actions as agenda
from solmu.agenda.models import ENOUGH_TO_SEE, Item
from solmu.casework.models import Case, NextStep
from solmu.casework.queries.records import owners_in, require_open, require_own_unit, require_row
from solmu.kernel.errors import InvalidInput, NotNow
from solmu.kernel.models import insert, save_version
from solmu.organisations.rules import add_working_days

_NO_STEPS = frozenset({Item.Kind.NO_STEP, Item.Kind.EMERGENCY, Item.Kind.PERMISSION_ENDS, *ENOUGH_TO_SEE})
"""What may wait about a family without anybody going on with it."""


def agree_step(actor: Actor, *, case_id: UUID, words: str, due_on: date) -> NextStep:
    """Writes down what the pair does next, by a day from today on."""
    with transaction.atomic():
        _access, case = require_row(actor, Deed.WRITE_CASE, Case, case_id)
        require_own_unit(case, actor)
        require_open(case)
        _check(words, due_on, actor.today)
        told = {"agreed_at": actor.at, "agreed_by": actor.account_id, "agreed_by_name": actor.name}
        step = insert(NextStep(case=case, words=words.strip(), due_on=due_on, **told))
        agenda.settle(actor, about_id=case.id, kinds=[Item.Kind.NO_STEP])
        _wait(actor, step)
    return step


def change_step(actor: Actor, *, step_id: UUID, version: int, words: str, due_on: date) -> NextStep:
    """Changes what was agreed, or its day."""
    with transaction.atomic():
        step = _agreed(actor, step_id)
        _check(words, due_on, min(actor.today, step.due_on))  # a late one may be reworded as it stands
        step.words, step.due_on = words.strip(), due_on
        save_version(step, expected=version, fields=["words", "due_on"])
        _wait(actor, step)
    return step


def end_step(actor: Actor, *, step_id: UUID, version: int, state: str) -> NextStep:
    """It is done, or no longer needed."""
    with transaction.atomic():
        step = _agreed(actor, step_id)
        if state not in {NextStep.State.DONE, NextStep.State.DROPPED}:
            raise InvalidInput({"state": _("Choose what became of it.")})
        step.state = state
        step.ended_at, step.ended_by, step.ended_by_name = actor.at, actor.account_id, actor.name
        save_version(step, expected=version, fields=["state", "ended_at", "ended_by", "ended_by_name"])
        agenda.settle(actor, about_id=step.id)
    return step


def drop_steps(actor: Actor, case: Case) -> None:
    """Ends what was still agreed when the work ends; what waited is settled with the case."""
    still = NextStep.objects.filter(case=case, state=NextStep.State.AGREED)
    ended = {"ended_at": actor.at, "ended_by": actor.account_id, "ended_by_name": actor.name}
    still.update(state=NextStep.State.DROPPED, **ended)


def leave_nobody_unseen(actor: Actor) -> int:
    """Lets each open case for whose family nothing waits wait for its next step; returns how many. For the clock.

    Once something else waits again, the next step need not be asked for any more. Looks at every open case: four
    seconds for a million of them.
    """
    gate.require(actor, Deed.KEEP_UP)
    waiting = Item.objects.filter(settled_at=None)
    steps = waiting.exclude(kind__in=_NO_STEPS)
    asked = waiting.filter(kind=Item.Kind.NO_STEP)
    seen = asked.filter(Exists(steps.filter(record_id=OuterRef("record_id")))).values_list("pk", flat=True)
    Item.objects.filter(pk__in=list(seen)).update(settled_at=actor.at)
    of_family = {"record_id": OuterRef("family_id")}
    cases = Case.objects.filter(state=Case.State.OPEN)
    unseen = cases.filter(~Exists(steps.filter(**of_family)), ~Exists(asked.filter(about_id=OuterRef("pk"))))
    return sum(_ask(actor, case_id) for case_id in unseen.values_list("pk", flat=True))


def _ask(actor: Actor, case_id: UUID) -> int:
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=case_id)
        if case.state != Case.State.OPEN:
            return 0
        due_on = add_working_days(actor.today, settings.SOLMU_NEXT_STEP_WITHIN)
        waits = {"about_id": case.id, "record_id": case.family_id, "due_on": due_on}
        agenda.put(actor, kind=Item.Kind.NO_STEP, **owners_in(case), **waits)
    return 1


def _agreed(actor: Actor, step_id: UUID) -> NextStep:
    _access, step = require_row(actor, Deed.WRITE_CASE, NextStep, step_id)
    require_own_unit(step.case, actor)
    if step.state != NextStep.State.AGREED:
        raise NotNow
    return step


def _check(words: str, due_on: date, earliest: date) -> None:
    errors = {}
    if not words.strip():
        errors["words"] = _("Write what is done next.")
    if due_on < earliest:
        errors["due_on"] = _("Choose today or a later day.")
    if errors:
        raise InvalidInput(errors)


def _wait(actor: Actor, step: NextStep) -> None:
    waits = {"about_id": step.id, "record_id": step.case.family_id, "due_on": step.due_on}
    agenda.put(actor, kind=Item.Kind.NEXT_STEP, **owners_in(step.case), **waits)
