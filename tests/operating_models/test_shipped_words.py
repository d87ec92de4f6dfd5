"""What shipped packages may never say to a family, and what they must say of the law."""

import re
from datetime import date

import pytest

from solmu.operating_models.package import load_package
from tests.operating_models.catalogue import CATALOGUE
from tests.operating_models.test_shipped_packages import PACKAGES

LANGUAGES = ("fi", "sv", "en")
OFFENCE = re.compile(
    r"riko[ks]|tuomi[ot]|epäil|poliisi|vanki|vankila|käräj|brott|dömd|misstän|polis|fängel|crim|offen[cd]|convict|suspect"
    r"|police|prison|probation",
    re.IGNORECASE,
)
PLAN, TEAM = "perheen-kotoutumissuunnitelma-1", "nurri-1"


def _package(name):
    return load_package(PACKAGES[name], CATALOGUE)


def _seen_by_families(package) -> set[str]:
    """Keys of every text that a family reads, or that stands in a list, a title or a notice."""
    model, entry, process = package.model, package.entry, package.process
    keys = {model.neutral_name, model.family_summary, process.permissions.taking_part.says}
    keys |= {criterion.says.family for criterion in entry.criteria} | {says.family for _fact, says in entry.questions}
    keys |= {path.title for path in entry.paths} | {law.says.family for law in process.law}
    keys |= {entry.offered_when.says.family} if entry.offered_when else set()
    keys |= {role.name for role in process.roles} | {point.name for point in process.contact_points}
    for phase in process.phases:
        keys |= {phase.title, phase.family_title} | {step.family_text for step in phase.steps}
    keys |= {text for theme in process.themes for text in (theme.title, theme.family_title)}
    keys |= {method.title for method in process.methods}
    keys |= {each.text for each in (*process.closing_reasons, *process.outcomes, *process.follow_ups)}
    keys |= {measure.title for measure in package.measures}
    if disclosure := process.permissions.disclosure:
        keys |= {disclosure.says} | {item.text for item in disclosure.packet}
    return keys - {""}


def _family_texts(package):
    return [
        (key, language, package.text(key, language)) for key in _seen_by_families(package) for language in LANGUAGES
    ]


def test_a_young_persons_team_is_never_told_by_what_led_there():
    package = _package(TEAM)
    told = [(key, text) for key, _language, text in _family_texts(package) if OFFENCE.search(text)]
    assert not told
    assert all(package.title(language) not in package.neutral_name(language) for language in LANGUAGES)


def test_the_way_to_the_team_is_as_silent_as_the_team():
    told = [
        (key, text) for key, _language, text in _family_texts(_package("palveluneuvonta-1")) if OFFENCE.search(text)
    ]
    assert not told


def test_the_statutory_plan_offers_nothing_voluntary():
    """Duties and voluntary models share no button, status or letter."""
    package = _package(PLAN)
    assert not [step.id for phase in package.process.phases for step in phase.steps if step.kind == "offer"]
    others = [load_package(path, CATALOGUE) for name, path in PACKAGES.items() if name != PLAN]
    for key, language, text in _family_texts(package):
        for other in others:
            named = {other.title(language), other.neutral_name(language), other.title("fi")}
            assert not [name for name in named if name.lower() in text.lower()], key


def test_the_statutory_plan_tells_families_nothing_of_the_step_that_keeps_the_voluntary_apart():
    steps = [step for phase in _package(PLAN).process.phases for step in phase.steps]
    (apart,) = [step for step in steps if step.id == "leave-the-voluntary-apart"]
    assert apart.family_text == "" and apart.form is None


@pytest.mark.parametrize("path", PACKAGES.values(), ids=PACKAGES)
def test_what_the_law_says_has_its_days_and_its_source(path):
    for point in load_package(path, CATALOGUE).process.law:
        first, last = (date.fromisoformat(day) if day else None for day in (point.from_, point.until))
        assert first is None or last is None or first <= last, point.id
        assert point.source or point.mark == "N", point.id
        assert point.limit is None or point.mark == "F", point.id


def test_each_point_of_law_is_carried_out_or_told_somewhere():
    process = _package(PLAN).process
    named = {law for phase in process.phases for step in phase.steps for law in step.law}
    assert {point.id for point in process.law} - named == {"national-register"}  # of the municipality, from 2027


def test_the_acts_do_not_hold_at_the_same_time():
    by_act = {}
    for point in _package(PLAN).process.law:
        by_act.setdefault(point.act, set()).add((point.from_, point.until))
    assert by_act["1386/2010"] == {(None, "2024-12-31")}
    assert by_act["681/2023"] == {("2025-01-01", None)}


def test_the_family_plans_own_times_are_empty_and_said_to_be_missing():
    package = _package(PLAN)
    (times,) = [point for point in package.process.law if point.id == "family-plan-times"]
    assert (times.mark, times.limit, times.section) == ("N", None, None)
    assert "ei löytynyt" in package.text(times.says.worker, "fi")


def test_deadlines_are_those_of_the_sources():
    limits = {
        point.id: (point.limit.unit, point.limit.amount, point.limit_from)
        for point in _package(PLAN).process.law
        if point.limit
    }
    assert limits == {
        "asking-for-assessment": ("years", 3, "family.first_permit_on"),
        "first-plan-at-latest": ("years", 3, "family.first_permit_on"),
        "first-plan-length": ("years", 1, "family.integration_plan_made_on"),
        "plans-in-all": ("years", 2, None),
        "enrolment": ("months", 6, "family.integration_plan_made_on"),
    }


@pytest.mark.parametrize("path", PACKAGES.values(), ids=PACKAGES)
def test_families_are_not_labelled_in_finnish(path):
    labels = re.compile(
        r"ongelmaperhe|huoliperhe|riskiperhe|ongelmanuori|riskinuori|syrjäyty|vähävarai|köyh", re.IGNORECASE
    )
    package = load_package(path, CATALOGUE)
    assert not [
        (key, text) for key, language, text in _family_texts(package) if language == "fi" and labels.search(text)
    ]


@pytest.mark.parametrize("path", PACKAGES.values(), ids=PACKAGES)
def test_swedish_says_medarbetare_of_a_worker(path):
    word = re.compile(r"\b(?:två |en |egen |din )?arbetar(?:e|en|na)\b", re.IGNORECASE)
    texts = load_package(path, CATALOGUE).document["texts"]["sv"]
    assert not [(key, text) for key, text in texts.items() if word.search(text)]
