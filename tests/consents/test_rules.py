"""Whose yes is needed, whether it is there, and what a no does."""

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given, strategies as st

from solmu.consents.rules import (
    TOLD,
    Answer,
    Asked,
    Need,
    Someone,
    lacks_in_telling,
    may_answer,
    missing_answers,
    needed_answers,
    own_part_of,
    permitted,
    resting_on,
)
from solmu.kernel.clock import HELSINKI

MOTHER, FATHER, GIRL, BOY, AUNT = (UUID(int=number) for number in range(1, 6))
FAMILY = [
    Someone(MOTHER, is_adult=True, is_guardian=True),
    Someone(FATHER, is_adult=True),
    Someone(GIRL, is_adult=False, decides_self=True),
    Someone(BOY, is_adult=False),
    Someone(AUNT, is_adult=True, of_family=False),
]
TODAY = date(2026, 11, 2)
NOW = datetime(2026, 11, 2, 9, tzinfo=HELSINKI)


def answer(person, state="given", items=(), refused=(), hours=0, until=date(2027, 1, 1), **more):
    at = NOW + timedelta(hours=hours)
    key = UUID(int=1000 + hours)
    return Answer(person, state, frozenset(items), frozenset(refused), TODAY, until, at, key, **more)


def asked(code="words", *about, own_part=False):
    return Asked(code, frozenset(about), own_part)


@pytest.mark.parametrize(
    ("about", "own_part", "who"),
    [
        ({MOTHER}, False, [{MOTHER}]),
        ({FATHER}, False, [{FATHER}]),
        ({MOTHER, FATHER}, False, [{MOTHER}, {FATHER}]),
        ({GIRL}, False, [{GIRL}]),
        ({BOY}, False, [{MOTHER}]),
        ({BOY}, True, [{BOY}]),
        ({AUNT}, False, [{AUNT}]),
        (set(), False, [{MOTHER, FATHER}]),
    ],
)
def test_everybody_answers_for_the_own_data(about, own_part, who):
    needs = needed_answers(FAMILY, [asked("words", *about, own_part=own_part)])
    assert sorted(sorted(need.anyone_of) for need in needs) == sorted(sorted(one) for one in who)


def test_without_a_guardian_any_adult_of_the_family_answers_for_a_child():
    people = [Someone(FATHER, is_adult=True), Someone(BOY, is_adult=False)]
    assert needed_answers(people, [asked("ages", BOY)]) == [Need(frozenset({FATHER}), frozenset({"ages"}))]


def test_a_young_person_alone_answers_for_everything():
    people = [Someone(GIRL, is_adult=False, decides_self=True)]
    assert needed_answers(people, [asked()]) == [Need(frozenset({GIRL}), frozenset({"words"}))]


def test_where_nobody_can_answer_nothing_is_permitted():
    needs = needed_answers([Someone(BOY, is_adult=False)], [asked()])
    assert missing_answers(needs, [answer(BOY, items=["words"])], TODAY) == needs


def test_a_no_of_one_stops_what_another_permits():
    needs = needed_answers(FAMILY, [asked()])
    yes, no = answer(MOTHER, items=["words"]), answer(FATHER, "refused", refused=["words"], hours=1)
    assert missing_answers(needs, [yes], TODAY) == []
    assert missing_answers(needs, [yes, no], TODAY) == needs


def test_the_newest_word_of_a_person_counts():
    no, yes = answer(MOTHER, "refused", refused=["words"]), answer(MOTHER, items=["words"], hours=1)
    assert permitted([yes, no], MOTHER, TODAY) == (frozenset({"words"}), frozenset())
    narrowed = answer(MOTHER, items=["ages"], refused=["words"], hours=2)
    assert permitted([no, yes, narrowed], MOTHER, TODAY) == (frozenset({"ages"}), frozenset({"words"}))


@pytest.mark.parametrize("state", ["withdrawn", "ended", "refused"])
def test_what_is_not_in_force_permits_nothing(state):
    assert permitted([answer(MOTHER, state, items=["words"])], MOTHER, TODAY)[0] == frozenset()


@given(days=st.integers(-400, 400))
def test_a_permission_holds_through_its_last_day(days):
    on = TODAY + timedelta(days=days)
    until = TODAY + timedelta(days=90)
    given_now = answer(MOTHER, items=["words"], until=until)
    assert given_now.holds(on) is (TODAY <= on <= until)


codes = st.sets(st.sampled_from(["words", "ages", "network", "wish"]))
people = st.sampled_from([MOTHER, FATHER, GIRL])
answers = st.lists(
    st.builds(
        lambda person, state, yes, no, hours: answer(person, state, yes, no - yes, hours),
        people,
        st.sampled_from(["given", "refused", "withdrawn"]),
        codes,
        codes,
        st.integers(0, 50),
    ),
    max_size=6,
)


@given(wanted=codes, said=answers, about=st.sets(people))
def test_nothing_is_covered_without_a_yes_in_force(wanted, said, about):
    needs = needed_answers(FAMILY, [asked(code, *about) for code in wanted])
    for need in needs:
        lacking = {code for one in missing_answers([need], said, TODAY) for code in one.codes}
        for code in need.codes - lacking:
            assert any(one.holds(TODAY) and code in one.items and one.person_id in need.anyone_of for one in said)


@given(said=answers, wanted=codes)
def test_what_is_covered_rests_on_permissions_in_force(said, wanted):
    needs = needed_answers(FAMILY, [asked(code) for code in wanted])
    for one in resting_on(needs, said, TODAY):
        assert one.holds(TODAY) and one.items & wanted


def test_the_own_part_is_nobody_elses():
    girl, boy, mother = FAMILY[2], FAMILY[3], FAMILY[0]
    assert may_answer(boy, [own_part_of(BOY)])
    assert not may_answer(boy, [own_part_of(BOY), "words"])
    assert may_answer(girl, ["words"]) and may_answer(mother, ["words"])
    needs = needed_answers(FAMILY, [Asked(own_part_of(BOY), frozenset({BOY}), own_part=True)])
    assert missing_answers(needs, [answer(MOTHER, items=[own_part_of(BOY)])], TODAY) == needs


def test_everything_is_told_before_asking():
    assert lacks_in_telling(TOLD, interpreter=False) == []
    assert lacks_in_telling(TOLD, interpreter=True) == ["interpreter_is_not_family"]
    assert lacks_in_telling([], interpreter=False) == list(TOLD)
