"""Reasons, voices and frozen verdicts, without a database."""

from datetime import date
from uuid import UUID

import pytest

from solmu.casework.rules import proposals as rules
from solmu.casework.rules.proposals import Voice, Waiting
from solmu.operating_models.rules import (
    AllOf,
    Comparison,
    CompiledEntry,
    Criterion,
    Entry,
    Kind,
    Known,
    Strength,
    Wording,
)

MUM, DAD, TEEN, CHILD = (UUID(int=number) for number in range(1, 5))
VOICES = [Voice(MUM, True, False), Voice(DAD, True, False), Voice(TEEN, False, True), Voice(CHILD, False, False)]


@pytest.mark.parametrize("kind", [Kind.NOT_NOW, Kind.DOES_NOT_FIT])
def test_against_the_verdict_a_reason_is_needed(kind):
    assert rules.needs_reason(kind, ())


def test_a_passed_over_recommendation_needs_a_reason_and_a_clear_fit_none():
    assert rules.needs_reason(Kind.MAY_FIT, ["settled"])
    assert not rules.needs_reason(Kind.MAY_FIT, ())
    assert rules.needs_reason(Kind.FITS, (), asked_not_to=True)


@pytest.mark.parametrize(
    ("says_yes", "person", "answers", "lacks"),
    [
        (("each_adult", "young_person"), None, {MUM: "yes", DAD: "yes", TEEN: "yes"}, None),
        (("each_adult", "young_person"), None, {MUM: "yes", DAD: "no", TEEN: "yes"}, {DAD}),
        (("each_adult", "young_person"), None, {MUM: "yes"}, {DAD, TEEN}),
        (("young_person", "family"), TEEN, {TEEN: "yes", DAD: "yes"}, None),
        (("young_person", "family"), TEEN, {TEEN: "yes"}, set()),
        (("young_person", "family"), TEEN, {MUM: "yes"}, {TEEN}),
        (("client",), CHILD, {CHILD: "later"}, {CHILD}),
        (("client",), None, {DAD: "yes"}, None),
    ],
)
def test_nothing_begins_without_each_needed_yes(says_yes, person, answers, lacks):
    assert rules.yes_lacks(says_yes, VOICES, person, answers) == lacks


FITS, MAY_FIT, NOT_NOW, NO = tuple(Kind)


@pytest.mark.parametrize(
    ("people", "shown"),
    [
        ([(MAY_FIT, True), (NO, True), (NOT_NOW, True)], [True, False, False]),
        ([(NO, True), (NOT_NOW, True)], [False, True]),
        ([(NO, True)], [False]),
        ([(FITS, False), (MAY_FIT, True)], [False, True]),
        ([(NOT_NOW, False)], [False]),
    ],
)
def test_a_way_in_is_shown_for_those_to_whom_it_is_open_and_who_can_be_asked(people, shown):
    assert rules.listed(people) == shown


def test_first_is_asked_what_the_most_models_wait_for():
    models = [
        Waiting("age", frozenset({"age", "wish"})),
        Waiting("wish", frozenset({"wish"})),
        Waiting("crisis", frozenset({"crisis", "wish"})),
    ]
    assert rules.most_useful(models) == "wish"


def test_of_equal_questions_the_one_of_the_first_package_is_asked():
    models = [Waiting("age", frozenset({"age"})), Waiting("wish", frozenset({"wish"}))]
    assert rules.most_useful(models) == "age"
    assert rules.most_useful(models[::-1]) == "wish"
    assert rules.most_useful([]) is None


def test_a_question_that_no_model_would_ask_next_is_not_asked_first():
    models = [Waiting("age", frozenset({"age", "later"})), Waiting("wish", frozenset({"wish", "later"}))]
    assert rules.most_useful(models) == "age"


def test_the_best_way_in_speaks_for_a_model_and_none_at_all_against_it():
    assert rules.most_open([NO, NOT_NOW, MAY_FIT]) is MAY_FIT
    assert rules.most_open([]) is NO


def test_a_frozen_verdict_keeps_states_and_sources_but_no_answers():
    says = Wording("worker", "family")
    hidden, plain = Comparison("a.hidden", "is", True), Comparison("a.plain", "is", True)
    entry = Entry(
        "family",
        (
            Criterion("open", plain, Strength.RECOMMENDED, says),
            Criterion("secret", AllOf((hidden, plain)), Strength.REQUIRED, says),
        ),
    )
    facts = {"a.hidden": Known("a story", "judged by Aino"), "a.plain": Known(False, "map 3.9.")}
    verdict = CompiledEntry(entry, {}).judge(facts, date(2026, 11, 2))
    kept = rules.frozen(verdict, lambda fact: "protected" if fact == "a.hidden" else "situation")
    assert "a story" not in str(kept) and "judged by Aino" not in str(kept)
    assert kept["criteria"][0] == {
        "id": "open",
        "strength": "recommended",
        "state": "not_met",
        "protected": False,
        "from": ["map 3.9."],
    }
    assert kept["criteria"][1]["protected"] is True
