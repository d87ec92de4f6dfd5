"""Does a package do what its authors say: each invented family, and each way through its process, one by one?"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from solmu.operating_models.package.checking import document_of
from solmu.operating_models.package.draft import Draft
from solmu.operating_models.package.families import run_family
from solmu.operating_models.package.loaded import Package
from solmu.operating_models.package.problems import Problem
from solmu.operating_models.package.reading import Document
from solmu.operating_models.package.walking import steps_on, walk_process


@dataclass(frozen=True, slots=True)
class Tried:
    """One thing that was tried, and what was wrong with it."""

    what: str
    said: str
    """What it is, or what came of it, in few words."""
    problems: tuple[Problem, ...] = ()


def try_draft(draft: Draft) -> Iterator[Tried]:
    """Each invented family and each way through the process of a package whose files are whole."""
    package = Package.from_json(document_of(draft))
    for name, document in draft.under("families", ".yaml").items():
        family = document.content
        wrong = [_with_line(document, each) for each in run_family(package, family, draft.catalogue)]
        yield Tried(f"families/{name}", _verdicts(family), tuple(wrong))
    wrong = list(walk_process(draft))
    for path in [each["id"] for each in draft.content("entry.yaml").get("paths", ())] or [None]:
        said = f"{len(steps_on(draft, path))} steps, from the first to the last"
        yield Tried(f"process{f', {path}' if path else ''}", said)
    if wrong:
        yield Tried("process", "the course, its ends, its pages and its languages", tuple(wrong))


def _verdicts(family: dict[str, Any]) -> str:
    expected = [each["expect"]["verdict"] for each in family.get("people", ())]
    return ", ".join(expected or [family["expect"]["verdict"]])


def _with_line(document: Document, problem: Problem) -> Problem:
    """The same fault with its line: `field` names people by their id, the file holds them in a list."""
    parts: list[str | int] = list(problem.field.split("."))
    if parts[0] == "people":
        parts[1] = [each["id"] for each in document.content["people"]].index(parts[1])
    return replace(problem, line=document.line(tuple(parts)))
