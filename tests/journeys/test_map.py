"""At a kitchen table: the map is begun, drawn, looked at again, and read then and now."""

import pytest
from playwright.sync_api import expect

from solmu.situations.actions import start_round
from tests.browser import LAPTOP, PHONE, overflow
from tests.situations.maps import a_family, put, two_rounds

TABLET = {"width": 1180, "height": 820}
ARABIC = [
    ("finances", "knot", "تأخر الإيجار منذ ثلاثة أشهر", "tight"),
    ("finances", "bond", "مستشار الديون", ""),
    ("health", "knot", "أرق الأب في الليل", "tense"),
    ("children", "knot", "غياب كريم عن المدرسة", "light"),
    ("children", "bond", "معلمة الصف", ""),
    ("relations", "bond", "الجارة Helena تساعد كثيرا", ""),
]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_the_map_is_drawn_together_and_looked_at_again(open_page, sign_in, cast, scripts):
    home = a_family(cast)
    page = open_page(viewport=TABLET, java_script_enabled=scripts, locale="en-GB")
    sign_in(page, cast.account("aino"))
    page.goto(f"/desk/families/{home.id}/map/")
    page.get_by_role("link", name="Begin the map together").click()
    page.get_by_label("Who are present").fill("Rima, Samir, interpreter")
    page.get_by_role("button", name="Begin").click()
    page.get_by_text("a knot: it weighs").click()
    page.get_by_label("In own words").fill("Vuokrarästi")
    page.get_by_text("Money", exact=True).click()
    page.get_by_text("tight", exact=True).click()
    page.get_by_role("button", name="Save and add another").click()
    page.get_by_text("a bond: it carries").click()
    page.get_by_label("In own words").fill("Naapurin Helena")
    page.get_by_text("People around us", exact=True).click()
    page.get_by_role("button", name="Save and see the map").click()
    expect(page.get_by_text("1 knot, 1 bond.", exact=True)).to_be_visible()
    page.get_by_role("link", name="Look at the map again together").click()
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("button", name="opened knot").click()
    page.get_by_role("link", name="Skip this").click()
    expect(page.get_by_role("heading", name="Life-situation map")).to_be_visible()
    expect(page.locator(".sec-head p", has_text="1 knot opened")).to_be_visible()
    drawn = page.locator(".lm-wide .lm-t", has_text="Vuokrarästi")
    expect(drawn).to_be_visible()
    page.get_by_role("radio", name="Now ").check(force=True)
    expect(drawn).to_be_hidden()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_the_pages_of_the_map_are_accessible(open_page, sign_in, cast, axe, picture, viewport, scheme):
    home = a_family(cast)
    items = two_rounds(cast, home)
    yara = home.people["yara"].id
    put(cast.aino, home, "mind", "knot", "En jaksa tulkata", "tight", "yara", "yara", own_part=True)
    page = open_page(viewport=viewport, color_scheme=scheme)
    sign_in(page, cast.account("aino"))
    places = ["", "review/", "add/", "numbers/", "start/", "round/", "begin/", "print/"]
    for place in [*places, f"items/{items['curator'].id}/", f"own/{yara}/"]:
        page.goto(f"/desk/families/{home.id}/map/{place}")
        axe(page)
        assert overflow(page) == 0, place
        picture(page, place.strip("/").partition("/")[0] or "map")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_words_in_arabic_run_their_own_way_and_stay_in_the_picture(open_page, sign_in, cast, picture, direction):
    home = a_family(cast, "حداد")
    start_round(cast.aino, family_id=home.id)
    for domain, kind, words, weight in ARABIC:
        put(cast.aino, home, domain, kind, words, weight)
    page = open_page()
    sign_in(page, cast.account("aino"))
    page.goto(f"/desk/families/{home.id}/map/")
    page.evaluate("direction => document.documentElement.dir = direction", direction)
    picture(page)
    assert overflow(page) == 0
    outside = page.evaluate(
        """() => {
            const map = document.querySelector(".lm-wide").getBoundingClientRect()
            const texts = [...document.querySelectorAll(".lm-wide text")].map(text => text.getBoundingClientRect())
            return texts.filter(text => text.left < map.left - 1 || text.right > map.right + 1).length
        }"""
    )
    assert outside == 0
