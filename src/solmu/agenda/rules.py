"""When something that waits is late: one answer for the chips of a page and for the count at its head."""

from datetime import date


def is_late(due_on: date, today: date) -> bool:
    """Whether its day has passed: what was due on Friday is late on Saturday, though no working day has gone by."""
    return due_on < today
