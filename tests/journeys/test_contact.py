"""A call is answered with the keyboard alone, kept when the browser dies, and becomes work with the family."""

import pytest
from playwright.sync_api import expect

from solmu.casework.models import Case, Contact
from solmu.directory.models import ContactPoint
from solmu.kernel import clock
from tests.browser import FOCUSED, LAPTOP, PHONE, overflow
from tests.scenes import WORDS, a_contact, open_family

pytestmark = pytest.mark.django_db(transaction=True)


def tab_to(page, name: str, most: int = 80) -> None:
    """Presses Tab until the keyboard stands on what has this name."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if name.lower() in page.evaluate(FOCUSED).lower():
            return
    pytest.fail(f"the keyboard does not reach {name}")


def test_a_contact_is_taken_with_the_keyboard_alone(open_page, sign_in, cast):
    page = open_page(locale="en-GB")
    sign_in(page, cast.account("aino"))
    page.goto("/desk/contacts/")
    tab_to(page, "New contact")
    page.keyboard.press("Enter")
    page.wait_for_url("**/contacts/new/")
    tab_to(page, "What takes your strength")
    page.keyboard.type(WORDS)
    tab_to(page, "Read aloud")
    page.keyboard.press("Space")
    tab_to(page, "Money")
    page.keyboard.press("Space")
    tab_to(page, "Yes, everybody is safe")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_text("Agree on a safe time to ask again")).to_be_visible()
    tab_to(page, "somebody about their own life")
    page.keyboard.press("Space")
    tab_to(page, "phone")
    page.keyboard.press("Space")
    tab_to(page, "Name, as you heard it")
    page.keyboard.type("Minna Kallio")
    tab_to(page, "Save the contact")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Minna Kallio")).to_be_visible()
    contact = Contact.objects.get()
    assert (contact.words, contact.words_read_back, contact.domains) == (WORDS, True, ["finances"])
    assert (contact.by, contact.channel, contact.safety) == ("person", "phone", "unsure")


def test_what_was_typed_survives_a_browser_that_dies(open_page, sign_in, cast):
    page = open_page(locale="en-GB")
    sign_in(page, cast.account("aino"))
    page.goto("/desk/contacts/new/")
    page.get_by_label("What takes your strength right now?").fill(WORDS)
    expect(page.get_by_text("Draft kept at")).to_be_visible()
    page.close()
    again = open_page(locale="en-GB")
    sign_in(again, cast.account("aino"))
    again.goto("/desk/contacts/new/")
    expect(again.get_by_text("Restored what you had typed")).to_be_visible()
    expect(again.get_by_label("What takes your strength right now?")).to_have_value(WORDS)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_work_with_the_family_begins_from_the_contact(open_page, sign_in, cast, scripts):
    contact = a_contact(cast.actor("aino", at=clock.now()), caller_name="Minna Kallio", language="so")
    page = open_page(locale="en-GB", java_script_enabled=scripts)
    sign_in(page, cast.account("aino"))
    page.goto(f"/desk/contacts/{contact.id}/")
    page.get_by_role("link", name="Begin work with the family").click()
    expect(page.get_by_label("First names").first).to_have_value("Minna")
    page.get_by_role("button", name="One more person").click()
    page.get_by_label("Your pair", exact=False).first.select_option("Bertta Niemi")
    page.get_by_role("button", name="Begin work").click()
    expect(page.get_by_text("Work with the family has begun.")).to_be_visible()
    assert set(Case.objects.get().workers.values_list("name", flat=True)) == {"Aino Salmi", "Bertta Niemi"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_the_pages_of_a_contact_are_accessible(open_page, sign_in, cast, axe, picture, viewport, scheme):
    ContactPoint.objects.create(kind="crisis", name="Sosiaalipäivystys", phone="")
    aino = cast.actor("aino", at=clock.now())
    scene = open_family(cast, actor=aino)
    told = {"caller_name": "Jenni Rautio", "caller_phone": "+358401234567", "calling": "times", "language": "fi"}
    told |= {"calling_note": "Kello yhden jälkeen", "domains": ["finances", "mind"], "safety": "unsure"}
    contact = a_contact(aino, would_help="Joku kävisi kirjeet läpi kanssani.", words_read_back=True, **told)
    page = open_page(viewport=viewport, color_scheme=scheme)
    sign_in(page, cast.account("aino"))
    own, family = f"/desk/contacts/{contact.id}/", f"/desk/families/{scene.family_id}/"
    places = {
        "list": "/desk/contacts/",
        "new": "/desk/contacts/new/",
        "contact": own,
        "edit": f"{own}edit/",
        "safety": f"{own}safety/",
        "advice": f"{own}advice/",
        "begin": f"{own}begin/",
        "family-safety": f"{family}safety/",
        "pair": f"{family}pair/",
    }
    for name, place in places.items():
        page.goto(place)
        axe(page)
        picture(page, name)
        assert overflow(page) == 0, name
