"""Anybody finds a model; a coordinator takes it into use; a worker has its guide beside the work."""

import re

import pytest
from playwright.sync_api import Page, expect

from solmu.operating_models.models import Experience, Tick
from tests.browser import PHONE
from tests.journeys.screens import follow, meant, press, told, unfold
from tests.models import COUNSELLING, NETWORK, TEAM, install, package
from tests.scenes import open_family

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def shelf(db):
    return {path: install(path) for path in (COUNSELLING, NETWORK, TEAM)}


@pytest.fixture
def versions(db):
    return [install(f"perhe-yhtenaiseksi/{version}") for version in ("2019", "2021", "2022")]


def title(path: str) -> str:
    return package(path).title("en")


@pytest.mark.parametrize(
    "options",
    [{}, {"viewport": PHONE, "color_scheme": "dark"}, {"locale": "fi-FI"}, {"java_script_enabled": False}],
    ids=["laptop", "phone-dark", "finnish", "no-scripts"],
)
def test_anybody_finds_reads_and_takes_a_model_along(open_page, look, shelf, options):
    page: Page = open_page(**({"locale": "en-GB"} | options))
    see = look if options.get("java_script_enabled", True) else lambda _page: None
    page.goto("/")
    page.get_by_role("contentinfo").get_by_role("link").first.click()
    see(page)
    page.locator("#q").fill("palveluneuvonnasta" if "fi" in options.get("locale", "") else "counselling")
    page.locator("#q").press("Enter")
    own = package(COUNSELLING).title("fi" if "fi" in options.get("locale", "") else "en")
    page.get_by_role("link", name=own, exact=True).click()
    see(page)
    page.locator("#guide ~ ol a, section[aria-labelledby=guide] ol a").first.click()
    see(page)
    page.go_back()
    with page.expect_download() as saved:
        page.locator("a[href$='fhir.json']").click()
    assert saved.value.suggested_filename.endswith("fhir.json")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_anybody_lays_two_versions_side_by_side(open_page, look, versions, scripts):
    page: Page = open_page(locale="en-GB", java_script_enabled=scripts)
    see = look if scripts else lambda _page: None
    page.goto(f"/library/{versions[-1].slug}/")
    follow(page, "What is different from version 2021")
    told(page, "What is different from version 2021 to version 2022")
    told(page, "Entry criteria")
    see(page)
    follow(page, "Compare with 2019")
    told(page, "What is different from version 2019 to version 2022")
    follow(page, "The other way round")
    told(page, "What is different from version 2022 to version 2019")
    page.goto(page.url.replace("/2022/", "/2019/"))
    told(page, "The two versions say the same.")
    see(page)


def test_an_author_finds_the_format_of_a_package(open_page, look):
    page: Page = open_page(locale="fi-FI")
    page.goto("/library/")
    page.locator("a[href='/package-format/']").click()
    look(page)
    page.get_by_role("link", name="entry.yaml", exact=True).click()
    look(page)
    page.locator("a[href$='#wording']").first.click()
    expect(page.locator("#wording")).to_be_in_viewport()
    look(page)


def test_a_coordinator_takes_a_model_into_use_and_sees_to_what_it_needs(screens, shelf):
    page = screens.go("kaisa", "/coordination/models/")
    page.get_by_role("link", name=title(COUNSELLING), exact=True).click()
    press(page, "Take into use")
    told(page, "Taken into use. It is proposed from now on.")
    screens.look(page)
    terms = page.locator("li#licence-terms")
    terms.get_by_role("textbox").fill("read together")
    terms.get_by_role("button", name=re.compile("Seen to")).click()
    told(page, "read together")
    assert Tick.objects.get().ticker_name == "Kaisa Ranta"
    follow(page, title(COUNSELLING))
    told(page, "1 of")
    screens.look(page)


def test_the_guide_stands_beside_the_work_and_leads_back_to_it(screens, shelf):
    scene = open_family(screens.cast)
    kaisa = screens.go("kaisa", f"/coordination/models/{shelf[COUNSELLING].id}/")
    press(kaisa, "Take into use")
    page = screens.go("aino", f"/desk/families/{scene.family_id}/case/close/")
    page.get_by_label("What changed").fill("Half-typed words")
    unfold(page, "Guide:")
    screens.look(page, "with its guide")
    expect(page.get_by_label("What changed")).to_have_value("Half-typed words")
    follow(page, "Open on a page of its own")
    screens.look(page)
    follow(page, "Back to the work")
    expect(page).to_have_url(re.compile("/case/close/$"))
    screens.go("aino", f"/desk/families/{scene.family_id}/guide/map/")


def test_a_worker_writes_an_experience_and_the_coordinator_publishes_it(screens, shelf):
    page = screens.go("aino", f"/coordination/models/{shelf[COUNSELLING].id}/experience/")
    page.get_by_label("How has the model worked?").fill("Two hear more than one.")
    page.get_by_label("In which role have you used it").fill("service counsellor")
    press(page, "Hand it in")
    told(page, "Read your words once more")
    meant(page, 422)
    screens.look(page, "refused")
    page.get_by_label("I have read this once more").check()
    press(page, "Hand it in")
    told(page, "waits for the coordinator")
    kaisa = screens.go("kaisa", "/coordination/experiences/")
    kaisa.get_by_role("button", name=re.compile("^Publish")).click()
    told(kaisa, "Published.")
    screens.look(kaisa, "decided")
    assert Experience.objects.get().state == Experience.State.PUBLIC
    page.reload()
    told(page, "Two hear more than one.")
