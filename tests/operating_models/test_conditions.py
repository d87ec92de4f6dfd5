"""Conditions in three-valued logic: unknown is never false."""

from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from solmu.operating_models.rules import (
    AllOf,
    AnyOf,
    Comparison,
    Known,
    Not,
    SettingRef,
    SpanOf,
    compile_condition,
    facts_of,
)

TODAY = date(2026, 3, 2)
NAMES = ("f.a", "f.b", "f.c", "f.d")
leaves = st.sampled_from(NAMES).map(lambda name: Comparison(name, "is", True))
conditions = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: AllOf(tuple(parts))),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: AnyOf(tuple(parts))),
        inner.map(Not),
    ),
    max_leaves=8,
)
sheets = st.dictionaries(st.sampled_from(NAMES), st.sampled_from([True, False, None]).map(Known))


def judge(condition, facts, today=TODAY, **settings):
    return compile_condition(condition, settings).judge(facts, today)


def completions(facts):
    """Every way in which the unknown could turn out."""
    sheets = [{}]
    for name in NAMES:
        known = facts.get(name)
        values = [known.value] if known and known.value is not None else [True, False]
        sheets = [{**sheet, name: Known(value)} for sheet in sheets for value in values]
    return sheets


@given(conditions, sheets)
def test_what_is_known_holds_however_the_unknown_turns_out(condition, facts):
    truth = judge(condition, facts)
    if truth is not None:
        assert {judge(condition, sheet) for sheet in completions(facts)} == {truth}


@given(conditions, sheets, st.sampled_from(NAMES), st.booleans())
def test_one_more_answer_never_overturns_a_known_truth(condition, facts, name, value):
    truth = judge(condition, facts)
    if truth is not None and (name not in facts or facts[name].value is None):
        assert judge(condition, {**facts, name: Known(value)}) is truth


@given(conditions, sheets)
def test_nothing_known_is_unknown_and_all_known_is_known(condition, facts):
    assert judge(condition, {}) is None
    assert all(judge(condition, sheet) is not None for sheet in completions(facts))


@given(conditions, sheets)
def test_not_not_is_the_thing_itself(condition, facts):
    assert judge(Not(Not(condition)), facts) is judge(condition, facts)


@given(conditions, conditions, sheets)
def test_de_morgan_holds_with_the_unknown_too(one, other, facts):
    assert judge(Not(AllOf((one, other))), facts) is judge(AnyOf((Not(one), Not(other))), facts)
    assert judge(Not(AnyOf((one, other))), facts) is judge(AllOf((Not(one), Not(other))), facts)


@given(conditions, sheets)
def test_open_facts_are_unknown_and_there_are_some_just_when_the_answer_is_open(condition, facts):
    compiled = compile_condition(condition, {})
    open_facts = compiled.open_facts(facts, TODAY)
    assert bool(open_facts) is (compiled.judge(facts, TODAY) is None)
    assert set(open_facts) <= set(facts_of(condition))
    assert all(name not in facts or facts[name].value is None for name in open_facts)


def test_a_branch_that_cannot_matter_is_not_asked_about():
    condition = AnyOf((AllOf((Comparison("f.a", "is", True), Comparison("f.b", "is", True))), leaf("f.c")))
    assert compile_condition(condition, {}).open_facts({"f.a": Known(False)}, TODAY) == ["f.c"]


def leaf(name):
    return Comparison(name, "is", True)


DAY = date(2026, 1, 31)


@pytest.mark.parametrize(
    ("operator", "operand", "value", "truth"),
    [
        ("is", True, True, True),
        ("is", False, True, False),
        ("is", "red", "blue", False),
        ("one_of", ("red", "blue"), "blue", True),
        ("one_of", ("red", "blue"), "green", False),
        ("at_least", 3, 3, True),
        ("at_least", 3, 2.5, False),
        ("at_most", 3, 3, True),
        ("at_most", 3, 4, False),
        ("between", (2, 4), 4, True),
        ("between", (2, 4), 5, False),
        ("between", (date(2026, 1, 1), date(2026, 2, 1)), DAY, True),
        ("before", date(2026, 1, 31), DAY, False),
        ("before", date(2026, 2, 1), DAY, True),
        ("after", date(2026, 1, 31), DAY, False),
        ("after", date(2026, 1, 30), DAY, True),
        ("at_least_ago", SpanOf("days", 30), DAY, True),
        ("at_least_ago", SpanOf("days", 31), DAY, False),
        ("at_most_ago", SpanOf("days", 30), DAY, True),
        ("at_most_ago", SpanOf("days", 29), DAY, False),
        ("at_most_ago", SpanOf("days", 29), date(2026, 3, 3), False),
        ("age_at_least", 12, date(2014, 3, 2), True),
        ("age_at_least", 12, date(2014, 3, 3), False),
        ("age_at_most", 29, date(1996, 3, 3), True),
        ("age_at_most", 29, date(1996, 3, 2), False),
    ],
)
def test_comparisons(operator, operand, value, truth):
    assert judge(Comparison("f.a", operator, operand), {"f.a": Known(value)}) is truth


def test_an_unset_setting_leaves_the_answer_open_and_is_named():
    compiled = compile_condition(Comparison("f.a", "age_at_most", SettingRef("limit")), {"limit": None})
    assert compiled.judge({"f.a": Known(date(2010, 1, 1))}, TODAY) is None
    assert compiled.missing_settings == ("limit",)
    assert compiled.open_facts({}, TODAY) == []


timed = st.one_of(
    st.tuples(st.sampled_from(["at_least_ago", "at_most_ago"]), st.integers(0, 5)).map(
        lambda pair: Comparison("f.d", pair[0], SpanOf("months", pair[1]))
    ),
    st.tuples(st.sampled_from(["age_at_least", "age_at_most"]), st.integers(0, 1)).map(
        lambda pair: Comparison("f.e", pair[0], pair[1])
    ),
)
timed_conditions = st.recursive(
    timed,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: AllOf(tuple(parts))),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: AnyOf(tuple(parts))),
        inner.map(Not),
    ),
    max_leaves=5,
)
near = st.dates(date(2025, 6, 1), date(2026, 6, 30))


@given(timed_conditions, near, near)
def test_the_answer_changes_only_on_the_days_it_names(condition, one, other):
    compiled = compile_condition(condition, {})
    facts = {"f.d": Known(one), "f.e": Known(other)}
    turns = set(compiled.turns(facts))
    before = compiled.judge(facts, TODAY)
    for ahead in range(1, 800):
        day = TODAY + timedelta(ahead)
        now = compiled.judge(facts, day)
        assert now is before or day in turns
        before = now
