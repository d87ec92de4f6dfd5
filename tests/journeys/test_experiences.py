"""A family tells, a worker writes it down, a coordinator publishes it, everybody reads it, and the family regrets."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.screens import meant, press, told, unfold
from tests.models import COUNSELLING, install

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "أحد ما استمع إلينا."


def test_a_familys_words_are_published_and_taken_back(screens):
    model = install(COUNSELLING)
    public = f"/library/{model.slug}/{model.model_version}/"
    page = screens.go("aino", f"/coordination/models/{model.id}/family-words/")
    page.get_by_label("What does the family want to tell?").fill(WORDS)
    page.get_by_label("The language of the words").select_option("ar")
    page.get_by_label("a parent").check()
    page.get_by_label(re.compile("^Everybody whose words")).check()
    page.get_by_label(re.compile("^I have read the words back")).check()
    press(page, "Hand it in")
    told(page, "Your coordinator must be able to read it")
    told(page, "Read the words once more")
    meant(page, 422)
    screens.look(page, "refused")
    expect(page.get_by_label("What does the family want to tell?")).to_have_value(WORDS)
    page.get_by_label("The same in a language").fill("Somebody listened to us.")
    page.get_by_label("The language of the translation").select_option("en")
    page.get_by_label(re.compile("^We have looked together")).check()
    press(page, "Hand it in")
    told(page, "waits for the coordinator")
    screens.look(page, "waiting")
    kaisa = screens.go("kaisa", "/coordination/experiences/")
    kaisa.get_by_role("button", name=re.compile("^Publish")).click()
    told(kaisa, "Published.")
    reader = screens.go("ritva", public)
    told(reader, "Somebody listened to us.")
    expect(reader.get_by_text(WORDS)).to_have_attribute("dir", "rtl")
    page.reload()
    unfold(page, "Take back")
    screens.look(page, "taking back")
    press(page, "Take the family's words back")
    told(page, "Taken back.")
    reader.reload()
    told(reader, "No family's words have been published yet.")
