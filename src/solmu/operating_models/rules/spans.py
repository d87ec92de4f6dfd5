"""Which day is so many days, months or years later?

The day of the month stays; where the month has no such day, it is the month's last one: 31.10. + 4 months is 28.2.
(29.2. in a leap year), and a person born on 29.2. fills a year on 28.2. This is how Finnish law counts periods
(Act on calculating statutory periods, 150/1930, section 3; to be verified by each adopting organisation).
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time; the parts are added years and months first, weeks and days last."""

    years: int = 0
    months: int = 0
    weeks: int = 0
    days: int = 0


def add_months(day: date, months: int) -> date:
    """The same day of the month so many months later, or that month's last day."""
    ahead = day.month - 1 + months
    year, month = day.year + ahead // 12, ahead % 12 + 1
    if not date.min.year <= year <= date.max.year:
        return date.max if months > 0 else date.min
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def add_days(day: date, days: int) -> date:
    """So many days later; the calendar's edge when it runs out."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def add_span(day: date, span: Span) -> date:
    """The day on which the span, begun on `day`, has gone by."""
    return add_days(add_months(day, span.years * 12 + span.months), span.weeks * 7 + span.days)


def full_years(born: date, today: date) -> int:
    """Age in full years; the birthday of 29.2. falls on 28.2. in common years."""
    years = today.year - born.year
    return years if add_months(born, years * 12) <= today else years - 1
