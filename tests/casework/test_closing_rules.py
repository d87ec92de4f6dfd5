"""Nothing open is left unseen: the rules of closing, without a database."""

from datetime import date

import pytest

from solmu.casework.rules import closing as rules
from solmu.casework.rules.closing import PromiseEnd
from solmu.operating_models.rules import Span

TODAY = date(2026, 11, 2)


@pytest.mark.parametrize(
    ("end", "lacks"),
    [
        (None, "how"),
        (PromiseEnd("forgotten"), "how"),
        (PromiseEnd("handed_on"), "word"),
        (PromiseEnd("handed_on", "koululle"), ""),
        (PromiseEnd("released", " "), "word"),
        (PromiseEnd("left"), "due_on"),
        (PromiseEnd("left", due_on=date(2026, 11, 1)), "due_on"),
        (PromiseEnd("left", due_on=TODAY), ""),
    ],
)
def test_the_end_of_a_promise_is_whole_or_says_what_it_lacks(end, lacks):
    assert rules.promise_end_lacks(end, TODAY) == lacks


def test_the_open_that_nobody_decided_on_is_named():
    waiting = {
        "forgotten": {"work"},
        "left": {"work"},
        "unanswered": {"answer", "await_answer"},
        "asked": {"hold", "question"},
    }
    assert rules.not_decided(waiting, ["left", "unanswered", "asked"]) == ["forgotten", "unanswered", "asked"]


def test_the_first_interval_of_the_models_proposes_the_follow_up():
    assert rules.propose_follow_up([None, Span(months=6), Span(months=3)], TODAY) == date(2027, 2, 2)
    assert rules.propose_follow_up([None], TODAY) is None


@pytest.mark.parametrize(
    ("on", "note", "lacks"),
    [(None, "", "note"), (None, "Perhe ei halua", ""), (TODAY, "", "day"), (date(2026, 11, 3), "", "")],
)
def test_a_follow_up_has_a_coming_day_or_its_absence_a_reason(on, note, lacks):
    assert rules.follow_up_lacks(on, note, TODAY) == lacks
