"""Makes one move of the table: state, reason, trace, grants and agenda, all in the caller's transaction."""

from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext_lazy as _

from solmu.access.actor import Actor
from solmu.access.classes import InformationClass
from solmu.access.grants import Basis, close_grants, live_grants, open_grant
from solmu.access.models import Grant
from solmu.agenda.actions import put, settle, settle_record
from solmu.agenda.models import ENOUGH_TO_SEE, Item
from solmu.kernel.clock import HELSINKI, local_date
from solmu.kernel.errors import InvalidInput, NotNow
from solmu.kernel.models import insert, save_version
from solmu.organisations.models import Unit
from solmu.organisations.rules import add_working_days
from solmu.referrals.models import Move, Referral
from solmu.referrals.records import owners_at_sender
from solmu.referrals.rules import (
    TERMINAL,
    By,
    Owner,
    Row,
    Standing,
    Wait,
    comes_back,
    find_move,
    waits_for,
    word_to_receiver,
)

PURPOSE = "referral"
_KINDS = [
    Item.Kind.DRAFT,
    Item.Kind.ANSWER,
    Item.Kind.CLAIMED,
    Item.Kind.QUESTION,
    Item.Kind.HOLD,
    Item.Kind.WORK,
    Item.Kind.CHECK_BACK,
    Item.Kind.AWAIT_ANSWER,
    Item.Kind.RETURNED,
    Item.Kind.TELL_FAMILY,
]


class MovedOn(NotNow):
    """The referral is not in a state from which this move goes."""

    message = _("The contact has moved on, and this is no longer possible. Its present state is shown below.")


def make_move(
    actor: Actor,
    referral: Referral,
    name: str,
    *,
    by: By,
    expected: int,
    reason: str = "",
    note: str = "",
    **changes,
) -> Row:
    """Moves the referral by the table, or raises MovedOn, InvalidInput or Conflict; `changes` are saved with it."""
    row = find_move(referral.state, name, by)
    if row is None:
        raise MovedOn
    reason = reason.strip()
    if row.reason and not reason:
        raise InvalidInput({"reason": _("Tell the reason: the other side and the family need to know it.")})
    if row.end != row.start or reason:
        changes["state_reason"] = reason
    if row.end in TERMINAL and row.start not in TERMINAL:
        changes |= {"ended_at": actor.at, "due_on": None}
        changes["came_back"] = comes_back(row.end, name) and row.start != "draft"
    changes["state"] = row.end
    for field, value in changes.items():
        setattr(referral, field, value)
    save_version(referral, expected=expected, fields=list(changes))
    trace(actor, referral, name, row.start, reason=reason, note=note)
    if row.end in TERMINAL:
        close_grants(basis_id=referral.id, at=actor.at)
        _leave_nothing_waiting(actor, referral)
    arrange(actor, referral)
    _tell_receiver(actor, referral, word_to_receiver(row, by, outside=referral.to_unit_id is None))
    return row


def _leave_nothing_waiting(actor: Actor, referral: Referral) -> None:
    """The unit's agenda keeps nothing of a family that is no longer open to it, such as the day of a meeting."""
    unit_id, record_id = referral.to_unit_id, referral.case.family_id
    if unit_id and not live_grants(actor.at).filter(record_id=record_id, subject_id=unit_id).exists():
        settle_record(actor, record_id=record_id, accounts=[], unit_id=unit_id)


def trace(actor: Actor, referral: Referral, name: str, start: str, *, reason: str = "", note: str = "") -> None:
    """Writes the step into the referral's way, which nobody changes afterwards."""
    insert(
        Move(
            referral=referral,
            move=name,
            from_state=start,
            to_state=referral.state,
            reason=reason,
            note=note.strip(),
            by_id=actor.account_id,
            by_name=actor.name,
            by_unit_name=Unit.objects.filter(pk=actor.unit_id).values_list("name", flat=True).first() or "",
            at=actor.at,
        )
    )


def standing(referral: Referral) -> Standing:
    """The referral as the rules of waiting see it."""
    asked_at = referral.questions.filter(answered_at=None).order_by("asked_at").values_list("asked_at", flat=True)
    first = asked_at.first()
    return Standing(
        state=referral.state,
        due_on=referral.due_on,
        outside=referral.to_unit_id is None,
        claimed=referral.claimed_by is not None,
        asked_on=local_date(first) if first else None,
        ended_on=local_date(referral.ended_at) if referral.ended_at else None,
        was_sent=referral.sent_at is not None,
        family_told=referral.family_told_on is not None,
        help_known=bool(referral.help_came),
        returned=referral.came_back,
    )


def arrange(actor: Actor, referral: Referral) -> None:
    """Puts on the agenda what the referral now waits for, and settles what it no longer does."""
    waits = waits_for(standing(referral))
    kept = {wait.kind for wait in waits}
    settle(actor, about_id=referral.id, kinds=[kind for kind in _KINDS if kind not in kept])
    for wait in waits:
        if owner := _owner(referral, wait):
            told = {"about_id": referral.id, "record_id": referral.case.family_id, "due_on": wait.due_on}
            put(actor, kind=wait.kind, **told, **owner)


def _tell_receiver(actor: Actor, referral: Referral, kind: str) -> None:
    """The unit gets a notice that names no record; for a receiver outside, the pair gets the call to make."""
    if kind in ENOUGH_TO_SEE:
        put(actor, kind=kind, about_id=referral.id, due_on=actor.today, unit_id=referral.to_unit_id)
    elif kind and (owner := owners_at_sender(referral)):
        due_on, record_id = add_working_days(actor.today, 1), referral.case.family_id
        put(actor, kind=kind, about_id=referral.id, due_on=due_on, record_id=record_id, **owner)


def _owner(referral: Referral, wait: Wait) -> dict:
    if wait.owner is Owner.UNIT:
        return {"unit_id": referral.to_unit_id}
    if wait.owner is Owner.CLAIMER:
        return {"accounts": [referral.claimed_by]}
    return owners_at_sender(referral)


def open_to_receiver(
    actor: Actor, referral: Referral, classes: InformationClass, last_day: date, *, may_write: bool
) -> None:
    """Opens classes of the family to the receiving unit, until the end of the permission's last day."""
    open_grant(
        subject=(Grant.Subject.UNIT, referral.to_unit_id),
        record_id=referral.case.family_id,
        classes=classes,
        basis=Basis(Grant.Basis.REFERRAL, referral.id),
        purpose=PURPOSE,
        valid_from=actor.at,
        valid_to=end_of(last_day),
        may_write=may_write,
    )


def end_of(day: date) -> datetime:
    """The midnight that ends a day in Finland."""
    return datetime.combine(day + timedelta(days=1), time.min, HELSINKI)


def last_day_of(referral: Referral) -> date:
    """The last day on which every permission that the referral rests on holds."""
    return min(referral.permissions.values_list("valid_to", flat=True))


def coming_day(actor: Actor, day: date | None, field: str, sentence) -> date:
    """The given day, if it is given and not in the past."""
    if day is None or day < actor.today:
        raise InvalidInput({field: sentence})
    return day
