"""How members come and go and how a promise ends, without a database."""

from datetime import date

import pytest

from solmu.casework.rules import network as rules


def test_a_member_may_be_struck_out_from_every_state_but_gone():
    assert all("left" in moves for state, moves in rules.MEMBER_MOVES.items() if state not in {"left", "declined"})


def test_nobody_moves_where_the_table_does_not_lead():
    assert not rules.may_become("joined", "wished")
    assert not rules.may_become("nonsense", "joined")


@pytest.mark.parametrize(
    ("present", "model_says", "needed"),
    [(True, "required", False), (False, "required", True), (False, "recommended", False), (False, None, True)],
)
def test_absence_needs_a_reason_unless_the_model_only_recommends(present, model_says, needed):
    assert rules.absence_needs_reason(present, model_says) is needed


@pytest.mark.parametrize(
    ("state", "word", "needed"), [("kept", "", False), ("not_kept", " ", True), ("released", "done", False)]
)
def test_a_broken_or_released_promise_needs_a_word(state, word, needed):
    assert rules.promise_needs_word(state, word) is needed


def test_the_family_is_asked_within_five_working_days():
    assert rules.ask_family_on(date(2026, 11, 2)) == date(2026, 11, 9)
