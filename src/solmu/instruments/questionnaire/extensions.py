"""Which extensions Solmu understands, and why it leaves the others out."""

from collections.abc import Mapping, Sequence
from typing import Any

_FHIR = "http://hl7.org/fhir/StructureDefinition/"
_SDC = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-"

MIN_VALUE = f"{_FHIR}minValue"
MAX_VALUE = f"{_FHIR}maxValue"
MIN_LENGTH = f"{_FHIR}minLength"
MAX_DECIMALS = f"{_FHIR}maxDecimalPlaces"
MAX_OCCURS = f"{_FHIR}questionnaire-maxOccurs"
UNIT = f"{_FHIR}questionnaire-unit"
UNIT_OPTION = f"{_FHIR}questionnaire-unitOption"
UNIT_VALUE_SET = f"{_FHIR}questionnaire-unitValueSet"
HIDDEN = f"{_FHIR}questionnaire-hidden"
CONTROL = f"{_FHIR}questionnaire-itemControl"
ENTRY_FORMAT = f"{_FHIR}entryFormat"
EXCLUSIVE = f"{_FHIR}questionnaire-optionExclusive"
OPTION_PREFIX = f"{_FHIR}questionnaire-optionPrefix"
CALCULATED = (f"{_SDC}calculatedExpression", f"{_FHIR}cqf-calculatedValue", f"{_FHIR}cqf-expression")

OF_ITEM = frozenset(
    {MIN_VALUE, MAX_VALUE, MIN_LENGTH, MAX_DECIMALS, MAX_OCCURS, UNIT, UNIT_OPTION, UNIT_VALUE_SET, HIDDEN, CONTROL}
    | {ENTRY_FORMAT}
)
OF_OPTION = frozenset({EXCLUSIVE, OPTION_PREFIX})
_QUIET = (
    "choiceOrientation",
    "displayCategory",
    "preferredTerminologyServer",
    "sliderStepValue",
    "width",
    "collapsible",
)
_REASONS = (
    # what the extension's name holds, and the code of the reason
    ("calculated", "calculated"),
    ("enableWhenExpression", "condition_expression"),
    ("Expression", "expression"),
    ("variable", "expression"),
    ("constraint", "expression"),
    ("Constraint", "expression"),
    ("regex", "pattern"),
    ("rendering-", "formatting"),
    ("ordinal", "score"),
    ("itemWeight", "score"),
    ("scoring", "score"),
)


def found(holder: Mapping[str, Any], *urls: str) -> list[Mapping[str, Any]]:
    """The extensions of an element with one of these addresses."""
    extensions = holder.get("extension")
    listed = extensions if isinstance(extensions, Sequence) else ()
    return [each for each in listed if isinstance(each, Mapping) and each.get("url") in urls]


def first(holder: Mapping[str, Any], url: str, kind: str) -> Any:
    """The value of one extension, or None."""
    return next((each[kind] for each in found(holder, url) if kind in each), None)


def is_quiet(url: str) -> bool:
    """Whether it only says how to draw, so that nothing is lost without it."""
    return url.endswith(_QUIET)


def reason(url: str) -> str:
    """Why an extension is left out."""
    name = url.rsplit("/", 1)[-1]
    return next((code for part, code in _REASONS if part in name), "extension")
