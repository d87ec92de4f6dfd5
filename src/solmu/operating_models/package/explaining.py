"""What does a schema's complaint mean to a package author, and how is it mended?"""

from collections.abc import Callable, Iterator
from difflib import get_close_matches
from typing import Any

from jsonschema import ValidationError

from solmu.operating_models.package.problems import Problem
from solmu.operating_models.package.reading import Document

UNKNOWN = {
    "text-key": ("The text {!r} is not in texts/fi.yaml.", "Write it there, or correct the key."),
    "fact": ("The fact {!r} is not in the catalogue of facts.", "Use a fact that a room provides."),
    "source-key": ("The source {!r} is not in model.yaml.", "Add it under sources with its address."),
    "setting": ("The setting {!r} is not in model.yaml.", "Add it under settings, or correct its name."),
    "date": ("{!r} is not a day of the calendar.", "Write it as 2026-03-31."),
}
KINDS = {
    "object": "a map of fields",
    "array": "a list",
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "null": "null",
}


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
                yield document.problem(place, f"The field {name!r} is missing.", "Add it.")
        else:
            what, mend = _SAY.get(str(each.validator), _other)(each, known)
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
            mend = f"Remove it, or use one of: {', '.join(fields)}.{_near(name, fields)}"
            yield document.problem((*place, name), f"The field {name!r} is not known here.", mend)


def _near(name: Any, names) -> str:
    close = get_close_matches(str(name), [str(each) for each in names], 1)
    return f" Did you mean {close[0]!r}?" if close else ""


def _format(error: ValidationError, known: dict[str, frozenset[str]]) -> tuple[str, str]:
    what, mend = UNKNOWN[error.validator_value]
    return what.format(error.instance), mend + _near(error.instance, sorted(known.get(error.validator_value, ())))


def _type(error: ValidationError, _known: Any) -> tuple[str, str]:
    wanted = error.validator_value if isinstance(error.validator_value, list) else [error.validator_value]
    return f"{error.instance!r:.60} has the wrong shape.", f"Write {' or '.join(KINDS[kind] for kind in wanted)}."


def _enum(error: ValidationError, _known: Any) -> tuple[str, str]:
    names = ", ".join(str(each) for each in error.validator_value)
    return (
        f"{error.instance!r:.60} is not one of the choices.",
        f"Use {names}.{_near(error.instance, error.validator_value)}",
    )


def _choice(error: ValidationError, _known: Any) -> tuple[str, str]:
    shapes = error.validator_value
    if all(set(shape) == {"required"} for shape in shapes):
        names = ", ".join(shape["required"][0] for shape in shapes)
        return "Exactly one of several fields must stand here.", f"Keep one of: {names}."
    wanted = " or ".join(_shape(shape) for shape in shapes)
    return f"{error.instance!r:.60} has the wrong shape.", f"Write {wanted}."


def _shape(shape: dict[str, Any]) -> str:
    if shape.get("$ref") == "#":
        return "texts below it (in quotation marks when a text holds a colon or a comma)"
    if "$ref" in shape:
        return {"setting_ref": "{setting: …}", "span": "a length of time"}.get(
            name := shape["$ref"].rsplit("/", 1)[-1], f"a {name}"
        )
    return KINDS.get(shape.get("type", ""), "another shape")


def _const(error: ValidationError, _known: Any) -> tuple[str, str]:
    return f"{error.instance!r:.60} is not what this format expects.", f"Write {error.validator_value!r}."


def _other(error: ValidationError, _known: Any) -> tuple[str, str]:
    mend = error.schema.get("description") if isinstance(error.schema, dict) else None
    return f"This does not pass: {error.message:.160}.", mend or "See the description of the format."


_SAY: dict[str, Callable[[ValidationError, dict[str, frozenset[str]]], tuple[str, str]]] = {
    "format": _format,
    "type": _type,
    "enum": _enum,
    "const": _const,
    "oneOf": _choice,
    "anyOf": _choice,
}
