"""A contact is prepared with the family: what leaves is read aloud, each permits for their own part, it is sent."""

import pytest
from playwright.sync_api import Page, expect

from solmu.consents.models import Permission
from solmu.situations.actions import add_item, start_round
from tests.journeys.screens import Screens, choose, follow, meant, press, told
from tests.referrals.scenes import ASKED, draft, outside_point, permit, sent, sent_outside
from tests.scenes import PEOPLE, WORDS, open_family

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_two_people_permit_each_for_their_own_part_and_it_is_sent(screens, scripts):
    screens.options["java_script_enabled"] = scripts
    siiri = {"phone": "040 123 4568", "decides_self": True}
    people = [person | siiri if person["first_names"] == "Siiri" else person for person in PEOPLE]
    scene = open_family(screens.cast, people=people, language="so", interpreter="always")
    start_round(screens.cast.aino, family_id=scene.family_id)
    bond = {"domain": "relations", "kind": "bond", "words": "Naapurin Helena"}
    add_item(screens.cast.aino, family_id=scene.family_id, **bond)
    family = f"/desk/families/{scene.family_id}/"
    page = screens.go("aino", f"{family}referrals/")
    follow(page, "Prepare a contact")
    screens.look(page)
    page.get_by_text("Perheiden verkosto, Lakean hyvinvointialue").click()
    page.get_by_label("What is asked, in one sentence").fill(ASKED)
    press(page, "Go on to what is told")
    for item in ("Name and phone: Minna", "Name and phone: Siiri", "Own words", "Language"):
        page.get_by_role("checkbox", name=item).check()
    press(page, "Keep and refresh the preview")
    screens.look(page)
    _ask(screens, page, "Minna Kallio", refuses="Language")
    _ask(screens, page, "Siiri Kallio")
    told(page, "A permission is missing")
    screens.look(page, "with a refusal")
    page.get_by_role("checkbox", name="Language").uncheck()
    press(page, "Keep and refresh the preview")
    preview = page.locator(".sheet").inner_text()
    assert WORDS in preview
    page.get_by_label("I read the preview aloud to the family").check()
    press(page, "Send")
    told(page, "Sent to the receiver.")
    screens.look(page, "sent")
    assert page.locator(".sheet").inner_text() == preview
    assert set(Permission.objects.values_list("person__first_names", flat=True)) == {"Minna", "Siiri"}
    screens.go("aino", family)
    told(page, "Perheiden verkosto, not claimed yet")

    ritva = screens.go("ritva", "/desk/queue/")
    assert "Minna" not in ritva.locator("main").inner_text()
    follow(ritva, ASKED)
    assert ritva.locator(".sheet").inner_text() == preview
    expect(ritva.locator("main")).not_to_contain_text("Helena")  # on the map, not in the packet


def _ask(screens: Screens, page: Page, who: str, refuses: str = "") -> None:
    follow(page, f"Ask {who}")
    screens.look(page)
    for word in page.get_by_label("permits", exact=True).all():
        word.check()
    page.get_by_label("In force until").fill("2027-04-30")
    press(page, "Record the answer")
    page.get_by_role("alert").wait_for()  # what must be told first has not been told
    meant(page, 422)
    screens.look(page, "to be mended")
    for label in ("I told what leaves and to whom", "I read the preview aloud", "I told that the permission can be"):
        page.get_by_label(label).check()
    if refuses:
        choose(page, refuses, "does not permit")
    page.get_by_label("An interpreter was present").check()
    page.get_by_label("The interpreter was not a child").check()
    press(page, "Record the answer")
    told(page, "The permission is recorded.")


def test_the_pages_of_a_contact_are_accessible(screens):
    screens.options["locale"] = "fi-FI"
    cast = screens.cast
    scene, referral = draft(cast, open_family(cast, language="so", interpreter="always", area="Rantakylä"))
    minna = scene.people["Minna"].id
    leaving = sent(cast, items=[f"contact:{minna}", "words", "language", "area"], scene=scene)
    outside = sent_outside(cast)
    outside_point(phone="")
    permit(cast.aino, scene, ["words"], unit=cast.unit("other_receivers"), refused_items=["network"])
    family = f"/desk/families/{scene.family_id}"
    pages = {
        "list": ("aino", f"{family}/referrals/"),
        "new": ("aino", f"{family}/referrals/new/"),
        "draft": ("aino", f"/desk/referrals/{referral.id}/"),
        "ask": ("aino", f"/desk/referrals/{referral.id}/ask/{minna}/"),
        "sent": ("aino", f"/desk/referrals/{leaving.referral.id}/"),
        "paper": ("aino", f"/desk/referrals/{leaving.referral.id}/packet/"),
        "outside": ("aino", f"/desk/referrals/{outside.referral.id}/"),
        "permissions": ("aino", f"{family}/permissions/"),
        "withdraw": ("aino", f"{family}/permissions/{leaving.permission.id}/withdraw/"),
        "queue": ("ritva", "/desk/queue/"),
        "item": ("ritva", f"/desk/queue/{leaving.referral.id}/"),
    }
    for name, (who, address) in pages.items():
        screens.go(who, address, as_it_is=name)
