"""The pages of the guides that are shipped: of a length to be read, saying where they come from, and led to."""

import re

import pytest

from solmu.operating_models.package import load_package
from tests.operating_models.catalogue import CATALOGUE
from tests.operating_models.test_shipped_packages import PACKAGES

PHONE = re.compile(r"\b0\d{1,3}[ -]?\d{3}|\+358")


@pytest.fixture(params=PACKAGES.values(), ids=PACKAGES)
def package(request):
    return load_package(request.param, CATALOGUE)


def _pages(package, language):
    return package.document["guide"].get(language, {})


def test_every_page_can_be_read_while_the_kettle_boils(package):
    words = {
        f"{language}/{page}": len(text.split())
        for language in ("fi", "en")
        for page, text in _pages(package, language).items()
    }
    assert not {page: count for page, count in words.items() if not 120 <= count <= 600}


def test_a_page_opens_with_one_title_and_tells_where_it_comes_from(package):
    for language, last in (("fi", "## Mistä tämä tulee"), ("en", "## Where this comes from")):
        for page, text in _pages(package, language).items():
            assert len(re.findall(r"^# ", text, re.MULTILINE)) == 1 and text.startswith("# "), page
            assert last in text, page


def test_no_page_gives_a_telephone_number_that_no_source_gave(package):
    for language in ("fi", "en"):
        assert not [page for page, text in _pages(package, language).items() if PHONE.search(text)]


def test_every_page_is_led_to_from_a_step_a_theme_or_the_orientation(package):
    process = package.process
    led_to = {step.guide for phase in process.phases for step in phase.steps}
    led_to |= {theme.guide for theme in process.themes} | {module.guide for module in package.orientation.modules}
    assert _pages(package, "fi").keys() <= led_to


def test_every_step_that_is_done_with_a_family_leads_to_a_page(package):
    silent = {"check_back", "follow_up"}
    steps = [step for phase in package.process.phases for step in phase.steps if step.kind not in silent]
    assert not [step.id for step in steps if not step.guide]
