"""A worker is oriented and proposes; an organisation talks its commitment through and lays then beside now."""

import pytest
from playwright.sync_api import Page, expect

from solmu.casework.models import Proposal
from solmu.kernel import clock
from solmu.learning.actions.commitment import save_answer, save_snapshot
from solmu.learning.actions.signing import ask_sign_off
from solmu.learning.models import RanUnoriented, Snapshot
from solmu.learning.queries.commitment import working_state
from tests.learning.scenes import a_package, in_use_by
from tests.scenes import open_family

pytestmark = pytest.mark.django_db(transaction=True)


def go_on(page: Page, name: str) -> None:
    page.get_by_role("link", name=f"Next: {name}").click()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_from_orientation_to_a_proposal(open_page, sign_in, cast, tmp_path, scripts):
    scene, model = open_family(cast), in_use_by(cast, a_package(tmp_path))
    page = open_page(java_script_enabled=scripts, locale="en-GB")
    sign_in(page, cast.account("aino"))
    page.goto(f"/desk/families/{scene.family_id}/proposals/new/{model.id}/")
    page.get_by_role("link", name="My orientation").click()
    page.get_by_role("link", name="Begin: Mallin ajatus").click()
    page.get_by_role("link", name="Open the page of the guide").click()
    expect(page.get_by_text("Kävellään.")).to_be_visible()
    page.go_back()
    page.get_by_role("button", name="I have read this").click()
    go_on(page, "Harjoittele")
    page.get_by_role("button", name="I have practised this").click()
    go_on(page, "Kollegan rinnalla")
    page.get_by_label("Whose work did you go along with?").select_option(label="Kaisa Ranta (coordinator)")
    page.get_by_role("button", name="Ask for a signature").click()
    expect(page.get_by_text("You asked Kaisa Ranta")).to_be_visible()
    page.goto(f"/desk/orientation/{model.id}/check-idea/")
    page.get_by_label("Ei kukaan").first.check()
    page.get_by_label("Hämärässä").check()
    page.get_by_role("button", name="Check the answers").click()
    expect(page.get_by_text("Not quite.").first).to_be_visible()
    page.faults.clear()  # the browser's own note of the 422
    page.get_by_label("Kaikki").check()
    page.get_by_label("Sateella").check()
    page.get_by_role("button", name="Check the answers").click()
    expect(page.get_by_text("The check is passed.")).to_be_visible()

    colleague = open_page(java_script_enabled=scripts, locale="en-GB")
    sign_in(colleague, cast.account("kaisa"))
    colleague.goto("/coordination/orientation/")
    colleague.get_by_role("link", name="Aino Salmi").click()
    colleague.get_by_label("I sign: my colleague went along with my work").check()
    colleague.get_by_label("The day on which you met").fill(f"{clock.local_date(clock.now()):%Y-%m-%d}")
    colleague.get_by_role("button", name="Answer").click()
    expect(colleague.get_by_text("You have signed")).to_be_visible()

    page.goto("/desk/orientation/")
    expect(page.get_by_text("oriented, until")).to_be_visible()
    page.goto(f"/desk/families/{scene.family_id}/proposals/new/{model.id}/")
    expect(page.get_by_text("You have not gone through the orientation")).to_have_count(0)
    reason = page.get_by_label("Why do you propose this all the same?")
    if reason.count():
        reason.fill("Perhe toivoo.")
    page.get_by_role("button", name="Propose", exact=True).click()
    expect(page.get_by_text("The family decides, and it waits for your record.")).to_be_visible()
    assert Proposal.objects.exists()
    assert not RanUnoriented.objects.exists()


def talk(page: Page, item: str, level: str, **said: str) -> None:
    page.goto("/coordination/commitment/")
    row = page.locator("li").filter(has=page.get_by_role("heading", name=item, exact=True)).last
    row.get_by_role("link").last.click()
    page.get_by_label(level, exact=True).check()
    for label, text in said.items():
        page.get_by_label(label.replace("_", " ")).fill(text)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved in the working paper.")).to_be_visible()


def save(page: Page, present: str) -> None:
    page.get_by_role("link", name="Save as it stands").click()
    page.get_by_label("Who were present").fill(present)
    page.get_by_role("button", name="Save as it stands").click()
    expect(page.get_by_text("It does not change any more")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_commitment_then_and_now(open_page, sign_in, cast, scripts):
    page = open_page(java_script_enabled=scripts, locale="en-GB")
    sign_in(page, cast.account("kaisa"))
    talk(page, "Common agenda", "not yet", Where_it_shows="Tavoite on sanomatta.")
    talk(page, "Backbone organisation", "yes")
    save(page, "Kaisa ja kaksi perhettä")
    talk(page, "Common agenda", "partly", Where_it_shows="Tavoite on sanottu ääneen.")
    save(page, "Kaisa ja kolme perhettä")
    page.get_by_role("link", name="Compare").click()
    row = page.get_by_role("row").filter(has_text="Common agenda")
    expect(row.get_by_text("has changed")).to_be_visible()
    expect(row.get_by_text("Tavoite on sanomatta.")).to_be_visible()
    expect(row.get_by_text("Tavoite on sanottu ääneen.")).to_be_visible()
    expect(page.get_by_text("has changed")).to_have_count(1)
    assert Snapshot.objects.count() == 2


def test_the_pages_are_accessible_and_fit_the_window(open_page, sign_in, cast, look, tmp_path):
    scene, model = open_family(cast), in_use_by(cast, a_package(tmp_path))
    aino, kaisa = cast.account("aino"), cast.account("kaisa")
    asked = ask_sign_off(cast.aino, model_id=model.id, module_id="shadow-walk", asked_of_id=kaisa.id)
    step = {"next_step": "Kirjataan tavoite", "owner_id": aino.id, "due_on": clock.local_date(clock.now())}
    save_answer(cast.kaisa, item_id="common-agenda", version=0, level="partly", evidence="Sovittu keväällä.", **step)
    seen = working_state(cast.kaisa)
    kept = [save_snapshot(cast.kaisa, seen=seen, made_on=cast.kaisa.today, present="Kaisa") for _each in range(2)]
    modules = ("read-idea", "watch-film", "practice-walk", "shadow-walk", "check-idea")
    visits = [("aino", "/desk/orientation/"), ("aino", f"/desk/families/{scene.family_id}/proposals/new/{model.id}/")]
    visits += [("aino", f"/desk/orientation/{model.id}/{module}/") for module in modules]
    visits += [("kaisa", f"/desk/orientation/sign/{asked.id}/"), ("kaisa", f"/coordination/orientation/{model.id}/")]
    ours = ("orientation", "commitment", "commitment/joining", "commitment/items/common-agenda", "commitment/save")
    visits += [
        ("kaisa", f"/coordination/{part}/") for part in (*ours, "commitment/compare", f"commitment/{kept[0].id}")
    ]
    pages = {}
    for name, address in visits:
        if name not in pages:
            pages[name] = open_page(locale="en-GB")
            sign_in(pages[name], cast.account(name))
        page = pages[name]
        page.goto(address)
        for folded in page.locator("main details:not([open]) > summary").all():
            folded.click()
        look(page)
