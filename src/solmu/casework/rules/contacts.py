"""What holds for a contact: when safety is asked again, how long an ended contact stays open, what identifies."""

import re
from datetime import date, datetime, timedelta

from solmu.organisations.rules import add_working_days

_IDENTITY_CODE = re.compile(r"\b\d{6}[-+A-FU-Y]\d{3}[0-9A-Y]\b", re.IGNORECASE)


def next_working_day(today: date) -> date:
    """The working day after today."""
    return add_working_days(today, 1)


def ask_safety_on(safety: str, chosen: date | None, today: date) -> date | None:
    """The day on which safety is asked again: the chosen one, else the next working day; None when all are safe."""
    if safety not in {"unsure", "danger", "cannot_talk"}:
        return None
    return chosen or next_working_day(today)


def readable_until(ended_at: datetime, days: int, safety_ask_on: date | None) -> datetime:
    """Until when those who gave advice may still open the contact: never less than a week past a waiting question."""
    last = ended_at + timedelta(days=days)
    if safety_ask_on is None:
        return last
    to_ask = timedelta(days=(safety_ask_on - ended_at.date()).days + 7)
    return max(last, ended_at + to_ask)


def names_somebody(text: str) -> bool:
    """Whether the text holds something shaped like a Finnish personal identity code."""
    return bool(_IDENTITY_CODE.search(text))
