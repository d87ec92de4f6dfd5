"""Versions of a model beside each other, in public and in coordination: the ways between them, what is different."""

from collections.abc import Callable
from functools import lru_cache

from solmu.casework.facts import CATALOGUE
from solmu.operating_models.compare.words import PartTold, tell
from solmu.operating_models.library import VersionRow
from solmu.operating_models.package import Package


def side_by_side(
    rows: list[VersionRow],
    shown: str,
    address: Callable[[VersionRow], str],
    changes: Callable[[VersionRow, VersionRow], str],
) -> list[dict]:
    """The versions on the page of one of them, each with the way to what is different; `rows` has the newest first.

    `changes` takes the older and the newer. The version that is shown is laid against the authors' one before it, every
    other against the one that is shown.
    """
    here = next(place for place, row in enumerate(rows) if row.version == shown)
    before = next((row for row in rows[here + 1 :] if row.is_authors), None)

    def compare(place: int) -> str:
        if place != here:
            return changes(rows[max(place, here)], rows[min(place, here)])
        return changes(before, rows[here]) if before else ""

    return [
        {
            "it": row,
            "url": address(row),
            "current": place == here,
            "before": before if place == here else None,
            "compare": compare(place),
        }
        for place, row in enumerate(rows)
    ]


@lru_cache(maxsize=64)
def what_changed(then: Package, now: Package, language: str) -> list[PartTold]:
    """What is different between two installed versions, told once: neither ever changes."""
    return tell(then.document, now.document, language, CATALOGUE)
