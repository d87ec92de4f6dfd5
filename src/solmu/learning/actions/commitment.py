"""An organisation says together where it stands, agrees on next steps, and keeps how it stood that day."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from solmu.access import gate
from solmu.access.actor import Actor
from solmu.access.deeds import Deed
from solmu.agenda import actions as agenda
from solmu.agenda.models import Item
from solmu.kernel.errors import Conflict, InvalidInput, NotNow
from solmu.kernel.models import insert, insert_or, save_version
from solmu.learning.lists import newest_list
from solmu.learning.models import Answer, Snapshot
from solmu.learning.queries.commitment import drafted, people_of, said_of
from solmu.learning.rules.commitment import JOINING, frozen, step_lacks

_LACKS = {
    "next_step": _("Write the next step, or leave out its owner and day."),
    "owner": _("Choose whose the next step is."),
    "due_on": _("Agree on a day for the next step."),
}
_FIELDS = ["level", "evidence", "next_step", "owner_id", "due_on", "step_done_on"]


def save_answer(
    actor: Actor,
    *,
    item_id: str,
    version: int,
    level: str,
    evidence: str = "",
    next_step: str = "",
    owner_id: UUID | None = None,
    due_on: date | None = None,
) -> Answer:
    """Writes where the organisation stands on one item; its next step waits on its owner's agenda."""
    with transaction.atomic():
        gate.require(actor, Deed.WRITE_COMMITMENT)
        row = _row(actor, item_id)
        before = (row.next_step, row.owner_id, row.due_on)
        row.level, row.evidence, row.next_step = level, evidence.strip(), next_step.strip()
        row.owner_id, row.due_on = owner_id, due_on
        _check(actor, row, _part_of(item_id), moved=due_on != before[2])
        if (row.next_step, owner_id, due_on) != before:
            row.step_done_on = None
        _save(row, version)
        _wait(actor, row)
    return row


def _part_of(item_id: str) -> str:
    found = newest_list()
    if found is None or item_id not in found.items:
        raise NotNow
    return found.items[item_id][0]


def _row(actor: Actor, item_id: str) -> Answer:
    known = {"organisation_id": actor.organisation_id, "item_id": item_id}
    return Answer.objects.filter(**known).first() or Answer(**known)


def _check(actor: Actor, row: Answer, part: str, *, moved: bool) -> None:
    errors = {}
    if row.level not in Answer.Level.values:
        errors["level"] = _("Choose one of the alternatives.")
    has_owner, has_day = bool(row.owner_id), bool(row.due_on)
    has_step = (has_owner or has_day) if part == JOINING else bool(row.next_step)
    lacks = step_lacks(has_step=has_step, has_owner=has_owner, has_day=has_day)
    errors |= {name: _LACKS[name] for name in lacks}
    if row.owner_id and row.owner_id not in people_of(actor.organisation_id, actor.today):
        errors["owner"] = _("Choose somebody who works in your organisation.")
    if moved and row.due_on and row.due_on < actor.today:
        errors["due_on"] = _("Choose today or a coming day.")
    if errors:
        raise InvalidInput(errors)


def _save(row: Answer, version: int) -> None:
    """Saves the row if nobody has saved it since `version`; 0: since it had not been written at all."""
    if not row._state.adding:  # noqa: SLF001 (Django tells a new row so)
        save_version(row, expected=version, fields=_FIELDS)
        return
    known = {"organisation_id": row.organisation_id, "item_id": row.item_id}
    insert_or(row, lambda: Conflict(Answer.objects.get(**known)))


def _wait(actor: Actor, row: Answer) -> None:
    joins = _part_of(row.item_id) == JOINING
    agenda.settle(actor, about_id=row.id)
    done = row.step_done_on or (joins and row.level == Answer.Level.YES)
    if row.owner_id and not done:
        kind = Item.Kind.JOINING_STEP if joins else Item.Kind.COMMITMENT_STEP
        agenda.put(actor, kind=kind, about_id=row.id, due_on=row.due_on, accounts=[row.owner_id])


def settle_step(actor: Actor, *, item_id: str, version: int, is_done: bool) -> Answer:
    """Its owner, or who writes the commitment, says that a next step is done, or that it is not after all."""
    with transaction.atomic():
        gate.require(actor, Deed.SEE_COMMITMENT)
        row = _row(actor, item_id)
        if row.owner_id != actor.account_id:
            gate.require(actor, Deed.WRITE_COMMITMENT)
        if not row.owner_id:
            raise NotNow
        row.step_done_on = actor.today if is_done else None
        fields = ["step_done_on"]
        if _part_of(item_id) == JOINING:
            row.level = Answer.Level.YES if is_done else Answer.Level.PARTLY
            fields.append("level")
        save_version(row, expected=version, fields=fields)
        _wait(actor, row)
    return row


def save_snapshot(actor: Actor, *, seen: int, made_on: date | None, present: str, is_shared: bool = False) -> Snapshot:
    """Keeps the working paper as it stands, unchangeable; `seen` is the state of it that those present agreed on."""
    with transaction.atomic():
        gate.require(actor, Deed.WRITE_COMMITMENT)
        rows = Answer.objects.filter(organisation_id=actor.organisation_id).select_related("owner")
        answers = {row.item_id: row for row in rows}
        own_list = newest_list()
        if own_list is None or not any(row.level for row in answers.values()):
            raise NotNow(_("Nothing has been said yet. Talk through at least one item first."))
        errors = {}
        if made_on is None or made_on > actor.today:
            errors["made_on"] = _("Write the day on which you talked; it cannot be a coming one.")
        if not present.strip():
            errors["present"] = _("Write who were present: this is made together.")
        if drafted(answers.values()) != seen:
            errors[""] = _("Somebody changed the working paper in the meantime. Look at it once more, then save.")
        if errors:
            raise InvalidInput(errors)
        row = Snapshot(
            organisation_id=actor.organisation_id,
            list_version=own_list.version,
            made_on=made_on,
            present=present.strip(),
            content=frozen(list(own_list.parts), said_of(answers.values())),
            is_shared=is_shared,
            saved_at=actor.at,
            saved_by_id=actor.account_id,
        )
        insert(row)
    return row


def share_snapshot(actor: Actor, *, snapshot_id: UUID, is_shared: bool) -> None:
    """Lets the region's coordinators see a snapshot, or no longer; what it says does not change."""
    with transaction.atomic():
        gate.require(actor, Deed.WRITE_COMMITMENT)
        own = Snapshot.objects.filter(pk=snapshot_id, organisation_id=actor.organisation_id)
        if not own.update(is_shared=is_shared):
            raise NotNow
