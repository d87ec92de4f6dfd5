"""Lists of answers: those that a form carries with it, and the few of FHIR itself that forms often only name."""

from collections.abc import Iterator, Mapping
from typing import Any

from solmu.instruments.questionnaire import shapes

_YES_NO = "http://terminology.hl7.org/CodeSystem/v2-0136"
_ABSENT = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
_GENDER = "http://hl7.org/fhir/administrative-gender"
_YES = {"system": _YES_NO, "code": "Y", "display": "Yes"}
_NO = {"system": _YES_NO, "code": "N", "display": "No"}
# From the FHIR R4 specification, which HL7 has put in the public domain (CC0).
KNOWN = {
    "http://hl7.org/fhir/ValueSet/yesnodontknow": (
        _YES,
        _NO,
        {"system": _ABSENT, "code": "asked-unknown", "display": "Don't know"},
    ),
    "http://terminology.hl7.org/ValueSet/v2-0136": (_YES, _NO),
    "http://hl7.org/fhir/ValueSet/administrative-gender": tuple(
        {"system": _GENDER, "code": word, "display": word.capitalize()}
        for word in ("male", "female", "other", "unknown")
    ),
}


def codings(document: Mapping[str, Any], address: str) -> tuple[Mapping[str, Any], ...]:
    """The codings of a value set that a taken form contains (`#id`) or that FHIR defines; empty when elsewhere."""
    if not address.startswith("#"):
        return KNOWN.get(address.split("|", maxsplit=1)[0], ())
    for each in document.get("contained", ()):
        if each["id"] == address[1:]:
            return tuple(
                {**({"system": include["system"]} if "system" in include else {}), **concept}
                for include in each["compose"]["include"]
                for concept in include["concept"]
            )
    return ()


def take_value_set(raw: Mapping[str, Any]) -> dict[str, Any] | None:
    """A contained value set with each of its codes by name; None when only a terminology service could tell them."""
    place = shapes.text(raw, "id", "contained")
    expansion = shapes.mapping(raw.get("expansion", {}), place, "expansion")
    compose = shapes.mapping(raw.get("compose", {}), place, "compose")
    includes = list(_expanded(expansion, place)) or list(_included(compose, place))
    if not includes or None in includes:
        return None
    return {"resourceType": "ValueSet", "id": place, "status": "active", "compose": {"include": includes}}


def size_of(taken: Mapping[str, Any]) -> int:
    """How many answers a value set that was taken offers."""
    return sum(len(include["concept"]) for include in taken["compose"]["include"])


def _expanded(expansion: Mapping[str, Any], place: str) -> Iterator[dict[str, Any]]:
    waiting = shapes.listed(expansion, "contains", place)
    while waiting:
        each = waiting.pop(0)
        waiting = [*shapes.listed(each, "contains", place), *waiting]
        if each.get("code") and not each.get("abstract"):
            yield _include(shapes.text(each, "system", place), [_concept(each, place)])


def _included(compose: Mapping[str, Any], place: str) -> Iterator[dict[str, Any] | None]:
    for include in shapes.listed(compose, "include", place):
        concepts = [_concept(each, place) for each in shapes.listed(include, "concept", place)]
        whole = concepts and not include.get("filter") and not include.get("valueSet")
        yield _include(shapes.text(include, "system", place), concepts) if whole else None


def _include(system: str, concepts: list[dict[str, Any]]) -> dict[str, Any]:
    return {**({"system": system} if system else {}), "concept": concepts}


def _concept(raw: Mapping[str, Any], place: str) -> dict[str, Any]:
    code, display = shapes.text(raw, "code", place), shapes.text(raw, "display", place)
    told = [
        {"language": each["language"], "value": shapes.text(each, "value", place)}
        for each in shapes.listed(raw, "designation", place)
        if shapes.is_language(each.get("language"))
    ]
    return {"code": code, "display": display or code, **({"designation": told} if told else {})}
