"""Does a model fit this family, criterion by criterion, and what is best asked next?

`fits`          every criterion is answered and speaks for the model.
`may_fit`       nothing forbids it, but something is not yet known, or a recommendation is passed over (a deviation).
`not_now`       it will no longer be held back on the day `until`, if the facts stay as they are.
`does_not_fit`  a required criterion is not met, or an exclusion is, and time alone does not change it.

There is no score and no ranking: verdicts stand in the order of the packages.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any, TypeVar

from solmu.operating_models.rules.conditions import Compiled, Facts, Settings, Truth, compile_condition
from solmu.operating_models.rules.entry import Criterion, Entry, Path, Wording

Id = TypeVar("Id", bound=Hashable)


class State(StrEnum):
    """What is known of one criterion."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_YET_KNOWN = "not_yet_known"


class Kind(StrEnum):
    """The verdict in one word, from the most to the least open."""

    FITS = "fits"
    MAY_FIT = "may_fit"
    NOT_NOW = "not_now"
    DOES_NOT_FIT = "does_not_fit"


@dataclass(frozen=True, slots=True)
class Rested:
    """A fact that a criterion rested on, and where it was read from."""

    fact: str
    value: Any
    where_from: str
    dated: date | None


@dataclass(frozen=True, slots=True)
class CriterionResult:
    """One criterion, judged."""

    criterion: Criterion
    state: State
    rested_on: tuple[Rested, ...]
    open_facts: tuple[str, ...]
    """Unknown facts on which the answer still hangs."""
    missing_settings: tuple[str, ...]
    """Settings that the organisation has not given, so that nobody can judge the criterion."""
    from_date: date | None
    """The first later day on which the criterion stops speaking against the model, if time alone brings it."""

    @property
    def speaks_against(self) -> bool:
        """Is the answer known, and the one that does not speak for the model?"""
        return self.state is (State.NOT_MET if self.criterion.strength.wants else State.MET)


@dataclass(frozen=True, slots=True)
class Question:
    """The most useful unanswered fact, and how to ask for it."""

    fact: str
    says: Wording | None
    criterion: str


@dataclass(frozen=True, slots=True)
class PathVerdict:
    """The verdict of one way into the model, by its own criteria and those that all ways share."""

    path: Path
    kind: Kind
    until: date | None
    criteria: tuple[CriterionResult, ...]
    deviations: tuple[CriterionResult, ...]
    next_question: Question | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Does the model fit, and why."""

    kind: Kind
    until: date | None
    criteria: tuple[CriterionResult, ...]
    deviations: tuple[CriterionResult, ...]
    """Recommendations that would be passed over: starting needs a reason for each."""
    next_question: Question | None
    path: Path | None
    """The most open way in, the earlier one of equals; None when there is none, or only one."""
    paths: tuple[PathVerdict, ...]
    offered_now: State | None
    """Is this the moment at which the model is offered? None: the package names no moment."""


@dataclass(frozen=True, slots=True)
class _Ready:
    criterion: Criterion
    compiled: Compiled
    wants: bool
    binds: bool


_STATES: Mapping[Truth, State] = {True: State.MET, False: State.NOT_MET, None: State.NOT_YET_KNOWN}
_ORDER = tuple(Kind)


class CompiledEntry:
    """An entry with the settings of one organisation, ready to be judged for many families."""

    def __init__(self, entry: Entry, settings: Settings):
        self.entry = entry
        self._ready = tuple(
            _Ready(
                criterion,
                compile_condition(criterion.condition, settings),
                criterion.strength.wants,
                criterion.strength.binds,
            )
            for criterion in entry.criteria
        )
        offer = entry.offered_when
        self._offer = compile_condition(offer.condition, settings) if offer and offer.condition else None
        self._questions = dict(entry.questions)
        self._paths = tuple(
            (path, tuple(i for i, ready in enumerate(self._ready) if ready.criterion.path in (None, path.id)))
            for path in entry.paths
        ) or ((None, tuple(range(len(self._ready)))),)

    def judge(self, facts: Facts, today: date) -> Verdict:
        """The verdict for one family, or for one member with the family's facts beside the member's own."""
        truths = [ready.compiled.judge(facts, today) for ready in self._ready]
        dates = {i: self._days(i, facts, today) for i, truth in enumerate(truths) if self._against(i, truth)}
        results = tuple(self._result(i, truths[i], facts, today, dates.get(i, ())) for i in range(len(truths)))
        ways = [(path, indices, *self._way(indices, truths, facts, today, dates)) for path, indices in self._paths]
        path, indices, kind, until = min(ways, key=lambda way: _ORDER.index(way[2]))
        open_ways = dict.fromkeys(i for _, way, word, _ in ways if word is kind for i in way)
        return Verdict(
            kind=kind,
            until=until,
            criteria=results,
            deviations=_deviations(results[i] for i in indices),
            next_question=self._question([results[i] for i in open_ways], kind, facts),
            path=None if kind is Kind.DOES_NOT_FIT else path,
            paths=tuple(self._path(way, results, facts) for way in ways) if self.entry.paths else (),
            offered_now=_STATES[self._offer.judge(facts, today)] if self._offer else None,
        )

    def _path(self, way, results, facts: Facts) -> PathVerdict:
        path, indices, kind, until = way
        own = tuple(results[i] for i in indices)
        return PathVerdict(path, kind, until, own, _deviations(own), self._question(own, kind, facts))

    def _against(self, index: int, truth: Truth) -> bool:
        return truth is not None and truth is not self._ready[index].wants

    def _days(self, index: int, facts: Facts, today: date) -> tuple[date, ...]:
        """The coming days on which this criterion's answer may change by itself, in order."""
        return tuple(sorted({day for day in self._ready[index].compiled.turns(facts) if day > today}))

    def _first_day(self, index: int, facts: Facts, days: Iterable[date]) -> date | None:
        judge = self._ready[index].compiled.judge
        return next((day for day in days if not self._against(index, judge(facts, day))), None)

    def _result(self, index, truth, facts, today, days) -> CriterionResult:
        ready = self._ready[index]
        compiled = ready.compiled
        rested = []
        for name in compiled.facts:
            known = facts.get(name)
            if known is not None and known.value is not None:
                rested.append(Rested(name, known.value, known.where_from, known.dated))
        return CriterionResult(
            criterion=ready.criterion,
            state=_STATES[truth],
            rested_on=tuple(rested),
            open_facts=tuple(dict.fromkeys(compiled.open_facts(facts, today))) if truth is None else (),
            missing_settings=compiled.missing_settings if truth is None else (),
            from_date=self._first_day(index, facts, days) if days else None,
        )

    def _way(self, indices, truths, facts, today, dates) -> tuple[Kind, date | None]:
        """Kind and first open day of one way in, by its own criteria.

        It waits when time alone ends every binding refusal, or when a recommendation that fails today comes true by
        itself. It is open on the first day on which none of these holds it back.
        """
        against = [i for i in indices if i in dates]
        binding = [i for i in against if self._ready[i].binds]
        waiting = [i for i in against if not self._ready[i].binds and self._first_day(i, facts, dates[i])]
        if binding or waiting:
            days = sorted({day for i in indices for day in self._days(i, facts, today)})
            binds = [i for i in indices if self._ready[i].binds]
            until = self._open_day((*binds, *waiting), facts, days)
            if until is None and binding:
                until = self._open_day(binds, facts, days)
            if until is not None:
                return Kind.NOT_NOW, until
            if binding:
                return Kind.DOES_NOT_FIT, None
        unknown = any(truths[i] is None for i in indices)
        return (Kind.MAY_FIT if against or unknown else Kind.FITS), None

    def _open_day(self, indices, facts: Facts, days: Iterable[date]) -> date | None:
        judges = [(i, self._ready[i].compiled.judge) for i in indices]
        return next((day for day in days if not any(self._against(i, judge(facts, day)) for i, judge in judges)), None)

    def _question(self, results: Iterable[CriterionResult], kind: Kind, facts: Facts) -> Question | None:
        """The unanswered fact that can decide most.

        Criteria that bind come before recommendations, then the criterion with the fewest unknown facts, then the
        package's own order. A question that was asked and left unanswered is not put again, and none is put when the
        model already fits or cannot fit.
        """
        if kind in (Kind.FITS, Kind.DOES_NOT_FIT):
            return None
        best: tuple[bool, int] | None = None
        chosen: tuple[str, str] | None = None
        for result in results:
            askable = [name for name in result.open_facts if name not in facts]
            rank = (not result.criterion.strength.binds, len(result.open_facts))
            if askable and (best is None or rank < best):
                best, chosen = rank, (askable[0], result.criterion.id)
        if chosen is None:
            return None
        return Question(chosen[0], self._questions.get(chosen[0]), chosen[1])


def _deviations(results: Iterable[CriterionResult]) -> tuple[CriterionResult, ...]:
    return tuple(each for each in results if each.speaks_against and not each.criterion.strength.binds)


@lru_cache(maxsize=512)
def _compiled(entry: Entry, settings: tuple[tuple[str, Any], ...]) -> CompiledEntry:
    return CompiledEntry(entry, dict(settings))


def compile_entry(entry: Entry, settings: Settings) -> CompiledEntry:
    """The entry with these settings, compiled once for each pair of them."""
    return _compiled(entry, tuple(sorted(settings.items())))


def evaluate(entry: Entry, facts: Facts, today: date, settings: Settings) -> Verdict:
    """Does the model fit what is known today? An absent fact is not yet known, never false."""
    return compile_entry(entry, settings).judge(facts, today)


def evaluate_people(
    entry: Entry, people: Mapping[Id, Facts], family: Facts, today: date, settings: Settings
) -> dict[Id, Verdict]:
    """The verdict of each member: all criteria over one and the same person, beside the family's own facts."""
    compiled = compile_entry(entry, settings)
    return {person: compiled.judge({**family, **facts}, today) for person, facts in people.items()}
