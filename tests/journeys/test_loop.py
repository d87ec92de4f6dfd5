"""One family goes through the whole loop in the browser: from the first call to the follow-up, with no step faked.

The details of each page have journeys of their own; this one proves that the chain holds.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from solmu.access.models import Grant
from solmu.agenda.models import Item
from solmu.casework.models import Case, Contact, Gap, NotificationConsideration, Proposal
from solmu.consents.models import Permission
from solmu.referrals.models import Referral
from tests.browser import PHONE, overflow
from tests.cast import MONDAY, Cast
from tests.models import FAMILY_UNITY, NETWORK, take_into_use
from tests.referrals.scenes import ASKED, sent, sent_outside
from tests.scenes import WORDS

pytestmark = pytest.mark.django_db(transaction=True)

_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")


@dataclass
class Loop:
    """The people at their screens, and the clock on the wall."""

    cast: Cast
    open_page: Callable[..., Page]
    sign_in: Callable
    axe: Callable[[Page], None]
    now: datetime = MONDAY + timedelta(hours=1)
    options: dict = field(default_factory=lambda: {"locale": "en-GB"})
    pages: dict[str, Page] = field(default_factory=dict)
    looked_at: set[str] = field(default_factory=set)

    def page(self, name: str) -> Page:
        """The screen of one of the cast."""
        if name not in self.pages:
            self.pages[name] = self.open_page(**self.options)
            self.sign_in(self.pages[name], self.cast.account(name))
        return self.pages[name]

    def look(self, page: Page) -> None:
        """Checks the page for accessibility and width, each kind of page once."""
        place = _ID.sub("…", page.url.partition("?")[0])
        if place not in self.looked_at:
            self.looked_at.add(place)
            self.axe(page)
            assert overflow(page) == 0, place

    def go(self, page: Page, address: str) -> None:
        """Opens a page and looks at it."""
        page.goto(address)
        self.look(page)

    def later(self, **delta) -> None:
        """Time passes, and everybody signs in again."""
        self.now += timedelta(**delta)
        for name, page in self.pages.items():
            self.sign_in(page, self.cast.account(name))


@pytest.fixture
def loop(cast, open_page, sign_in, axe, monkeypatch) -> Loop:
    """The cast at their screens on a Monday morning."""
    loop = Loop(cast, open_page, sign_in, axe)
    monkeypatch.setattr("solmu.kernel.clock.now", lambda: loop.now)
    return loop


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def follow(page: Page, name: str) -> None:
    page.get_by_role("link", name=name).first.click()


def choose(page: Page, group: str, option: str) -> None:
    page.get_by_role("group", name=group).get_by_text(option, exact=True).click()


def told(page: Page, words: str) -> None:
    expect(page.get_by_text(words).first).to_be_visible()


def test_one_family_goes_through_the_whole_loop(loop):
    take_into_use(loop.cast, NETWORK, FAMILY_UNITY)
    _advise_a_professional(loop)
    _take_the_call(loop)
    family = _begin_work(loop)
    _draw_the_map(loop, family)
    _propose_and_hear(loop, family)
    sender = _prepare_and_send(loop, family)
    receiver = _receive(loop, sender)
    _gather_the_network(loop, family)
    _look_again(loop, family)
    _withdraw(loop, family, sender, receiver)
    _close(loop, family)
    assert not Item.objects.filter(settled_at=None).exclude(due_on__gt=loop.now.date()).exists()


def test_a_receiver_outside_is_called_and_checked_back(loop):
    told_to = sent_outside(loop.cast)
    page, address = loop.page("aino"), f"/desk/referrals/{told_to.referral.id}/"
    loop.go(page, f"{address}packet/")
    expect(page.locator("main")).to_contain_text(WORDS)
    loop.go(page, address)
    told(page, "08 123 456")
    page.get_by_label("Who answered").fill("Neuvoja Laine")
    page.get_by_label("What was agreed").fill("Aika varataan yhdessä.")
    page.get_by_role("group", name="How the contact was told").get_by_role("radio").first.check(force=True)
    page.get_by_label("The family took part in the call or visit").check()
    page.locator("#call-check_back_on").fill("2026-11-16")
    press(page, "Record the contact")
    told(page, "Neuvoja Laine")
    loop.later(days=14)
    loop.go(page, "/desk/")
    told(page, "Check that help came")
    loop.go(page, f"/desk/families/{told_to.family_id}/")
    told(page, "Check that help came")


def test_the_main_pages_fit_a_phone_in_the_dark(loop):
    told_to = sent(loop.cast)
    loop.options |= {"viewport": PHONE, "color_scheme": "dark"}
    family = f"/desk/families/{told_to.family_id}/"
    places = ("", "map/", "proposals/", "permissions/", "referrals/", "network/", "case/")
    for address in ("/desk/", "/desk/contacts/new/", *(family + place for place in places)):
        loop.go(loop.page("aino"), address)
    loop.go(loop.page("ritva"), "/desk/queue/")
    loop.go(loop.page("ritva"), f"/desk/queue/{told_to.referral.id}/")


def _advise_a_professional(loop: Loop) -> None:
    page = loop.page("aino")
    loop.go(page, "/desk/contacts/new/")
    page.get_by_label("What takes your strength right now?").fill("Miten velkaneuvontaan pääsee?")
    choose(page, "Who contacts?", "a professional asks for advice")
    choose(page, "How did they reach you?", "phone")
    press(page, "Save the contact")
    follow(page, "End with advice")
    loop.look(page)
    page.get_by_label("What did you advise?").fill("Neuvottu varaamaan aika.")
    press(page, "End the contact")
    told(page, "advised")
    assert Contact.objects.get().family_id is None


def _take_the_call(loop: Loop) -> None:
    page = loop.page("aino")
    loop.go(page, "/desk/")
    page.get_by_role("searchbox").fill("Kallio")
    page.get_by_role("searchbox").press("Enter")
    told(page, "Nothing was found")
    loop.look(page)
    follow(page, "New contact")
    page.get_by_label("What takes your strength right now?").fill(WORDS)
    told(page, "Draft kept at")
    page.close()  # the tab dies while she talks
    page = loop.pages.pop("aino") and loop.page("aino")
    page.goto("/desk/contacts/new/")
    told(page, "Restored what you had typed")
    page.get_by_label("What would help?").fill("Joku kävisi kirjeet läpi kanssani.")
    page.get_by_label("Money").check()
    page.get_by_label("Not sure").check()
    page.get_by_label("Ask again on").fill("2026-11-06")
    choose(page, "Who contacts?", "somebody about their own life or family")
    choose(page, "How did they reach you?", "phone")
    page.get_by_label("Name, as you heard it").fill("Minna Kallio")
    page.get_by_label("Phone", exact=False).and_(page.locator("input[type=tel]")).fill("040 123 4567")
    choose(page, "Is it safe to call?", "only at agreed times")
    page.get_by_label("When and how to call").fill("Kello yhden jälkeen")
    page.locator("select[name=language]").select_option("so")
    choose(page, "Interpreter", "interpreter always")
    page.get_by_label("Your pair").select_option("Bertta Niemi")
    press(page, "Save the contact")
    expect(page.get_by_role("heading", name="Minna Kallio")).to_be_visible()
    loop.look(page)
    follow(page, "Consider a child welfare notification")
    loop.look(page)
    page.get_by_label("Why?").fill("Lapsista pidetään huolta; kysytään uudelleen perjantaina.")
    page.get_by_role("group", name="What did you conclude?").get_by_role("radio").first.check(force=True)
    press(page, "Record the consideration")
    assert NotificationConsideration.objects.count() == 1


def _begin_work(loop: Loop) -> str:
    bertta = loop.page("bertta")
    loop.go(bertta, "/desk/contacts/")
    follow(bertta, "Minna Kallio")
    follow(bertta, "Begin work with the family")
    loop.look(bertta)
    bertta.get_by_label("Family's name").fill("Kallio")
    press(bertta, "One more person")
    for number, (first, born, place) in enumerate((("Minna", "1990-04-12", "adult"), ("Siiri", "2010-02-20", "young"))):
        person = bertta.get_by_role("group", name=f"Person {number + 1}")
        person.get_by_label("First names").fill(first)
        person.get_by_label("Last name").fill("Kallio")
        person.get_by_label("Date of birth").fill(born)
        person.get_by_label("Place in the family").select_option(place)
        person.get_by_label("Phone").fill(f"040 123 456{7 + number}")
    press(bertta, "Begin work")
    told(bertta, "Work with the family has begun.")
    loop.look(bertta)
    told(bertta, "What waits next")

    cecilia = loop.page("cecilia")
    loop.go(cecilia, "/desk/search/")
    cecilia.get_by_role("main").get_by_role("searchbox").fill("Siiri Kallio")
    cecilia.get_by_role("main").get_by_role("searchbox").press("Enter")
    told(cecilia, "There may already be work with this family in your organisation")
    told(cecilia, "Ask: Palveluneuvonta")
    expect(cecilia.get_by_role("main")).not_to_contain_text("Minna")
    return f"/desk/families/{Case.objects.get().family_id}/"


def _draw_the_map(loop: Loop, family: str) -> None:
    page = loop.page("aino")
    loop.go(page, f"{family}map/")
    follow(page, "Begin the map together")
    page.get_by_label("Who are present").fill("Minna, Siiri, tulkki")
    press(page, "Begin")
    loop.look(page)
    choose(page, "Does it weigh or carry?", "a knot: it weighs")
    page.get_by_label("In own words").fill("Avaamattomat kirjeet")
    choose(page, "Which part of life?", "Money")
    choose(page, "If it is a knot, how tight?", "tight")
    page.get_by_label("Whose is it?").select_option(label="Minna")
    page.get_by_label("Who sees it so?").select_option(label="Minna")
    page.get_by_label("What would help?").fill("Kirjeet luetaan yhdessä")
    press(page, "Save and add another")
    choose(page, "Does it weigh or carry?", "a bond: it carries")
    page.get_by_label("In own words").fill("Naapurin Helena")
    choose(page, "Which part of life?", "People around us")
    press(page, "Save and see the map")
    told(page, "1 knot, 1 bond.")
    loop.look(page)


def _propose_and_hear(loop: Loop, family: str) -> None:
    page = loop.page("aino")
    loop.go(page, f"{family}proposals/")
    network = page.get_by_role("region", name="The family's network")
    expect(network.get_by_text("may fit").first).to_be_visible()
    _answer_every_question(page)
    expect(network.get_by_text("fits", exact=True).first).to_be_visible()
    loop.look(page)
    _pass_over_a_recommendation(loop, page)

    network.get_by_role("link", name="Propose to the family").click()
    loop.look(page)
    press(page, "Propose")
    loop.look(page)
    follow(page, "Show to the family")
    loop.look(page)
    page.go_back()
    choose(page, "What did the family decide?", "it wants this")
    for voice in ("Minna", "Siiri"):
        choose(page, voice, "yes")
    press(page, "Record the decision")
    told(page, "The family's yes is recorded and the work begins.")

    follow(page, "Nothing fits")
    loop.look(page)
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


def _pass_over_a_recommendation(loop: Loop, page: Page) -> None:
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


def _prepare_and_send(loop: Loop, family: str) -> str:
    page = loop.page("bertta")
    loop.go(page, f"{family}referrals/")
    follow(page, "Prepare a contact")
    loop.look(page)
    page.get_by_text("Perheiden verkosto, Lakean hyvinvointialue").click()
    page.get_by_label("What is asked, in one sentence").fill(ASKED)
    press(page, "Go on to what is told")
    for item in ("Name and phone: Siiri", "Own words", "Language"):
        page.get_by_role("checkbox", name=item).check()
    press(page, "Keep and refresh the preview")
    sender = page.url
    _ask(loop, page, "Minna Kallio", refuses="Language")
    _ask(loop, page, "Siiri Kallio")
    told(page, "A permission is missing")
    page.get_by_role("checkbox", name="Language").uncheck()
    press(page, "Keep and refresh the preview")
    preview = page.locator(".sheet").inner_text()
    assert WORDS in preview
    page.get_by_label("I read the preview aloud to the family").check()
    press(page, "Send")
    told(page, "Sent to the receiver.")
    loop.look(page)
    assert page.locator(".sheet").inner_text() == preview
    assert set(Permission.objects.values_list("person__first_names", flat=True)) == {"Minna", "Siiri"}
    loop.go(page, family)
    told(page, "Perheiden verkosto, not claimed yet")
    return sender


def _ask(loop: Loop, page: Page, who: str, refuses: str = "") -> None:
    follow(page, f"Ask {who}")
    loop.look(page)
    for label in ("I told what leaves and to whom", "I read the preview aloud", "I told that the permission can be"):
        page.get_by_label(label).check()
    for word in page.get_by_label("permits", exact=True).all():
        word.check()
    if refuses:
        page.get_by_role("group", name=refuses).get_by_label("does not permit").check()
    page.get_by_label("An interpreter was present").check()
    page.get_by_label("The interpreter was not a child").check()
    page.get_by_label("In force until").fill("2027-04-30")
    press(page, "Record the answer")
    told(page, "The permission is recorded.")


def _receive(loop: Loop, sender: str) -> str:
    ritva, aino = loop.page("ritva"), loop.page("aino")
    loop.go(ritva, "/desk/")
    loop.go(ritva, "/desk/queue/")
    expect(ritva.locator("main")).not_to_contain_text("Kallio")
    follow(ritva, ASKED)
    loop.look(ritva)
    expect(ritva.locator("main")).not_to_contain_text("Helena")  # on the map, not in the packet
    press(ritva, "I take this on")
    ritva.get_by_text("Ask for more").click()
    ritva.get_by_label("What do you need to know?").fill("Mihin aikaan voi soittaa?")
    press(ritva, "Ask the sender")
    aino.goto("/desk/")
    told(aino, "Answer the receiver")
    aino.goto(sender)
    aino.get_by_label("Your answer").fill("Arkisin kello 13 jälkeen.")
    press(aino, "Answer")
    ritva.reload()
    ritva.get_by_label("By when is the next step taken?").fill("2026-11-06")
    press(ritva, "Accept")
    told(ritva, "Accepted. The sender knows.")
    ritva.get_by_label("By when is the next step taken?").first.fill("2026-11-20")
    press(ritva, "Help begins")
    told(ritva, "Recorded. The sender knows.")
    loop.look(ritva)
    return ritva.url


def _gather_the_network(loop: Loop, family: str) -> None:
    page = loop.page("aino")
    loop.go(page, f"{family}network/")
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
    page.get_by_role("button", name="Save", exact=False).first.click()

    paula = loop.page("paula")
    loop.go(paula, "/desk/")
    follow(paula, "Open")
    expect(paula.get_by_text("Kallio")).to_have_count(0)
    loop.look(paula)
    paula.get_by_label("In a few words").fill("Soitettu")
    press(paula, "It was kept")
    loop.go(page, f"{family}network/")
    follow(page, "Ask the family")
    page.get_by_text("helped", exact=True).click()
    press(page, "Save")


def _look_again(loop: Loop, family: str) -> None:
    loop.later(days=14)
    page = loop.page("bertta")
    loop.go(page, f"{family}map/")
    follow(page, "Look at the map again together")
    press(page, "Begin")
    loop.look(page)
    press(page, "opened knot")
    loop.go(page, f"{family}map/")
    told(page, "1 knot opened")
    expect(page.get_by_role("radio", name="Then")).to_be_attached()
    loop.go(page, family)
    told(page, "1 knot opened")


def _withdraw(loop: Loop, family: str, sender: str, receiver: str) -> None:
    aino, ritva = loop.page("aino"), loop.page("ritva")
    loop.go(aino, f"{family}permissions/")
    aino.get_by_role("link", name="Withdraw the permission").and_(aino.locator("a", has_text="Minna")).click()
    press(aino, "Withdraw the permission")
    told(aino, "Nothing more is told.")
    assert ritva.goto(receiver).status == 404
    ritva.faults.clear()  # the browser's own note of the 404
    ritva.goto("/desk/queue/")
    told(ritva, "the family withdrew its permission")
    ritva.get_by_role("button", name="Seen").first.click()
    aino.goto(sender)
    aino.get_by_label("partly").check()
    press(aino, "Record")
    told(aino, "Did help come, in its view: partly.")
    assert Referral.objects.get().help_came == "partly"


def _close(loop: Loop, family: str) -> None:
    page = loop.page("bertta")
    loop.go(page, f"{family}case/")
    follow(page, "Close the work")
    loop.look(page)
    page.get_by_text("what was sought has been reached").click()
    page.get_by_text("everyday life is easier").click()
    page.get_by_label("What changed").fill("Kirjeet luetaan yhdessä.")
    choose(page, "Ask the family: did help come?", "yes")
    page.get_by_label("How was the family told?").fill("Yhdessä")
    page.get_by_label("Follow-up with the family").fill("2026-12-14")
    press(page, "Close the work")
    told(page, "The work is closed. The follow-up waits")
    loop.later(days=28)
    loop.go(page, family)
    told(page, "Follow-up with the family")
    page.get_by_role("link", name=re.compile("^Open.*Follow-up")).click()
    follow(page, "Record the follow-up")
    loop.look(page)
    choose(page, "Ask the family: did help come?", "yes")
    choose(page, "How do you go on?", "the work ends here")
    press(page, "Save")
    told(page, "The work has ended, and nothing is left waiting.")
    assert Case.objects.get().state == "closed"
    assert not Grant.objects.filter(record_id=Case.objects.get().family_id, closed_at=None).exists()
