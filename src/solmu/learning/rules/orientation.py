"""What is asked of a worker before running a model, what is done, and until when it holds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from solmu.operating_models.rules.spans import Span, add_span

SOON = timedelta(days=30)
"""How long before its last day an orientation is told to end."""


class State(StrEnum):
    """Where a worker stands with one module."""

    DONE = "done"
    ASKED = "asked"
    CHANGED = "changed"  # gone through before, and the module has become another since
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Part:
    """A module of a version: `is_new` when the version itself says that it is to be gone through."""

    id: str
    required: bool
    fingerprint: str
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """A module was gone through."""

    module_id: str
    version: str
    fingerprint: str
    on: date
    signed_by: str = ""


@dataclass(frozen=True, slots=True)
class Stand:
    """One module: its state, what it rests on, and its last day."""

    part: Part
    state: State
    done: Done | None = None
    until: date | None = None

    @property
    def is_left(self) -> bool:
        """Whether the worker is still asked for it."""
        return self.part.required and self.state is not State.DONE


@dataclass(frozen=True, slots=True)
class Standing:
    """All modules of a version."""

    stands: tuple[Stand, ...]

    @property
    def left(self) -> tuple[Stand, ...]:
        """The required modules that are still to be gone through."""
        return tuple(stand for stand in self.stands if stand.is_left)

    @property
    def is_oriented(self) -> bool:
        """Whether every required module is gone through and holds."""
        return not self.left

    @property
    def is_begun(self) -> bool:
        """Whether any module is gone through."""
        return any(stand.state is State.DONE for stand in self.stands)

    @property
    def asks(self) -> bool:
        """Whether the version has anything that is required."""
        return any(stand.part.required for stand in self.stands)

    @property
    def until(self) -> date | None:
        """The last day of an orientation that holds; None when it has none."""
        days = [stand.until for stand in self.stands if stand.part.required and stand.until]
        return min(days) if days and self.is_oriented else None


def stand_of(part: Part, dones: Iterable[Done], *, version: str, valid_for: Span | None, today: date) -> Stand:
    """One module: what was gone through carries over while the content is the same and the version does not ask anew.

    It holds to the same day of the month so much later, that day included.
    """
    own = [done for done in dones if done.module_id == part.id]
    same = [d for d in own if d.fingerprint == part.fingerprint and (not part.is_new or d.version == version)]
    if not same:
        return Stand(part, State.CHANGED if own else State.ASKED)
    last = max(same, key=lambda done: done.on)
    until = add_span(last.on, valid_for) if valid_for else None
    return Stand(part, State.EXPIRED if until and until < today else State.DONE, last, until)


def standing(
    parts: Sequence[Part], dones: Sequence[Done], *, version: str, valid_for: Span | None, today: date
) -> Standing:
    """Where a worker stands with a version of a model."""
    said = {"version": version, "valid_for": valid_for, "today": today}
    return Standing(tuple(stand_of(part, dones, **said) for part in parts))


@dataclass(frozen=True, slots=True)
class Reminding:
    """What is said on the agenda, and by which day."""

    kind: str  # asked | ends
    due_on: date


def reminding(now: Standing, *, is_asked: bool, days: int, before: Reminding | None, today: date) -> Reminding | None:
    """What the worker is reminded of: a module asked keeps the day it was given first."""
    if not is_asked or not now.asks:
        return None
    if not now.is_oriented:
        return before if before and before.kind == "asked" else Reminding("asked", today + timedelta(days=days))
    if now.until and now.until - today <= SOON:
        return Reminding("ends", now.until)
    return None


def needs_reason(now: Standing, *, is_asked: bool) -> bool:
    """Whether running the model now takes a recorded reason."""
    return is_asked and not now.is_oriented


def check_answers(right: dict[str, frozenset[str]], given: dict[str, frozenset[str]]) -> dict[str, bool]:
    """Which questions were answered with exactly the right choices."""
    return {question: given.get(question, frozenset()) == choices for question, choices in right.items()}
