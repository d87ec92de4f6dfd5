"""What is wrong in a package, where, and how is it mended?

A fault is told in the language that is spoken when it is found, and kept nowhere: the page or the command that checks
the package tells it at once, and whoever checks again reads it in a language of their own. Names of files and fields,
ids and the words of the format are the same in every language.
"""

from dataclasses import dataclass
from typing import Any

from solmu.kernel.directions import isolated

_AS_WRITTEN = {True: "true", False: "false", None: "null"}
_LONGEST = 80


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault, in the words of a package author and the language of the reader."""

    file: str
    line: int | None
    field: str
    what: str
    mend: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place}: {self.field + ': ' if self.field else ''}{self.what} {self.mend}"


class PackageRefused(Exception):
    """A package that cannot be used; `problems` says all that is wrong with it."""

    def __init__(self, problems: list[Problem]):
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))


def field_path(path: tuple[str | int, ...]) -> str:
    """The place in a file as people write it: criteria[2].says.family."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text


def shown(value: Any) -> str:
    """A value inside a sentence: as a package writes it, as much as tells which it is, in its own direction."""
    if value is None or isinstance(value, bool):
        return _AS_WRITTEN[value]
    text = repr(value)
    return isolated(text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…")
