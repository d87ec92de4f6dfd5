"""Verdicts: what fits, until when it does not, and what is best asked next."""

from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from solmu.operating_models.rules import (
    AllOf,
    AnyOf,
    Comparison,
    Criterion,
    Entry,
    Kind,
    Known,
    Path,
    SettingRef,
    SpanOf,
    State,
    Strength,
    Wording,
    evaluate,
    evaluate_people,
)
from tests.operating_models.test_conditions import near, timed_conditions

TODAY = date(2026, 3, 2)
SAYS = Wording("worker", "family")
REQUIRED, RECOMMENDED = Strength.REQUIRED, Strength.RECOMMENDED
EXCLUDES, ADVISES = Strength.EXCLUDES, Strength.ADVISES_AGAINST


def criterion(name, strength=REQUIRED, condition=None, path=None):
    return Criterion(name, condition or Comparison(f"f.{name}", "is", True), strength, SAYS, path=path)


def entry(*criteria, paths=(), questions=()):
    return Entry("family", criteria, questions=questions, paths=paths)


def judge(the_entry, today=TODAY, settings=None, **facts):
    known = {f"f.{name}": Known(value) for name, value in facts.items()}
    return evaluate(the_entry, known, today, settings or {})


WAIT = Comparison("f.day", "at_least_ago", SpanOf("months", 4))


@pytest.mark.parametrize(
    ("strength", "answer", "kind", "deviates"),
    [
        (REQUIRED, True, Kind.FITS, False),
        (REQUIRED, False, Kind.DOES_NOT_FIT, False),
        (REQUIRED, None, Kind.MAY_FIT, False),
        (RECOMMENDED, True, Kind.FITS, False),
        (RECOMMENDED, False, Kind.MAY_FIT, True),
        (RECOMMENDED, None, Kind.MAY_FIT, False),
        (EXCLUDES, True, Kind.DOES_NOT_FIT, False),
        (EXCLUDES, False, Kind.FITS, False),
        (EXCLUDES, None, Kind.MAY_FIT, False),
        (ADVISES, True, Kind.MAY_FIT, True),
        (ADVISES, False, Kind.FITS, False),
        (ADVISES, None, Kind.MAY_FIT, False),
    ],
)
def test_the_table_of_one_criterion(strength, answer, kind, deviates):
    verdict = judge(entry(criterion("a", strength)), a=answer)
    assert verdict.kind is kind
    assert bool(verdict.deviations) is deviates


@pytest.mark.parametrize("strength", [REQUIRED, RECOMMENDED])
def test_time_alone_gives_the_day(strength):
    verdict = judge(entry(criterion("a", strength, WAIT)), day=date(2026, 1, 31))
    assert (verdict.kind, verdict.until) == (Kind.NOT_NOW, date(2026, 5, 31))
    assert verdict.criteria[0].from_date == date(2026, 5, 31)
    assert [each.criterion.id for each in verdict.deviations] == (["a"] if strength is RECOMMENDED else [])


def test_an_exclusion_that_passes_gives_the_day_after():
    recent = Comparison("f.day", "at_most_ago", SpanOf("days", 10))
    verdict = judge(entry(criterion("a", EXCLUDES, recent)), day=date(2026, 3, 1))
    assert (verdict.kind, verdict.until) == (Kind.NOT_NOW, date(2026, 3, 12))


def test_two_waits_end_on_the_later_day():
    other = Comparison("f.other", "age_at_least", 12)
    verdict = judge(
        entry(criterion("a", REQUIRED, WAIT), criterion("b", RECOMMENDED, other)),
        day=date(2026, 1, 31),
        other=date(2014, 8, 1),
    )
    assert verdict.until == date(2026, 8, 1)
    assert [each.from_date for each in verdict.criteria] == [date(2026, 5, 31), date(2026, 8, 1)]


def test_windows_that_never_meet_do_not_fit():
    young = Comparison("f.born", "age_at_most", 28)
    verdict = judge(
        entry(criterion("a", REQUIRED, WAIT), criterion("b", REQUIRED, young)),
        day=date(2026, 1, 31),
        born=date(1997, 4, 1),
    )
    assert (verdict.kind, verdict.until) == (Kind.DOES_NOT_FIT, None)


def test_a_recommendation_that_time_does_not_mend_does_not_hold_back():
    verdict = judge(entry(criterion("a", REQUIRED, WAIT), criterion("b", RECOMMENDED)), day=date(2026, 1, 31), b=False)
    assert verdict.until == date(2026, 5, 31)
    assert [each.criterion.id for each in verdict.deviations] == ["b"]


def test_a_refusal_that_stands_is_not_softened_by_a_wait():
    verdict = judge(entry(criterion("a", REQUIRED, WAIT), criterion("b")), day=date(2026, 1, 31), b=False)
    assert (verdict.kind, verdict.until, verdict.next_question) == (Kind.DOES_NOT_FIT, None, None)


@given(timed_conditions, st.sampled_from([REQUIRED, EXCLUDES]), near, near)
def test_until_is_the_first_day_that_no_longer_refuses(condition, strength, one, other):
    the_entry = entry(criterion("a", strength, condition))
    facts = {"f.d": Known(one), "f.e": Known(other)}
    verdict = evaluate(the_entry, facts, TODAY, {})
    ahead = (TODAY + timedelta(step) for step in range(1, 900))
    first = next((day for day in ahead if evaluate(the_entry, facts, day, {}).kind is Kind.FITS), None)
    if verdict.kind is Kind.NOT_NOW:
        assert verdict.until == verdict.criteria[0].from_date == first
    elif verdict.kind is Kind.DOES_NOT_FIT:
        assert first is None


answers = st.sampled_from([True, False, None])


@given(st.lists(st.tuples(st.sampled_from(list(Strength)), answers), min_size=1, max_size=6))
def test_one_more_answer_never_reopens_what_does_not_fit(rows):
    the_entry = entry(*(criterion(f"c{i}", strength) for i, (strength, _) in enumerate(rows)))
    facts = {f"f.c{i}": Known(answer) for i, (_, answer) in enumerate(rows) if answer is not None}
    before = evaluate(the_entry, facts, TODAY, {})
    for i in range(len(rows)):
        if f"f.c{i}" not in facts:
            for value in (True, False):
                after = evaluate(the_entry, {**facts, f"f.c{i}": Known(value)}, TODAY, {})
                assert before.kind is not Kind.DOES_NOT_FIT or after.kind is Kind.DOES_NOT_FIT
                for old, new in zip(before.criteria, after.criteria, strict=True):
                    assert old.state in (State.NOT_YET_KNOWN, new.state)


@given(st.lists(st.sampled_from(list(Strength)), min_size=1, max_size=6))
def test_nothing_known_may_fit_and_asks_what_binds_first(strengths):
    the_entry = entry(*(criterion(f"c{i}", strength) for i, strength in enumerate(strengths)))
    verdict = judge(the_entry)
    assert verdict.kind is Kind.MAY_FIT
    binding = [i for i, strength in enumerate(strengths) if strength.binds]
    assert verdict.next_question.criterion == f"c{(binding or range(len(strengths)))[0]}"


def test_the_criterion_with_the_fewest_unknown_is_asked_first():
    wide = AnyOf((Comparison("f.x", "is", True), Comparison("f.y", "is", True)))
    verdict = judge(entry(criterion("wide", REQUIRED, wide), criterion("narrow")))
    assert verdict.next_question.fact == "f.narrow"
    assert judge(entry(criterion("wide", REQUIRED, wide)), x=False).next_question.fact == "f.y"


def test_the_question_has_its_wording():
    verdict = judge(entry(criterion("a"), questions=(("f.a", SAYS),)))
    assert verdict.next_question.says is SAYS


def test_an_unanswered_question_is_not_put_again():
    verdict = judge(entry(criterion("a"), criterion("b")), a=None)
    assert verdict.criteria[0].state is State.NOT_YET_KNOWN
    assert verdict.next_question.fact == "f.b"
    assert judge(entry(criterion("a")), a=None).next_question is None


def test_a_setting_that_nobody_gave_is_no_question_to_a_family():
    limit = Comparison("f.born", "age_at_most", SettingRef("limit"))
    the_entry = entry(criterion("a", REQUIRED, limit))
    open_verdict = judge(the_entry, settings={"limit": None}, born=date(2010, 1, 1))
    assert (open_verdict.kind, open_verdict.next_question) == (Kind.MAY_FIT, None)
    assert open_verdict.criteria[0].missing_settings == ("limit",)
    assert judge(the_entry, settings={"limit": 29}, born=date(2010, 1, 1)).kind is Kind.FITS


def test_each_criterion_says_what_it_rested_on():
    facts = {"f.a": Known(True, "situation map", date(2026, 2, 1))}
    rested = evaluate(entry(criterion("a")), facts, TODAY, {}).criteria[0].rested_on
    assert [(each.fact, each.value, each.where_from, each.dated) for each in rested] == [
        ("f.a", True, "situation map", date(2026, 2, 1))
    ]


WAYS = (Path("one", "one"), Path("two", "two"))


def two_ways():
    return entry(criterion("shared"), criterion("a", path="one"), criterion("b", path="two"), paths=WAYS)


def test_one_way_that_fits_is_enough():
    verdict = judge(two_ways(), shared=True, a=False, b=True)
    assert (verdict.kind, verdict.path.id) == (Kind.FITS, "two")
    assert [way.kind for way in verdict.paths] == [Kind.DOES_NOT_FIT, Kind.FITS]


def test_each_way_is_told_by_its_own_criteria_and_those_that_all_share():
    one, two = judge(two_ways(), shared=True, a=False).paths
    assert [result.criterion.id for result in one.criteria] == ["shared", "a"]
    assert [result.criterion.id for result in two.criteria] == ["shared", "b"]
    assert (one.next_question, two.next_question.fact) == (None, "f.b")


def test_a_way_departs_only_from_its_own_recommendations():
    gentle = entry(criterion("a", RECOMMENDED, path="one"), criterion("b", path="two"), paths=WAYS)
    one, two = judge(gentle, a=False, b=True).paths
    assert [result.criterion.id for result in one.deviations] == ["a"]
    assert (two.kind, two.deviations) == (Kind.FITS, ())


def test_a_common_refusal_closes_every_way():
    verdict = judge(two_ways(), shared=False, a=True, b=True)
    assert (verdict.kind, verdict.path) == (Kind.DOES_NOT_FIT, None)


def test_only_ways_that_are_as_open_as_the_best_are_asked_about():
    assert judge(two_ways(), shared=True, a=False).next_question.fact == "f.b"
    assert judge(two_ways(), shared=True, a=True).next_question is None


def test_all_criteria_are_judged_over_one_and_the_same_member():
    both = AllOf((Comparison("p.one", "is", True), Comparison("p.two", "is", True)))
    the_entry = Entry("person", (Criterion("both", both, REQUIRED, SAYS), criterion("home")))
    people = {
        "Aino": {"p.one": Known(True), "p.two": Known(False)},
        "Bilal": {"p.one": Known(False), "p.two": Known(True)},
        "Cecilia": {"p.one": Known(True), "p.two": Known(True)},
    }
    verdicts = evaluate_people(the_entry, people, {"f.home": Known(True)}, TODAY, {})
    assert {name: verdict.kind for name, verdict in verdicts.items()} == {
        "Aino": Kind.DOES_NOT_FIT,
        "Bilal": Kind.DOES_NOT_FIT,
        "Cecilia": Kind.FITS,
    }
