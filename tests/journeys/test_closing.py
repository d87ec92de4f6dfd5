"""The work ends: what changed is written down, nothing is left waiting, and somebody comes back to ask."""

import re

import pytest

from solmu.access.models import Grant
from solmu.agenda.models import Item
from solmu.casework.models import Case
from solmu.referrals.actions import accept_referral, complete_referral, tell_family
from solmu.situations.actions import add_item, start_round
from tests.journeys.screens import Screens, choose, follow, press, told
from tests.referrals.scenes import SOON, run_model, sent
from tests.scenes import Scene

pytestmark = pytest.mark.django_db(transaction=True)


def after_help(screens: Screens) -> Scene:
    """A family whose map is drawn, whose model is under way, and whose contact has brought help."""
    cast, contact = screens.cast, sent(screens.cast)
    run_model(cast, contact.scene)
    start_round(cast.aino, family_id=contact.family_id)
    add_item(cast.aino, family_id=contact.family_id, domain="finances", kind="knot", words="Avaamattomat kirjeet")
    about = {"referral_id": contact.referral.id}
    accept_referral(cast.ritva, version=contact.now().version, next_on=SOON, **about)
    complete_referral(cast.ritva, version=contact.now().version, outcome="Kirjeet on luettu.", **about)
    tell_family(cast.aino, version=contact.now().version, told_on=cast.aino.today, help_came="yes", **about)
    return contact.scene


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_the_work_is_closed_followed_up_and_leaves_nothing_waiting(screens, scripts):
    screens.options["java_script_enabled"] = scripts
    scene = after_help(screens)
    family = f"/desk/families/{scene.family_id}/"
    page = screens.go("bertta", f"{family}case/")
    follow(page, "Close the work")
    screens.look(page)
    choose(page, "Why does the work end?", "Help came")
    choose(page, "What came of it?", "Got help, and it helped")
    page.get_by_label("What changed").fill("Kirjeet luetaan yhdessä.")
    choose(page, "Ask the family: did help come?", "yes")
    page.get_by_label("How was the family told?").fill("Yhdessä")
    page.get_by_label("Follow-up with the family").fill("2026-12-14")
    press(page, "Close the work")
    told(page, "The work is closed. The follow-up waits")
    screens.look(page, "closed")

    screens.later(days=42)
    screens.go("bertta", family, "to be followed up")
    told(page, "Follow-up with the family")
    page.get_by_role("link", name=re.compile("^Open.*Follow-up")).click()
    follow(page, "Record the follow-up")
    screens.look(page)
    choose(page, "Ask the family: did help come?", "yes")
    choose(page, "How do you go on?", "the work ends here")
    press(page, "Save")
    told(page, "The work has ended, and nothing is left waiting.")
    assert Case.objects.get().state == "closed"
    assert not Grant.objects.filter(record_id=scene.family_id, closed_at=None).exists()
    assert not Item.objects.filter(settled_at=None).exists()


def test_a_family_that_wants_no_follow_up_is_let_go_at_once(screens):
    scene = after_help(screens)
    page = screens.go("aino", f"/desk/families/{scene.family_id}/case/")
    follow(page, "Close the work")
    choose(page, "Why does the work end?", "Help came")
    choose(page, "What came of it?", "Got help, and it helped")
    page.get_by_label("What changed").fill("Aamut ovat rauhallisia.")
    choose(page, "Ask the family: did help come?", "yes")
    page.get_by_label("How was the family told?").fill("Yhdessä")
    page.get_by_label("What is asked then").fill("Perhe ei halua.")
    press(page, "Close the work")
    told(page, "The work is closed")
    assert not Grant.objects.filter(record_id=scene.family_id, closed_at=None).exists()
    assert not Item.objects.filter(record_id=scene.family_id, settled_at=None).exists()
