"""What is asked, what carries over, until when it holds: rules alone."""

from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from solmu.learning.rules.orientation import (
    SOON,
    Done,
    Part,
    Reminding,
    Standing,
    State,
    check_answers,
    needs_reason,
    reminding,
    stand_of,
    standing,
)
from solmu.operating_models.rules.spans import Span

TODAY = date(2026, 11, 2)
YEAR = Span(years=1)
READ, SHADOW, EXTRA = Part("read", True, "a"), Part("shadow", True, "b"), Part("extra", False, "c")


def done(part: Part, on: date = TODAY, version: str = "1", fingerprint: str | None = None) -> Done:
    return Done(part.id, version, fingerprint or part.fingerprint, on)


def stand(part: Part, *dones: Done, version: str = "1", valid_for: Span | None = None, today: date = TODAY):
    return stand_of(part, dones, version=version, valid_for=valid_for, today=today)


def stands(parts, dones, *, version: str = "1", valid_for: Span | None = None, today: date = TODAY) -> Standing:
    return standing(parts, dones, version=version, valid_for=valid_for, today=today)


def test_what_nobody_has_gone_through_is_asked():
    assert stand(READ).state is State.ASKED


def test_what_is_gone_through_is_done():
    found = stand(READ, done(READ))
    assert (found.state, found.done.on, found.until) == (State.DONE, TODAY, None)


def test_another_module_counts_for_nothing():
    assert stand(READ, done(SHADOW)).state is State.ASKED


def test_the_same_content_carries_over_to_a_new_version():
    assert stand(READ, done(READ, version="1"), version="2").state is State.DONE


def test_changed_content_is_asked_again_and_says_so():
    assert stand(READ, done(READ, fingerprint="before"), version="2").state is State.CHANGED


def test_content_that_returns_to_what_it_was_is_known_again():
    dones = [done(READ, version="1"), done(READ, version="2", fingerprint="other")]
    assert stand(READ, *dones, version="3").state is State.DONE


def test_what_an_update_adds_is_asked_though_its_words_are_the_same():
    again = Part("read", True, "a", is_new=True)
    assert stand(again, done(READ, version="1"), version="2").state is State.CHANGED
    assert stand(again, done(READ, version="2"), version="2").state is State.DONE


def test_without_a_length_nothing_expires():
    assert stand(READ, done(READ, date(1990, 1, 1))).state is State.DONE


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2027, 11, 1), State.DONE),
        (date(2027, 11, 2), State.DONE),  # the last day is part of it
        (date(2027, 11, 3), State.EXPIRED),
    ],
)
def test_it_holds_to_the_same_day_a_year_later(today, state):
    found = stand(READ, done(READ), valid_for=YEAR, today=today)
    assert (found.state, found.until) == (state, date(2027, 11, 2))


def test_a_length_in_months_ends_on_the_months_last_day():
    assert stand(READ, done(READ, date(2026, 8, 31)), valid_for=Span(months=6)).until == date(2027, 2, 28)


def test_the_latest_going_through_counts_whatever_order_they_come_in():
    dones = [done(READ, TODAY), done(READ, TODAY - timedelta(days=700))]
    assert stand(READ, *dones, valid_for=YEAR).state is State.DONE
    assert stand(READ, *reversed(dones), valid_for=YEAR).state is State.DONE


def test_an_old_version_gone_through_again_after_a_change_is_not_enough():
    found = stand(READ, done(READ, TODAY, fingerprint="before"), version="2", valid_for=YEAR)
    assert found.state is State.CHANGED


def test_oriented_is_who_has_gone_through_all_that_is_required():
    assert not stands([READ, SHADOW], [done(READ)]).is_oriented
    assert stands([READ, SHADOW], [done(READ), done(SHADOW)]).is_oriented


def test_what_is_not_required_is_not_asked():
    found = stands([READ, EXTRA], [done(READ)])
    assert found.is_oriented
    assert found.left == ()


def test_a_voluntary_module_that_has_expired_ends_nothing():
    old = TODAY - timedelta(days=900)
    found = stands([READ, EXTRA], [done(READ), done(EXTRA, old)], valid_for=YEAR)
    assert found.is_oriented
    assert found.until == date(2027, 11, 2)


def test_a_model_without_required_modules_asks_nothing():
    found = stands([EXTRA], [])
    assert found.is_oriented
    assert not found.asks


def test_orientation_ends_with_the_first_module_that_ends():
    early = TODAY - timedelta(days=100)
    found = stands([READ, SHADOW], [done(READ), done(SHADOW, early)], valid_for=YEAR)
    assert found.until == date(2027, 7, 25)


def test_an_orientation_that_is_not_whole_has_no_last_day():
    assert stands([READ, SHADOW], [done(READ)], valid_for=YEAR).until is None


def test_an_update_asks_only_for_what_changed():
    parts = [READ, Part("shadow", True, "new words"), Part("check", True, "d", is_new=True)]
    found = stands(parts, [done(READ), done(SHADOW)], version="2")
    assert [(each.part.id, each.state) for each in found.left] == [
        ("shadow", State.CHANGED),
        ("check", State.ASKED),
    ]


def test_begun_is_who_has_something_done():
    assert stands([READ, SHADOW], [done(READ)]).is_begun
    assert not stands([READ, SHADOW], []).is_begun


# What is reminded of


def reminded(now: Standing, *, is_asked: bool = True, before: Reminding | None = None, today: date = TODAY):
    return reminding(now, is_asked=is_asked, days=30, before=before, today=today)


def test_what_is_asked_waits_so_many_days():
    assert reminded(stands([READ], [])) == Reminding("asked", date(2026, 12, 2))


def test_what_is_asked_keeps_its_first_day():
    first = Reminding("asked", date(2026, 10, 1))
    assert reminded(stands([READ], []), before=first) == first


def test_what_has_expired_gets_a_day_of_its_own():
    ended = stands([READ], [done(READ, TODAY - timedelta(days=400))], valid_for=YEAR)
    assert reminded(ended, before=Reminding("ends", date(2026, 9, 28))) == Reminding("asked", date(2026, 12, 2))


def test_what_ends_within_a_month_is_told():
    found = stands([READ], [done(READ, date(2025, 12, 1))], valid_for=YEAR)
    assert reminded(found) == Reminding("ends", date(2026, 12, 1))


def test_what_ends_later_is_not_told_yet():
    found = stands([READ], [done(READ, TODAY + SOON + timedelta(days=1) - timedelta(days=365))], valid_for=YEAR)
    assert reminded(found) is None


def test_whoever_is_oriented_for_good_is_not_reminded():
    assert reminded(stands([READ], [done(READ)])) is None


def test_where_nothing_is_asked_nobody_is_reminded():
    assert reminded(stands([READ], []), is_asked=False) is None
    assert reminded(stands([EXTRA], [])) is None


# Reasons and checks


def test_a_reason_is_needed_where_orientation_is_asked_and_lacking():
    assert needs_reason(stands([READ], []), is_asked=True)
    assert not needs_reason(stands([READ], []), is_asked=False)
    assert not needs_reason(stands([READ], [done(READ)]), is_asked=True)


RIGHT = {"who": frozenset({"all"}), "when": frozenset({"early", "later"})}


@pytest.mark.parametrize(
    ("given_answers", "judged"),
    [
        ({}, {"who": False, "when": False}),
        ({"who": frozenset({"all"})}, {"who": True, "when": False}),
        ({"who": frozenset({"all", "none"}), "when": frozenset({"early"})}, {"who": False, "when": False}),
        ({"who": frozenset({"all"}), "when": frozenset({"later", "early"})}, {"who": True, "when": True}),
    ],
)
def test_an_answer_is_right_when_it_is_exactly_the_right_choices(given_answers, judged):
    assert check_answers(RIGHT, given_answers) == judged


days = st.dates(date(2020, 1, 1), date(2030, 1, 1))
parts = st.builds(Part, st.sampled_from("abc"), st.booleans(), st.sampled_from("xy"), st.booleans())
dones = st.builds(Done, st.sampled_from("abc"), st.sampled_from("12"), st.sampled_from("xy"), days)


@given(st.lists(parts, max_size=3, unique_by=lambda part: part.id), st.lists(dones, max_size=8), days)
def test_going_through_what_is_left_today_always_orients(asked, before, today):
    now = stands(asked, before, version="2", valid_for=YEAR, today=today)
    through = [Done(each.part.id, "2", each.part.fingerprint, today) for each in now.left]
    earlier = [each for each in before if each.on <= today]
    assert stands(asked, earlier + through, version="2", valid_for=YEAR, today=today).is_oriented or any(
        each.on > today for each in before
    )


@given(st.lists(parts, max_size=3, unique_by=lambda part: part.id), st.lists(dones, max_size=8), days)
def test_more_gone_through_never_asks_for_more(asked, before, today):
    now = stands(asked, before, version="2", valid_for=YEAR, today=today)
    more = [*before, Done("a", "2", "x", today)]
    after = stands(asked, more, version="2", valid_for=YEAR, today=today)
    assert {each.part.id for each in after.left} <= {each.part.id for each in now.left}
