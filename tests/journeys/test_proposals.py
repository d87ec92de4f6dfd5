"""A worker asks the first question, sees what fits, and proposes it; an administrator fills in a missing number."""

import pytest
from playwright.sync_api import expect

from solmu.access.actor import system
from solmu.casework.models import Proposal
from solmu.directory.actions import make_contact_points
from solmu.directory.models import ContactPoint
from solmu.kernel import clock
from solmu.situations.actions.answers import state_fact
from tests.browser import LAPTOP, PHONE, overflow
from tests.models import COUNSELLING, FAMILY_UNITY, NETWORK, TEAM, take_into_use
from tests.scenes import open_family

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_from_the_first_question_to_a_proposal(open_page, sign_in, cast, scripts):
    scene = open_family(cast)
    take_into_use(cast, FAMILY_UNITY, COUNSELLING, NETWORK, TEAM)
    page = open_page(java_script_enabled=scripts, locale="en-GB")
    sign_in(page, cast.account("aino"))
    page.goto(f"/desk/families/{scene.family_id}/proposals/")
    first = page.get_by_role("region", name="Ask this first")
    for _question in range(2):
        first.get_by_role("button", name="Yes").click()
        expect(page.get_by_text("The answer is kept.")).to_be_visible()
    counselling = page.locator("section.card", has_text="reported by the developers").filter(has_text="fits").first
    counselling.get_by_role("link", name="Propose to the family").first.click()
    page.get_by_role("button", name="Propose", exact=True).click()
    expect(page.get_by_text("The family decides, and it waits for your record.")).to_be_visible()
    assert Proposal.objects.get().verdict == "fits"


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


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_the_pages_are_accessible_and_fit_the_window(open_page, sign_in, cast, axe, picture, viewport, scheme):
    scene, models = open_family(cast), take_into_use(cast, FAMILY_UNITY, COUNSELLING, NETWORK, TEAM)
    for model in models.values():
        make_contact_points(system(clock.now()), model=model)
    point = ContactPoint.objects.create(kind="crisis", name="Kriisipäivystys")
    state_fact(cast.aino, family_id=scene.family_id, fact="situation.acute_crisis", value=True)
    ours = f"/desk/families/{scene.family_id}/proposals/"
    siiri = scene.people["Siiri"].id
    visits = [("aino", ours), ("aino", f"{ours}new/{models[NETWORK].id}/")]
    visits += [("aino", f"{ours}new/{models[COUNSELLING].id}/?path=to-young-peoples-team&person={siiri}")]
    visits += [("aino", f"{ours}new/{models[COUNSELLING].id}/?path=to-family-contact-point")]
    visits += [("hilla", f"/coordination/contact-points/{part}") for part in ("", "new/", f"{point.id}/")]
    pages = {}
    for number, (name, address) in enumerate(visits):
        if name not in pages:
            pages[name] = open_page(viewport=viewport, color_scheme=scheme, locale="en-GB")
            sign_in(pages[name], cast.account(name))
        page = pages[name]
        page.goto(address)
        for folded in page.locator("main details:not([open]) > summary").all():
            if folded.is_visible():
                folded.click()
        axe(page)
        assert overflow(page) == 0, address
        picture(page, f"proposals-{number:02}")
