"""A small package on disk that is whole, to be broken on purpose."""

from pathlib import Path

MODEL = """\
format: 1
slug: evening-walks
version: "1"
title: title
summary: title
neutral_name: title
family_summary: title
licence: CC0-1.0
authors: []
sources:
  AB1: {title: A book, url: "https://example.org/book"}
evidence: []
settings:
  - {id: months, type: number, default: 4, says: title, source: AB1, mark: F}
"""
ENTRY = """\
about: family
criteria:
  - id: settled
    fact: family.latest_arrival
    at_least_ago: {months: {setting: months}}
    strength: required
    says: {worker: title, family: title}
    source: AB1
    mark: F
questions:
  family.latest_arrival: {worker: title, family: title}
"""
PROCESS = """\
roles:
  - {id: lead, name: title, kind: worker, min: 1, max: 1}
phases:
  - id: walk
    title: title
    steps:
      - {id: go, text: title, who: [lead], kind: meeting}
      - {id: end, text: title, who: [lead], kind: closing}
permissions:
  taking_part: {says_yes: [family], says: title}
closing_reasons:
  - {id: done, text: title, ends: carried_through}
outcomes:
  - {id: rested, text: title}
follow_ups: []
may_adapt: []
"""
FAMILY = """\
id: newcomers
about: A family that came in January.
today: 2026-03-02
facts: {family.latest_arrival: 2026-01-31}
expect:
  verdict: not_now
  until: 2026-05-31
  next_question: null
  criteria: {settled: not_met}
"""
FILES = {
    "model.yaml": MODEL,
    "entry.yaml": ENTRY,
    "process.yaml": PROCESS,
    "measures.yaml": "measures: []\n",
    "texts/fi.yaml": "title: Iltakävelyt\n",
    "families/newcomers.yaml": FAMILY,
}


def write_package(folder: Path, **changes) -> Path:
    """The example in a folder; a change is (old, new), or a whole file as text or bytes, or None to leave it out."""
    root = folder / "evening-walks" / "1"
    files = {**FILES, **{name: change for name, change in changes.items() if name not in FILES}}
    for name, content in files.items():
        change = changes.get(name, content)
        if isinstance(change, tuple):
            assert change[0] in content, f"{change[0]!r} is not in {name}"
            change = content.replace(change[0], change[1], 1)
        if change is not None:
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(change if isinstance(change, bytes) else change.encode())
    return root
