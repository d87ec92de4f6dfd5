"""Lengths of time are said as they are read."""

import pytest

from solmu.operating_models.lengths import length_words, span_words
from solmu.operating_models.rules import Span


@pytest.mark.parametrize(
    ("unit", "number", "words"),
    [("weeks", 1, "1 week"), ("weeks", 2, "2 weeks"), ("days", 0, "0 days"), ("years", 1, "1 year")],
)
def test_one_is_said_in_the_singular(unit, number, words):
    assert length_words(unit, number) == words


def test_a_span_is_said_part_by_part():
    assert span_words(Span(months=1, weeks=2)) == "1 month 2 weeks"
    assert span_words(Span()) == "at once"
