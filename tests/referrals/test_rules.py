"""The table of moves, and what waits in each state."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from solmu.organisations.rules import is_working_day
from solmu.referrals.rules import (
    MOVES,
    TERMINAL,
    By,
    Owner,
    Readiness,
    Standing,
    answer_by,
    answer_by_after_question,
    comes_back,
    find_move,
    lacks_before_sending,
    loop_step,
    open_moves,
    waits_for,
    word_to_receiver,
)

TODAY = date(2026, 11, 2)
STATES = sorted({row.start for row in MOVES} | {row.end for row in MOVES})
WAITING = sorted(set(STATES) - TERMINAL)
NEEDS_REASON = {"rejected", "cancelled", "on_hold", "failed"}

# What Gravity's referral task allows, and what Solmu adds: a pause of work, and its own ends.
GRAVITY = {
    "draft": {"requested"},
    "requested": {"accepted", "rejected", "cancelled"},
    "accepted": {"in_progress", "on_hold", "cancelled", "completed", "failed"},
    "in_progress": {"completed", "failed", "cancelled"},
    "on_hold": {"in_progress", "cancelled", "completed", "failed"},
}
OURS = {"draft": {"cancelled"}, "in_progress": {"on_hold"}}


@pytest.mark.parametrize("state", WAITING)
def test_the_states_follow_the_standard(state):
    reached = {row.end for row in MOVES if row.start == state and row.end != state} - {"entered_in_error"}
    assert reached == GRAVITY[state] | OURS.get(state, set())


@pytest.mark.parametrize("state", sorted(TERMINAL))
def test_an_ended_referral_can_only_be_marked_a_mistake(state):
    assert open_moves(state, By.RECEIVER) == frozenset()
    assert open_moves(state, By.SENDER) == (frozenset() if state == "entered_in_error" else {"error"})


def test_every_line_of_the_table_is_there_once():
    lines = sorted((row.start, row.move) for row in MOVES)
    assert all(one != other for one, other in pairwise(lines))


def test_every_hard_state_is_reached_with_a_reason():
    for row in MOVES:
        if row.end in NEEDS_REASON and row.start != row.end:
            assert row.reason, row


@pytest.mark.parametrize(
    ("state", "move", "by", "allowed"),
    [
        ("requested", "accept", By.RECEIVER, True),
        ("requested", "accept", By.SENDER, False),
        ("requested", "cancel", By.RECEIVER, False),
        ("accepted", "cancel", By.RECEIVER, True),
        ("accepted", "cancel", By.SENDER, True),
        ("draft", "withdraw", By.SENDER, False),
        ("in_progress", "expire", By.CLOCK, True),
        ("in_progress", "expire", By.SENDER, False),
        ("completed", "cancel", By.SENDER, False),
        ("nowhere", "accept", By.RECEIVER, False),
    ],
)
def test_a_move_belongs_to_its_side(state, move, by, allowed):
    assert (find_move(state, move, by) is not None) is allowed


@given(
    state=st.sampled_from(WAITING),
    outside=st.booleans(),
    claimed=st.booleans(),
    asked=st.none() | st.just(TODAY),
)
def test_whatever_is_not_ended_waits_for_somebody_until_a_day(state, outside, claimed, asked):
    waits = waits_for(Standing(state, TODAY, outside=outside, claimed=claimed, asked_on=asked))
    assert waits
    assert all(wait.due_on for wait in waits)
    if outside or state == "draft":
        assert {wait.owner for wait in waits} == {Owner.PAIR}


@given(state=st.sampled_from(sorted(TERMINAL)), told=st.booleans(), known=st.booleans(), back=st.booleans())
def test_an_ended_referral_waits_until_the_family_has_spoken(state, told, known, back):
    standing = Standing(state, None, ended_on=TODAY, family_told=told, help_known=known, returned=back)
    kinds = {wait.kind for wait in waits_for(standing)}
    expected = set() if told and known else {"tell_family"}
    expected |= {"returned"} if back else set()
    assert kinds == (set() if state == "entered_in_error" else expected)


def test_what_was_never_sent_needs_no_telling():
    assert waits_for(Standing("cancelled", None, ended_on=TODAY, was_sent=False)) == ()


def test_a_question_waits_at_the_pair_beside_the_receivers_answer():
    waits = waits_for(Standing("requested", date(2026, 11, 4), claimed=True, asked_on=TODAY))
    assert [(wait.kind, wait.owner) for wait in waits] == [
        ("claimed", Owner.CLAIMER),
        ("await_answer", Owner.PAIR),
        ("question", Owner.PAIR),
    ]


@pytest.mark.parametrize(
    ("sent_on", "within", "ask_back", "due"),
    [
        (date(2026, 11, 2), 2, None, date(2026, 11, 4)),
        (date(2026, 12, 4), 2, None, date(2026, 12, 8)),  # over a weekend with Independence Day on its Sunday
        (date(2026, 12, 23), 2, None, date(2026, 12, 29)),  # Christmas
        (date(2026, 11, 2), None, date(2026, 11, 20), date(2026, 11, 20)),
        (date(2026, 11, 2), 2, date(2026, 11, 20), date(2026, 11, 4)),  # what the unit has agreed holds
        (date(2026, 11, 2), None, None, None),  # nobody invents a number
    ],
)
def test_an_answer_is_due_in_working_days(sent_on, within, ask_back, due):
    assert answer_by(sent_on, within, ask_back) == due


@given(days=st.integers(0, 10), on=st.dates(date(2026, 1, 1), date(2027, 12, 31)))
def test_an_answer_falls_on_a_working_day(days, on):
    assert is_working_day(answer_by(on, days, None))


def test_an_answered_question_starts_the_clock_anew_but_shortens_nothing():
    assert answer_by_after_question(date(2026, 11, 4), date(2026, 11, 3), 2) == date(2026, 11, 5)
    assert answer_by_after_question(date(2026, 11, 20), date(2026, 11, 3), 2) == date(2026, 11, 20)
    assert answer_by_after_question(date(2026, 11, 4), date(2026, 11, 10), None) == date(2026, 11, 4)


@pytest.mark.parametrize(
    ("end", "move", "back"),
    [
        ("rejected", "reject", True),
        ("cancelled", "redirect", True),
        ("failed", "fail", True),
        ("cancelled", "withdraw", True),
        ("cancelled", "cancel", False),
        ("completed", "complete", False),
    ],
)
def test_what_comes_back_is_decided_anew(end, move, back):
    assert comes_back(end, move) is back


def test_the_loop_has_six_steps_and_closes_at_the_family():
    def step(state, **known):
        return loop_step(state, **({"has_items": True, "was_sent": True, "closed_at_family": False} | known))

    assert loop_step("draft", has_items=False, was_sent=False, closed_at_family=False) == 1
    assert [step("draft", was_sent=False), step("requested"), step("on_hold"), step("in_progress")] == [2, 3, 4, 5]
    assert step("completed") == 6
    assert step("completed", closed_at_family=True) == 7


def test_what_is_lacking_is_told_in_the_order_of_mending():
    nothing = Readiness(False, False, False, missing=1, pair_needed=2, pair_ready=1)
    assert list(lacks_before_sending(nothing)) == ["items", "read_aloud", "permission", "ask_back_on", "pair_ready"]
    assert list(lacks_before_sending(Readiness(True, True, True, 0, 0, 0))) == []


@pytest.mark.parametrize("row", MOVES, ids=lambda row: f"{row.start}-{row.move}")
def test_a_receiver_hears_of_every_end_that_it_did_not_make(row):
    ended_for_it = row.start in {"requested", "accepted", "in_progress", "on_hold"} and row.end in TERMINAL
    for by in {By.SENDER, By.RECEIVER} if row.by is By.EITHER else {row.by}:
        hears = ended_for_it and by is not By.RECEIVER
        assert bool(word_to_receiver(row, by, outside=False)) == hears
        assert word_to_receiver(row, by, outside=True) == ("tell_receiver" if hears else "")
