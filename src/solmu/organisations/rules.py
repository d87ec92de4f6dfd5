"""The working calendar of Finland: what a clock in working days counts."""

from datetime import date, timedelta
from functools import cache

import holidays

_DAY = timedelta(days=1)


@cache
def _days_off(year: int) -> frozenset[date]:
    # Midsummer Eve and Christmas Eve are in the library's list and stay in ours: offices are closed on them.
    return frozenset(holidays.country_holidays("FI", years=year))


def is_working_day(day: date) -> bool:
    """Monday to Friday, no public holiday, no Midsummer or Christmas Eve."""
    return day.weekday() < 5 and day not in _days_off(day.year)


def add_working_days(start: date, days: int) -> date:
    """The working day that is `days` (0 or more) working days after `start`; with 0, `start` or the next one."""
    if days < 0:
        raise ValueError("working days are counted forwards")
    day = start
    while not is_working_day(day):
        day += _DAY
        if days and is_working_day(day):
            days -= 1
    for _ in range(days):
        day += _DAY
        while not is_working_day(day):
            day += _DAY
    return day


def working_days_between(start: date, end: date) -> int:
    """How many working days `end` is after `start` (negative when before): the days in (start, end]."""
    if end < start:
        return -working_days_between(end, start)
    return sum(is_working_day(start + _DAY * step) for step in range(1, (end - start).days + 1))
