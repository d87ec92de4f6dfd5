"""Answers as values: read from what is typed, written back, compared. A fault is a code, worded elsewhere."""

import re
from collections.abc import Iterator, Mapping
from datetime import MAXYEAR, MINYEAR, date, datetime, time, tzinfo
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlsplit

from solmu.instruments.questionnaire.items import VALUE_KEYS, Type, Value

LARGEST = 2**31 - 1  # of a FHIR integer
LARGEST_DECIMAL = 1e15  # so many digits are kept as they were written
_NUMBER = re.compile(r"[+-]?[0-9]{1,12}([.][0-9]{1,12})?\Z")
_CLOCK = re.compile(r"(\d{1,2})[.:](\d{2})(?:[.:](\d{2}))?\Z")
_PLAIN = frozenset({"valueString", "valueUri", "valueBoolean", "valueTime"})
_SPACES = str.maketrans({",": ".", " ": None, "\u00a0": None, "\u202f": None, "\u2212": "-"})


class Unreadable(ValueError):
    """What was typed is not such an answer; `code` says which it is not."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


def kind_of(value: Value) -> str:
    """`valueInteger`, `valueCoding` …; empty when there is none."""
    for name in value:
        if name.startswith("value"):
            return name
    return ""


def content(value: Value) -> Any:
    """What stands in a value."""
    return value.get(kind_of(value))


def read_typed(kind: Type, text: str, zone: tzinfo) -> Value:
    """The value of what was typed into a field of this type; raises Unreadable."""
    return {VALUE_KEYS[kind]: _READERS[kind](text.strip(), zone)}


def _number(text: str, _zone: tzinfo | None = None) -> int | float:
    plain = text.translate(_SPACES)
    if not _NUMBER.match(plain):
        raise Unreadable("number")
    number = Decimal(plain)
    return int(number) if number == number.to_integral_value() else float(number)


def _integer(text: str, _zone: tzinfo) -> int:
    try:
        number = _number(text)
    except Unreadable:
        raise Unreadable("integer") from None
    if isinstance(number, float) or abs(number) > LARGEST:
        raise Unreadable("integer")
    return number


def _date(text: str, _zone: tzinfo) -> str:
    try:
        return _day_in_words(text) if "." in text else date.fromisoformat(text).isoformat()
    except (ValueError, OverflowError):
        raise Unreadable("date") from None


def _day_in_words(text: str) -> str:
    day, month, year = (int(part) for part in text.split("."))  # 31.1.2026, as people here write it
    return date(year, month, day).isoformat()


def _time(text: str, _zone: tzinfo) -> str:
    found = _CLOCK.match(text)
    if not found:
        raise Unreadable("time")
    try:
        return time(*(int(part or 0) for part in found.groups())).isoformat()
    except ValueError:
        raise Unreadable("time") from None


def _moment(text: str, zone: tzinfo) -> str:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise Unreadable("date_time") from None
    if not MINYEAR < moment.year < MAXYEAR:  # at the ends of the calendar it cannot be told in another zone
        raise Unreadable("date_time")
    moment = moment if moment.tzinfo else moment.replace(tzinfo=zone)
    return moment.replace(microsecond=0).isoformat()


def _boolean(text: str, _zone: tzinfo) -> bool:
    if text not in {"true", "false"}:
        raise Unreadable("choice")
    return text == "true"


def _words(text: str, _zone: tzinfo) -> str:
    return text.replace("\r\n", "\n")


def _address(text: str, _zone: tzinfo) -> str:
    try:
        parts = urlsplit(text)
    except ValueError:
        raise Unreadable("url") from None
    if parts.scheme not in {"http", "https"} or not parts.netloc or len(text.split()) != 1:
        raise Unreadable("url")
    return text


_READERS = {
    Type.BOOLEAN: _boolean,
    Type.DECIMAL: _number,
    Type.INTEGER: _integer,
    Type.DATE: _date,
    Type.DATE_TIME: _moment,
    Type.TIME: _time,
    Type.STRING: _words,
    Type.TEXT: _words,
    Type.URL: _address,
    Type.QUANTITY: _number,
}


def as_typed(value: Value, zone: tzinfo) -> str:
    """What stands in the field for a value; of a quantity its number, of a coding nothing."""
    kind, held = kind_of(value), content(value)
    if kind == "valueBoolean":
        return "true" if held else "false"
    if kind == "valueDateTime":
        return _local(held, zone)
    if kind == "valueQuantity":
        return plain_number(held.get("value"))
    if kind in {"valueDecimal", "valueInteger"}:
        return plain_number(held)
    if kind == "valueTime":
        return held[:5] if held.endswith(":00") else held
    return held if isinstance(held, str) else ""


def _local(moment: str, zone: tzinfo) -> str:
    """The moment as the field of a browser wants it, local and without its zone."""
    try:
        return datetime.fromisoformat(moment).astimezone(zone).strftime("%Y-%m-%dT%H:%M:%S").removesuffix(":00")
    except (ValueError, OverflowError):
        return moment


def plain_number(number: Any) -> str:
    """A number without an exponent."""
    return "" if number is None else f"{Decimal(str(number)):f}"


# Comparing


def same(value: Value, other: Value) -> bool:
    """Whether two answers are the same one, as a condition means it: a coding by its system and code."""
    kind = kind_of(value)
    if kind == kind_of(other):
        if kind == "valueCoding":
            return _same_coding(value[kind], other[kind])
        if kind in _PLAIN:
            return value[kind] == other[kind]
    return compare(value, other) == 0


def _same_coding(coding: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    if wanted.get("code") is None:
        return wanted.get("display") is not None and coding.get("display") == wanted["display"]
    if coding.get("code") != wanted["code"]:
        return False
    systems = {coding.get("system"), wanted.get("system")}
    return len(systems) == 1 or None in systems


def compare(value: Value, other: Value) -> int | None:
    """-1, 0 or 1 as the value is less than, the same as or more than the other; None when they are not of a kind."""
    for one, two in _pairs(value, other):
        return (one > two) - (one < two)
    return None


def _pairs(value: Value, other: Value) -> Iterator[tuple[Any, Any]]:
    kinds = {kind_of(value), kind_of(other)}
    one, two = content(value), content(other)
    if kinds <= {"valueInteger", "valueDecimal", "valueQuantity"}:
        yield from _numbers(one, two)
    elif kinds == {"valueDateTime"}:
        yield from _moments(one, two)
    elif kinds <= {"valueDate", "valueDateTime"}:
        shortest = min(len(one), len(two), len("2026-01-31"))  # a part of a date is compared as far as it goes
        yield one[:shortest], two[:shortest]
    elif len(kinds) == 1 and isinstance(one, str | bool) and isinstance(two, str | bool):
        yield one, two


def _numbers(one: Any, two: Any) -> Iterator[tuple[Decimal, Decimal]]:
    units = {_unit(each) for each in (one, two) if isinstance(each, Mapping)} - {""}
    numbers = [each.get("value") if isinstance(each, Mapping) else each for each in (one, two)]
    if len(units) > 1 or None in numbers:
        return
    try:
        yield Decimal(str(numbers[0])), Decimal(str(numbers[1]))
    except InvalidOperation:
        return


def _unit(quantity: Mapping[str, Any]) -> str:
    return str(quantity.get("code") or quantity.get("unit") or "")


def _moments(one: str, two: str) -> Iterator[tuple[Any, Any]]:
    try:
        moments = datetime.fromisoformat(one), datetime.fromisoformat(two)
    except ValueError:
        moments = ()
    if moments and all(moment.tzinfo for moment in moments):
        yield moments
    else:
        shortest = min(len(one), len(two))
        yield one[:shortest], two[:shortest]
