"""The parts that the sender's and the receiver's pages of a referral have in common."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from solmu.referrals.actions.outside import GIVEN
from solmu.referrals.models import Referral, State

MOVE_LABELS = {
    "prepare": _("began to prepare"),
    "propose": _("proposed this receiver"),
    "send": _("sent the contact"),
    "claim": _("took on"),
    "release": _("gave back to the queue"),
    "accept": _("accepted the contact"),
    "reject": _("could not accept"),
    "redirect": _("proposed another receiver"),
    "ask": _("asked for more"),
    "answer": _("answered the question"),
    "call": _("called the receiver"),
    "start": _("began to help"),
    "report": _("told how it goes"),
    "hold": _("put on hold"),
    "complete": _("said that the matter is done"),
    "fail": _("could not carry it out"),
    "cancel": _("called off"),
    "error": _("marked this as a mistake"),
    "withdraw": _("recorded that the permission was withdrawn"),
    "expire": _("noticed that the permission ended"),
    "tell_receiver": _("recorded that the receiver knows of the end"),
    "tell_family": _("told the family"),
}


@dataclass(frozen=True)
class StepRow:
    """One step of the way that a referral has gone."""

    label: str
    by: str
    unit: str
    at: datetime
    reason: str
    note: str


@dataclass(frozen=True)
class QuestionRow:
    """A question and, once it is there, its answer."""

    id: UUID
    text: str
    asked_by: str
    asked_at: datetime
    answer: str
    answered_by: str
    answered_at: datetime | None


@dataclass(frozen=True)
class CallRow:
    """A contact to a receiver outside Solmu."""

    called_at: datetime
    answered_by: str
    agreed: str
    family_took_part: bool
    packet_given: str
    check_back_on: date
    by: str


def steps_of(referral: Referral) -> tuple[StepRow, ...]:
    """The way so far, the newest step first."""
    moves = referral.moves.order_by("-at", "-id")
    return tuple(
        StepRow(str(MOVE_LABELS.get(m.move, m.move)), m.by_name, m.by_unit_name, m.at, m.reason, m.note) for m in moves
    )


def questions_of(referral: Referral) -> tuple[QuestionRow, ...]:
    """What was asked, in order."""
    rows = referral.questions.order_by("asked_at", "id")
    return tuple(
        QuestionRow(q.id, q.text, q.asked_by_name, q.asked_at, q.answer, q.answered_by_name, q.answered_at)
        for q in rows
    )


def calls_of(referral: Referral) -> tuple[CallRow, ...]:
    """Contacts to a receiver outside Solmu, the newest first."""
    rows = referral.calls.order_by("-called_at", "-id")
    return tuple(
        CallRow(
            c.called_at,
            c.answered_by,
            c.agreed,
            c.family_took_part,
            str(GIVEN.get(c.packet_given, c.packet_given)),
            c.check_back_on,
            c.by_name,
        )
        for c in rows
    )


def receiver_name(referral: Referral) -> str:
    """The unit with its organisation, or the contact point with its own."""
    if referral.to_unit:
        return f"{referral.to_unit.name}, {referral.to_unit.organisation.name}"
    point = referral.to_point
    return f"{point.name}, {point.organisation_name}" if point.organisation_name else point.name


def sender_name(referral: Referral) -> str:
    """The unit from which the contact comes."""
    return f"{referral.from_unit.name}, {referral.from_unit.organisation.name}"


def state_words(referral: Referral) -> str:
    """The state in words; a waiting list is named."""
    if referral.state == State.ON_HOLD and referral.waiting_list:
        return str(_("on the waiting list"))
    return str(State(referral.state).label)


def tone_of(state: str) -> str:
    """The colour of a state's chip; nobody's state is red."""
    return {
        "accepted": "ok",
        "in_progress": "ok",
        "completed": "ok",
        "requested": "info",
        "on_hold": "soon",
        "draft": "",
    }.get(state, "")
