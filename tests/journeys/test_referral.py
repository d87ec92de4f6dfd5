"""One contact from the kitchen table to the receiver and back, in two browsers."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from solmu.referrals.models import Referral
from tests.browser import LAPTOP, PHONE, overflow
from tests.cast import MONDAY
from tests.referrals.scenes import ASKED, draft, outside_point, permit, sent, sent_outside
from tests.scenes import WORDS, open_family


@pytest.fixture(autouse=True)
def _an_hour_later(monkeypatch):
    monkeypatch.setattr("solmu.kernel.clock.now", lambda: MONDAY + timedelta(hours=1))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_contact_goes_out_is_answered_and_closes_at_the_family(  # noqa: PLR0915  one way, told from end to end
    open_page, sign_in, cast, axe, scripts
):
    scene = open_family(cast)
    aino = open_page(locale="en-GB", java_script_enabled=scripts)
    ritva = open_page(locale="en-GB", java_script_enabled=scripts)
    sign_in(aino, cast.account("aino"))
    sign_in(ritva, cast.account("ritva"))
    check = axe if scripts else lambda _page: None

    aino.goto(f"/desk/families/{scene.family_id}/referrals/")
    aino.get_by_role("link", name="Prepare a contact").click()
    aino.get_by_text("Perheiden verkosto, Lakean hyvinvointialue").click()
    aino.get_by_label("What is asked, in one sentence").fill(ASKED)
    aino.get_by_role("button", name="Go on to what is told").click()
    aino.get_by_text("Name and phone: Minna").check()
    aino.get_by_text("Own words", exact=True).check()
    aino.get_by_role("button", name="Keep and refresh the preview").click()
    expect(aino.locator(".sheet")).to_contain_text(WORDS)
    check(aino)

    aino.get_by_role("link", name="Ask Minna Kallio").click()
    for word in aino.get_by_label("permits", exact=True).all():
        word.check()
    aino.get_by_label("In force until").fill("2027-04-30")
    aino.get_by_role("button", name="Record the answer").click()
    expect(aino.get_by_role("alert")).to_be_visible()
    check(aino)
    for told in ("I told what leaves and to whom", "I read the preview aloud", "I told that the permission can be"):
        aino.get_by_label(told).check()
    aino.get_by_role("button", name="Record the answer").click()
    expect(aino.get_by_text("The permission is recorded.")).to_be_visible()
    told = aino.locator(".sheet").inner_text()
    aino.get_by_label("I read the preview aloud to the family").check()
    aino.get_by_role("button", name="Send", exact=True).click()
    expect(aino.get_by_text("Sent to the receiver.")).to_be_visible()
    check(aino)
    sender_page = aino.url

    ritva.goto("/desk/queue/")
    expect(ritva.locator("main")).not_to_contain_text("Minna")
    check(ritva)
    ritva.get_by_role("link", name=ASKED).click()
    assert ritva.locator(".sheet").inner_text() == told
    ritva.get_by_role("button", name="I take this on").click()
    check(ritva)
    ritva.get_by_text("Ask for more").click()
    ritva.get_by_label("What do you need to know?").fill("Mihin aikaan voi soittaa?")
    ritva.get_by_role("button", name="Ask the sender").click()
    expect(ritva.get_by_text("waits for the sender")).to_be_visible()

    aino.goto(sender_page)
    aino.get_by_label("Your answer").fill("Arkisin kello 12–13.")
    aino.get_by_role("button", name="Answer").click()
    expect(aino.get_by_text("The answer is with the receiver.")).to_be_visible()

    ritva.reload()
    expect(ritva.get_by_text("Arkisin kello 12–13.").first).to_be_visible()
    ritva.get_by_label("By when is the next step taken?").fill("2026-11-06")
    ritva.get_by_role("button", name="Accept", exact=True).click()
    expect(ritva.get_by_text("Accepted. The sender knows.")).to_be_visible()
    check(ritva)
    receiver_page = ritva.url

    aino.goto(f"/desk/families/{scene.family_id}/permissions/")
    check(aino)
    aino.get_by_role("link", name="Withdraw the permission").click()
    expect(aino.get_by_role("heading", name="Is the permission withdrawn?")).to_be_visible()
    check(aino)
    aino.get_by_role("button", name="Withdraw the permission").click()
    expect(aino.get_by_text("Nothing more is told.")).to_be_visible()

    gone = ritva.goto(receiver_page)
    assert gone.status == 404
    ritva.faults.clear()  # the browser's own note of the 404
    ritva.goto("/desk/queue/")
    expect(ritva.get_by_text("the family withdrew its permission")).to_be_visible()
    ritva.get_by_role("button", name="Seen").click()

    aino.goto(sender_page)
    aino.get_by_label("partly").check()
    aino.get_by_role("button", name="Record", exact=True).click()
    expect(aino.get_by_text("Did help come, in its view: partly.")).to_be_visible()
    assert Referral.objects.get().help_came == "partly"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_the_pages_of_a_contact_are_accessible(open_page, sign_in, cast, axe, picture, viewport, scheme):
    scene, referral = draft(cast, open_family(cast, language="so", interpreter="always", area="Rantakylä"))
    minna = scene.people["Minna"].id
    told = sent(cast, items=[f"contact:{minna}", "words", "language", "area"], scene=scene)
    outside = sent_outside(cast)
    outside_point(phone="")
    permit(cast.aino, scene, ["words"], unit=cast.unit("other_receivers"), refused_items=["network"])
    aino = open_page(viewport=viewport, color_scheme=scheme)
    ritva = open_page(viewport=viewport, color_scheme=scheme)
    sign_in(aino, cast.account("aino"))
    sign_in(ritva, cast.account("ritva"))
    family = f"/desk/families/{scene.family_id}"
    pages = {
        "list": (aino, f"{family}/referrals/"),
        "new": (aino, f"{family}/referrals/new/"),
        "draft": (aino, f"/desk/referrals/{referral.id}/"),
        "ask": (aino, f"/desk/referrals/{referral.id}/ask/{minna}/"),
        "sent": (aino, f"/desk/referrals/{told.referral.id}/"),
        "paper": (aino, f"/desk/referrals/{told.referral.id}/packet/"),
        "outside": (aino, f"/desk/referrals/{outside.referral.id}/"),
        "permissions": (aino, f"{family}/permissions/"),
        "withdraw": (aino, f"{family}/permissions/{told.permission.id}/withdraw/"),
        "queue": (ritva, "/desk/queue/"),
        "item": (ritva, f"/desk/queue/{told.referral.id}/"),
    }
    for name, (page, address) in pages.items():
        page.goto(address)
        axe(page)
        assert overflow(page) == 0, name
        picture(page, name)
