"""What is missing from a form is told at once, in the reader's language, by Solmu and not by the browser."""

import pytest
from playwright.sync_api import expect

from tests.journeys.screens import meant, press
from tests.scenes import open_family

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def page(screens):
    """The closing form of a family, in Finnish."""
    screens.options["locale"] = "fi-FI"
    scene = open_family(screens.cast)
    return screens.go("aino", f"/desk/families/{scene.family_id}/case/close/")


def test_everything_that_is_missing_is_told_together(page):
    press(page, "Päätä työ")
    summary = page.locator("#errors")
    expect(summary).to_be_focused()
    expect(summary.get_by_role("link")).to_have_count(5)
    expect(summary.get_by_role("link").first).to_contain_text("Miksi työ päättyy?")
    meant(page, 422)


def test_half_a_date_is_not_lost_without_a_word(page):
    day = page.get_by_label("Seuranta perheen kanssa")
    day.focus()
    page.keyboard.type("12")
    press(page, "Päätä työ")
    expect(day).to_be_focused()
    expect(page.locator("#errors")).to_have_count(0)


def test_what_was_sent_is_not_offered_again_by_going_back(screens):
    """A browser that goes back puts there what had been typed; sent again, it would be a second contact."""
    page = screens.go("aino", "/desk/contacts/new/")
    words = page.locator("textarea[name=words]")
    words.fill("Kirjeet jäävät avaamatta.")
    page.goto("/desk/contacts/")
    page.go_back()
    expect(words).to_have_value("Kirjeet jäävät avaamatta.")
    for name, value in (("by", "person"), ("channel", "phone")):
        page.locator(f"input[name={name}][value={value}]").check(force=True)
    page.locator("form[data-draft] .btn-1").click()
    page.wait_for_url("**/desk/contacts/*-*/")
    page.go_back()
    expect(words).to_have_value("")


def test_who_types_for_long_is_not_taken_to_be_away(screens):
    page = screens.of("aino")
    page.clock.install()
    page.goto("/desk/contacts/new/")
    page.clock.fast_forward("03:00")
    with page.expect_request("**/health/"):
        page.locator("textarea[name=words]").fill("Kirjeet")
