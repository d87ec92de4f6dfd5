"""The receiver takes a contact on, waits, passes it on or cannot help; both sides count in working days."""

from datetime import datetime

import pytest
from playwright.sync_api import Page, expect

from solmu.kernel.clock import HELSINKI
from solmu.organisations.models import Unit
from solmu.referrals.models import Referral
from tests.journeys.screens import Screens, choose, follow, meant, open_waiting, press, told, unfold
from tests.referrals.scenes import ASKED, Told, draft, permit, sent
from tests.scenes import WORDS

pytestmark = pytest.mark.django_db(transaction=True)

NEAR, FAR = "2026-11-06", "2026-11-20"


def of_sender(contact: Told) -> str:
    return f"/desk/referrals/{contact.referral.id}/"


def of_receiver(contact: Told) -> str:
    return f"/desk/queue/{contact.referral.id}/"


def accept(page: Page) -> None:
    page.get_by_label("By when is the next step taken?").first.fill(NEAR)
    press(page, "Accept")
    told(page, "Accepted. The sender knows.")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_contact_is_taken_on_asked_about_accepted_and_help_begins(screens, scripts):
    screens.options["java_script_enabled"] = scripts
    contact = sent(screens.cast)
    ritva = screens.go("ritva", "/desk/")
    screens.go("ritva", "/desk/queue/")
    expect(ritva.locator("main")).not_to_contain_text("Minna")
    follow(ritva, ASKED)
    screens.look(ritva)
    press(ritva, "I take this on")
    unfold(ritva, "Ask for more")
    ritva.get_by_label("What do you need to know?").fill("Mihin aikaan voi soittaa?")
    press(ritva, "Ask the sender")
    told(ritva, "waits for the sender")
    screens.look(ritva, "asked about")

    aino = screens.go("aino", "/desk/")
    told(aino, "Answer the receiver")
    screens.go("aino", of_sender(contact), "asked about")
    aino.get_by_label("Your answer").fill("Arkisin kello 13 jälkeen.")
    press(aino, "Answer")
    told(aino, "The answer is with the receiver.")

    ritva.reload()
    told(ritva, "Arkisin kello 13 jälkeen.")
    accept(ritva)
    screens.look(ritva, "accepted")
    ritva.get_by_label("By when is the next step taken?").first.fill(FAR)
    press(ritva, "Help begins")
    told(ritva, "Recorded. The sender knows.")
    screens.look(ritva, "begun")


def test_a_contact_waits_on_the_waiting_list_and_comes_back_on_its_day(screens):
    contact = sent(screens.cast)
    ritva = screens.go("ritva", of_receiver(contact))
    accept(ritva)
    unfold(ritva, "Put on hold or on the waiting list")
    reason = ritva.get_by_role("group").filter(has_text="You come back to this on")
    reason.get_by_label("Reason").fill("Tulkin aika vapautuu kahden viikon päästä.")
    reason.get_by_label("You come back to this on").fill(FAR)
    reason.get_by_label("The family is on our waiting list").check()
    press(ritva, "Put on hold")
    told(ritva, "On hold until the day you chose.")
    told(ritva, "on the waiting list")
    screens.look(ritva, "on hold")

    aino = screens.go("aino", of_sender(contact), "on hold")
    told(aino, "Tulkin aika vapautuu kahden viikon päästä.")
    told(aino, "on the waiting list")
    told(aino, "20 Nov 2026")
    screens.later(days=18)
    screens.go("ritva", "/desk/", "on the day")
    open_waiting(ritva, "A contact on hold comes back")
    ritva.get_by_label("By when is the next step taken?").first.fill("2026-11-27")
    press(ritva, "Help begins")
    told(ritva, "Recorded. The sender knows.")
    assert contact.now().state == "in_progress"


def test_a_better_receiver_is_proposed_and_told_only_after_the_family_has_permitted(screens):
    contact = sent(screens.cast)
    ritva = screens.go("ritva", of_receiver(contact))
    unfold(ritva, "Somebody else could help better")
    proposal = ritva.get_by_role("group").filter(has_text="Who could help better?").first
    proposal.get_by_text("Nuorten tiimi, Lakean hyvinvointialue").click()
    proposal.get_by_label("Reason").fill("Asia on eniten Siirin, ja he tapaavat nuoria.")
    press(ritva, "Propose to the sender")
    told(ritva, "Your proposal is with the sender, who asks the family.")
    assert screens.refused("ritva", of_receiver(contact)) == 404

    aino = _come_back_to(screens, contact)
    told(aino, "Asia on eniten Siirin, ja he tapaavat nuoria.")
    tuula = screens.go("tuula", "/desk/queue/")
    told(tuula, "Nothing waits here")  # nobody has asked the family yet
    follow(aino, "Look at the proposal: Nuorten tiimi")
    screens.look(aino, "proposed by a receiver")
    follow(aino, "Ask Minna Kallio")
    for label in ("I told what leaves and to whom", "I read the preview aloud", "I told that the permission can be"):
        aino.get_by_label(label).check()
    for word in aino.get_by_label("permits", exact=True).all():
        word.check()
    aino.get_by_label("In force until").fill("2027-04-30")
    press(aino, "Record the answer")
    aino.get_by_label("I read the preview aloud to the family").check()
    aino.get_by_label("The day on which you ask back").fill(NEAR)
    press(aino, "Send")
    told(aino, "Sent to the receiver.")
    screens.go("aino", of_sender(contact), "gone on")
    told(aino, "Went on to Nuorten tiimi")

    screens.go("tuula", "/desk/queue/", "with a contact")
    follow(tuula, ASKED)
    told(tuula, WORDS)
    screens.look(tuula)
    assert {referral.to_unit.name: referral.state for referral in Referral.objects.all()} == {
        "Perheiden verkosto": "rejected",
        "Nuorten tiimi": "requested",
    }


def test_what_cannot_be_accepted_comes_back_with_its_reason_and_the_family_hears_it(screens):
    contact = sent(screens.cast)
    ritva = screens.go("ritva", of_receiver(contact))
    unfold(ritva, "We cannot accept this")
    refusal = ritva.get_by_role("group").filter(has_text="We cannot accept this")
    press(ritva, "Return to the sender")
    ritva.locator("#errors").wait_for()  # not without a reason
    meant(ritva, 422)
    assert contact.now().state == "requested"
    refusal.get_by_label("Reason").fill("Perhe asuu toisella alueella.")
    press(ritva, "Return to the sender")
    told(ritva, "Returned. The sender decides with the family what next.")
    screens.look(ritva, "after a return")
    assert screens.refused("ritva", of_receiver(contact)) == 404

    aino = _come_back_to(screens, contact)
    told(aino, "Perhe asuu toisella alueella.")
    told(aino, "Try another receiver")
    choose(aino, "Did help come, in the family's view?", "no")
    aino.get_by_label("In the family's own words").fill("Odotettiin, ja aloitetaan alusta.")
    press(aino, "Record")
    told(aino, "Did help come, in its view: no.")
    screens.look(aino, "told to the family")
    screens.go("aino", "/desk/", "after telling")
    expect(aino.get_by_text("Tell the family and ask whether help came")).to_have_count(0)
    expect(aino.get_by_text("The contact came back: decide what next")).to_have_count(0)


def _come_back_to(screens: Screens, contact: Told) -> Page:
    """Aino sees on her first page that the contact came back, and opens it."""
    aino = screens.go("aino", "/desk/", "with a return")
    open_waiting(aino, "The contact came back: decide what next")
    told(aino, "The contact came back: decide with the family what next")
    screens.look(aino, "came back")
    assert aino.url.endswith(of_sender(contact))
    return aino


def test_the_day_of_an_answer_leaps_over_a_holiday_and_late_is_seen_on_both_sides(screens):
    Unit.objects.filter(name="Perheiden verkosto").update(answers_within=1)
    scene, referral = draft(screens.cast)
    permit(screens.cast.aino, scene, referral.items, unit=screens.cast.unit("receivers"))
    contact = Told(scene, referral, permission=None)
    screens.now = datetime(2027, 1, 5, 15, 0, tzinfo=HELSINKI)  # the eve of Epiphany, a Tuesday
    aino = screens.go("aino", of_sender(contact))
    aino.get_by_label("I read the preview aloud to the family").check()
    press(aino, "Send")
    told(aino, "Sent to the receiver.")
    told(aino, "by 7 Jan 2027")
    told(aino, "1 working day")
    ritva = screens.go("ritva", "/desk/queue/")
    told(ritva, "1 working day")
    screens.go("ritva", "/desk/")
    told(ritva, "by 7 Jan 2027")

    screens.later(days=3)
    for name, places in {"aino": [of_sender(contact), "/desk/"], "ritva": ["/desk/queue/", "/desk/"]}.items():
        for place in places:
            told(screens.go(name, place, "late"), "1 working day late")
    told(screens.of("ritva"), "1 thing is late")
    screens.go("ritva", of_receiver(contact), "late")
    told(ritva, "1 working day late")
    screens.later(days=3)  # a weekend
    told(screens.go("ritva", "/desk/queue/"), "2 working days late")
