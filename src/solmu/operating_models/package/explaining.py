"""What does a schema's complaint mean to a package author, and how is it mended?"""

from collections.abc import Callable, Iterable, Iterator
from difflib import get_close_matches
from functools import reduce
from typing import Any

from django.utils.translation import gettext as _, gettext_lazy
from jsonschema import ValidationError

from solmu.operating_models.package.limits import LIMITS, shown
from solmu.operating_models.package.problems import Problem
from solmu.operating_models.package.reading import Document

UNKNOWN = {
    "text-key": (
        gettext_lazy("The text %(name)s is not in texts/fi.yaml."),
        gettext_lazy("Write it there, or correct the key."),
    ),
    "fact": (
        gettext_lazy("The fact %(name)s is not in the catalogue of facts."),
        gettext_lazy("Use a fact that a room provides."),
    ),
    "source-key": (
        gettext_lazy("The source %(name)s is not in model.yaml."),
        gettext_lazy("Add it under sources with its address."),
    ),
    "setting": (
        gettext_lazy("The setting %(name)s is not in model.yaml."),
        gettext_lazy("Add it under settings, or correct its name."),
    ),
    "date": (gettext_lazy("%(name)s is not a day of the calendar."), gettext_lazy("Write it as 2026-03-31.")),
}
KINDS = {
    "object": gettext_lazy("a map of fields"),
    "array": gettext_lazy("a list"),
    "string": gettext_lazy("text"),
    "integer": gettext_lazy("a whole number"),
    "number": gettext_lazy("a number"),
    "boolean": gettext_lazy("true or false"),
    "null": "null",
}
PARTS = {
    "#": gettext_lazy("texts below it (in quotation marks when a text holds a colon or a comma)"),
    "setting_ref": "{setting: …}",
    "span": gettext_lazy("a length of time"),
    "day": gettext_lazy("a day"),
    "fact": gettext_lazy("a fact"),
    "id": gettext_lazy("an id"),
    "key": gettext_lazy("a key"),
}
"""What the schemas' shared parts are called where one of them may stand."""


def explain(document: Document, error: ValidationError, known: dict[str, frozenset[str]]) -> Iterator[Problem]:
    """The problems behind one complaint; `known` gives the names of each format for a *did you mean*."""
    for each in _causes(error):
        place = tuple(each.absolute_path)
        if "propertyNames" in each.absolute_schema_path:
            place = (*place, each.instance)
        if each.validator == "additionalProperties":
            yield from _unknown_fields(document, each, place)
        elif each.validator == "required":
            missing = [name for name in each.validator_value if name not in each.instance]
            for name in missing:
                what = _("The field %(name)s is missing.") % {"name": shown(name)}
                yield document.problem(place, what, _("Add it."))
        else:
            word = str(each.validator)
            what, mend = LIMITS[word](each) if word in LIMITS else _SAY[word](each, known)
            yield document.problem(place, what, mend)


def _causes(error: ValidationError) -> list[ValidationError]:
    """The complaint itself, or what is really wrong inside a choice of shapes."""
    if error.validator not in ("oneOf", "anyOf") or not error.context:
        return [error]
    telling = [each for each in error.context if each.validator == "format" or len(each.path) > 0]
    matching = telling or [each for each in error.context if each.validator not in ("type", "required")]
    branches = {each.schema_path[0] for each in matching}
    if not matching or len(branches) > 1:
        return [error]
    return [cause for each in matching for cause in _causes(each)]


def _unknown_fields(document: Document, error: ValidationError, place: tuple) -> Iterator[Problem]:
    fields = list(error.schema.get("properties", {}))
    for name in error.instance:
        if name not in fields:
            what = _("The field %(name)s is not known here.") % {"name": shown(name)}
            mend = _("Remove it, or use one of: %(names)s.") % {"names": ", ".join(fields)}
            yield document.problem((*place, name), what, mend + _near(name, fields))


def _near(name: Any, names) -> str:
    close = get_close_matches(str(name), [str(each) for each in names], 1)
    return " " + _("Did you mean %(name)s?") % {"name": shown(close[0])} if close else ""


def _format(error: ValidationError, known: dict[str, frozenset[str]]) -> tuple[str, str]:
    what, mend = UNKNOWN[error.validator_value]
    near = _near(error.instance, sorted(known.get(error.validator_value, ())))
    return what % {"name": shown(error.instance)}, f"{mend}{near}"


def _type(error: ValidationError, _known: Any) -> tuple[str, str]:
    wanted = error.validator_value if isinstance(error.validator_value, list) else [error.validator_value]
    return _wrong_shape(error, (KINDS[kind] for kind in wanted))


def _wrong_shape(error: ValidationError, wanted: Iterable[object]) -> tuple[str, str]:
    kinds = reduce(_either, map(str, wanted))
    what = _("%(value)s has the wrong shape.") % {"value": shown(error.instance)}
    return what, _("Write %(kinds)s.") % {"kinds": kinds}


def _either(one: str, other: str) -> str:
    return _("%(one)s or %(other)s") % {"one": one, "other": other}


def _enum(error: ValidationError, _known: Any) -> tuple[str, str]:
    what = _("%(value)s is not one of the choices.") % {"value": shown(error.instance)}
    mend = _("Use %(names)s.") % {"names": ", ".join(str(each) for each in error.validator_value)}
    return what, mend + _near(error.instance, error.validator_value)


def _choice(error: ValidationError, _known: Any) -> tuple[str, str]:
    shapes = error.validator_value
    if all(set(shape) == {"required"} for shape in shapes):
        names = ", ".join(shape["required"][0] for shape in shapes)
        return _("Exactly one of several fields must stand here."), _("Keep one of: %(names)s.") % {"names": names}
    return _wrong_shape(error, map(_shape, shapes))


def _shape(shape: dict[str, Any]) -> object:
    return PARTS[shape["$ref"].rpartition("/")[2]] if "$ref" in shape else KINDS[shape["type"]]


def _const(error: ValidationError, _known: Any) -> tuple[str, str]:
    what = _("%(value)s is not what this format expects.") % {"value": shown(error.instance)}
    return what, _("Write %(value)s.") % {"value": shown(error.validator_value)}


_SAY: dict[str, Callable[[ValidationError, dict[str, frozenset[str]]], tuple[str, str]]] = {
    "format": _format,
    "type": _type,
    "enum": _enum,
    "const": _const,
    "oneOf": _choice,
    "anyOf": _choice,
}
