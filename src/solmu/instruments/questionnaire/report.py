"""What became of each part of a form that was taken in: a report by codes, worded elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from solmu.instruments.questionnaire import limits


class Outcome(StrEnum):
    """What became of it."""

    TAKEN = "taken"
    CHANGED = "changed"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing said: where (linkId or row; empty: the whole form), what became of it, why, and about what."""

    place: str
    outcome: Outcome
    code: str
    about: str = ""

    def as_json(self) -> dict[str, str]:
        """The line as it is kept."""
        return {"place": self.place, "outcome": self.outcome.value, "code": self.code, "about": self.about}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Line":
        """The line that was kept."""
        return cls(kept["place"], Outcome(kept["outcome"]), kept["code"], kept["about"])


class FormRefused(Exception):
    """The form is not taken in at all, because of this; nothing was changed."""

    def __init__(self, code: str, *, place: str = "", about: str = ""):
        super().__init__(code)
        self.code, self.place, self.about = code, place, about[:200]


class Report:
    """Gathers lines while a form is taken in; each thing is said once."""

    def __init__(self, lines: tuple[Line, ...] = ()):
        self.lines = list(lines)
        self._said = set(lines)

    def changed(self, place: str, code: str, about: object = "") -> None:
        """It was taken, but not as it was."""
        self._add(Line(place, Outcome.CHANGED, code, _short(about)))

    def left_out(self, place: str, code: str, about: object = "") -> None:
        """It was not taken."""
        self._add(Line(place, Outcome.LEFT_OUT, code, _short(about)))

    def taken(self, place: str, about: object = "") -> None:
        """It was taken as it was."""
        self._add(Line(place, Outcome.TAKEN, "taken", _short(about)))

    def _add(self, line: Line) -> None:
        if line not in self._said:
            if len(self.lines) >= limits.LINES:
                raise FormRefused("too_many", place=line.place, about=line.about)
            self._said.add(line)
            self.lines.append(line)


def _short(about: object) -> str:
    """A few words of what others wrote; a NUL among them is kept by no database."""
    return str(about)[:200].replace("\x00", "")
