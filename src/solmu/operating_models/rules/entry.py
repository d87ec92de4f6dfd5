"""What a package says about who a model is for, as values that can be compiled and judged."""

from dataclasses import dataclass
from enum import StrEnum

from solmu.operating_models.rules.conditions import Condition


class Strength(StrEnum):
    """What follows when a criterion is met, or is not."""

    REQUIRED = "required"
    RECOMMENDED = "recommended"
    EXCLUDES = "excludes"
    ADVISES_AGAINST = "advises_against"

    @property
    def binds(self) -> bool:
        """May a worker not pass it over, even with a reason?"""
        return self in (Strength.REQUIRED, Strength.EXCLUDES)

    @property
    def wants(self) -> bool:
        """The answer that speaks for the model: met, or not met."""
        return self in (Strength.REQUIRED, Strength.RECOMMENDED)


@dataclass(frozen=True, slots=True)
class Wording:
    """Text keys of one sentence, for workers and for families."""

    worker: str
    family: str


@dataclass(frozen=True, slots=True)
class Criterion:
    """One sentence about who the model is for."""

    id: str
    condition: Condition
    strength: Strength
    says: Wording
    source: tuple[str, ...] = ()
    mark: str = ""
    then: str | None = None
    path: str | None = None
    """The path that this criterion belongs to; None: all of them."""


@dataclass(frozen=True, slots=True)
class Path:
    """One way into a model, with its own criteria and the contact point it leads to."""

    id: str
    title: str
    contact_point: str | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """When the model is offered; it never changes the verdict."""

    says: Wording
    condition: Condition | None = None
    universal: bool = False
    source: tuple[str, ...] = ()
    mark: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """Who a model is for: a family or a person, by which criteria. Compared by identity, to be compiled once."""

    about: str
    criteria: tuple[Criterion, ...]
    questions: tuple[tuple[str, Wording], ...] = ()
    """For each fact, how to ask for it."""
    paths: tuple[Path, ...] = ()
    offered_when: Offer | None = None
