"""HL7's own JSON Schema of FHIR R4 as a judge of resources."""

import json
import lzma
from functools import cache
from typing import Any

from jsonschema import Draft6Validator

from tests.house import ROOT

SCHEMA = ROOT / "tests" / "vendor" / "fhir" / "r4.schema.json.xz"


@cache
def _schema() -> dict[str, Any]:
    return json.loads(lzma.decompress(SCHEMA.read_bytes()))


@cache
def _validator(kind: str) -> Draft6Validator:
    """Checks one kind of resource; the whole schema tries a hundred and fifty kinds for each."""
    return Draft6Validator({"$ref": f"#/definitions/{kind}", "definitions": _schema()["definitions"]})


def faults(resource: dict[str, Any]) -> list[str]:
    """What is wrong with a resource; a bundle's entries are judged one by one."""
    found = (
        [f"Bundle: {each}" for each in _faults_of({**resource, "entry": []}, "Bundle")] if "entry" in resource else []
    )
    for entry in resource.get("entry", [{"resource": resource}]):
        own = entry["resource"]
        found += [f"{own['resourceType']} {own.get('id')}: {each}" for each in _faults_of(own, own["resourceType"])]
    return found


def _faults_of(resource: dict[str, Any], kind: str) -> list[str]:
    errors = _validator(kind).iter_errors(resource)
    return [f"{'.'.join(map(str, error.absolute_path))}: {error.message[:200]}" for error in errors]
