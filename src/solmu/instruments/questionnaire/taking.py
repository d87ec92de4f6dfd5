"""Takes in a FHIR R4 Questionnaire that nobody here wrote: what Solmu can show is kept, the rest is reported."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from solmu.instruments.questionnaire import limits, shapes
from solmu.instruments.questionnaire.conditions import settle_conditions
from solmu.instruments.questionnaire.report import FormRefused, Line, Report
from solmu.instruments.questionnaire.taking_items import ItemTaker, take_translations
from solmu.instruments.questionnaire.value_sets import size_of, take_value_set

_TOLD = ("title", "description", "copyright", "purpose")
_WORDS = ("id", "url", "version", "name", "date", "publisher", "approvalDate", "lastReviewDate", "implicitRules")
_AS_IT_IS = (
    "identifier",
    "code",
    "subjectType",
    "derivedFrom",
    "effectivePeriod",
    "jurisdiction",
    "useContext",
    "contact",
)
_STATES = ("draft", "active", "retired", "unknown")
_QUIET = {"resourceType", "id", "meta", "status", "item", "contained", "language", "experimental", "extension", "text"}


@dataclass(frozen=True)
class Taken:
    """A form as it is kept, and what became of each of its parts."""

    document: dict[str, Any]
    report: tuple[Line, ...]


def take(raw: Any, said_before: tuple[Line, ...] = ()) -> Taken:
    """The form as Solmu keeps it; raises FormRefused when it cannot be shown at all or is larger than may be."""
    try:
        return _take(shapes.mapping(raw, "", "resourceType"), said_before)
    except RecursionError:
        raise FormRefused("too_deep") from None


def _take(document: Mapping[str, Any], said_before: tuple[Line, ...]) -> Taken:
    if document.get("resourceType") != "Questionnaire":
        raise FormRefused("not_a_form")
    report = Report(said_before)
    kept: dict[str, Any] = {"resourceType": "Questionnaire", "status": _status(document)}
    kept |= _words(document, report)
    if sets := _value_sets(document, report):
        kept["contained"] = sets
    taker = ItemTaker(report, {each["id"]: size_of(each) for each in reversed(sets)})
    kept["item"] = taker.take_all(shapes.listed(document, "item", "", limits.ITEMS))
    if not taker.asks:
        raise FormRefused("asks_nothing")
    settle_conditions(kept["item"], taker.left_out, report)
    taker.report_taken(kept["item"])
    return Taken(kept, tuple(report.lines))


def _status(document: Mapping[str, Any]) -> str:
    status = shapes.text(document, "status", "")
    return status if status in _STATES else "unknown"


def _words(document: Mapping[str, Any], report: Report) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for name in _WORDS:
        if found := shapes.text(document, name, ""):
            kept[name] = found
    for name in _TOLD:
        kept |= take_translations(document, name, "", report)
    if shapes.is_language(document.get("language")):
        kept["language"] = document["language"]
    kept |= {name: document[name] for name in _AS_IT_IS if name in document}
    if shapes.truth(document, "experimental", ""):
        kept["experimental"] = True
    _tell_the_rest(document, report)
    return kept


def _tell_the_rest(document: Mapping[str, Any], report: Report) -> None:
    known = {*_QUIET, *_WORDS, *_TOLD, *_AS_IT_IS}
    for name in document:
        if name.removeprefix("_") not in known:
            report.left_out("", "field", name)
    if document.get("text"):
        report.left_out("", "formatting", "text")
    for each in shapes.listed(document, "extension", ""):
        report.left_out("", "extension", shapes.text(each, "url", ""))


def _value_sets(document: Mapping[str, Any], report: Report) -> list[dict[str, Any]]:
    kept = []
    for each in shapes.listed(document, "contained", ""):
        id_ = shapes.text(each, "id", "contained")
        taken = take_value_set(each) if each.get("resourceType") == "ValueSet" and id_ else None
        if taken:
            kept.append(taken)
        else:
            report.left_out("", "contained", f"{each.get('resourceType', '')} {id_}".strip())
    return kept
