"""A form that nobody here wrote is imported, answered at a kitchen table, and read."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser import focus_order
from tests.instruments.forms import document, group, item
from tests.instruments.scenes import EVERYDAY, begin, keep
from tests.scenes import open_family

SHEET = Path(__file__).parents[1] / "instruments" / "thirdparty" / "xlsform_spec_test.xlsx"


@pytest.mark.django_db(transaction=True)
def test_a_sheet_is_imported_looked_at_and_published(page, open_page, sign_in, cast):
    page = open_page(locale="en-GB")
    sign_in(page, cast.account("kaisa"))
    page.goto("/coordination/forms/")
    page.get_by_role("link", name="Import a form").click()
    page.get_by_label("The file").set_input_files(SHEET)
    page.get_by_label("Where did you get it?").fill("pyxform")
    page.get_by_role("button", name="Read the form").click()
    expect(page.get_by_role("row", name="geopoint_test")).to_contain_text("left out")
    page.get_by_role("link", name="See the form as it will look").click()
    page.get_by_label("Enter your name").fill("Minna")
    page.get_by_text("Yes", exact=True).first.click()
    expect(page.get_by_label("Enter your name")).to_be_hidden()
    page.get_by_role("link", name="Back").click()
    page.get_by_label("Owner").fill("ODK")
    page.get_by_label("Licence").fill("BSD-2-Clause")
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Workers may use the form from now on.")).to_be_visible()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_family_answers_and_what_follows_is_asked(open_page, sign_in, cast, scripts):
    scene, _form = open_family(cast), keep(cast)
    page = open_page(locale="en-GB", java_script_enabled=scripts)
    sign_in(page, cast.account("aino"))
    page.goto(f"/desk/families/{scene.family_id}/")
    page.get_by_role("link", name="Forms").first.click()
    page.get_by_role("link", name="Everyday life").click()
    page.get_by_role("group", name="Whose view is it?").get_by_text("Siiri").click()
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("group", name="Are there children at home?").get_by_text("yes").click()
    if not scripts:
        page.get_by_role("button", name=re.compile("Show what follows.*Are there")).click()
    page.get_by_label("What is the child called?").fill("Eetu")
    page.get_by_label("How old?").fill("seven")
    page.get_by_role("button", name=re.compile("Add another.*A child")).click()
    page.get_by_role("group", name="A child 2").get_by_label("What is the child called?").fill("Siiri")
    page.get_by_role("button", name="Finish the form").click()
    expect(page.get_by_role("link", name="How old? Write a whole number.")).to_be_visible()
    expect(page.get_by_label("How old?").first).to_have_value("seven")
    page.faults.clear()  # the browser tells every 422
    page.get_by_label("How old?").first.fill("7")
    page.get_by_role("button", name="Finish the form").click()
    expect(page.get_by_text("The form is finished.")).to_be_visible()
    expect(page.get_by_text("Eetu", exact=True)).to_be_visible()
    page.get_by_role("link", name="Mend the answers").click()
    page.get_by_label("How old?").first.fill("8")
    page.get_by_label("Why are the answers mended?").fill("Syntymäpäivä oli jo")
    page.get_by_role("button", name="Save the mended answers").click()
    expect(page.get_by_role("heading", name="How the answers have been mended")).to_be_visible()


@pytest.mark.django_db(transaction=True)
def test_what_follows_comes_without_losing_the_place_of_the_keyboard(open_page, sign_in, cast):
    scene = open_family(cast)
    begun = begin(cast, scene.family_id, keep(cast))
    page = open_page(locale="en-GB")
    sign_in(page, cast.account("aino"))
    page.goto(f"/desk/families/{scene.family_id}/forms/{begun.id}/answer/")
    page.locator("#f0-0").focus()
    page.keyboard.press("Space")
    expect(page.get_by_label("What is the child called?")).to_be_visible()
    assert page.evaluate("document.activeElement.id") == "f0-0"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "f2-0"


@pytest.mark.django_db(transaction=True)
def test_the_pages_of_forms_are_accessible(open_page, sign_in, cast, look):
    scene, form = open_family(cast), keep(cast)
    begun = begin(cast, scene.family_id, form)
    parts = [group(f"g{n}", *(item(f"q{n}-{m}", "boolean") for m in range(8)), text=f"Part {n}") for n in range(3)]
    long = begin(cast, scene.family_id, keep(cast, document(*parts, title="A long form")))
    page = open_page(locale="en-GB")
    sign_in(page, cast.account("aino"))
    at = f"/desk/families/{scene.family_id}/forms/"
    places = {
        "list": "",
        "new": f"new/{form.id}/",
        "answer": f"{begun.id}/answer/",
        "long": f"{long.id}/answer/?page=2",
    }
    for place in places.values():
        page.goto(at + place)
        look(page)
    page.goto(at + places["answer"])
    page.locator("#f0").get_by_text("yes").click()
    page.get_by_label("What is the child called?").wait_for()
    page.get_by_label("Since when?").evaluate("field => { field.type = 'text'; field.value = 'x' }")
    page.get_by_role("button", name="Finish the form").click()
    page.locator("#errors").wait_for()
    page.faults.clear()  # the browser tells every 422
    look(page)
    page.get_by_label("Since when?").fill("2026-03-01")
    page.get_by_label("What is the child called?").fill("Eetu")
    page.get_by_role("button", name="Finish the form").click()
    for place in ("", "print/", "amend/"):
        page.goto(f"{at}{begun.id}/{place}")
        look(page)
    sign_in(page, cast.account("kaisa"))
    for name in ("", "import/", f"{form.id}/", f"{form.id}/preview/"):
        page.goto(f"/coordination/forms/{name}")
        look(page)


def test_the_keyboard_reaches_every_field_in_its_order(open_page, sign_in, cast, transactional_db):
    scene = open_family(cast)
    begun = begin(cast, scene.family_id, keep(cast, EVERYDAY))
    page = open_page(locale="en-GB")
    sign_in(page, cast.account("aino"))
    page.goto(f"/desk/families/{scene.family_id}/forms/{begun.id}/answer/")
    reached = " ".join(focus_order(page, 60))
    order = ["Walking", "Since when?", "How much sleep?", "In own words", "Finish the form"]
    assert [reached.index(name) for name in order] == sorted(reached.index(name) for name in order)
