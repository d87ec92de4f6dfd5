"""A call is answered with the keyboard alone, kept when the browser dies, and becomes work with the family."""

import pytest
from playwright.sync_api import Page, expect

from solmu.casework.actions.steps import agree_step
from solmu.casework.models import Case, Contact, NotificationConsideration
from solmu.directory.models import ContactPoint
from tests.browser import FOCUSED
from tests.journeys.screens import choose, follow, press, told
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


def test_a_professional_is_advised_without_a_name(screens):
    page = screens.go("aino", "/desk/contacts/new/")
    page.get_by_label("What takes your strength right now?").fill("Miten velkaneuvontaan pääsee?")
    choose(page, "Who contacts?", "a professional asks for advice")
    choose(page, "How did they reach you?", "phone")
    press(page, "Save the contact")
    follow(page, "End with advice")
    screens.look(page)
    page.get_by_label("What did you advise?").fill("Neuvottu varaamaan aika.")
    press(page, "End the contact")
    told(page, "advised")
    assert Contact.objects.get().family_id is None


def test_a_call_is_kept_when_the_browser_dies_and_becomes_work_that_others_find(screens):
    page = screens.go("aino", "/desk/")
    page.get_by_role("searchbox").fill("Kallio")
    page.get_by_role("searchbox").press("Enter")
    told(page, "Nothing was found")
    screens.look(page)
    follow(page, "New contact")
    page.get_by_label("What takes your strength right now?").fill(WORDS)
    told(page, "Draft kept at")
    screens.pages.pop("aino").close()
    page = screens.go("aino", "/desk/contacts/new/")
    told(page, "Restored what you had typed")
    _finish_the_call(page)
    expect(page.get_by_role("heading", name="Minna Kallio")).to_be_visible()
    screens.look(page)
    follow(page, "Consider a child welfare notification")
    screens.look(page)
    page.get_by_label("Why?").fill("Lapsista pidetään huolta; kysytään uudelleen perjantaina.")
    page.get_by_role("group", name="What did you conclude?").get_by_role("radio").first.check(force=True)
    press(page, "Record the consideration")
    assert NotificationConsideration.objects.count() == 1

    bertta = screens.go("bertta", "/desk/contacts/")
    follow(bertta, "Minna Kallio")
    follow(bertta, "Begin work with the family")
    screens.look(bertta)
    _write_down_the_family(bertta)
    press(bertta, "Begin work")
    told(bertta, "Work with the family has begun.")
    screens.look(bertta)
    told(bertta, "What waits next")

    cecilia = screens.go("cecilia", "/desk/search/")
    cecilia.get_by_role("main").get_by_role("searchbox").fill("Siiri Kallio")
    cecilia.get_by_role("main").get_by_role("searchbox").press("Enter")
    told(cecilia, "There may already be work with this family in your organisation")
    told(cecilia, "Ask: Palveluneuvonta")
    expect(cecilia.get_by_role("main")).not_to_contain_text("Minna")


def _finish_the_call(page: Page) -> None:
    page.get_by_label("What would help?").fill("Joku kävisi kirjeet läpi kanssani.")
    page.get_by_label("Money").check()
    page.get_by_label("Not sure").check()
    page.get_by_label("Ask again on").fill("2026-11-06")
    choose(page, "Who contacts?", "somebody about their own life or family")
    choose(page, "How did they reach you?", "phone")
    page.get_by_label("Name, as you heard it").fill("Minna Kallio")
    page.get_by_label("Phone", exact=False).and_(page.locator("input[type=tel]")).fill("040 123 4567")
    choose(page, "Is it safe to call?", "only at agreed times")
    page.get_by_label("When and how to call").fill("Kello yhden jälkeen")
    page.locator("select[name=language]").select_option("so")
    choose(page, "Interpreter", "interpreter always")
    page.get_by_label("Your pair").select_option("Bertta Niemi")
    press(page, "Save the contact")


def _write_down_the_family(page: Page) -> None:
    page.get_by_label("Family's name").fill("Kallio")
    press(page, "One more person")
    for number, (first, born, place) in enumerate((("Minna", "1990-04-12", "adult"), ("Siiri", "2010-02-20", "young"))):
        person = page.get_by_role("group", name=f"Person {number + 1}")
        person.get_by_label("First names").fill(first)
        person.get_by_label("Last name").fill("Kallio")
        person.get_by_label("Date of birth").fill(born)
        person.get_by_label("Place in the family").select_option(place)
        person.get_by_label("Phone").fill(f"040 123 456{7 + number}")


def test_work_begins_from_a_contact_without_scripts(screens):
    screens.options["java_script_enabled"] = False
    contact = a_contact(screens.cast.actor("aino"), caller_name="Minna Kallio", language="so")
    page = screens.go("aino", f"/desk/contacts/{contact.id}/")
    follow(page, "Begin work with the family")
    expect(page.get_by_label("First names").first).to_have_value("Minna")
    press(page, "One more person")
    page.get_by_label("Your pair", exact=False).first.select_option("Bertta Niemi")
    press(page, "Begin work")
    told(page, "Work with the family has begun.")
    assert set(Case.objects.get().workers.values_list("name", flat=True)) == {"Aino Salmi", "Bertta Niemi"}


def test_the_pages_of_a_contact_are_accessible(screens):
    screens.options["locale"] = "fi-FI"
    ContactPoint.objects.create(kind="crisis", name="Sosiaalipäivystys", phone="")
    aino, scene = screens.cast.aino, open_family(screens.cast)
    said = {"caller_name": "Jenni Rautio", "caller_phone": "+358401234567", "calling": "times", "language": "fi"}
    said |= {"calling_note": "Kello yhden jälkeen", "domains": ["finances", "mind"], "safety": "unsure"}
    contact = a_contact(aino, would_help="Joku kävisi kirjeet läpi kanssani.", words_read_back=True, **said)
    step = agree_step(aino, case_id=scene.case_id, words="Soitamme koululle yhdessä", due_on=aino.today)
    own, family = f"/desk/contacts/{contact.id}/", f"/desk/families/{scene.family_id}/"
    places = ["/desk/contacts/", "/desk/contacts/new/", f"{family}safety/", f"{family}pair/"]
    places += [family, f"{family}step/", f"{family}step/{step.id}/"]
    for place in [*places, own, f"{own}edit/", f"{own}safety/", f"{own}advice/", f"{own}begin/"]:
        screens.go("aino", place)
