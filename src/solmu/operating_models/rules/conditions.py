"""Is a condition met by what is known, and when will time alone change that?

Three-valued logic (Kleene): True, False, and None for *not yet known*. A fact that nobody has answered is never false.
Conditions are compiled once into closures, because a proposal judges every model for every family.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from solmu.operating_models.facts import FactType
from solmu.operating_models.rules.spans import Span, add_days, add_months, add_span

Truth = bool | None


@dataclass(frozen=True, slots=True)
class Known:
    """An answered fact. `value` None: it was asked and left unanswered, so it stays unknown and is not asked again."""

    value: Any
    where_from: str = ""
    dated: date | None = None


Facts = Mapping[str, Known]
Settings = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SettingRef:
    """The place of a value that the adopting organisation gives."""

    id: str


@dataclass(frozen=True, slots=True)
class SpanOf:
    """So many days, weeks, months or years, where the number may be a setting."""

    unit: str
    amount: int | SettingRef


@dataclass(frozen=True, slots=True)
class Comparison:
    """One comparison of one fact."""

    fact: str
    operator: str
    operand: Any


@dataclass(frozen=True, slots=True)
class AllOf:
    """Met when every part is."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Met when at least one part is."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Met when its part is not."""

    part: "Condition"


Condition = Comparison | AllOf | AnyOf | Not


OPERATORS: Mapping[str, frozenset[FactType]] = {
    "is": frozenset({FactType.YES_NO, FactType.CHOICE, FactType.NUMBER, FactType.TEXT, FactType.DATE}),
    "one_of": frozenset({FactType.CHOICE, FactType.TEXT, FactType.NUMBER}),
    "at_least": frozenset({FactType.NUMBER}),
    "at_most": frozenset({FactType.NUMBER}),
    "between": frozenset({FactType.NUMBER, FactType.DATE}),
    "before": frozenset({FactType.DATE}),
    "after": frozenset({FactType.DATE}),
    "at_least_ago": frozenset({FactType.DATE}),
    "at_most_ago": frozenset({FactType.DATE}),
    "age_at_least": frozenset({FactType.DATE}),
    "age_at_most": frozenset({FactType.DATE}),
}


@dataclass(frozen=True, slots=True)
class Compiled:
    """A condition ready to be judged."""

    judge: Callable[[Facts, date], Truth]
    turns: Callable[[Facts], list[date]]
    """The days on which the answer may change although the facts stay."""
    open_facts: Callable[[Facts, date], list[str]]
    """Unknown facts on which the answer still hangs; empty when it is known."""
    facts: tuple[str, ...]
    missing_settings: tuple[str, ...]


def facts_of(condition: Condition) -> Iterator[str]:
    """The names of the facts that a condition speaks of, in order, repeated when it repeats them."""
    if isinstance(condition, Comparison):
        yield condition.fact
    elif isinstance(condition, Not):
        yield from facts_of(condition.part)
    else:
        for part in condition.parts:
            yield from facts_of(part)


def compile_condition(condition: Condition, settings: Settings) -> Compiled:
    """Make a condition ready, with the settings of the organisation that uses it."""
    if isinstance(condition, Comparison):
        return _compile_test(condition, settings)
    if isinstance(condition, Not):
        return _compile_not(compile_condition(condition.part, settings))
    parts = tuple(compile_condition(part, settings) for part in condition.parts)
    return _compile_parts(parts, decides=isinstance(condition, AnyOf))


def _compile_not(part: Compiled) -> Compiled:
    judge_part = part.judge

    def judge(facts: Facts, today: date) -> Truth:
        truth = judge_part(facts, today)
        return None if truth is None else not truth

    return Compiled(judge, part.turns, part.open_facts, part.facts, part.missing_settings)


def _compile_parts(parts: tuple[Compiled, ...], *, decides: bool) -> Compiled:
    """`decides` is the truth that settles the whole at once: True for any, False for all."""
    judges = tuple(part.judge for part in parts)

    def judge(facts: Facts, today: date) -> Truth:
        answer: Truth = not decides
        for judge_part in judges:
            truth = judge_part(facts, today)
            if truth is decides:
                return decides
            if truth is None:
                answer = None
        return answer

    def turns(facts: Facts) -> list[date]:
        return [day for part in parts for day in part.turns(facts)]

    def open_facts(facts: Facts, today: date) -> list[str]:
        if judge(facts, today) is not None:
            return []
        return [name for part in parts for name in part.open_facts(facts, today)]

    names = tuple(dict.fromkeys(name for part in parts for name in part.facts))
    missing = tuple(dict.fromkeys(name for part in parts for name in part.missing_settings))
    return Compiled(judge, turns, open_facts, names, missing)


def _never(_facts: Facts) -> list[date]:
    return []


def _compile_test(test: Comparison, settings: Settings) -> Compiled:
    name = test.fact
    operand, missing = settle(test.operand, settings)
    if missing:
        return Compiled(lambda _facts, _today: None, _never, lambda _facts, _today: [], (name,), missing)
    compare = _COMPARE[test.operator](operand)
    turning = _TURNS[test.operator](operand) if test.operator in _TURNS else None

    def judge(facts: Facts, today: date) -> Truth:
        known = facts.get(name)
        if known is None or known.value is None:
            return None
        return compare(known.value, today)

    def turns(facts: Facts) -> list[date]:
        known = facts.get(name)
        return [] if known is None or known.value is None else turning(known.value)

    def open_facts(facts: Facts, _today: date) -> list[str]:
        known = facts.get(name)
        return [name] if known is None or known.value is None else []

    return Compiled(judge, turns if turning else _never, open_facts, (name,), ())


def settle(operand: Any, settings: Settings) -> tuple[Any, tuple[str, ...]]:
    """A value with settings filled in, and the settings that nobody has given."""
    if isinstance(operand, SettingRef):
        value = settings.get(operand.id)
        return value, () if value is not None else (operand.id,)
    if isinstance(operand, tuple):
        settled = [settle(part, settings) for part in operand]
        return tuple(value for value, _ in settled), tuple(name for _, names in settled for name in names)
    if isinstance(operand, SpanOf):
        value, missing = settle(operand.amount, settings)
        return (operand if missing else Span(**{operand.unit: value})), missing
    return operand, ()


_COMPARE: dict[str, Callable[[Any], Callable[[Any, date], bool]]] = {
    "is": lambda wanted: lambda value, _today: value == wanted,
    "one_of": lambda wanted: lambda value, _today: value in wanted,
    "at_least": lambda least: lambda value, _today: value >= least,
    "at_most": lambda most: lambda value, _today: value <= most,
    "between": lambda ends: lambda value, _today: ends[0] <= value <= ends[1],
    "before": lambda day: lambda value, _today: value < day,
    "after": lambda day: lambda value, _today: value > day,
    "at_least_ago": lambda span: lambda value, today: add_span(value, span) <= today,
    "at_most_ago": lambda span: lambda value, today: value <= today <= add_span(value, span),
    "age_at_least": lambda years: lambda value, today: add_months(value, years * 12) <= today,
    "age_at_most": lambda years: lambda value, today: today < add_months(value, (years + 1) * 12),
}

_TURNS: dict[str, Callable[[Any], Callable[[date], list[date]]]] = {
    "at_least_ago": lambda span: lambda value: [add_span(value, span)],
    "at_most_ago": lambda span: lambda value: [value, add_days(add_span(value, span), 1)],
    "age_at_least": lambda years: lambda value: [add_months(value, years * 12)],
    "age_at_most": lambda years: lambda value: [add_months(value, (years + 1) * 12)],
}
