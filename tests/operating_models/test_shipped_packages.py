"""Every package that is shipped is whole, and its invented families get the verdicts that its authors expect."""

import json
from datetime import date
from pathlib import Path

import pytest
import yaml

from solmu.access.classes import InformationClass
from solmu.operating_models.package import (
    Package,
    check_package,
    content_hash,
    load_package,
    run_family,
    try_package,
)
from solmu.operating_models.rules import Kind
from tests.operating_models.catalogue import CATALOGUE

ROOT = Path(__file__).parents[2] / "operating-models"
FOLDERS = sorted(path for path in ROOT.glob("*/*") if path.is_dir())
TODAY = date(2026, 3, 2)
PACKAGES = {f"{path.parent.name}-{path.name}": path for path in FOLDERS}


@pytest.fixture(scope="module")
def packages():
    return {name: load_package(path, CATALOGUE) for name, path in PACKAGES.items()}


def _families():
    for path in FOLDERS:
        if not check_package(path, CATALOGUE):
            package = load_package(path, CATALOGUE)
            for family in package.document["families"]:
                yield pytest.param(package, family, id=f"{package.slug}-{package.version}-{family['id']}")


@pytest.mark.parametrize("path", PACKAGES.values(), ids=PACKAGES)
def test_package_is_whole(path):
    assert not list(map(str, try_package(path, CATALOGUE)))


@pytest.mark.parametrize(("package", "family"), list(_families()))
def test_invented_family_gets_its_verdict(package, family):
    assert not list(map(str, run_family(package, family, CATALOGUE)))


@pytest.mark.parametrize("path", PACKAGES.values(), ids=PACKAGES)
def test_package_has_families_of_several_kinds(path):
    families = load_package(path, CATALOGUE).document["families"]
    expected = [each["expect"] for family in families for each in family.get("people", [family])]
    assert len(families) >= 5
    assert {each["verdict"] for each in expected} >= {"fits", "may_fit", "does_not_fit"}


@pytest.mark.parametrize("path", PACKAGES.values(), ids=PACKAGES)
def test_every_text_is_in_three_languages(path):
    texts = load_package(path, CATALOGUE).document["texts"]
    assert texts["fi"].keys() == texts["sv"].keys() == texts["en"].keys()


@pytest.mark.parametrize("path", PACKAGES.values(), ids=PACKAGES)
def test_the_stored_document_gives_the_same_package_back(path):
    package = load_package(path, CATALOGUE)
    shuffled = json.dumps(json.loads(package.to_json()), sort_keys=True)
    again = Package.from_json(shuffled)
    assert again.content_hash == package.content_hash == content_hash(path)
    for part in ("model", "process", "measures", "orientation", "form_links"):
        assert getattr(again, part) == getattr(package, part), part
    assert (again.entry.criteria, again.entry.paths) == (package.entry.criteria, package.entry.paths)


@pytest.mark.parametrize("path", PACKAGES.values(), ids=PACKAGES)
def test_what_was_not_found_is_left_empty(path):
    package = load_package(path, CATALOGUE)
    assert all(each.default is None for each in package.model.settings if each.mark == "N")
    assert all(each.phone is None for each in package.process.contact_points)


@pytest.mark.parametrize("path", PACKAGES.values(), ids=PACKAGES)
def test_packet_names_information_classes_that_the_gate_knows(path):
    disclosure = load_package(path, CATALOGUE).process.permissions.disclosure
    known = {each.name.lower() for each in InformationClass}
    assert {item.information_class for item in disclosure.packet} <= known if disclosure else True


@pytest.mark.parametrize("path", PACKAGES.values(), ids=PACKAGES)
def test_the_protected_judgement_is_never_the_first_question(path):
    package = load_package(path, CATALOGUE)
    verdict = package.compiled().judge({}, TODAY)
    protected = {name for name, fact in CATALOGUE.items() if fact.information_class == "protected"}
    assert verdict.kind is Kind.MAY_FIT
    assert verdict.next_question.fact not in protected


@pytest.mark.parametrize("path", PACKAGES.values(), ids=PACKAGES)
def test_every_yaml_parser_reads_the_same(path):
    for file in path.rglob("*.yaml"):
        raw = file.read_bytes()
        assert yaml.load(raw, Loader=yaml.SafeLoader) == yaml.load(raw, Loader=yaml.CSafeLoader), file.name
