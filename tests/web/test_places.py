"""Places in a package in words."""

import pytest
from django.utils.translation import override

from solmu.operating_models.compare.speaker import Speaker
from solmu.web.coordination.places import page_called, place_called, said
from tests.models import COUNSELLING, package

PACKAGE = package(COUNSELLING)
SPEAKER = Speaker(PACKAGE.document, "en")
REASON = PACKAGE.document["process"]["closing_reasons"][0]
PAGE = next(iter(PACKAGE.document["guide"]["fi"]))
TITLE = page_called(PACKAGE.document, "fi", PAGE)


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (f"process.closing_reasons.{REASON['id']}", f"Closing reasons · {SPEAKER.text(REASON['text'])}"),
        (f"process.closing_reasons.{REASON['id']}.ends", f"{SPEAKER.text(REASON['text'])} · counted as"),
        ("process.closing_reasons.not-there", "Closing reasons · not-there"),
        ("texts.fi.not.there", "Finnish · not.there"),
        (f"guide.fi.{PAGE}", f"Finnish · Guide pages · {TITLE}"),
        ("guide.fi.own-page", "Finnish · Guide pages · own-page"),
    ],
)
def test_a_place_is_called_by_its_part_its_thing_and_its_field(place, words):
    with override("en"):
        assert words in place_called(PACKAGE.document, SPEAKER, place)


def test_a_page_is_called_by_its_title():
    assert TITLE != PAGE


def test_how_a_reason_is_counted_is_said_in_words():
    with override("en"):
        assert SPEAKER.value("ended_early", "ends") == "the work ended early"


def test_a_whole_thing_is_said_by_its_name():
    assert said(SPEAKER, REASON) == SPEAKER.text(REASON["text"])
