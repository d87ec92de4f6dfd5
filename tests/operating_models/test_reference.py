"""The published schemas are sound, and the page about them is current."""

from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from solmu.operating_models.rules import OPERATORS
from solmu.operating_models.schema import NAMES, read_schema
from solmu.operating_models.schema.reference import write_reference

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "package-format.md"


@pytest.mark.parametrize("name", NAMES)
def test_schema_is_a_schema(name):
    Draft202012Validator.check_schema(read_schema(name))


def test_schema_and_rules_know_the_same_comparisons():
    fields = read_schema("common")["$defs"]["condition"]["properties"].keys()
    assert fields - {"fact", "any", "all", "not"} == OPERATORS.keys()


def test_page_is_current():
    assert PAGE.read_text(encoding="utf-8") == write_reference(), "Run python -m solmu.operating_models.schema."
