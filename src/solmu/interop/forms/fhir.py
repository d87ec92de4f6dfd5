"""A FHIR Questionnaire of R4, R4B or R5 as one of R4; what differs is said."""

import json
from collections.abc import Mapping
from typing import Any, NoReturn

from solmu.instruments.questionnaire import FormRefused, Line, limits
from solmu.instruments.questionnaire.report import Report

_DEEPEST = 60  # levels of the JSON itself; an item is two, and its value sets a few more
_OF_R5 = {"versionAlgorithmString", "versionAlgorithmCoding", "copyrightLabel"}
_OF_STU3 = {"option", "options"}
_AS_CHOICE = {"optionsOnly": "choice", "optionsOrString": "open-choice", "optionsOrType": "open-choice"}


def as_r4(raw: bytes) -> tuple[dict[str, Any], tuple[Line, ...]]:
    """The document as R4, and what was said of it on the way."""
    document, report = _parsed(raw), Report()
    if document.get("resourceType") != "Questionnaire":
        raise FormRefused("not_a_form")
    items = document.get("item")
    versions = {_version_of(item) for item in _walk(items)} - {""}
    if "STU3" in versions:
        raise FormRefused("version", about="STU3")
    if "R5" in versions or _OF_R5 & document.keys():
        report.changed("", "version", "R5")
    for item in _walk(items):
        _as_r4(item, report)
    return document, tuple(report.lines)


def _parsed(raw: bytes) -> dict[str, Any]:
    try:
        document = json.loads(raw.decode("utf-8-sig"), parse_constant=_no_number)
        json.dumps(document, ensure_ascii=False, allow_nan=False).encode()  # half a character, or 1e999, is not kept
    except RecursionError:
        raise FormRefused("too_deep") from None
    except ValueError:
        raise FormRefused("broken") from None
    if not isinstance(document, dict):
        raise FormRefused("not_a_form")
    level: list[Any] = [document]
    for _depth in range(_DEEPEST):
        level = [inner for each in level for inner in _inside(each)]
    if level:
        raise FormRefused("too_deep")
    return document


def _no_number(_word: str) -> NoReturn:
    raise ValueError  # NaN and Infinity are no JSON


def _inside(part: Any) -> list[Any]:
    held = part.values() if isinstance(part, Mapping) else part if isinstance(part, list) else ()
    return [each for each in held if isinstance(each, Mapping | list)]


def _walk(items: Any) -> list[dict[str, Any]]:
    found, waiting = [], list(items) if isinstance(items, list) else []
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            found.append(item)
            waiting += item["item"] if isinstance(item.get("item"), list) else []
        if len(found) > limits.ITEMS:
            raise FormRefused("too_many", about="item")
    return found


def _version_of(item: Mapping[str, Any]) -> str:
    if _OF_STU3 & item.keys():
        return "STU3"
    is_r5 = _word(item, "type") in {"coding", "question"} or "answerConstraint" in item or "disabledDisplay" in item
    return "R5" if is_r5 else ""


def _word(item: Mapping[str, Any], name: str) -> str:
    found = item.get(name)
    return found if isinstance(found, str) else ""  # what is no text is refused when the item is taken in


def _as_r4(item: dict[str, Any], report: Report) -> None:
    place, kind = str(item.get("linkId", "")), _word(item, "type")
    constraint, listed = _word(item, "answerConstraint"), "answerOption" in item or "answerValueSet" in item
    item.pop("answerConstraint", None)
    item.pop("disabledDisplay", None)  # how to draw what is not asked: Solmu does not show it
    if kind == "coding" or (constraint and listed and kind in {"string", "text", "integer", "date", "time"}):
        item["type"] = _AS_CHOICE.get(constraint or "optionsOnly", "choice")
        report.changed(place, "r5_constraint" if constraint == "optionsOrType" else "r5_type", kind)
    elif kind == "question":
        item["type"] = "string"
        report.changed(place, "r5_type", kind)
    elif kind in {"string", "text", "integer", "date", "time"} and listed:
        item["type"] = "choice"
        report.changed(place, "r5_type", kind)
