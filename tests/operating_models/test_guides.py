"""What a worker finds in a shipped package: a guide page where one is needed, forms in three languages, what is new."""

import re
from itertools import pairwise

import pytest

from solmu.operating_models.package import load_package
from tests.operating_models.catalogue import CATALOGUE
from tests.operating_models.test_shipped_packages import PACKAGES

MODELS = {name: load_package(path, CATALOGUE) for name, path in PACKAGES.items()}
LINK = re.compile(r"\]\((?!https://)([^)]*)\)")
SOURCE_KEY = re.compile(r"\b[A-Z]{2}\d{1,2}\b")
HOME_VISITS = {name: package for name, package in MODELS.items() if package.slug == "perhe-yhtenaiseksi"}
EVERY = pytest.mark.parametrize("package", MODELS.values(), ids=MODELS)
EVERY_HOME_VISIT = pytest.mark.parametrize("package", HOME_VISITS.values(), ids=HOME_VISITS)


def versions():
    """Each version of a model with the one that came before it."""
    by_model = {}
    for package in MODELS.values():
        by_model.setdefault(package.slug, []).append(package)
    for found in by_model.values():
        yield from pairwise(sorted(found, key=lambda package: [int(part) for part in package.version.split(".")]))


def said(element):
    """Every text of a Questionnaire's element and of what it holds, with its translations."""
    for name in ("title", "description", "copyright", "text", "display"):
        if name in element:
            beside = element.get(f"_{name}", {}).get("extension", ())
            parts = [{part["url"]: part for part in each["extension"]} for each in beside]
            yield element[name], {each["lang"]["valueCode"]: each["content"]["valueString"] for each in parts}
    for child in element.get("item", ()):
        yield from said(child)
    for option in element.get("answerOption", ()):
        yield from said(option.get("valueCoding", {}))


@EVERY_HOME_VISIT
def test_every_theme_has_a_page_in_finnish_and_in_english(package):
    guide = package.document["guide"]
    assert package.process.themes
    for theme in package.process.themes:
        assert theme.guide in guide["fi"], theme.id
        assert theme.guide in guide["en"], theme.id


@EVERY
def test_a_guide_in_another_language_has_the_same_pages(package):
    guide = package.document["guide"]
    for language, pages in guide.items():
        assert pages.keys() == guide["fi"].keys(), language


@EVERY
def test_what_a_guide_cites_is_among_the_sources(package):
    sources = {source.key for source in package.model.sources}
    for language, pages in package.document["guide"].items():
        for name, text in pages.items():
            assert set(SOURCE_KEY.findall(text)) <= sources, (language, name)


@EVERY
def test_a_link_in_a_guide_leads_to_a_page_of_it(package):
    for language, pages in package.document["guide"].items():
        for name, text in pages.items():
            assert {page.removesuffix(".md") for page in LINK.findall(text)} <= pages.keys(), (language, name)


@EVERY_HOME_VISIT
def test_a_theme_page_says_what_to_do_in_distress(package):
    for pages in package.document["guide"].values():
        for theme in package.process.themes:
            assert "112" in pages[theme.guide], theme.id


@EVERY
def test_every_form_speaks_three_languages_and_names_its_owner(package):
    for name, form in package.questionnaires.items():
        assert form["copyright"], name
        for text, translations in said(form):
            assert text, name
            assert all(translations.get(language) for language in ("sv", "en")), (name, text)


@pytest.mark.parametrize(
    ("before", "package"), list(versions()), ids=lambda package: f"{package.slug}-{package.version}"
)
def test_an_update_adds_only_what_the_version_before_lacks(before, package):
    assert package.orientation.update_adds
    assert not {module.id for module in before.orientation.modules} & set(package.orientation.update_adds)


@pytest.mark.parametrize(
    ("family", "verdicts"),
    [
        ("fled-together", ["does_not_fit", "fits", "fits"]),
        ("arrived-before-together", ["not_now", "fits", "fits"]),
    ],
)
def test_the_same_family_is_judged_by_the_version_it_is_offered(family, verdicts):
    told = [each for package in HOME_VISITS.values() for each in package.document["families"] if each["id"] == family]
    assert all(each["facts"] == told[0]["facts"] for each in told)
    assert [each["expect"]["verdict"] for each in told] == verdicts
