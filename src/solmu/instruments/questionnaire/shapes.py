"""Reads fields of an untrusted document: each has the shape that FHIR gives it, or the form is refused."""

import re
from collections.abc import Mapping
from typing import Any

from solmu.instruments.questionnaire import limits
from solmu.instruments.questionnaire.report import FormRefused
from solmu.instruments.questionnaire.values import LARGEST, LARGEST_DECIMAL

_CODE = re.compile(r"[^\s]+(\s[^\s]+)*\Z")
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?\Z")
_MOMENT = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?)?)?\Z")
_TIME = re.compile(r"\d\d:\d\d(:\d\d(\.\d+)?)?\Z")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z")


def mapping(raw: Any, place: str, name: str) -> Mapping[str, Any]:
    """A map."""
    if not isinstance(raw, Mapping):
        raise FormRefused("shape", place=place, about=name)
    return raw


def listed(raw: Mapping[str, Any], name: str, place: str, most: int = limits.OPTIONS) -> list[Mapping[str, Any]]:
    """A list of maps, empty when it is not there; refused when it is too long."""
    found = raw.get(name, [])
    if not isinstance(found, list):
        raise FormRefused("shape", place=place, about=name)
    if len(found) > most:
        raise FormRefused("too_many", place=place, about=name)
    return [mapping(each, place, name) for each in found]


def text(raw: Mapping[str, Any], name: str, place: str) -> str:
    """A text, empty when it is not there. A number or a truth that somebody left without quotation marks is none."""
    found = raw.get(name, "")
    if not isinstance(found, str):
        raise FormRefused("shape", place=place, about=name)
    if len(found) > limits.TEXT:
        raise FormRefused("too_long", place=place, about=name)
    if "\x00" in found:
        raise FormRefused("shape", place=place, about=name)
    return found


def truth(raw: Mapping[str, Any], name: str, place: str) -> bool:
    """True or false; false when it is not there."""
    found = raw.get(name, False)
    if not isinstance(found, bool):
        raise FormRefused("shape", place=place, about=name)
    return found


def whole(found: Any, place: str, name: str) -> int:
    """A whole number."""
    if not isinstance(found, int) or isinstance(found, bool) or abs(found) > LARGEST:
        raise FormRefused("shape", place=place, about=name)
    return found


def is_language(code: Any) -> bool:
    """Whether it could be the code of a language."""
    return isinstance(code, str) and len(code) <= 16 and bool(_LANGUAGE.match(code))


def _number(found: Any) -> bool:
    return isinstance(found, int | float) and not isinstance(found, bool) and abs(found) < LARGEST_DECIMAL


def _string(found: Any) -> bool:
    return isinstance(found, str) and len(found) <= limits.TEXT and "\x00" not in found


def _coding(found: Any) -> bool:
    if not isinstance(found, Mapping) or not (found.get("code") or found.get("display")):
        return False
    words = all(_string(found[name]) for name in ("system", "version", "code", "display") if name in found)
    return words and (not found.get("code") or bool(_CODE.match(found["code"])))


def _quantity(found: Any) -> bool:
    words = isinstance(found, Mapping) and all(_string(found[n]) for n in ("unit", "system", "code") if n in found)
    return bool(words) and ("value" not in found or _number(found["value"]))


_KINDS = {
    "valueBoolean": lambda found: isinstance(found, bool),
    "valueDecimal": _number,
    "valueInteger": lambda found: isinstance(found, int) and not isinstance(found, bool) and abs(found) <= LARGEST,
    "valueDate": lambda found: _string(found) and bool(_DATE.match(found)),
    "valueDateTime": lambda found: _string(found) and bool(_MOMENT.match(found)),
    "valueTime": lambda found: _string(found) and bool(_TIME.match(found)),
    "valueString": _string,
    "valueUri": _string,
    "valueCoding": _coding,
    "valueQuantity": _quantity,
}
_KEPT = {
    "valueCoding": ("system", "version", "code", "display", "_display"),
    "valueQuantity": ("value", "unit", "system", "code"),
}


def value(raw: Mapping[str, Any], prefix: str, place: str) -> dict[str, Any] | None:
    """The `prefix[x]` of an element as a value; None when there is none, or of a kind that Solmu does not know."""
    names = [name for name in raw if name.startswith(prefix) and name[len(prefix) : len(prefix) + 1].isupper()]
    if len(names) > 1:
        raise FormRefused("shape", place=place, about=", ".join(names))
    if not names:
        return None
    kind = f"value{names[0].removeprefix(prefix)}"
    if kind not in _KINDS:
        return None
    if not _KINDS[kind](raw[names[0]]):
        raise FormRefused("shape", place=place, about=names[0])
    held = raw[names[0]]
    if kind in _KEPT:
        held = {name: held[name] for name in _KEPT[kind] if name in held}
    return {kind: held}
