"""The family withdraws its permission: what the receiver has open closes, and both sides are told."""

import pytest
from playwright.sync_api import expect

from solmu.referrals.actions import accept_referral
from tests.journeys.screens import follow, press, told
from tests.referrals.scenes import SOON, sent, sent_outside

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_the_receivers_open_page_is_gone_and_its_today_tells_why(screens, scripts):
    screens.options["java_script_enabled"] = scripts
    contact = sent(screens.cast)
    accept_referral(screens.cast.ritva, referral_id=contact.referral.id, version=2, next_on=SOON)
    open_page = f"/desk/queue/{contact.referral.id}/"
    ritva = screens.go("ritva", open_page)
    aino = screens.go("aino", f"/desk/families/{contact.family_id}/permissions/")
    follow(aino, "Withdraw the permission")
    expect(aino.get_by_role("heading", name="Is the permission withdrawn?")).to_be_visible()
    screens.look(aino)
    press(aino, "Withdraw the permission")
    told(aino, "Nothing more is told.")
    screens.look(aino, "withdrawn")

    ritva.get_by_label("By when is the next step taken?").first.fill("2026-11-20")
    press(ritva, "Help begins")  # on the page that was open all the while
    expect(ritva.get_by_text("Minna")).to_have_count(0)
    screens.look(ritva, "gone")
    assert screens.refused("ritva", open_page) == 404
    assert contact.now().state == "cancelled"
    for place in ("/desk/queue/", "/desk/"):
        screens.go("ritva", place, "told of a withdrawal")
        told(ritva, "The family withdrew its permission")
        told(ritva, contact.referral.reference)
        expect(ritva.get_by_text("Kallio")).to_have_count(0)
    ritva.get_by_role("button", name="Seen").first.click()
    expect(ritva.get_by_text("The family withdrew its permission")).to_have_count(0)

    screens.go("aino", f"/desk/referrals/{contact.referral.id}/", "withdrawn")
    aino.get_by_label("partly").check()
    press(aino, "Record")
    told(aino, "Did help come, in its view: partly.")
    assert contact.now().help_came == "partly"


def test_a_receiver_outside_is_called_and_told(screens):
    contact = sent_outside(screens.cast)
    aino = screens.go("aino", f"/desk/families/{contact.family_id}/permissions/")
    follow(aino, "Withdraw the permission")
    press(aino, "Withdraw the permission")
    told(aino, "This receiver does not use Solmu: call and tell that the permission is gone.")
    screens.go("aino", "/desk/", "with a call to make")
    told(aino, "Tell the receiver that the contact has ended")
    screens.go("aino", f"/desk/referrals/{contact.referral.id}/", "withdrawn outside")
    aino.get_by_label("Who answered").fill("Neuvoja Laine")
    press(aino, "Record the call")
    told(aino, "Recorded: the receiver knows.")
