"""The booklet: tagged, numbered, in the reader's language, with what is an organisation's own marked as its own."""

import pytest
from django.core.cache import cache

from solmu.operating_models.guide import page_names
from solmu.operating_models.package import Package
from solmu.web.ui import booklet
from solmu.web.ui.booklet import Additions, booklet_pdf, own_values, pages_changed
from tests.models import COUNSELLING, NETWORK, install, package
from tests.pdf import facts_of_pdf, words_in_pdf

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_kept():
    cache.clear()
    yield
    cache.clear()


@pytest.mark.parametrize("path", [COUNSELLING, NETWORK])
def test_it_holds_the_whole_guide_the_sources_and_its_fingerprint(path):
    model, own = install(path), package(path)
    words = words_in_pdf(booklet_pdf(model, "fi"), "-layout")
    assert own.title("fi") in words
    assert all(source.key in words for source in own.model.sources)
    assert model.content_hash[:16] in words
    assert f"version {own.version}" in words or f"versio {own.version}" in words


def test_it_is_tagged_and_speaks_its_language():
    raw = booklet_pdf(install(COUNSELLING), "en")
    told = facts_of_pdf(raw)
    assert "Tagged:          yes" in told
    assert package(COUNSELLING).title("en") in told
    assert b"/Lang (en)" in raw or "Contents" in words_in_pdf(raw)


def test_what_is_the_organisations_own_is_marked():
    model, own = install(COUNSELLING), package(COUNSELLING)
    changed = page_names(own)[0]
    additions = Additions(
        "Rantasäätiö", (("Montako päivää", "3 days"),), (("Yhteyspiste", ""),), frozenset({changed}), "Naapuri"
    )
    words = words_in_pdf(booklet_pdf(model, "en", additions))
    assert "As used by Rantasäätiö" in words
    assert words.count("Written or changed by Naapuri: not of the original model") == 1
    assert "number not recorded yet" in words
    assert "Additions of Rantasäätiö" not in words_in_pdf(booklet_pdf(model, "en"))


def test_the_same_booklet_is_made_once(monkeypatch):
    made = []
    monkeypatch.setattr(booklet, "_make", lambda *given: made.append(given) or b"%PDF-")
    model = install(COUNSELLING)
    assert [booklet_pdf(model, "fi") for _time in range(3)] == [b"%PDF-"] * 3
    booklet_pdf(model, "sv")
    assert len(made) == 2


def test_what_an_organisation_has_decided_is_made_anew_each_time(monkeypatch):
    made = []
    monkeypatch.setattr(booklet, "_make", lambda *given: made.append(given) or b"%PDF-")
    model = install(COUNSELLING)
    for _time in range(2):
        booklet_pdf(model, "fi", Additions("Rantasäätiö"))
    assert len(made) == 2


def test_pages_that_differ_from_the_base_are_found():
    base = package(COUNSELLING)
    document = {**base.document, "guide": {"fi": {**base.document["guide"]["fi"], "oma": "# Oma sivu"}}}
    first = next(iter(base.document["guide"]["fi"]))
    document["guide"]["fi"][first] += "\nOma lisä."
    assert pages_changed(Package.from_json(document), base) == {first, "oma"}
    assert pages_changed(base, base) == frozenset()
    assert pages_changed(base, None) == frozenset()


def test_own_values_are_told_with_their_units():
    said = dict(own_values(package(COUNSELLING), {"prepare-days": 3, "both-of-pair": None}, "en"))
    assert list(said.values()) == ["3 working days"] or list(said.values()) == ["3 days"]


def test_words_of_a_guide_open_no_address(monkeypatch):
    with pytest.raises(ValueError, match="evil"):
        booklet._nothing("https://evil.example")
