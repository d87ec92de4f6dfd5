"""A worker asks the first question, sees what fits, and proposes it; an administrator fills in a missing number."""

import re

import pytest
from playwright.sync_api import Page, expect

from solmu.access.actor import system
from solmu.casework.models import Gap, Proposal
from solmu.directory.actions import make_contact_points
from solmu.directory.models import ContactPoint
from solmu.situations.actions.answers import state_fact
from tests.journeys.screens import choose, follow, press, told
from tests.models import COUNSELLING, FAMILY_UNITY, NETWORK, TEAM, take_into_use
from tests.scenes import PEOPLE, open_family

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_from_the_first_question_to_a_proposal(screens, scripts):
    screens.options["java_script_enabled"] = scripts
    scene = open_family(screens.cast)
    take_into_use(screens.cast, FAMILY_UNITY, COUNSELLING, NETWORK, TEAM)
    page = screens.go("aino", f"/desk/families/{scene.family_id}/proposals/")
    first = page.get_by_role("region", name="Ask this first")
    for _question in range(2):
        first.get_by_role("button", name="Yes").click()
        told(page, "The answer is kept.")
    counselling = page.locator("section.card", has_text="reported by the developers").filter(has_text="fits").first
    counselling.get_by_role("link", name="Propose to the family").first.click()
    press(page, "Propose")
    told(page, "The family decides, and it waits for your record.")
    assert Proposal.objects.get().verdict == "fits"


def test_the_family_is_asked_hears_the_proposal_and_decides_each_for_themselves(screens):
    take_into_use(screens.cast, NETWORK, FAMILY_UNITY)
    people = [person for person in PEOPLE if person["first_names"] in {"Minna", "Siiri"}]
    scene = open_family(screens.cast, people=people, language="so", interpreter="always")
    page = screens.go("aino", f"/desk/families/{scene.family_id}/proposals/")
    network = page.get_by_role("region", name="The family's network")
    expect(network.get_by_text("may fit").first).to_be_visible()
    _answer_every_question(page)
    expect(network.get_by_text("fits", exact=True).first).to_be_visible()
    screens.look(page, "answered")
    _pass_over_a_recommendation(page)

    network.get_by_role("link", name="Propose to the family").click()
    screens.look(page)
    press(page, "Propose")
    screens.look(page)
    follow(page, "Show to the family")
    screens.look(page)
    page.go_back()
    choose(page, "What did the family decide?", "it wants this")
    for voice in ("Minna", "Siiri"):
        choose(page, voice, "yes")
    press(page, "Record the decision")
    told(page, "The family's yes is recorded and the work begins.")

    follow(page, "Nothing fits")
    screens.look(page)
    choose(page, "What would have been needed?", "Home")
    page.get_by_label("In which area").fill("Jokiranta")
    press(page, "Note the gap")
    assert Gap.objects.get().need == "housing"


def _answer_every_question(page: Page) -> None:
    first = page.get_by_role("region", name="Ask this first")
    for _question in range(20):
        if not first.count():
            return
        if first.get_by_role("link", name="Write it among the people").count():
            _tell_when_they_came(page)
            continue
        said = "No" if "crisis" in first.inner_text() else "Yes"
        first.get_by_role("button", name=re.compile(rf"^{said}\s*:")).click()
        told(page, "The answer is kept.")
    pytest.fail("the questions do not end")


def _tell_when_they_came(page: Page) -> None:
    proposals = page.url
    follow(page, "Write it among the people")
    for who in ("Minna", "Siiri"):
        page.get_by_role("link", name=re.compile(rf"^Change\s*: {who}")).click()
        field = page.get_by_label("Arrived in Finland")
        if not field.is_visible():
            page.get_by_text("Coming to Finland").click()
        field.fill("2026-09-15")
        if who == "Siiri":
            page.get_by_label("Understands and decides").select_option(label="yes")
        press(page, "Save")
    page.goto(proposals)


def _pass_over_a_recommendation(page: Page) -> None:
    closed = page.get_by_text("Do not fit now")
    if closed.count():
        closed.click()
    meetings = page.get_by_role("region", name="The family's meetings together")
    expect(meetings.get_by_text("not now, until").first).to_be_visible()
    meetings.get_by_role("link", name=re.compile("^Propose")).first.click()
    page.get_by_label("Why do you propose this all the same?").fill("Perhe pyysi.")
    press(page, "Propose")
    choose(page, "What did the family decide?", "it wants to be asked later")
    choose(page, "Minna", "asks to be asked later")
    page.get_by_label("Ask again on").fill("2027-01-18")
    press(page, "Record the decision")
    told(page, "Recorded.")
    assert Proposal.objects.get().deviation_reason == "Perhe pyysi."


def test_an_administrator_fills_in_where_help_is_had(open_page, sign_in, cast):
    ContactPoint.objects.create(kind="crisis", name="Kriisipäivystys")
    page = open_page(locale="en-GB")
    sign_in(page, cast.account("hilla"))
    page.goto("/coordination/models/")
    page.get_by_role("link", name="Contact points").click()
    expect(page.get_by_text("Not recorded yet")).to_be_visible()
    page.get_by_role("link", name="Change").click()
    page.get_by_label("Phone").fill("08 123 456")
    page.get_by_label("Where this was read").fill("www.example.org")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("08 123 456")).to_be_visible()
    expect(page.get_by_text("Not recorded yet")).to_have_count(0)


def test_the_pages_are_accessible_and_fit_the_window(screens):
    cast = screens.cast
    scene, models = open_family(cast), take_into_use(cast, FAMILY_UNITY, COUNSELLING, NETWORK, TEAM)
    for model in models.values():
        make_contact_points(system(screens.now), model=model)
    point = ContactPoint.objects.create(kind="crisis", name="Kriisipäivystys")
    state_fact(cast.aino, family_id=scene.family_id, fact="situation.acute_crisis", value=True)
    ours = f"/desk/families/{scene.family_id}/proposals/"
    siiri = scene.people["Siiri"].id
    visits = [("aino", ours), ("aino", f"{ours}new/{models[NETWORK].id}/")]
    visits += [("aino", f"{ours}new/{models[COUNSELLING].id}/?path=to-young-peoples-team&person={siiri}")]
    visits += [("aino", f"{ours}new/{models[COUNSELLING].id}/?path=to-family-contact-point")]
    visits += [("hilla", f"/coordination/contact-points/{part}") for part in ("", "new/", f"{point.id}/")]
    for name, address in visits:
        page = screens.of(name)
        page.goto(address)
        for folded in page.locator("main details:not([open]) > summary").all():
            if folded.is_visible():
                folded.click()
        screens.look(page, address)
