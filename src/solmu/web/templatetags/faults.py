"""Faults of a package as they are read: file by file, and what is the same in many places told once."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice

from django import template

from solmu.operating_models.package import Problem

register = template.Library()
MOST_FAULTS, MOST_PLACES = 200, 12


@dataclass(slots=True)
class Told:
    """One sentence with its mend, and where it holds."""

    what: str
    mend: str
    number: int = 0
    places: list[Problem] = field(default_factory=list)
    """Those inside the file; what holds for the whole file has none."""

    @property
    def shown(self) -> list[Problem]:
        """The first places; who has mended those knows where to look for the others."""
        return self.places[:MOST_PLACES]

    @property
    def left(self) -> int:
        """How many places are not shown."""
        return len(self.places) - len(self.shown)


@register.filter
def by_file(problems: Iterable[Problem]) -> list[tuple[str, int, list[Told]]]:
    """Each file with the number of its faults and what is told of them, in the order of the faults."""
    files: dict[str, dict[tuple[str, str], Told]] = defaultdict(dict)
    for each in islice(problems, MOST_FAULTS):
        told = files[each.file].setdefault((each.what, each.mend), Told(each.what, each.mend))
        told.number += 1
        told.places += [each] if each.line or each.field else []
    return [(file, sum(each.number for each in told.values()), [*told.values()]) for file, told in files.items()]
