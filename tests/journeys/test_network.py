"""A network is gathered: it meets, promises, keeps its promises, and the family says whether they helped."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from solmu.casework.actions.network import add_member, agree_meeting, set_member_state
from solmu.casework.actions.promises import make_promise
from solmu.casework.actions.proposals import note_gap, propose_model
from solmu.casework.models import Promise
from solmu.situations.actions.answers import state_fact
from tests.journeys.screens import choose, follow, press, told
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


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_network_meets_and_its_promises_are_kept_and_felt(screens, scripts):
    screens.options["java_script_enabled"] = scripts
    family = f"/desk/families/{open_family(screens.cast).family_id}/"
    page = screens.go("aino", f"{family}network/")
    follow(page, "Add somebody")
    page.get_by_label("Name", exact=False).first.fill("Paula Mäki")
    page.get_by_label("In which role").fill("class teacher")
    page.get_by_label("Work e-mail").fill("paula@example.org")
    press(page, "Add")
    page.get_by_text("Change Paula Mäki").click()
    page.get_by_role("button", name="Joined").and_(page.locator(":visible")).click()
    follow(page, "Agree on a meeting")
    page.get_by_label("Day").fill("2026-11-02")
    page.get_by_label("Time").fill("09:30")
    press(page, "Agree")
    page.locator("section", has=page.get_by_role("heading", name="Meetings")).locator("h3 a").first.click()
    choose(page, "Was the family there?", "yes")
    for name in ("Minna Kallio", "Siiri Kallio", "Paula Mäki"):
        page.get_by_label(name).check()
    page.get_by_label("What was agreed").fill("Aamut aloitetaan yhdessä.")
    page.get_by_label("The action period ends").fill("2026-11-20")
    press(page, "Record the meeting")
    follow(page, "Write a promise down")
    page.get_by_label("Who promises").select_option(label="Paula Mäki, class teacher")
    page.get_by_label("What deed").fill("Soittaa tiistaina kotiin")
    press(page, "Save and write the next one")
    told(page, "Promised so far")

    paula = screens.go("paula", "/desk/")
    follow(paula, "Open")
    expect(paula.get_by_text("Kallio")).to_have_count(0)
    screens.look(paula)
    paula.get_by_label("In a few words").fill("Soitettu")
    press(paula, "It was kept")
    told(paula, "The family's workers see it.")

    screens.go("aino", f"{family}network/", "after a promise")
    follow(page, "Ask the family")
    page.get_by_text("helped", exact=True).click()
    press(page, "Save")
    assert Promise.objects.get().helped == "yes"


def test_the_pages_are_accessible_and_fit_the_window(screens):
    cast, at = screens.cast, screens.now
    scene, models = open_family(cast), take_into_use(cast, FAMILY_UNITY, NETWORK, TEAM)
    state_fact(cast.aino, family_id=scene.family_id, fact="family.wants_support", value=True)
    proposal = propose_model(
        cast.aino, case_id=scene.case_id, model_id=models[NETWORK].id, deviation_reason="Perhe pyysi."
    )
    member = teacher(cast.aino, scene, "paula@example.org")
    meeting = agree_meeting(cast.aino, case_id=scene.case_id, starts_at=at, interpreter_booked=False)
    due_on = at.date() + timedelta(days=7)
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
    for name, address in visits:
        screens.go(name, address)
