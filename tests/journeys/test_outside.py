"""A receiver outside Solmu is called; the sheet and the PDF hold what the family permitted, and nothing else."""

from collections import Counter

import pytest
from playwright.sync_api import Page

from tests.journeys.screens import choose, open_waiting, press, told, unfold
from tests.pdf import words_in_pdf
from tests.referrals.scenes import sent_outside
from tests.scenes import WORDS

pytestmark = pytest.mark.django_db(transaction=True)


def words_of_pdf(page: Page, address: str) -> Counter:
    """The words of a PDF as a reader of it gets them."""
    answer = page.request.get(address, headers={"accept-language": "en"})
    assert answer.headers["content-type"] == "application/pdf"
    return words_of(words_in_pdf(answer.body()))


def words_of(text: str) -> Counter:
    """How often each word stands in a text, whatever its capitals."""
    return Counter(text.casefold().split())


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_it_is_called_checked_back_and_closed_at_the_family(screens, scripts):
    screens.options["java_script_enabled"] = scripts
    contact = sent_outside(screens.cast)
    here = f"/desk/referrals/{contact.referral.id}/"
    page = screens.go("aino", here)
    told(page, "08 123 456")
    page.get_by_label("Who answered").fill("Neuvoja Laine")
    page.get_by_label("What was agreed").fill("Aika varataan yhdessä.")
    choose(page, "How the contact was told", "read aloud on the phone")
    page.get_by_label("The family took part in the call or visit").check()
    page.locator("#call-check_back_on").fill("2026-11-16")
    press(page, "Record the contact")
    told(page, "Neuvoja Laine")
    told(page, "checked again on 16 Nov 2026")
    screens.look(page, "called")

    screens.later(days=14)
    screens.go("aino", "/desk/", "on the day of checking back")
    open_waiting(page, "Check that help came")
    unfold(page, "Record what the receiver answered")
    choose(page, "The receiver", "accepts")
    page.get_by_label("Told by").fill("Neuvoja Laine")
    page.locator("#outside-check_back_on").fill("2026-11-30")
    press(page, "Record the answer")
    told(page, "What the receiver told is recorded.")
    told(page, "Told by Neuvoja Laine")
    screens.look(page, "accepted outside")

    screens.later(days=14)
    screens.go("aino", here)
    unfold(page, "Record what the receiver answered")
    choose(page, "The receiver", "the matter is done")
    page.get_by_label("Told by").fill("Neuvoja Laine")
    page.get_by_label("What came of it").fill("Kirjeet on avattu ja maksuaika sovittu.")
    press(page, "Record the answer")
    screens.look(page, "done outside")
    choose(page, "Did help come, in the family's view?", "yes")
    press(page, "Record")
    told(page, "Did help come, in its view: yes.")
    assert contact.now().state == "completed"


def test_the_sheet_and_the_pdf_hold_the_packet_and_nothing_else(screens):
    contact = sent_outside(screens.cast)
    here = f"/desk/referrals/{contact.referral.id}/"
    page = screens.go("aino", here)
    page.get_by_role("link", name="Print").click()
    screens.look(page)
    sheet = page.locator("main article.sheet")
    told(page, WORDS)
    on_sheet = words_of(sheet.inner_text())
    foot = words_of("Prepared contact 1/1")  # of every page of paper
    assert words_of_pdf(page, f"{here}packet.pdf") == on_sheet + foot
    page.emulate_media(media="print")
    frame = words_of(" ".join(page.locator("header, footer").all_inner_texts()))
    assert words_of(page.locator("body").inner_text()) - frame == on_sheet
    assert not {"today", "families", "aino"} & frame.keys()  # the menus stay out of the paper
    assert not {"ville", "siiri", "eetu", "kallion"} & on_sheet.keys()
