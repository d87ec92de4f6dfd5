"""Somebody's words run in the direction of their own script, whatever the language of the page."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from solmu.casework.actions.contacts import take_contact
from solmu.kernel import clock
from solmu.kernel.directions import isolated
from solmu.web.templatetags.ui import direction
from tests.cast import MONDAY
from tests.house import files, place
from tests.referrals.scenes import draft, permit
from tests.scenes import open_family
from tests.web.test_network_pages import client_of

ARABIC = "لا أستطيع النوم ليلاً وأخاف من الرسائل"
OWN_BLOCK = re.compile(r"<(\w+)([^<>]*class=\"[^\"]*\bsay\b[^<>]*)>\s*\{\{[^{}]*\|linebreaksbr \}\}")


@pytest.mark.parametrize(
    ("words", "runs"),
    [(ARABIC, "rtl"), ("«2» " + ARABIC, "rtl"), ("Rahat loppuvat", "ltr"), ("123", "ltr"), ("", "ltr")],
)
def test_words_run_as_their_first_letter_does(words, runs):
    assert direction(words) == runs


def test_words_from_the_right_do_not_turn_the_line_around_them():
    assert isolated(ARABIC) == f"\u2068{ARABIC}\u2069"
    assert isolated("Rahat loppuvat") == "Rahat loppuvat"


def test_every_place_for_long_words_lets_them_run_their_own_way():
    lacking = []
    for path in files(".html"):
        text = path.read_text()
        shown = [hit for hit in OWN_BLOCK.finditer(text) if hit[1] != "bdi" and " dir=" not in hit[2]]
        typed = [hit for hit in re.finditer(r"<textarea\b[^>]*", text) if "dir=" not in hit[0]]
        lacking += [f"{place(path, text, hit.start())} {hit[0]}" for hit in [*shown, *typed]]
    assert not lacking, "\n".join(lacking)


@pytest.mark.django_db
def test_arabic_words_are_typed_and_shown_from_the_right(cast, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: MONDAY + timedelta(hours=1))
    client = client_of(cast, "aino")
    form = client.get(reverse("desk:contact_new")).content.decode()
    assert re.search(r'<textarea[^>]*name="words"[^>]*dir="auto"|<textarea[^>]*dir="auto"[^>]*name="words"', form)
    contact = take_contact(cast.aino, by="person", channel="phone", words=ARABIC)
    page = client.get(reverse("desk:contact", args=[contact.id])).content.decode()
    assert f'<p dir="auto">{ARABIC}</p>' in page
    scene, referral = draft(cast, open_family(cast), items=["wish"], wish=ARABIC)
    permit(cast.aino, scene, referral.items, unit=cast.unit("receivers"))
    page = client.get(reverse("desk:referral", args=[referral.id])).content.decode()
    assert f'dir="rtl">{ARABIC}' in page
