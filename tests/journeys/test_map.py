"""At a kitchen table: the map is begun, drawn, looked at again, and read then and now."""

import pytest
from playwright.sync_api import expect

from solmu.situations.actions import start_round
from tests.browser import overflow
from tests.journeys.screens import choose, follow, press, told
from tests.scenes import open_family
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


pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_the_map_is_drawn_together_and_looked_at_again(screens, scripts):
    screens.options |= {"viewport": TABLET, "java_script_enabled": scripts}
    family = f"/desk/families/{open_family(screens.cast).family_id}/"
    page = screens.go("aino", f"{family}map/")
    follow(page, "Begin the map together")
    page.get_by_label("Who are present").fill("Minna, Siiri, tulkki")
    press(page, "Begin")
    screens.look(page)
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
    screens.look(page, "drawn")

    screens.later(days=14)
    page = screens.go("bertta", f"{family}map/", "drawn")
    follow(page, "Look at the map again together")
    press(page, "Begin")
    screens.look(page)
    press(page, "opened knot")
    follow(page, "Skip this")
    told(page, "1 knot opened")
    screens.look(page, "then and now")
    drawn = page.locator(".lm-wide .lm-t", has_text="Avaamattomat kirjeet")
    expect(drawn).to_be_visible()
    page.get_by_role("radio", name="Now ").check(force=True)
    expect(drawn).to_be_hidden()
    screens.go("bertta", family, "with a map")
    told(page, "1 knot opened")


def test_the_pages_of_the_map_are_accessible(screens):
    screens.options["locale"] = "fi-FI"
    home = a_family(screens.cast)
    items = two_rounds(screens.cast, home)
    yara = home.people["yara"].id
    put(screens.cast.aino, home, "mind", "knot", "En jaksa tulkata", "tight", "yara", "yara", own_part=True)
    places = ["", "review/", "add/", "numbers/", "start/", "round/", "begin/", "print/"]
    for place in [*places, f"items/{items['curator'].id}/", f"own/{yara}/"]:
        screens.go("aino", f"/desk/families/{home.id}/map/{place}")


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
