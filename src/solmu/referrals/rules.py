"""How a referral moves: one table of moves, and one of what waits in each state. Knows no database and no clock.

The states are those of the referral task of SDOH Clinical Care (HL7 Gravity). Ours beyond it: a claim, questions,
a redirect, a waiting list with a date, a pause of work that has begun, and an end when the permission falls away.
A redirect never sends anything by itself: it ends the referral and leaves the sender a draft to the proposed receiver,
because what another receiver would see has not been read to the family.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from solmu.organisations.rules import add_working_days


class By(StrEnum):
    """Whose move it is."""

    SENDER = "sender"
    RECEIVER = "receiver"
    EITHER = "either"
    CLOCK = "clock"


class Owner(StrEnum):
    """For whom something waits."""

    PAIR = "pair"
    UNIT = "unit"
    CLAIMER = "claimer"


@dataclass(frozen=True)
class Row:
    """One line of the table: `move` leads from `start` to `end`, by somebody, with a reason or without."""

    start: str
    move: str
    end: str
    by: By
    reason: bool = False


_S, _R, _E, _C = By.SENDER, By.RECEIVER, By.EITHER, By.CLOCK
_SENT = ("requested", "accepted", "in_progress", "on_hold")
_TAKEN = ("accepted", "in_progress", "on_hold")
_ENDED = ("rejected", "completed", "failed", "cancelled")
TERMINAL = frozenset({*_ENDED, "entered_in_error"})

MOVES: tuple[Row, ...] = (
    Row("draft", "send", "requested", _S),
    Row("draft", "cancel", "cancelled", _S, reason=True),
    Row("requested", "accept", "accepted", _R),
    Row("requested", "reject", "rejected", _R, reason=True),
    Row("requested", "redirect", "rejected", _R, reason=True),
    Row("requested", "cancel", "cancelled", _S, reason=True),
    Row("accepted", "start", "in_progress", _R),
    Row("accepted", "hold", "on_hold", _R, reason=True),
    Row("accepted", "redirect", "cancelled", _R, reason=True),
    Row("in_progress", "report", "in_progress", _R),
    Row("in_progress", "hold", "on_hold", _R, reason=True),
    Row("on_hold", "start", "in_progress", _R),
    Row("on_hold", "hold", "on_hold", _R, reason=True),
    Row("on_hold", "redirect", "cancelled", _R, reason=True),
    *(Row(state, "complete", "completed", _R) for state in _TAKEN),
    *(Row(state, "fail", "failed", _R, reason=True) for state in _TAKEN),
    *(Row(state, "cancel", "cancelled", _E, reason=True) for state in _TAKEN),
    *(Row(state, move, state, _R) for state in _SENT for move in ("claim", "release", "ask")),
    *(Row(state, "answer", state, _S) for state in _SENT),
    *(Row(state, "call", state, _S) for state in _SENT),
    *(Row(state, "withdraw", "cancelled", _S, reason=True) for state in _SENT),
    *(Row(state, "expire", "cancelled", _C, reason=True) for state in _SENT),
    *(Row(state, "error", "entered_in_error", _S) for state in ("draft", *_SENT, *_ENDED)),
)
_BY_START = {(row.start, row.move): row for row in MOVES}


def find_move(state: str, move: str, by: By) -> Row | None:
    """The table's line for this move from this state, or None when it is not theirs to make."""
    row = _BY_START.get((state, move))
    return row if row and row.by in (by, By.EITHER) else None


def open_moves(state: str, by: By) -> frozenset[str]:
    """The moves that somebody has from a state; the buttons of a page."""
    return frozenset(row.move for row in MOVES if row.start == state and row.by in (by, By.EITHER))


def answer_by(sent_on: date, answers_within: int | None, ask_back_on: date | None) -> date | None:
    """When an answer is due: by what the unit has agreed, else the day the sender chose, else nobody knows (None)."""
    if answers_within is not None:
        return add_working_days(sent_on, answers_within)
    return ask_back_on


def answer_by_after_question(due_on: date, answered_on: date, answers_within: int | None) -> date:
    """The unit's time begins anew when its question has been answered; an agreed later day stays."""
    if answers_within is None:
        return due_on
    return max(due_on, add_working_days(answered_on, answers_within))


@dataclass(frozen=True)
class Wait:
    """Something waits: the agenda's kind, for whom, until which day."""

    kind: str
    owner: Owner
    due_on: date


@dataclass(frozen=True)
class Standing:
    """What of a referral decides who must act next."""

    state: str
    due_on: date | None
    outside: bool = False  # the receiver does not use Solmu: the sender acts for both
    claimed: bool = False
    asked_on: date | None = None  # the day of the oldest question without an answer
    ended_on: date | None = None
    was_sent: bool = True
    family_told: bool = False
    help_known: bool = False
    returned: bool = False  # came back and nobody has decided what next


def waits_for(standing: Standing) -> tuple[Wait, ...]:
    """What waits, for whom and until when. Empty only when the loop is closed at the family, or nothing was sent."""
    if standing.state in TERMINAL:
        return _after_the_end(standing)
    if standing.state == "draft":
        return (Wait("draft", Owner.PAIR, standing.due_on),)
    if standing.outside:
        return (Wait("check_back", Owner.PAIR, standing.due_on),)
    waits = _with_the_receiver(standing)
    if standing.asked_on:
        waits += (Wait("question", Owner.PAIR, add_working_days(standing.asked_on, 0)),)
    return waits


def _with_the_receiver(standing: Standing) -> tuple[Wait, ...]:
    owner = Owner.CLAIMER if standing.claimed else Owner.UNIT
    if standing.state == "requested":
        kind = "claimed" if standing.claimed else "answer"
        return Wait(kind, owner, standing.due_on), Wait("await_answer", Owner.PAIR, standing.due_on)
    return (Wait("hold" if standing.state == "on_hold" else "work", owner, standing.due_on),)


def _after_the_end(standing: Standing) -> tuple[Wait, ...]:
    if standing.state == "entered_in_error" or not standing.was_sent:
        return ()
    on = add_working_days(standing.ended_on, 0)
    waits = (Wait("returned", Owner.PAIR, on),) if standing.returned else ()
    if not (standing.family_told and standing.help_known):
        waits += (Wait("tell_family", Owner.PAIR, standing.due_on or on),)
    return waits


def comes_back(end: str, move: str) -> bool:
    """Whether the end of a referral leaves the sender to decide with the family what next."""
    return end in {"rejected", "failed"} or move in {"redirect", "withdraw", "expire"}


_NOTICES = {"withdraw": "permission_withdrawn", "expire": "permission_over"}


def word_to_receiver(row: Row, by: By, *, outside: bool) -> str:
    """The kind on the agenda by which the receiver learns that its contact has ended; empty when it did not.

    A unit sees a notice in its queue; a receiver outside Solmu is told by the pair.
    """
    if by is By.RECEIVER or row.start not in _SENT or row.end not in TERMINAL:
        return ""
    return "tell_receiver" if outside else _NOTICES.get(row.move, "ended_by_sender")


STEPS = 6


def loop_step(state: str, *, has_items: bool, was_sent: bool, closed_at_family: bool) -> int:
    """Which of the six steps of the loop is at hand, from 1; 7 when the loop is closed.

    Prepared, permitted and sent, answered, help begins, word comes back, the family knows.
    """
    if state == "draft" or not was_sent:
        return 2 if has_items else 1
    if state in TERMINAL:
        return STEPS + 1 if closed_at_family else STEPS
    return {"requested": 3, "accepted": 4, "on_hold": 4, "in_progress": 5}[state]


@dataclass(frozen=True)
class Readiness:
    """What has been done before sending."""

    has_items: bool
    read_aloud: bool
    has_date: bool
    missing: int  # answers that somebody has not given, or has refused
    pair_needed: int  # how many of the pair must have said that it is ready
    pair_ready: int


def lacks_before_sending(ready: Readiness) -> Iterable[str]:
    """What still keeps the referral from being sent, in the order in which it is mended."""
    if not ready.has_items:
        yield "items"
    if not ready.read_aloud:
        yield "read_aloud"
    if ready.missing:
        yield "permission"
    if not ready.has_date:
        yield "ask_back_on"
    if ready.pair_ready < ready.pair_needed:
        yield "pair_ready"
