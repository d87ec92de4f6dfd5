"""How do a document's plain maps and lists become the values of `parts` and `rules`?"""

from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from solmu.operating_models.package import parts
from solmu.operating_models.rules import (
    OPERATORS,
    AllOf,
    AnyOf,
    Comparison,
    Condition,
    Criterion,
    Entry,
    Not,
    Offer,
    Path,
    SettingRef,
    SpanOf,
    Strength,
    Wording,
)

Part = TypeVar("Part")
UNITS = ("days", "weeks", "months", "years")


def build(kind: type[Part], data: dict[str, Any]) -> Part:
    """One part from its map; the map has passed the schema."""
    return kind(**{name: _value(hint, data[key]) for name, key, hint in _fields(kind) if key in data})


@cache
def _fields(kind: type) -> tuple[tuple[str, str, Any], ...]:
    hints = get_type_hints(kind)
    return tuple((field.name, field.name.rstrip("_"), hints[field.name]) for field in fields(kind))


def _value(hint: Any, data: Any) -> Any:
    if data is None:
        return None
    if isinstance(hint, UnionType):
        return _value(next((each for each in get_args(hint) if _suits(each, data)), str), data)
    if get_origin(hint) is tuple:
        item = get_args(hint)[0]
        if get_origin(item) is tuple:
            return tuple(data)
        return tuple(_value(item, each) for each in (data if isinstance(data, list) else [data]))
    if hint is SettingRef:
        return SettingRef(data["setting"])
    if hint is SpanOf:
        return span_of(data)
    return build(hint, data) if is_dataclass(hint) else data


def _suits(hint: Any, data: Any) -> bool:
    return isinstance(data, dict) == is_dataclass(hint) and hint is not type(None)


def span_of(data: dict[str, Any]) -> SpanOf:
    """A length of time in one unit."""
    (unit, amount), *_ = data.items()
    return SpanOf(unit, _operand(amount))


def _operand(data: Any) -> Any:
    if isinstance(data, dict):
        return SettingRef(data["setting"]) if "setting" in data else span_of(data)
    if isinstance(data, list):
        return tuple(_operand(each) for each in data)
    return data


def _day(data: Any) -> Any:
    return date.fromisoformat(data) if isinstance(data, str) else data


def condition_from(data: dict[str, Any]) -> Condition:
    """A condition from its map; anything else in the map is left aside."""
    if "any" in data:
        return AnyOf(tuple(condition_from(part) for part in data["any"]))
    if "all" in data:
        return AllOf(tuple(condition_from(part) for part in data["all"]))
    if "not" in data:
        return Not(condition_from(data["not"]))
    operator = next(name for name in OPERATORS if name in data)
    operand = _operand(data[operator])
    if operator in ("before", "after"):
        operand = _day(operand)
    elif operator == "between":
        operand = tuple(map(_day, operand))
    return Comparison(data["fact"], operator, operand)


def _source(data: dict[str, Any]) -> tuple[str, ...]:
    source = data.get("source", ())
    return (source,) if isinstance(source, str) else tuple(source)


def _criterion(data: dict[str, Any], path: str | None) -> Criterion:
    return Criterion(
        id=data["id"],
        condition=condition_from(data),
        strength=Strength(data["strength"]),
        says=Wording(**data["says"]),
        source=_source(data),
        mark=data.get("mark", ""),
        then=data.get("then"),
        path=path,
    )


def build_entry(data: dict[str, Any]) -> Entry:
    """Who the model is for, ready to be compiled."""
    paths = data.get("paths", [])
    ways = [(None, data["criteria"]), *((path["id"], path["criteria"]) for path in paths)]
    offer = data.get("offered_when")
    return Entry(
        about=data["about"],
        criteria=tuple(_criterion(each, way) for way, criteria in ways for each in criteria),
        questions=tuple((fact, Wording(**says)) for fact, says in data["questions"].items()),
        paths=tuple(Path(each["id"], each["title"], each.get("contact_point")) for each in paths),
        offered_when=Offer(
            says=Wording(**offer["says"]),
            condition=condition_from(offer["when"]) if "when" in offer else None,
            universal=offer.get("universal", False),
            source=_source(offer),
            mark=offer.get("mark", ""),
        )
        if offer
        else None,
    )


HEADINGS = (
    "basic_info",
    "idea",
    "conditions",
    "environment",
    "start_situation",
    "needs",
    "target_group",
    "wished_change",
    "measuring_change",
    "pilot",
    "evaluation_summary",
    "tips",
    "attachments",
)
"""Innokylä's headings in its own order: a database may return a map in any."""


def build_model(data: dict[str, Any]) -> parts.Model:
    """Who made the model and what it is."""
    written = data.get("headings", {})
    sources = [{"key": key, **data["sources"][key]} for key in sorted(data["sources"], key=_source_order)]
    plain = {name: value for name, value in data.items() if name not in ("headings", "sources")}
    return build(
        parts.Model,
        {**plain, "sources": sources, "headings": [(name, written[name]) for name in HEADINGS if name in written]},
    )


def _source_order(key: str) -> tuple[str, int]:
    letters = key.rstrip("0123456789")
    return letters, int(key[len(letters) :])
