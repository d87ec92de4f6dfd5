"""Reasons, voices and frozen verdicts, without a database."""

from datetime import date
from uuid import UUID

import pytest

from solmu.casework.rules import proposals as rules
from solmu.casework.rules.proposals import Voice
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
