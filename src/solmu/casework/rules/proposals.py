"""Rules of proposals: what is shown for whom, what to ask first, who gives a reason, whose yes, what is kept."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from solmu.operating_models.rules import Condition, CriterionResult, Kind, PathVerdict, Verdict, facts_of
from solmu.organisations.rules import add_working_days

YES, NO, LATER = "yes", "no", "later"
HEAR_WITHIN = 5
"""Working days in which the family's decision is asked for; Solmu's own choice, no source gives one."""


@dataclass(frozen=True)
class Voice:
    """Somebody in the family whose wish may be needed."""

    id: UUID
    is_adult: bool
    is_young: bool


@dataclass(frozen=True)
class Waiting:
    """A model that waits for answers: what it would ask next, and all that is still open in it."""

    next: Hashable
    open: frozenset[Hashable]


OPEN = frozenset({Kind.FITS, Kind.MAY_FIT})


def most_open(kinds: Iterable[Kind]) -> Kind:
    """The best of several ways in; a model without any does not fit."""
    return min(kinds, key=tuple(Kind).index, default=Kind.DOES_NOT_FIT)


def listed(people: Sequence[tuple[Kind, bool]]) -> list[bool]:
    """For whom a way in is shown, from each one's verdict and whether the one has an own say.

    Those for whom it is open; when there is nobody such, those for whom time opens it. A small child is not offered
    anything alone, whatever the criteria say: nobody has asked the child.
    """
    shown = [kind in OPEN and has_say for kind, has_say in people]
    if any(shown):
        return shown
    return [kind is Kind.NOT_NOW and has_say for kind, has_say in people]


def most_useful(models: Sequence[Waiting]) -> Hashable | None:
    """The one question to ask first: of what some model would ask next, that for which the most models wait.

    Of equals the one that comes first in the order of the packages. None when no model waits.
    """
    return max((each.next for each in models), key=lambda one: sum(one in each.open for each in models), default=None)


def rests_on_family(criteria: Iterable[CriterionResult], is_of_family: Callable[[str], bool]) -> bool:
    """Whether a way in asks nothing about one person alone, so that it is judged once for the whole family."""
    return all(is_of_family(fact) for each in criteria for fact in facts_of(each.criterion.condition))


def needs_reason(kind: Kind, deviations: Iterable[object], *, asked_not_to: bool = False) -> bool:
    """Whether offering the model departs from what it recommends, or from the family's own wish not to be asked."""
    return kind in {Kind.NOT_NOW, Kind.DOES_NOT_FIT} or any(True for _each in deviations) or asked_not_to


def hear_on(today: date) -> date:
    """The day by which the family's decision is asked for."""
    return add_working_days(today, HEAR_WITHIN)


def whose_yes(says_yes: Iterable[str], voices: Iterable[Voice], person_id: UUID | None) -> tuple[set[UUID], bool]:
    """Everybody whose own yes is needed, and whether one adult's yes for the family is needed besides."""
    voices, needed, one_adult = list(voices), set(), False
    for who in says_yes:
        if who == "each_adult":
            needed |= {voice.id for voice in voices if voice.is_adult}
        elif who == "family":
            one_adult = True
        elif person_id is not None:  # the client, or the young person, whom the proposal is about
            needed.add(person_id)
        elif who == "young_person":
            needed |= {voice.id for voice in voices if voice.is_young}
        else:
            one_adult = True
    return needed, one_adult


def yes_lacks(
    says_yes: Iterable[str], voices: Iterable[Voice], person_id: UUID | None, answers: Mapping[UUID, str]
) -> set[UUID] | None:
    """Those without whose yes nothing may start; an empty set when any adult's would do; None when all is there."""
    voices = list(voices)
    needed, one_adult = whose_yes(says_yes, voices, person_id)
    silent = {each for each in needed if answers.get(each) != YES}
    if silent:
        return silent
    adults = {voice.id for voice in voices if voice.is_adult}
    said = {each for each, answer in answers.items() if answer == YES}
    return set() if one_adult and not adults & said else None


def is_protected(condition: Condition, class_of: Callable[[str], str]) -> bool:
    """Whether a criterion asks for something that only the protected class opens."""
    return any(class_of(fact) == "protected" for fact in facts_of(condition))


def frozen(verdict: Verdict | PathVerdict, class_of: Callable[[str], str]) -> dict[str, Any]:
    """The verdict of one way in as it is kept with a proposal: states and their sources, never the answers."""
    return {
        "kind": verdict.kind.value,
        "until": verdict.until.isoformat() if verdict.until else None,
        "path": verdict.path.id if verdict.path else None,
        "deviations": [each.criterion.id for each in verdict.deviations],
        "criteria": [_criterion(each, class_of) for each in verdict.criteria],
    }


def _criterion(result: CriterionResult, class_of: Callable[[str], str]) -> dict[str, Any]:
    protected = is_protected(result.criterion.condition, class_of)
    return {
        "id": result.criterion.id,
        "strength": result.criterion.strength.value,
        "state": result.state.value,
        "protected": protected,
        "from": [] if protected else list(dict.fromkeys(each.where_from for each in result.rested_on)),
    }
