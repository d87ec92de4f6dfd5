"""The map of a family: rounds, knots and bonds, then and now."""

from datetime import timedelta

import pytest

from solmu.access import gate
from solmu.access.classes import InformationClass as C
from solmu.access.deeds import Deed
from solmu.kernel.errors import Conflict, InvalidInput, NotNow
from solmu.situations.actions import (
    NotOnTheMap,
    RoundIsPast,
    add_item,
    edit_item,
    feel,
    remove_item,
    restore_item,
    set_start_from,
    start_round,
    state_item,
    update_round,
)
from solmu.situations.models import MapItem, Round
from solmu.situations.queries import family_map, map_item, rounds, to_review
from tests.cast import later
from tests.situations.maps import SUMMER, a_family, access_to, first_round, grant, put, two_rounds

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(cast):
    return a_family(cast)


def read(cast, home, **numbers):
    return family_map(access_to(cast.aino, home), **numbers)


def item_of(drawn, words):
    return next(item for item in drawn.items if item.words == words)


# Reading


def test_a_map_that_nobody_has_begun_is_empty(cast, home):
    drawn = read(cast, home)
    assert drawn.now is None and drawn.items == () and drawn.summary == "" and len(drawn.domains) == 8


def test_one_round_is_told_in_counts(cast, home):
    first_round(cast, home)
    assert read(cast, home).summary == "10 knots, 5 bonds."
    assert read(cast, home).then is None


def test_two_rounds_lie_side_by_side(cast, home):
    two_rounds(cast, home)
    drawn = read(cast, home)
    assert (drawn.then.number, drawn.now.number) == (1, 2)
    rent, benefit, advice = (item_of(drawn, words) for words in ("Vuokrarästi", "Tukihakemus kesken", "Velkaneuvonta"))
    assert (rent.then, rent.now, rent.change) == ("tight", "tense", "eased")
    assert (benefit.then, benefit.now, benefit.change) == ("tense", "opened", "opened")
    assert (advice.then, advice.now, advice.change) == (None, "carries", "new")
    assert [(domain.felt_then, domain.felt_now) for domain in drawn.domains][:2] == [(2, 4), (5, 6)]
    assert "3 knots opened, 3 knots easing, 5 new bonds" in drawn.summary


def test_the_first_round_can_be_read_as_it_was(cast, home):
    two_rounds(cast, home)
    drawn = read(cast, home, now=1)
    assert drawn.then is None and len(drawn.items) == 15 and not drawn.is_latest
    assert item_of(drawn, "Vuokrarästi").now == "tight"


def test_a_round_is_never_compared_with_a_later_one(cast, home):
    two_rounds(cast, home)
    assert read(cast, home, then=2, now=1).then is None
    assert read(cast, home, then=9, now=9).now.number == 2


def test_what_was_not_looked_at_again_stands_and_is_not_called_seen(cast, home):
    two_rounds(cast, home)
    drawn = read(cast, home)
    assert item_of(drawn, "Huoli sukulaisista").now == "tense" and not item_of(drawn, "Huoli sukulaisista").seen
    assert item_of(drawn, "Vuokrarästi").seen


def test_only_what_is_open_and_not_looked_at_waits_for_review(cast, home):
    items = first_round(cast, home)
    assert to_review(access_to(cast.aino, home)) == ()
    state_item(cast.aino, family_id=home.id, item_id=items["benefit"].id, weight="opened")
    start_round(cast.aino, family_id=home.id)
    state_item(cast.aino, family_id=home.id, item_id=items["rent"].id, weight="tense")
    waiting = [item.words for item in to_review(access_to(cast.aino, home))]
    assert len(waiting) == 13 and "Vuokrarästi" not in waiting and "Tukihakemus kesken" not in waiting


def test_every_item_says_whose_view_it_is(cast, home):
    first_round(cast, home)
    drawn = read(cast, home)
    assert item_of(drawn, "Karimin poissaolot").view == "the worker's view"
    assert item_of(drawn, "Karimin poissaolot").about == "Karim"
    assert item_of(drawn, "Vuokrarästi").view == "Samir’s view"


def test_names_are_read_only_with_the_right_to_them(cast, home):
    first_round(cast, home)
    grant(cast, home.id, C.SITUATION, by="bertta")
    drawn = family_map(access_to(cast.bertta, home))
    assert item_of(drawn, "Karimin poissaolot").about == "child"
    assert "Samir" not in {item.view for item in drawn.items}


def test_the_map_needs_its_class(cast, home):
    first_round(cast, home)
    grant(cast, home.id, C.IDENTITY, by="bertta")
    assert family_map(access_to(cast.bertta, home, Deed.READ_FAMILY)).items == ()
    with pytest.raises(gate.NotPermitted):
        access_to(cast.bertta, home)


def test_a_map_of_many_items_costs_as_many_queries_as_one_of_few(cast, home, django_assert_num_queries):
    first_round(cast, home)
    access = access_to(cast.aino, home)
    with django_assert_num_queries(4):
        family_map(access)
    for number in range(30):
        put(cast.aino, home, "mind", "bond", f"Voima {number}")
    start_round(cast.aino, family_id=home.id)
    with django_assert_num_queries(4):
        family_map(access)


# Rounds


def test_rounds_are_numbered_and_dated(cast, home):
    start_round(later(cast.aino, days=SUMMER.days), family_id=home.id)
    start_round(cast.aino, family_id=home.id)
    assert [(one.number, one.held_on) for one in rounds(access_to(cast.aino, home))] == [
        (1, (cast.aino.at + SUMMER).date()),
        (2, cast.aino.today),
    ]


@pytest.mark.parametrize("days", [1, -200])
def test_a_round_is_neither_ahead_nor_before_the_one_before(cast, home, days):
    first_round(cast, home)
    with pytest.raises(InvalidInput):
        start_round(cast.aino, family_id=home.id, held_on=cast.aino.today + timedelta(days=days))


def test_two_who_mend_a_round_see_each_other(cast, home):
    row = start_round(cast.aino, family_id=home.id)
    day = cast.aino.today
    update_round(cast.aino, family_id=home.id, round_id=row.id, version=1, held_on=day, present="Rima")
    with pytest.raises(Conflict) as refused:
        update_round(cast.aino, family_id=home.id, round_id=row.id, version=1, held_on=day, present="Samir")
    assert refused.value.current.present == "Rima"


def test_a_past_round_is_not_written_on(cast, home):
    two_rounds(cast, home)
    first = Round.objects.get(family_id=home.id, number=1)
    with pytest.raises(RoundIsPast):
        feel(cast.aino, family_id=home.id, round_id=first.id, values={"mind": 3})
    with pytest.raises(RoundIsPast):
        set_start_from(cast.aino, family_id=home.id, round_id=first.id, version=1, words="Vuokrasta")


def test_a_feeling_is_given_changed_and_taken_back(cast, home):
    row = start_round(cast.aino, family_id=home.id)

    def felt():
        return {domain.domain: domain.felt_now for domain in read(cast, home).domains if domain.felt_now is not None}

    feel(cast.aino, family_id=home.id, round_id=row.id, values={"mind": 0, "health": 10})
    assert felt() == {"mind": 0, "health": 10}
    feel(cast.aino, family_id=home.id, round_id=row.id, values={"mind": None, "health": 9})
    assert felt() == {"health": 9}


@pytest.mark.parametrize("values", [{"mind": 11}, {"mind": -1}, {"luck": 5}])
def test_a_feeling_is_from_0_to_10_of_a_domain(cast, home, values):
    row = start_round(cast.aino, family_id=home.id)
    with pytest.raises(InvalidInput):
        feel(cast.aino, family_id=home.id, round_id=row.id, values=values)


def test_the_family_says_where_it_wants_to_begin(cast, home):
    two_rounds(cast, home)
    drawn = read(cast, home)
    assert drawn.start.start_from.startswith("Aloitetaan vuokrasta") and drawn.start_knot == "Vuokrarästi"
    start_round(cast.aino, family_id=home.id)
    assert read(cast, home).start.number == 2 and read(cast, home, now=1).start is None


def test_the_beginning_is_a_knot_of_this_family(cast, home):
    items = first_round(cast, home)
    row = Round.objects.get(family_id=home.id)
    fields = {"family_id": home.id, "round_id": row.id, "version": row.version, "words": "Siitä"}
    other = a_family(cast, "Muu")
    start_round(cast.aino, family_id=other.id)
    theirs = put(cast.aino, other, "mind", "knot", "Huoli")
    for wrong in (items["helena"], theirs):
        with pytest.raises(InvalidInput):
            set_start_from(cast.aino, **fields, knot_id=wrong.id)


# Items


def test_only_domain_kind_and_words_are_needed(cast, home):
    start_round(cast.aino, family_id=home.id)
    add_item(cast.aino, family_id=home.id, domain="mind", kind="knot", words="Yöt")
    item = read(cast, home).items[0]
    assert (item.now, item.view, item.about, item.would_help) == ("unsaid", "", "", "")


@pytest.mark.parametrize(
    "wrong",
    [
        {"domain": "luck"},
        {"kind": "score"},
        {"words": "  "},
        {"weight": "carries"},
        {"kind": "bond", "weight": "tight"},
    ],
)
def test_an_item_that_makes_no_sense_is_refused_and_leaves_nothing(cast, home, wrong):
    start_round(cast.aino, family_id=home.id)
    with pytest.raises(InvalidInput):
        add_item(cast.aino, **{"family_id": home.id, "domain": "mind", "kind": "knot", "words": "Yöt"} | wrong)
    assert not MapItem.objects.exists()


def test_an_item_needs_a_begun_map(cast, home):
    with pytest.raises(NotNow):
        put(cast.aino, home, "mind", "knot", "Yöt")


def test_people_of_other_families_have_no_view_here(cast, home):
    start_round(cast.aino, family_id=home.id)
    other = a_family(cast, "Muu")
    with pytest.raises(InvalidInput) as refused:
        add_item(cast.aino, family_id=home.id, domain="mind", kind="knot", words="Yöt", view=other.view("rima"))
    assert set(refused.value.errors) == {"view"}


def test_two_who_edit_the_same_item_see_each_other(cast, home):
    items = first_round(cast, home)
    told = {"family_id": home.id, "item_id": items["rent"].id, "version": 1, "domain": "finances"}
    edit_item(cast.aino, **told, words="Vuokra myöhässä", would_help="Maksuaika", help_view=home.view("samir"))
    with pytest.raises(Conflict) as refused:
        edit_item(cast.aino, **told, words="Vuokravelka")
    assert refused.value.current.words == "Vuokra myöhässä"
    item = map_item(access_to(cast.aino, home), items["rent"].id)
    assert (item.would_help, item.help_view, item.version) == ("Maksuaika", "Samir’s view", 2)


def test_two_who_say_differently_how_it_stands_see_each_other(cast, home):
    items = first_round(cast, home)
    state_item(cast.aino, family_id=home.id, item_id=items["rent"].id, weight="light", seen="tight")
    with pytest.raises(Conflict):
        state_item(cast.aino, family_id=home.id, item_id=items["rent"].id, weight="opened", seen="tight")


def test_what_was_said_on_the_first_round_stays_when_the_second_says_otherwise(cast, home):
    items = two_rounds(cast, home)
    state_item(cast.aino, family_id=home.id, item_id=items["rent"].id, weight="opened")
    assert item_of(read(cast, home), "Vuokrarästi").then == "tight"
    assert item_of(read(cast, home, now=1), "Vuokrarästi").now == "tight"


def test_a_mistake_is_taken_away_and_brought_back(cast, home):
    items = two_rounds(cast, home)
    remove_item(cast.aino, family_id=home.id, item_id=items["advice"].id)
    assert map_item(access_to(cast.aino, home), items["advice"].id) is None
    with pytest.raises(NotOnTheMap):
        state_item(cast.aino, family_id=home.id, item_id=items["advice"].id, weight="faded")
    restore_item(cast.aino, family_id=home.id, item_id=items["advice"].id)
    assert map_item(access_to(cast.aino, home), items["advice"].id).now == "carries"


def test_what_came_on_an_earlier_round_stays_as_history(cast, home):
    items = two_rounds(cast, home)
    with pytest.raises(NotNow):
        remove_item(cast.aino, family_id=home.id, item_id=items["rent"].id)


def test_a_family_does_not_begin_from_what_was_taken_away(cast, home):
    start = start_round(cast.aino, family_id=home.id)
    knot = put(cast.aino, home, "mind", "knot", "Yöt")
    set_start_from(cast.aino, family_id=home.id, round_id=start.id, version=1, words="Yöstä", knot_id=knot.id)
    remove_item(cast.aino, family_id=home.id, item_id=knot.id)
    assert Round.objects.get(pk=start.id).start_knot_id is None


# The gate


def _deeds(home, items, round_id):
    at = {"family_id": home.id}
    item = {**at, "item_id": items["rent"].id}
    words = {"domain": "mind", "words": "Yöt"}
    return [
        lambda who: start_round(who, **at),
        lambda who: update_round(who, **at, round_id=round_id, version=1, held_on=who.today, present=""),
        lambda who: set_start_from(who, **at, round_id=round_id, version=1, words="Yöstä"),
        lambda who: feel(who, **at, round_id=round_id, values={"mind": 3}),
        lambda who: add_item(who, **at, **words, kind="knot"),
        lambda who: edit_item(who, **item, **words, version=1),
        lambda who: state_item(who, **item, weight="opened"),
        lambda who: remove_item(who, **item),
        lambda who: restore_item(who, **item),
    ]


@pytest.mark.parametrize("number", range(9))
def test_nobody_writes_without_a_grant_to_write_the_map(cast, home, number):
    items = first_round(cast, home)
    deed = _deeds(home, items, Round.objects.get(family_id=home.id).id)[number]
    grant(cast, home.id, C.SITUATION | C.IDENTITY, by="bertta", may_write=False)
    grant(cast, home.id, C.SITUATION | C.IDENTITY, by="ritva")
    with pytest.raises(gate.OutOfScope):
        deed(cast.cecilia)
    for who in (cast.bertta, cast.ritva):
        with pytest.raises(gate.NotPermitted):
            deed(who)


def test_an_item_of_another_family_is_not_reached_through_ones_own(cast, home):
    items = first_round(cast, home)
    mine = a_family(cast, "Oma", by="outi")
    with pytest.raises(NotOnTheMap):
        state_item(cast.outi, family_id=mine.id, item_id=items["rent"].id, weight="opened")
