"""An XLSForm's `relevant` as enableWhen, and its `constraint` as bounds, as far as they can be said."""

from collections.abc import Callable, Mapping
from datetime import date
from math import ceil, floor
from typing import Any

from solmu.instruments.questionnaire import extensions
from solmu.instruments.questionnaire.report import Report
from solmu.instruments.questionnaire.values import LARGEST, LARGEST_DECIMAL
from solmu.interop.forms.expressions import Comparison, Node, Unsayable, conjuncts, disjuncts, parse

Asked = tuple[str, str, bool]
"""Of a question: its linkId, its FHIR type and whether several answers may be given."""
_OPPOSITE = {"=": "!=", "!=": "="}


def conditions(formula: str, place: str, known: Mapping[str, Asked], report: Report) -> dict[str, Any]:
    """The fields `enableWhen` and `enableBehavior`; what cannot be said shows the item more often, never less."""
    node = parse(formula)
    parts = conjuncts(node)
    if len(parts) > 1:
        said = [_said(part, known, negated=negated) for part, negated in parts]
        if None in said:
            report.changed(place, "condition_words", formula)
        return _enable([each for each in said if each], "all")
    said = [_said(part, known, negated=negated) for part, negated in disjuncts(node)]
    if None in said:
        report.changed(place, "condition_words", formula)
        return {}
    return _enable(said, "any")


def _enable(said: list, behavior: str) -> dict[str, Any]:
    if not said:
        return {}
    return {"enableWhen": said} | ({"enableBehavior": behavior} if len(said) > 1 else {})


def _said(node: Node, known: Mapping[str, Asked], *, negated: bool) -> dict[str, Any] | None:
    if not isinstance(node, Comparison) or node.field not in known:
        return None
    link_id, kind, several = known[node.field]
    try:
        operator, answer = _answer(node, kind, several=several)
        if negated:
            operator, answer = _negated(operator, answer)
    except (Unsayable, ValueError):
        return None
    return {"question": link_id, "operator": operator, **answer}


def _answer(node: Comparison, kind: str, *, several: bool) -> tuple[str, dict[str, Any]]:
    if node.of == "string-length":
        if node.value == 0 and node.sign in {">", "="}:
            return "exists", {"answerBoolean": node.sign == ">"}
        raise Unsayable
    if node.value == "":
        if node.sign not in {"=", "!="}:
            raise Unsayable
        return "exists", {"answerBoolean": node.sign == "!="}
    if several and node.of != "selected":
        raise Unsayable  # compares the whole list as one text
    return node.sign, _value(node.value, kind, node.sign)


def _value(value: str | float, kind: str, sign: str) -> dict[str, Any]:
    if kind in {"choice", "open-choice"} and sign in {"=", "!="}:
        return {"answerCoding": {"code": str(value)}}
    if kind in {"integer", "decimal"}:
        number = number_of(value, "decimal")
        is_whole = isinstance(number, int) and abs(number) <= LARGEST
        return {"answerInteger" if is_whole else "answerDecimal": number}
    if kind == "date":
        return {"answerDate": date.fromisoformat(str(value)).isoformat()}
    if kind == "boolean" and sign in {"=", "!="} and str(value).lower() in {"ok", "true", "yes", "1"}:
        return {"answerBoolean": True}
    if kind in {"string", "text"} and sign in {"=", "!="}:
        return {"answerString": str(value)}
    raise Unsayable


def _negated(operator: str, answer: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """The opposite; a `not` around < or > would hold without an answer, which FHIR's own opposite does not."""
    if operator == "exists":
        return operator, {"answerBoolean": not answer["answerBoolean"]}
    if operator not in _OPPOSITE:
        raise Unsayable
    return _OPPOSITE[operator], answer


def bounds(formula: str, place: str, kind: str, report: Report) -> dict[str, Any]:
    """The fields `maxLength` and `extension` that say what the answer may be."""
    found: dict[str, Any] = {}
    unsaid = False
    parts = conjuncts(parse(formula))
    for part, negated in parts:
        try:
            if negated or not isinstance(part, Comparison) or part.field != ".":
                raise Unsayable
            _SAY[part.of](part, kind, found)
        except (Unsayable, ValueError, KeyError):
            unsaid = True
    if unsaid:
        report.changed(place, "constraint_part" if found else "constraint", formula)
    return found


def _say_value(part: Comparison, kind: str, found: dict[str, Any]) -> None:
    sign, value = part.sign, part.value
    if kind == "integer" and sign in {"<", ">"}:
        number = number_of(value, "decimal")
        value, sign = floor(number) + 1 if sign == ">" else ceil(number) - 1, f"{sign}="
    if sign not in {"<=", ">="} or kind not in {"integer", "decimal", "date"}:
        raise Unsayable
    url = extensions.MIN_VALUE if sign == ">=" else extensions.MAX_VALUE
    name = {"integer": "valueInteger", "decimal": "valueDecimal", "date": "valueDate"}[kind]
    held = date.fromisoformat(str(value)).isoformat() if kind == "date" else number_of(value, kind)
    found.setdefault("extension", []).append({"url": url, name: held})


def number_of(value: str | float, kind: str) -> int | float:
    """The number as FHIR keeps one of this type; raises Unsayable or ValueError for what it does not keep."""
    number = float(value)
    if not abs(number) < LARGEST_DECIMAL:
        raise Unsayable
    if kind == "integer" and not (number.is_integer() and abs(number) <= LARGEST):
        raise Unsayable
    return int(number) if number.is_integer() else number


def _say_length(part: Comparison, kind: str, found: dict[str, Any]) -> None:
    length, sign = number_of(part.value, "integer"), part.sign
    if kind not in {"string", "text"}:
        raise Unsayable
    if sign in {"<", "<=", "="}:
        found["maxLength"] = max(length - (sign == "<"), 1)
    if sign in {">", ">=", "="}:
        least = {"url": extensions.MIN_LENGTH, "valueInteger": length + (sign == ">")}
        found.setdefault("extension", []).append(least)
    if sign == "!=":
        raise Unsayable


_SAY: Mapping[str, Callable[[Comparison, str, dict[str, Any]], None]] = {"": _say_value, "string-length": _say_length}
