"""Months, years and ages, as Finnish law counts them."""

from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from solmu.operating_models.rules import Span, add_months, add_span, full_years

days = st.dates(date(1900, 1, 1), date(2200, 12, 31))


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2026, 10, 31), 4, date(2027, 2, 28)),
        (date(2027, 10, 31), 4, date(2028, 2, 29)),
        (date(2026, 11, 12), 4, date(2027, 3, 12)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
    ],
)
def test_the_day_stays_or_is_the_months_last(start, months, end):
    assert add_months(start, months) == end


@given(days, st.integers(0, 1200))
def test_added_months_land_in_the_right_month(day, months):
    later = add_months(day, months)
    assert later.year * 12 + later.month == day.year * 12 + day.month + months
    assert later.day == day.day or (later + timedelta(1)).day == 1


@given(days, days, st.integers(0, 500))
def test_an_earlier_day_never_comes_out_later(one, other, months):
    first, second = sorted((one, other))
    assert add_months(first, months) <= add_months(second, months)


def test_the_end_of_the_calendar_is_an_end():
    assert add_span(date(9999, 12, 1), Span(months=3)) == date.max
    assert add_span(date(9999, 12, 1), Span(weeks=300)) == date.max


def test_months_come_before_days():
    assert add_span(date(2026, 1, 31), Span(months=1, days=1)) == date(2026, 3, 1)


@given(days, st.integers(0, 40000))
def test_age_grows_on_the_birthday(born, later):
    today = min(born + timedelta(later), date(2300, 1, 1))
    years = full_years(born, today)
    assert add_months(born, years * 12) <= today < add_months(born, (years + 1) * 12)
