"""The pages of the life-situation map, without a browser."""

from uuid import uuid4

import pytest
from django.urls import reverse

from solmu.access.classes import InformationClass as C
from solmu.situations.actions import edit_item, open_own_part, start_round, state_item
from solmu.situations.models import MapItem, MapItemState, Round
from tests.situations.maps import a_family, first_round, grant, put, two_rounds

pytestmark = pytest.mark.django_db
OWN = "En jaksa tulkata"


@pytest.fixture
def home(cast):
    return a_family(cast)


@pytest.fixture
def aino(client, cast):
    client.force_login(cast.account("aino"))
    client.cookies["solmu_language"] = "en"
    return client


def at(name, home, *more):
    return reverse(f"desk:{name}", args=[home.id, *more])


def send(client, address, **typed):
    return client.post(address, {"once": str(uuid4()), **typed}, headers={"accept-language": "en"})


def read(client, address):
    return client.get(address, headers={"accept-language": "en"})


def text(response):
    return response.content.decode()


def test_an_empty_map_invites_to_begin(aino, home):
    page = text(read(aino, at("map", home)))
    assert at("map_begin", home) in page and "<figure>" not in page


def test_the_map_is_begun_and_the_first_knot_put_on_it(aino, home, cast):
    gone_to = send(aino, at("map_begin", home), held_on=cast.aino.today, present="Rima")
    assert gone_to.url == at("map_add", home)
    gone_to = send(aino, at("map_add", home), kind="knot", domain="mind", words="Yöt", another="1")
    assert gone_to.url == at("map_add", home)
    assert MapItemState.objects.get().weight == "unsaid"


def test_the_same_form_sent_twice_puts_one_knot(aino, home, cast):
    start_round(cast.aino, family_id=home.id)
    typed = {"once": str(uuid4()), "kind": "knot", "domain": "mind", "words": "Yöt"}
    for _ in range(2):
        aino.post(at("map_add", home), typed)
    assert MapItem.objects.count() == 1


def test_what_lacks_is_asked_for_and_what_was_typed_stays(aino, home, cast):
    start_round(cast.aino, family_id=home.id)
    answer = send(aino, at("map_add", home), words="Yöt", would_help="Hiljaisuus")
    assert answer.status_code == 422 and "Hiljaisuus" in text(answer) and not MapItem.objects.exists()


def test_a_bond_needs_no_tightness_even_if_one_was_touched(aino, home, cast):
    start_round(cast.aino, family_id=home.id)
    send(aino, at("map_add", home), kind="bond", domain="mind", words="Usko", weight="tight")
    assert MapItemState.objects.get().weight == "carries"


def test_the_map_has_three_views_in_one_picture_and_the_same_in_words(aino, home, cast):
    two_rounds(cast, home)
    page = text(read(aino, at("map", home)))
    for part in ('value="then"', 'value="both" checked', 'value="now"', "v-nb", "#g-bondnew", "3 knots opened"):
        assert part in page
    assert page.count("Vuokrarästi") >= 3 and "easing, tense knot" in page


def test_one_touch_says_how_it_stands_now(aino, home, cast):
    items = two_rounds(cast, home)
    rent = items["rent"].id
    answer = send(aino, at("map_state", home, rent), weight="opened", seen="tense")
    assert answer.url == f"{at('map', home)}#item-{rent}"
    assert MapItemState.objects.get(item=rent, round__number=2).weight == "opened"
    assert MapItemState.objects.get(item=rent, round__number=1).weight == "tight"


def test_a_touch_on_what_somebody_else_has_just_said_changes_nothing(aino, home, cast):
    items = first_round(cast, home)
    state_item(cast.aino, family_id=home.id, item_id=items["rent"].id, weight="light")
    send(aino, at("map_state", home, items["rent"].id), weight="opened", seen="tight")
    assert MapItemState.objects.get(item=items["rent"]).weight == "light"
    assert "Somebody else has just said: light knot" in text(read(aino, at("map", home)))


def test_two_versions_of_the_words_are_shown_and_the_writers_own_stays_in_the_form(aino, home, cast):
    items = first_round(cast, home)
    rent = items["rent"].id
    theirs = {"family_id": home.id, "item_id": rent, "version": 1, "domain": "finances"}
    edit_item(cast.aino, **theirs, words="Vuokra myöhässä")
    mine = {"domain": "finances", "words": "Vuokravelka kolmelta kuulta"}
    answer = send(aino, at("map_item", home, rent), version=1, **mine)
    assert answer.status_code == 409
    assert "Vuokra myöhässä" in text(answer) and "Vuokravelka kolmelta kuulta" in text(answer)
    assert send(aino, at("map_item", home, rent), version=2, **mine).status_code == 302
    assert MapItem.objects.get(pk=rent).words == "Vuokravelka kolmelta kuulta"


def test_a_second_round_is_looked_through_one_by_one_and_any_may_be_skipped(aino, home, cast):
    items = first_round(cast, home)
    assert send(aino, at("map_begin", home), held_on=cast.aino.today).url == at("map_review", home)
    assert "Vuokrarästi" in text(read(aino, at("map_review", home)))
    following = send(aino, at("map_state", home, items["rent"].id), weight="tense", seen="tight", review="1").url
    page = text(read(aino, following))
    assert "Tukihakemus kesken" in page and "Vuokrarästi" not in page
    assert "Ahdas koti" in text(read(aino, f"{at('map_review', home)}?after={items['benefit'].id}"))
    assert read(aino, f"{at('map_review', home)}?after={items['helena'].id}").url == at("map", home)


def test_a_mistake_is_taken_away_and_undone(aino, home, cast):
    items = first_round(cast, home)
    gone_to = send(aino, at("map_remove", home, items["faith"].id)).url
    page = text(read(aino, gone_to))
    assert at("map_restore", home, items["faith"].id) in page and "Usko ja rukous" not in page
    send(aino, at("map_restore", home, items["faith"].id))
    assert "Usko ja rukous" in text(read(aino, at("map", home)))


def test_the_numbers_and_where_to_begin_are_asked_and_may_be_left(aino, home, cast):
    items = first_round(cast, home)
    assert send(aino, at("map_feelings", home), mind="7").status_code == 302
    row = Round.objects.get(family_id=home.id)
    assert [(felt.domain, felt.value) for felt in row.feelings.all()] == [("mind", 7)]
    begin = {"version": row.version, "knot": items["rent"].id, "words": "Vuokrasta", "said_by": "Samir"}
    assert send(aino, at("map_start", home), **begin).status_code == 302
    assert "Vuokrasta" in text(read(aino, at("map", home)))


def test_two_who_write_where_to_begin_see_each_other(aino, home, cast):
    row = start_round(cast.aino, family_id=home.id)
    for words, status in (("Vuokrasta", 302), ("Unesta", 409)):
        answer = send(aino, at("map_start", home), version=row.version, words=words)
        assert answer.status_code == status
    assert "Vuokrasta" in text(answer) and "Unesta" in text(answer)


def test_the_day_of_a_round_is_mended(aino, home, cast):
    row = start_round(cast.aino, family_id=home.id)
    mended = {"version": row.version, "held_on": "2026-10-30", "present": "Rima"}
    assert send(aino, at("map_round", home), **mended).status_code == 302
    assert send(aino, at("map_round", home), **mended).status_code == 409


def test_a_past_round_is_read_but_not_written(aino, home, cast):
    two_rounds(cast, home)
    page = text(read(aino, f"{at('map', home)}?now=1"))
    assert "10 knots, 5 bonds" in page and at("map_add", home) not in page and "desk:map_state" not in page


def test_a_half_typed_form_is_kept(aino, home, cast):
    start_round(cast.aino, family_id=home.id)
    aino.post(reverse("desk:draft", args=["map-item", home.id]), {"words": "Puolikas lause", "kind": "knot"})
    assert "Puolikas lause" in text(read(aino, at("map_add", home)))
    send(aino, at("map_add", home), kind="knot", domain="mind", words="Puolikas lause")
    assert "Puolikas lause" not in text(read(aino, at("map_add", home)))


def test_an_item_is_somebodys_as_somebody_sees_it(aino, home, cast):
    two_rounds(cast, home)
    rima = home.people["rima"].id
    typed = {"kind": "knot", "domain": "mind", "words": "En nuku", "person": rima, "view": rima, "help_view": rima}
    assert send(aino, at("map_add", home), **typed, done="1").status_code == 302
    item = MapItem.objects.get(words="En nuku")
    assert (item.person_id, item.view_of_id, item.help_in_view_of_id) == (rima, rima, rima)


# A young person's own part


@pytest.fixture
def own(cast, home):
    start_round(cast.aino, family_id=home.id)
    return put(cast.aino, home, "mind", "knot", OWN, "tight", "yara", "yara", own_part=True)


def test_the_own_part_is_on_no_page_of_the_family(aino, home, own):
    for name in ("map", "map_print", "map_start", "map_add"):
        assert OWN not in text(read(aino, at(name, home)))
    assert read(aino, at("map_item", home, own.id)).status_code == 404
    assert read(aino, at("map_review", home)).status_code == 302


def test_the_own_part_has_a_page_of_its_own(aino, home, own):
    yara = home.people["yara"].id
    page = text(read(aino, at("map_own", home, yara)))
    assert OWN in page and "Hidden from guardians" in page
    send(aino, at("map_own", home, yara), kind="bond", domain="relations", words="Ystävä Noor")
    assert MapItem.objects.filter(own_part=True).count() == 2
    edited = {"version": 1, "domain": "mind", "words": "En jaksa aina tulkata"}
    assert send(aino, at("map_own_item", home, yara, own.id), **edited).status_code == 302
    assert send(aino, at("map_state", home, own.id), weight="tense", seen="tight").url == at("map_own", home, yara)
    assert send(aino, at("map_remove", home, own.id)).url == at("map_own", home, yara)


def test_the_young_person_opens_it_and_hides_it_again(aino, home, own):
    yara = home.people["yara"].id
    send(aino, at("map_own_open", home, yara), said="Yara itse")
    assert OWN in text(read(aino, at("map", home)))
    send(aino, at("map_own_close", home, yara))
    assert OWN not in text(read(aino, at("map", home)))


def test_nobody_reaches_the_own_part_without_its_class(client, cast, home, own):
    grant(cast, home.id, C.SITUATION | C.IDENTITY, by="bertta")
    client.force_login(cast.account("bertta"))
    yara = home.people["yara"].id
    assert at("map_own", home, yara) not in text(read(client, at("map", home)))
    addresses = [at("map_own", home, yara), at("map_own_item", home, yara, own.id)]
    assert [read(client, address).status_code for address in addresses] == [403, 403]
    assert send(client, at("map_own_open", home, yara), said="Yara").status_code == 403
    assert send(client, at("map_state", home, own.id), weight="light").status_code == 403


def test_what_is_opened_is_edited_on_the_map_and_stays_the_young_persons(aino, cast, home, own):
    open_own_part(cast.aino, family_id=home.id, person_id=home.people["yara"].id, said="Yara itse")
    typed = {"version": 1, "domain": "mind", "words": OWN, "view": home.people["rima"].id}
    assert send(aino, at("map_item", home, own.id), **typed).status_code == 302
    assert MapItem.objects.get(pk=own.id).view_of_id == home.people["yara"].id


# The gate


def test_without_a_grant_every_page_is_as_if_it_were_not_there(client, cast, home):
    items = two_rounds(cast, home)
    client.force_login(cast.account("cecilia"))
    names = ["map", "map_print", "map_begin", "map_round", "map_review", "map_feelings", "map_start", "map_add"]
    addresses = [at(name, home) for name in names]
    addresses += [at("map_item", home, items["rent"].id), at("map_own", home, home.people["yara"].id)]
    assert {read(client, address).status_code for address in addresses} == {404}
    posts = [at(name, home, items["rent"].id) for name in ("map_state", "map_remove", "map_restore")]
    posts += [at(name, home, home.people["yara"].id) for name in ("map_own_open", "map_own_close")]
    assert {send(client, address).status_code for address in posts} == {404}


def test_pages_of_a_map_not_begun_lead_nowhere(aino, home):
    names = ["map_print", "map_round", "map_feelings", "map_start", "map_add"]
    assert {read(aino, at(name, home)).status_code for name in names} == {404}
