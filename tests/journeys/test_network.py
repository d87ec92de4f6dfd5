"""A network meeting is held, its promises are kept and felt, and the work is closed with nothing left waiting."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from solmu.access.models import Grant
from solmu.agenda.models import Item
from solmu.casework.actions.network import add_member, agree_meeting, set_member_state
from solmu.casework.actions.promises import make_promise
from solmu.casework.actions.proposals import note_gap, propose_model
from solmu.casework.models import Case, Promise
from solmu.kernel import clock
from solmu.situations.actions.answers import state_fact
from tests.browser import LAPTOP, PHONE, overflow
from tests.models import FAMILY_UNITY, NETWORK, TEAM, take_into_use
from tests.scenes import open_family

pytestmark = pytest.mark.django_db(transaction=True)


def teacher(actor, scene, email=""):
    member = add_member(
        actor,
        case_id=scene.case_id,
        kind="professional",
        name="Paula Mäki",
        in_role="luokanopettaja",
        organisation_name="Jokirannan koulu",
        account_email=email,
    )
    return set_member_state(actor, member_id=member.id, version=1, state="joined")


def _keep_own_promise(page):
    page.goto("/desk/promises/")
    expect(page.get_by_text("Kallio")).to_have_count(0)
    page.get_by_label("In a few words").fill("Soitettu")
    page.get_by_role("button", name="It was kept").click()
    expect(page.get_by_text("The family's workers see it.")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_from_the_network_meeting_to_the_end_of_the_work(open_page, sign_in, cast, scripts):
    scene, today = open_family(cast), clock.local_date(clock.now())
    page = open_page(java_script_enabled=scripts, locale="en-GB")
    sign_in(page, cast.account("aino"))

    page.goto(f"/desk/families/{scene.family_id}/network/")
    page.get_by_role("link", name="Add somebody").click()
    page.get_by_label("Name", exact=False).first.fill("Paula Mäki")
    page.get_by_label("In which role").fill("class teacher")
    page.get_by_label("Work e-mail").fill("paula@example.org")
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_text("Change Paula Mäki").click()
    page.get_by_role("button", name="Joined").and_(page.locator(":visible")).click()

    page.get_by_role("link", name="Agree on a meeting").click()
    page.get_by_label("Day").fill(today.isoformat())
    page.get_by_label("Time").fill("00:01")
    page.get_by_role("button", name="Agree", exact=True).click()
    page.locator("section", has=page.get_by_role("heading", name="Meetings")).locator("h3 a").click()
    page.get_by_role("group", name="Was the family there?").get_by_text("yes", exact=True).click()
    for name in ("Minna Kallio", "Paula Mäki"):
        page.get_by_label(name).check()
    page.get_by_label("What was agreed").fill("Aamut aloitetaan yhdessä.")
    page.get_by_label("The action period ends").fill((today + timedelta(days=28)).isoformat())
    page.get_by_role("button", name="Record the meeting").click()

    page.get_by_role("link", name="Write a promise down").click()
    page.get_by_label("Who promises").select_option(label="Paula Mäki, class teacher")
    page.get_by_label("What deed").fill("Soittaa tiistaina kotiin")
    page.get_by_role("button", name="Save and write the next one").click()
    expect(page.get_by_text("Promised so far")).to_be_visible()

    partner = open_page(locale="en-GB", java_script_enabled=scripts)
    sign_in(partner, cast.account("paula"))
    _keep_own_promise(partner)

    page.goto(f"/desk/families/{scene.family_id}/network/")
    page.get_by_role("link", name="Ask the family").click()
    page.get_by_text("helped", exact=True).click()
    page.get_by_role("button", name="Save").click()
    assert Promise.objects.get().helped == "yes"

    page.goto(f"/desk/families/{scene.family_id}/case/")
    page.get_by_role("link", name="Close the work").click()
    page.get_by_text("what was sought has been reached").click()
    page.get_by_text("everyday life is easier").click()
    page.get_by_label("What changed").fill("Aamut ovat rauhallisia.")
    page.get_by_text("yes", exact=True).click()
    page.get_by_label("How was the family told?").fill("Yhdessä")
    page.get_by_label("What is asked then").fill("Perhe ei halua.")
    page.get_by_role("button", name="Close the work").click()
    expect(page.get_by_text("The work is closed")).to_be_visible()
    assert Case.objects.get().state == "closed"
    assert not Grant.objects.filter(record_id=scene.family_id, closed_at=None).exists()
    assert not Item.objects.filter(record_id=scene.family_id, settled_at=None).exists()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_the_pages_are_accessible_and_fit_the_window(open_page, sign_in, cast, axe, picture, viewport, scheme):
    scene, models = open_family(cast), take_into_use(cast, FAMILY_UNITY, NETWORK, TEAM)
    state_fact(cast.aino, family_id=scene.family_id, fact="family.wants_support", value=True)
    proposal = propose_model(
        cast.aino, case_id=scene.case_id, model_id=models[NETWORK].id, deviation_reason="Perhe pyysi."
    )
    member = teacher(cast.aino, scene, "paula@example.org")
    meeting = agree_meeting(cast.aino, case_id=scene.case_id, starts_at=clock.now(), interpreter_booked=False)
    due_on = clock.local_date(clock.now()) + timedelta(days=7)
    said = {"case_id": scene.case_id, "member_id": member.id, "deed": "Soittaa tiistaina kotiin", "due_on": due_on}
    promise = make_promise(cast.aino, **said)
    for _number in range(6):
        note_gap(cast.aino, need="housing", area="Jokiranta", language="ar")
    note_gap(cast.aino, need="learning", area="Jokiranta")
    ours = [
        "network/", "network/members/new/", "network/meetings/new/", f"network/meetings/{meeting.id}/",
        "network/promises/new/", f"network/promises/{promise.id}/", "network/promises/print/",
        "proposals/", "proposals/gap/", f"proposals/new/{models[NETWORK].id}/", f"proposals/{proposal.id}/",
        f"proposals/{proposal.id}/family/", "case/", "case/close/",
    ]  # fmt: skip
    visits = [("aino", f"/desk/families/{scene.family_id}/{place}") for place in ours]
    visits += [("paula", "/desk/promises/"), ("kaisa", "/coordination/models/"), ("kaisa", "/coordination/gaps/")]
    visits += [("kaisa", f"/coordination/models/{models[FAMILY_UNITY].id}/")]
    pages = {}
    for number, (name, address) in enumerate(visits):
        if name not in pages:
            pages[name] = open_page(viewport=viewport, color_scheme=scheme, locale="en-GB")
            sign_in(pages[name], cast.account(name))
        page = pages[name]
        page.goto(address)
        axe(page)
        assert overflow(page) == 0, address
        picture(page, f"{number:02}")
