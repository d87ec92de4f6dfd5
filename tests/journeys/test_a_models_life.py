"""A model's whole life on the screens: taken into use, worded, learned, run with a family, followed by the next one.

A model lies on the shelf and a family has called; from there on everything is done on the pages, and the server's
upkeep runs when a minute has passed.
"""

import re
from copy import deepcopy

import pytest
from playwright.sync_api import Page, expect

from solmu.access.actor import system
from solmu.learning.actions.reminding import remind_of_orientation
from solmu.operating_models.package import pack
from solmu.operating_models.package.writing import files_of
from tests.journeys.screens import Screens, choose, follow, open_waiting, press, told
from tests.journeys.test_versions import send_file
from tests.models import NETWORK, install, package
from tests.scenes import PEOPLE, open_family

pytestmark = pytest.mark.django_db(transaction=True)
SHIPPED = package(NETWORK)
TITLE = SHIPPED.title("en")
ASKED = "Orientation to an operating model is asked of you"
OURS, THEIRS = "Network evening", "Meeting of the network"


def the_next_version() -> bytes:
    """The authors' next version as a file: one more step, one page of the guide written anew, one phase renamed."""
    document = deepcopy(dict(SHIPPED.document))
    document["model"]["version"] = "2"
    texts = document["texts"]
    texts["en"]["phases.network-meeting.title"] = THEIRS
    for language, says in (("fi", "Kysy nimiä."), ("en", "Ask for names.")):
        texts[language] |= {"steps.ask-names.worker": says, "steps.ask-names.family": says}
        document["guide"][language]["kutsuminen"] += f"\n\n{says}"
    step = {"id": "ask-names", "text": "steps.ask-names.worker", "family_text": "steps.ask-names.family"}
    step |= {"who": ["caller", "family"], "kind": "contact", "mark": "I"}
    document["process"]["phases"][0]["steps"].append(step)
    return pack(SHIPPED.slug, "2", files_of(document))


def version(page: Page, name: str):
    """A version in the list of a model's versions."""
    return page.get_by_role("listitem").filter(has=page.get_by_role("link", name=f"Version {name}", exact=True))


def test_from_the_shelf_to_the_next_version(screens: Screens):
    install(NETWORK)
    people = [person for person in PEOPLE if person["first_names"] in {"Minna", "Eetu"}]
    scene = open_family(screens.cast, people=people)
    ours = f"/desk/families/{scene.family_id}"
    adopt_and_word(screens)
    orient(screens)
    run(screens, ours)
    install_the_next_and_bring_the_words_along(screens)
    move(screens)
    see_what_changed(screens, ours)


def days(page: Page):
    """The value that the organisation decides for itself."""
    return page.get_by_label("Within how many working days the network meeting is arranged")


def adopt_and_word(screens: Screens) -> None:
    """The coordinator takes the model into use, words it, and takes that into use instead."""
    page = screens.of("kaisa")
    page.goto("/coordination/models/")
    follow(page, TITLE)
    days(page).fill("7")
    press(page, "Take into use")
    told(page, "Taken into use.")
    terms = page.locator("li#licence-terms")
    terms.get_by_role("textbox").fill("read together")
    terms.get_by_role("button", name=re.compile("Seen to")).click()
    told(page, "read together")
    follow(page, TITLE)
    follow(page, "Versions, changes and own wordings")
    version(page, "1").get_by_role("link", name="Make it your own").click()
    press(page, "Begin")
    word(page, OURS)
    make(page, "1+rantasaatio.1")
    told(page, "Your organisation has version 1 in use.")
    expect(days(page)).to_have_value("7")
    screens.look(page, "another version in use")
    press(page, "Take into use")
    told(page, "Taken into use in place of version 1.")
    told(page, "read together")


def word(page: Page, words: str) -> None:
    follow(page, "Wordings")
    page.get_by_label("Find").fill("phases.network-meeting.title")
    press(page, "Show")
    page.get_by_label("Title", exact=True).fill(words)
    press(page, "Save")
    told(page, "Saved.")


def make(page: Page, name: str) -> None:
    press(page, "Make the version")
    told(page, f"Version {name} is made.")


def orient(screens: Screens) -> None:
    """The worker goes through every module that is asked; a colleague signs."""
    a_minute_passes(screens)
    page = screens.of("aino")
    page.goto("/desk/")
    open_waiting(page, ASKED)
    follow(page, "Begin:")
    for _module in range(12):
        heading = page.get_by_role("heading", level=1).inner_text()
        go_through(page)
        onward = page.get_by_role("link", name=re.compile("^Next"))
        if not onward.count():
            break
        onward.click()
        expect(page.get_by_role("heading", level=1)).not_to_have_text(heading)
    kaisa = screens.of("kaisa")
    kaisa.goto("/coordination/orientation/")
    follow(kaisa, "Aino Salmi")
    kaisa.get_by_label("I sign").check()
    kaisa.get_by_label("The day on which you met").fill("2026-11-02")
    press(kaisa, "Answer")
    told(kaisa, "You have signed")
    page.goto("/desk/orientation/")
    expect(page.get_by_text(re.compile("^oriented"))).to_be_visible()


def a_minute_passes(screens: Screens) -> None:
    """The server's upkeep brings agendas in step with what is in use."""
    screens.later(minutes=1)
    remind_of_orientation(system(screens.now))


def go_through(page: Page) -> None:
    """One module of whichever kind."""
    if page.get_by_role("button", name=re.compile("^I have (read|practised)")).count():
        page.get_by_role("button", name=re.compile("^I have (read|practised)")).click()
    elif page.get_by_role("button", name="Check the answers").count():
        for right in ("I call you on Friday at twelve", "We agree on a new time"):
            page.get_by_label(right).check()
        for right in page.get_by_label("The family", exact=True).all():
            right.check()
        press(page, "Check the answers")
        told(page, "The check is passed.")
    else:
        page.get_by_label("Whose work did you go along with?").select_option(label="Kaisa Ranta (coordinator)")
        press(page, "Ask for a signature")


def run(screens: Screens, ours: str) -> None:
    """The family says yes to the proposal, and the pair marks where the work is."""
    page = screens.of("aino")
    page.goto(f"{ours}/proposals/")
    first = page.get_by_role("region", name="Ask this first")
    for _question in range(12):
        if not first.count():
            break
        said = "No" if "crisis" in first.inner_text() else "Yes"
        first.get_by_role("button", name=re.compile(rf"^{said}\s*:")).click()
        told(page, "The answer is kept.")
    follow(page, "Propose to the family")
    expect(page.get_by_text("You have not gone through the orientation")).to_have_count(0)
    press(page, "Propose")
    choose(page, "What did the family decide?", "it wants this")
    choose(page, "Minna", "yes")
    press(page, "Record the decision")
    told(page, "The family's yes is recorded and the work begins.")
    page.goto(f"{ours}/case/")
    page.get_by_role("main").get_by_role("link", name=re.compile("network")).first.click()
    told(page, "Version 1+rantasaatio.1")
    told(page, OURS)
    page.get_by_role("button", name=re.compile("^We are here now.*One contact")).click()
    told(page, "The present phase is marked.")


def install_the_next_and_bring_the_words_along(screens: Screens) -> None:
    """The authors' next version comes as a file; where both have changed the same words, the coordinator chooses."""
    page = screens.of("kaisa")
    page.goto("/coordination/models/")
    follow(page, "Install a package")
    send_file(page, the_next_version())
    told(page, "not installed yet")
    press(page, "Install this version")
    told(page, "The version is installed.")
    follow(page, "Versions, changes and own wordings")
    version(page, "2").get_by_role("link", name="Make it your own").click()
    expect(page.get_by_label("Take along the changes of your version 1+rantasaatio.1")).to_be_checked()
    press(page, "Begin")
    told(page, "you choose")
    follow(page, "Look and choose")
    page.get_by_label("Keep your own").check()
    press(page, "Save the choices")
    told(page, "Everything is decided.")
    make(page, "2+rantasaatio.1")
    expect(days(page)).to_have_value("7")
    press(page, "Take into use")
    told(page, "Taken into use in place of version 1+rantasaatio.1.")


def move(screens: Screens) -> None:
    """The dry run tells what would change, engagement by engagement; then the move is made."""
    page = screens.of("kaisa")
    follow(page, TITLE)
    told(page, "1 family's work runs on another version.")
    follow(page, "Look what would change")
    group = page.get_by_role("region", name="From version 1+rantasaatio.1 to 2+rantasaatio.1")
    expect(group.get_by_text("Ask for names.")).to_be_visible()
    expect(group.get_by_role("row")).to_have_count(2)
    expect(page.get_by_text("Kallio")).to_have_count(0)
    screens.look(page, "a dry run")
    page.get_by_label("Why is the work moved?").fill("Nimet kysytään nyt perheeltä")
    press(page, "Move what is ticked")
    told(page, "1 was moved.")


def see_what_changed(screens: Screens, ours: str) -> None:
    """The worker hears of the move, sees the new step under the own words, and learns only what has changed."""
    a_minute_passes(screens)
    page = screens.of("aino")
    page.goto("/desk/")
    open_waiting(page, "The model under way was moved to another version")
    told(page, "Nimet kysytään nyt perheeltä")
    told(page, "Version 2+rantasaatio.1")
    told(page, "Ask for names.")
    told(page, OURS)
    told(page, "within 7 working days from the permission")
    expect(page.get_by_text(THEIRS)).to_have_count(0)
    page.goto("/desk/")
    open_waiting(page, ASKED)
    expect(page.get_by_text("changed since you did it")).to_have_count(1)
    screens.look(page, "one module changed")
    follow(page, "Go on:")
    told(page, "It has changed since, so it is asked once more.")
    go_through(page)
    page.goto("/desk/orientation/")
    expect(page.get_by_text(re.compile("^oriented"))).to_be_visible()
    page.goto("/desk/")
    expect(page.get_by_text(ASKED)).to_have_count(0)
