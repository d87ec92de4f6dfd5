"""What is wrong in a package, where, and how is it mended?"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault, in the words of a package author."""

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
