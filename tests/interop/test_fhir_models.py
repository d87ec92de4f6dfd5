"""A version as FHIR R4: every shipped package's bundle is valid, refers to what is there, and says what it cannot."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from functools import reduce
from operator import getitem

import pytest

from solmu.casework.facts import CATALOGUE
from solmu.interop.fhir import model_bundle
from solmu.interop.fhir.not_carried import NOT_CARRIED
from solmu.interop.fhir.speaking import Origin, computer_name, identifier, one_line
from solmu.operating_models.package import Package, load_package
from tests.house import ROOT
from tests.interop.oracle import faults

ORIGIN = Origin("https://solmu.example", "Solmu, solmu.example", datetime(2026, 11, 2, 9, 0, tzinfo=UTC))
FOLDERS = sorted(path.parent for path in (ROOT / "operating-models").glob("*/*/model.yaml"))
each_package = pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: f"{path.parent.name}-{path.name}")


def bundle_of(folder) -> tuple[Package, dict]:
    package = load_package(folder, CATALOGUE)
    return package, json.loads(json.dumps(model_bundle(package, ORIGIN)))


def of_kind(bundle: dict, kind: str) -> list[dict]:
    return [each["resource"] for each in bundle["entry"] if each["resource"]["resourceType"] == kind]


@each_package
def test_the_bundle_is_valid(folder):
    _package, bundle = bundle_of(folder)
    assert not faults(bundle)


def test_the_judge_finds_what_is_wrong():
    _package, bundle = bundle_of(FOLDERS[0])
    plan = of_kind(bundle, "PlanDefinition")[0]
    plan["status"] = "in use"
    plan["colour"] = "blue"
    bundle["type"] = "heap"
    assert len(faults(bundle)) == 3


@each_package
def test_everything_that_is_referred_to_is_in_the_bundle(folder):
    _package, bundle = bundle_of(folder)
    here = {f"{each['resource']['url']}|{each['resource']['version']}" for each in bundle["entry"]}
    assert len(here) == len(bundle["entry"])
    assert len({each["resource"]["id"] for each in bundle["entry"]}) == len(bundle["entry"])
    (plan,) = of_kind(bundle, "PlanDefinition")
    named = [
        step["definitionCanonical"] for phase in plan["action"] for step in phase.get("action", []) if "code" in step
    ]
    named += [each["resource"] for each in plan["relatedArtifact"] if "resource" in each]
    assert set(named) <= here


@each_package
def test_the_plan_holds_every_phase_step_criterion_and_source(folder):
    package, bundle = bundle_of(folder)
    (plan,) = of_kind(bundle, "PlanDefinition")
    entry, *phases = plan["action"]
    assert [each["id"] for each in entry["condition"]] == [each.id for each in package.entry.criteria]
    assert not any("language" in each["expression"] for each in entry["condition"])
    assert all(each["expression"]["description"].startswith("Not computable") for each in entry["condition"])
    named = [each.id for each in package.process.phases]
    named += [f"follow-up-{each.id}" for each in package.process.follow_ups]
    assert [each["id"] for each in phases] == named
    steps = [step["id"] for phase in phases for step in phase.get("action", []) if "code" in step]
    assert steps == [step.id for phase in package.process.phases for step in phase.steps]
    labels = {each["label"] for each in plan["relatedArtifact"] if each["type"] == "citation"}
    acts = {law.id for law in package.process.law}
    assert labels == {source.key for source in package.model.sources} | acts
    assert len(of_kind(bundle, "Measure")) == len(package.measures)
    assert len(of_kind(bundle, "Questionnaire")) == len(package.questionnaires)


def test_what_an_act_lays_down_has_its_days_whose_it_is_and_the_steps_that_rest_on_it():
    package, bundle = bundle_of(ROOT / "operating-models" / "perheen-kotoutumissuunnitelma" / "1")
    (plan,) = of_kind(bundle, "PlanDefinition")
    at = {each["label"]: each for each in plan["relatedArtifact"] if each["type"] == "citation"}
    maker = one_line(package.text(next(each.name for each in package.process.roles if each.id == "maker"), "fi"))
    before = f"1386/2010, 16 §; may: {maker}; the first day in force is not known; until 2024-12-31; "
    assert at["family-plan-before-2025"]["citation"].startswith(before)
    said = at["first-plan-at-latest"]["citation"]
    assert "; in force from 2025-01-01; within 3 years from family.first_permit_on; source KO6; mark F" in said
    steps = [step for phase in plan["action"] for step in phase.get("action", ())]
    cited = {paper["label"] for step in steps for paper in step.get("documentation", ()) if paper["type"] == "citation"}
    assert {law for phase in package.process.phases for step in phase.steps for law in step.law} <= cited


def leaves(part, place: str, way: tuple) -> Iterator[tuple[str, tuple]]:
    """Every value of a document: the place of its kind, and the way to it."""
    if isinstance(part, list):
        for number, each in enumerate(part):
            yield from leaves(each, place, (*way, number))
    elif isinstance(part, dict):
        for name, each in part.items():
            kind = name if name.isidentifier() and way[0] != "guide" else "*"  # names that authors give are all alike
            yield from leaves(each, f"{place}.{kind}", (*way, name))
    else:
        yield place, way


def shows(document: dict, way: tuple, bundle: str) -> bool:
    """Whether another value in its place makes another bundle, or none."""
    *above, last = way
    part = reduce(getitem, above, document)
    value = part[last]
    part[last] = not value if isinstance(value, bool) else value + 1 if isinstance(value, int) else f"{value or ''}x"
    try:
        return json.dumps(model_bundle(Package.from_json(document), ORIGIN)) != bundle
    except (KeyError, ValueError, TypeError, RuntimeError):
        return True  # something else points here
    finally:
        part[last] = value


def test_what_of_a_package_is_not_carried_is_said():
    tried, carried = Counter(), set()
    for folder in FOLDERS:
        document = json.loads(load_package(folder, CATALOGUE).to_json())
        bundle = json.dumps(model_bundle(Package.from_json(document), ORIGIN))
        for part in ("model", "entry", "process", "measures", "orientation", "form_links", "guide"):
            found = [*leaves(document[part], part, (part,))]
            for place, way in [*dict(found).items(), *dict(reversed(found)).items()]:  # the last of each, the first
                if place not in carried and tried[place] < 6:
                    tried[place] += 1
                    carried |= {place} if shows(document, way, bundle) else set()
    lost = set(tried) - carried
    patterns = [pattern for places in NOT_CARRIED.values() for pattern in places]
    assert not {place for place in lost if not any(fnmatchcase(place, each) for each in patterns)}
    assert not {each for each in patterns if not any(fnmatchcase(place, each) for place in lost)}
    (plan,) = of_kind(json.loads(bundle), "PlanDefinition")
    (told,) = [each["display"] for each in plan["relatedArtifact"] if each.get("label") == "not-in-this-bundle"]
    assert all(words in told for words in NOT_CARRIED)


@each_package
def test_it_speaks_finnish_and_the_other_languages_beside(folder):
    package, bundle = bundle_of(folder)
    (plan,) = of_kind(bundle, "PlanDefinition")
    assert (plan["language"], plan["title"]) == ("fi", one_line(package.title("fi")))
    beside = plan.get("_title", {}).get("extension", [])
    told = {each["extension"][0]["valueCode"]: each["extension"][1]["valueString"] for each in beside}
    assert told == {each: one_line(package.title(each)) for each in package.languages if each != "fi"}


@each_package
def test_it_says_from_where_it_is_and_on_what_terms(folder):
    package, bundle = bundle_of(folder)
    (plan,) = of_kind(bundle, "PlanDefinition")
    assert plan["url"] == f"https://solmu.example/fhir/PlanDefinition/{package.slug}"
    assert (plan["version"], plan["date"]) == (package.version, "2026-11-02T09:00:00+00:00")
    assert plan["copyright"].startswith(package.model.licence)
    assert bundle["identifier"]["value"].endswith(package.content_hash)


def test_the_same_version_gives_the_same_bundle():
    assert bundle_of(FOLDERS[0])[1] == bundle_of(FOLDERS[0])[1]


def test_names_fit_what_fhir_allows():
    assert identifier("a" * 60, "1") == "a" * 60 + "-1"
    long = identifier("a" * 60, "network_meeting")
    assert len(long) == 64
    assert long != identifier("a" * 60, "network_meetinh")
    assert computer_name("perhe-yhdessa", "1.2", "follow_up") == "PerheYhdessa12FollowUp"
    assert one_line(" a\n b\t") == "a b"
