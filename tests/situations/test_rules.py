"""What happened to a knot or a bond between two rounds."""

import pytest
from hypothesis import given, strategies as st

from solmu.situations.models import MapItem, MapItemState
from solmu.situations.rules import (
    FIRST_WEIGHT,
    PAST,
    WEIGHTS,
    Change,
    compare,
    count_changes,
    is_open,
    may_weigh,
    shown_first,
    standing,
)

KINDS = st.sampled_from(sorted(WEIGHTS))
ITEMS = KINDS.flatmap(
    lambda kind: st.tuples(st.none() | st.sampled_from(WEIGHTS[kind]), st.sampled_from(WEIGHTS[kind]))
)


def test_rules_and_models_know_the_same_kinds_and_weights():
    assert set(WEIGHTS) == set(MapItem.Kind.values)
    assert {weight for weights in WEIGHTS.values() for weight in weights} == set(MapItemState.Weight.values)


@pytest.mark.parametrize(
    ("then", "now", "change"),
    [
        (None, "tight", Change.NEW),
        (None, "carries", Change.NEW),
        ("tight", "light", Change.EASED),
        ("light", "tense", Change.TIGHTENED),
        ("tense", "tense", Change.UNCHANGED),
        ("tight", "opened", Change.OPENED),
        (None, "opened", Change.OPENED),
        ("opened", "opened", Change.UNCHANGED),
        ("opened", "light", Change.BACK),
        ("carries", "faded", Change.FADED),
        ("faded", "carries", Change.BACK),
        ("carries", "carries", Change.UNCHANGED),
    ],
)
def test_change_between_two_rounds(then, now, change):
    assert compare(then, now) is change


@pytest.mark.parametrize("weight", ["light", "tense", "tight"])
def test_a_weight_that_nobody_said_is_neither_eased_nor_tightened(weight):
    assert compare("unsaid", weight) is Change.UNCHANGED
    assert compare(weight, "unsaid") is Change.UNCHANGED


def test_a_bond_is_never_tight_and_a_knot_never_carries():
    assert not may_weigh("bond", "tight")
    assert not may_weigh("knot", "carries")


def test_nothing_has_to_be_said_of_a_new_items_weight():
    assert all(may_weigh(kind, weight) and weight not in PAST for kind, weight in FIRST_WEIGHT.items())


@given(ITEMS)
def test_what_is_gone_is_never_said_to_ease_and_what_is_there_never_to_be_opened(item):
    then, now = item
    change = compare(then, now)
    assert (change in {Change.OPENED, Change.FADED}) == (now in PAST and then != now)
    assert (change is Change.NEW) == (then is None and now not in PAST)


@given(ITEMS.filter(lambda item: item[0] is not None))
def test_the_way_back_is_the_opposite(item):
    opposite = {Change.EASED: Change.TIGHTENED, Change.TIGHTENED: Change.EASED, Change.UNCHANGED: Change.UNCHANGED}
    then, now = item
    forth, back = compare(then, now), compare(now, then)
    if forth in opposite:
        assert back is opposite[forth]
    elif forth in {Change.OPENED, Change.FADED}:
        assert back is Change.BACK


@given(st.dictionaries(st.integers(1, 9), st.sampled_from(WEIGHTS["knot"])), st.integers(1, 9))
def test_an_item_stands_as_it_was_last_said_to_stand(states, number):
    stands = standing(states, number)
    earlier = {at: weight for at, weight in states.items() if at <= number}
    assert stands == (earlier[max(earlier)] if earlier else None)


def test_only_what_is_there_is_open():
    assert is_open("unsaid") and is_open("carries")
    assert not is_open("opened") and not is_open("faded") and not is_open(None)


def test_changes_are_counted_by_kind():
    counts = count_changes([("knot", Change.EASED), ("knot", Change.EASED), ("bond", Change.NEW)])
    assert counts["knot", Change.EASED] == 2 and counts["bond", Change.NEW] == 1


@given(st.lists(KINDS, max_size=12), st.integers(1, 6))
def test_as_many_are_drawn_as_fit_and_no_kind_hides_the_other(kinds, most):
    chosen = shown_first(kinds, most)
    assert len(chosen) == len(set(chosen)) == min(most, len(kinds))
    bonds = sum(kinds[place] == "bond" for place in chosen)
    assert bonds >= min(kinds.count("bond"), most // 2)
    assert [kinds[place] for place in chosen] == sorted((kinds[place] for place in chosen), reverse=True)
