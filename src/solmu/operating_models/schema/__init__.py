"""The published JSON Schemas of a package's files (draft 2020-12).

Each names itself and the others by file name alone, so that they find each other wherever they lie together: in this
folder, and at the address where an installation publishes them.
"""

import json
from functools import cache
from importlib.resources import files
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry
from referencing.jsonschema import DRAFT202012

NAMES = (
    "model",
    "entry",
    "process",
    "measures",
    "orientation",
    "texts",
    "form",
    "questionnaire",
    "family",
    "overlay",
    "common",
)
"""The schemas, in the order in which an author meets the files."""


@cache
def schema_text(name: str) -> str:
    """The schema of one kind of file, as it is published."""
    return files(__package__).joinpath(f"{name}.json").read_text(encoding="utf-8")


@cache
def read_schema(name: str) -> dict[str, Any]:
    """The schema of one kind of file."""
    return json.loads(schema_text(name))


@cache
def _registry() -> Registry:
    return Registry().with_resources(
        (schema["$id"], DRAFT202012.create_resource(schema)) for schema in map(_to_check, NAMES)
    )


def _to_check(name: str) -> Any:
    return _to_the_very_end(read_schema(name))


def _to_the_very_end(part: Any) -> Any:
    """The schema for Python: there `$` would let a line end follow, which JSON Schema does not mean."""
    if isinstance(part, list):
        return [_to_the_very_end(each) for each in part]
    if not isinstance(part, dict):
        return part
    inside = {key: _to_the_very_end(value) for key, value in part.items()}
    pattern = part.get("pattern")
    if isinstance(pattern, str) and pattern.endswith("$"):
        inside["pattern"] = pattern.removesuffix("$") + r"\Z"
    return inside


@cache
def validator(name: str) -> Draft202012Validator:
    """Checks one kind of file; dates are checked as days of the calendar."""
    return Draft202012Validator(_to_check(name), registry=_registry(), format_checker=FormatChecker(["date"]))
