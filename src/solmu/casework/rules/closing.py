"""Rules of closing: nothing open is left unseen, and each thing that ends is ended on purpose."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from solmu.operating_models.rules import Span, add_span

Id = TypeVar("Id")

HANDED_ON, RELEASED, LEFT = "handed_on", "released", "left"
PROMISE_ENDS = (HANDED_ON, RELEASED, LEFT)
REFERRAL_KINDS = frozenset(
    {
        "draft", "answer", "claimed", "question", "hold", "work", "check_back", "await_answer", "returned",
        "tell_family", "tell_receiver",
    }
)  # fmt: skip
"""What waits because help has been asked from another and the loop has not closed."""
WITH_RECEIVER = frozenset({"hold", "work"})
"""What waits when a receiver has said yes: it goes on without the pair."""


@dataclass(frozen=True)
class PromiseEnd:
    """What becomes of an open promise when the work ends: handed on to somebody, released, or left with its day."""

    how: str
    word: str = ""
    due_on: date | None = None


def promise_end_lacks(end: PromiseEnd | None, today: date) -> str:
    """What is missing from the end of a promise: `how`, `word` or `due_on`; nothing when it is whole."""
    if end is None or end.how not in PROMISE_ENDS:
        return "how"
    if end.how in {HANDED_ON, RELEASED} and not end.word.strip():
        return "word"
    if end.how == LEFT and (end.due_on is None or end.due_on < today):
        return "due_on"
    return ""


def goes_on(kinds: Collection[str]) -> bool:
    """Whether a contact, about which these wait, goes on with its receiver when the pair no longer follows it."""
    return set(kinds) <= WITH_RECEIVER


def not_decided(waiting: Mapping[Id, Collection[str]], left: Collection[Id]) -> list[Id]:
    """The open contacts that are not left to a receiver who has said yes; `waiting`: what waits about each."""
    return [each for each, kinds in waiting.items() if each not in left or not goes_on(kinds)]


def propose_follow_up(spans: Iterable[Span | None], today: date) -> date | None:
    """The first day on which a running model asks again; None when none of them says a time."""
    return min((add_span(today, span) for span in spans if span), default=None)


def follow_up_lacks(on: date | None, note: str, today: date) -> str:
    """What is missing: a follow-up has a coming day, and its absence a reason."""
    if on is None:
        return "" if note.strip() else "note"
    return "" if on > today else "day"


def labelled(code: str, *lists: Mapping[str, str]) -> str:
    """The words of a code from the first list that has it; the code itself when none has."""
    return next((words[code] for words in lists if code in words), code)
