"""The sender's view: where each contact of a family stands, who has it and until when."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _, gettext_lazy

from solmu.access.classes import from_codes
from solmu.access.gate import Access
from solmu.agenda.models import Item
from solmu.casework.queries.records import pair_of
from solmu.directory.models import ContactPoint
from solmu.referrals.models import Move, Referral, State
from solmu.referrals.packet import Section
from solmu.referrals.queries.rows import (
    CallRow,
    QuestionRow,
    StepRow,
    calls_of,
    questions_of,
    receiver_name,
    state_words,
    steps_of,
    tone_of,
)
from solmu.referrals.rules import TERMINAL, By, loop_step, open_moves

_WITH = (
    "case__unit",
    "from_unit__organisation",
    "to_unit__organisation",
    "to_point",
    "successor__to_unit__organisation",
    "successor__to_point",
)


@dataclass(frozen=True)
class SentRow:
    """A referral in the family's list."""

    id: UUID
    reference: str
    version: int
    receiver: str
    outside: bool
    asked: str
    state: str
    state_words: str
    tone: str
    step: int
    has_it: str  # who must act next
    due_on: date | None
    created_at: datetime
    sent_at: datetime | None
    answered_at: datetime | None
    ended_at: datetime | None
    answers_within: int | None
    family_told_on: date | None
    help_came: str
    state_reason: str
    ended: bool
    answered: bool
    help_began: bool


@dataclass(frozen=True)
class Sent(SentRow):
    """A referral on its own page."""

    priority: str
    wish: str
    already_done: str
    items: tuple[str, ...]
    sections: tuple[Section, ...]
    hidden_sections: int
    outcome: str
    claimed_by: str
    family_words: str
    came_back: bool
    successor_id: UUID | None
    successor_receiver: str
    predecessor_id: UUID | None
    moves: frozenset[str]
    receiver_moves: frozenset[str]
    questions: tuple[QuestionRow, ...]
    calls: tuple[CallRow, ...]
    way: tuple[StepRow, ...]
    point: ContactPoint | None
    receiver_to_tell: str  # what the pair still has to tell a receiver outside; empty when nothing

    @property
    def open_questions(self) -> tuple[QuestionRow, ...]:
        """Those that wait for an answer."""
        return tuple(question for question in self.questions if question.answered_at is None)

    @property
    def waits_for_family(self) -> bool:
        """Whether the loop is still open at the family."""
        return self.ended and self.sent_at is not None and self.state != "entered_in_error" and not self.help_came


def _told_of() -> QuerySet[Referral]:
    """Referrals with all that their rows tell; `help_began` says whether the receiver ever came so far."""
    helped = Move.objects.filter(to_state__in=[State.IN_PROGRESS, State.COMPLETED], referral=OuterRef("pk"))
    return Referral.objects.select_related(*_WITH).annotate(help_began=Exists(helped))


def sent_of_family(access: Access) -> list[SentRow]:
    """All contacts that have been prepared for the family, the newest first."""
    rows = _told_of().filter(case__family_id=access.record_id)
    return [SentRow(**_row(referral)) for referral in rows.order_by("-created_at", "-id")]


def sent(access: Access, referral_id: UUID) -> Sent:
    """One contact with its packet, questions, calls and way; of the packet what the reader's access covers."""
    referral = _told_of().get(pk=referral_id, case__family_id=access.record_id)
    sections = [section for section in referral.packet or [] if _may_read(access, section)]
    after = referral.successor
    return Sent(
        **_row(referral),
        priority=referral.priority,
        wish=referral.wish,
        already_done=referral.already_done,
        items=tuple(referral.items),
        sections=tuple(sections),
        hidden_sections=len(referral.packet or []) - len(sections),
        outcome=referral.outcome,
        claimed_by=referral.claimed_by_name,
        family_words=referral.family_words,
        came_back=referral.came_back,
        successor_id=after.id if after else None,
        successor_receiver=receiver_name(after) if after else "",
        predecessor_id=Referral.objects.filter(successor=referral).values_list("id", flat=True).first(),
        moves=open_moves(referral.state, By.SENDER),
        receiver_moves=open_moves(referral.state, By.RECEIVER),
        questions=questions_of(referral),
        calls=calls_of(referral),
        way=steps_of(referral),
        point=referral.to_point,
        receiver_to_tell=_to_tell(referral),
    )


_TO_TELL = {
    "withdraw": gettext_lazy("Tell the receiver that the permission was withdrawn"),
    "expire": gettext_lazy("Tell the receiver that the permission has ended"),
    "cancel": gettext_lazy("Tell the receiver that the contact was taken back"),
    "error": gettext_lazy("Tell the receiver that the contact was a mistake"),
}


def _to_tell(referral: Referral) -> str:
    if not Item.objects.filter(about_id=referral.id, kind=Item.Kind.TELL_RECEIVER, settled_at=None).exists():
        return ""
    ends = referral.moves.filter(move__in=_TO_TELL).order_by("-at", "-id")
    return str(_TO_TELL[ends.values_list("move", flat=True).first()])


def _may_read(access: Access, section: Section) -> bool:
    return all(access.covers(one) for one in from_codes(section["classes"])) if section["classes"] else True


def _row(referral: Referral) -> dict:
    closed = bool(referral.family_told_on and referral.help_came)
    return {
        "id": referral.id,
        "reference": referral.reference,
        "version": referral.version,
        "receiver": receiver_name(referral),
        "outside": referral.to_unit_id is None,
        "asked": referral.asked,
        "state": referral.state,
        "state_words": state_words(referral),
        "tone": tone_of(referral.state),
        "step": loop_step(
            referral.state,
            has_items=bool(referral.items),
            was_sent=referral.sent_at is not None,
            closed_at_family=closed,
        ),
        "has_it": _who_has_it(referral),
        "due_on": referral.due_on,
        "created_at": referral.created_at,
        "sent_at": referral.sent_at,
        "answered_at": referral.answered_at,
        "ended_at": referral.ended_at,
        "answers_within": referral.to_unit.answers_within if referral.to_unit else None,
        "family_told_on": referral.family_told_on,
        "help_came": referral.get_help_came_display() if referral.help_came else "",
        "state_reason": referral.state_reason,
        "ended": referral.state in TERMINAL,
        "answered": referral.answered_at is not None,
        "help_began": referral.help_began,
    }


def _who_has_it(referral: Referral) -> str:
    """Who must act next, in words; empty when the loop is closed."""
    if referral.state in TERMINAL or referral.state == "draft" or referral.to_unit_id is None:
        done = referral.state in TERMINAL and (referral.help_came or referral.sent_at is None)
        return "" if done or referral.state == "entered_in_error" else _("the pair")
    if referral.claimed_by:
        return f"{referral.claimed_by_name}, {referral.to_unit.name}"
    return _("%(unit)s, not claimed yet") % {"unit": referral.to_unit.name}


def pair_names(access: Access, referral_id: UUID) -> list[tuple[UUID, str]]:
    """The pair of the referral's case."""
    referral = Referral.objects.select_related("case").get(pk=referral_id, case__family_id=access.record_id)
    now = set(pair_of(referral.case))
    workers = referral.case.workers.filter(until=None).order_by("since", "id")
    return [(worker.account_id, worker.name) for worker in workers if worker.account_id in now]
