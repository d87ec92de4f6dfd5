"""Packages: how long a large one takes to be checked, tried, packed, read, compared and brought along.

`python -m bench.packages`; 200 criteria, 50 forms and 20 invented families unless told otherwise. No database.
"""

import argparse
import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from textwrap import indent

REPEATED = 5
MOST = 40  # criteria of one way in, by the schema
MODEL = """\
format: 1
slug: large-model
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
settings: []
"""
CRITERION = """\
  - id: c{n}
    any:
      - {{fact: family.has_children, is: true}}
      - all:
          - {{fact: family.latest_arrival, at_least_ago: {{months: {months}}}}}
          - {{not: {{fact: situation.acute_crisis, is: true}}}}
    strength: {strength}
    says: {{worker: criteria.c{n}.worker, family: criteria.c{n}.family}}
    source: AB1
    mark: F
"""
QUESTIONS = """\
questions:
  family.has_children: {worker: title, family: title}
  family.latest_arrival: {worker: title, family: title}
  situation.acute_crisis: {worker: title, family: title}
"""
PROCESS = """\
roles:
  - {id: lead, name: title, kind: worker, min: 1, max: 1}
permissions:
  taking_part: {says_yes: [family], says: title}
closing_reasons:
  - {id: done, text: title, ends: carried_through}
outcomes:
  - {id: rested, text: title}
follow_ups: []
may_adapt: [texts]
phases:
"""


def write_large(folder: Path, *, criteria: int, forms: int, families: int) -> Path:
    """A whole package of that size in a folder."""
    root = folder / "large-model" / "1"
    for name, text in _files(criteria, forms, families).items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def _files(criteria: int, forms: int, families: int) -> dict[str, str]:
    steps = "".join(
        f"      - {{id: s{n}, text: steps.s{n}, who: [lead], kind: meeting, form: f{n}, source: AB1, mark: F}}\n"
        for n in range(forms)
    )
    end = "      - {id: end, text: title, who: [lead], kind: closing}\n"
    return {
        "model.yaml": MODEL,
        "entry.yaml": _entry(criteria),
        "process.yaml": f"{PROCESS}  - id: walk\n    title: title\n    steps:\n{steps}{end}",
        "measures.yaml": "measures: []\n",
        **{f"texts/{language}.yaml": _texts(criteria, forms) for language in ("fi", "sv", "en")},
        **{f"forms/f{n}.json": _form(n) for n in range(forms)},
        **{f"families/family{n}.yaml": _family(n, criteria) for n in range(families)},
    }


def _entry(criteria: int) -> str:
    """As many as a way in may have are common to all; the rest are spread over further ways."""
    said = [
        CRITERION.format(n=n, months=n % 24 + 1, strength=("recommended", "required")[n % 2]) for n in range(criteria)
    ]
    ways = [said[begin : begin + MOST] for begin in range(MOST, criteria, MOST)]
    paths = "".join(
        f"  - id: way{number}\n    title: title\n    criteria:\n{indent(''.join(own), '    ')}"
        for number, own in enumerate(ways)
    )
    return f"about: family\ncriteria:\n{''.join(said[:MOST])}{QUESTIONS}{f'paths:{chr(10)}{paths}' if paths else ''}"


def _texts(criteria: int, forms: int) -> str:
    said = [
        f"  c{n}: {{worker: Peruste {n} on täyttynyt., family: Perhe toivoo asiaa {n}.}}\n" for n in range(criteria)
    ]
    steps = [f"  s{n}: Käykää läpi lomake {n} yhdessä perheen kanssa.\n" for n in range(forms)]
    return "title: Laaja malli\ncriteria:\n" + "".join(said) + "steps:\n" + "".join(steps)


def _form(number: int) -> str:
    asked = [{"linkId": str(n), "text": f"Kysymys {n}", "type": "text"} for n in range(30)]
    form = {"resourceType": "Questionnaire", "id": f"f{number}", "status": "active", "title": f"Lomake {number}"}
    return json.dumps({**form, "copyright": "CC0-1.0", "item": asked}, ensure_ascii=False)


def _family(number: int, criteria: int) -> str:
    states = "".join(f"    c{n}: met\n" for n in range(criteria))
    return (
        f"id: family{number}\nabout: A family with children.\ntoday: 2026-03-02\n"
        "facts: {family.has_children: true}\nexpect:\n  verdict: fits\n  next_question: null\n  criteria:\n" + states
    )


def measure_large(*, criteria: int = 200, forms: int = 50, families: int = 20) -> dict[str, float]:
    """Median milliseconds of each thing that is done with a package of that size."""
    from copy import deepcopy

    from solmu.casework.facts import CATALOGUE
    from solmu.operating_models.compare.words import tell
    from solmu.operating_models.overlay import Change, apply, checked
    from solmu.operating_models.overlay.rebasing import rebase
    from solmu.operating_models.package import check_package, load_archive, load_package, pack
    from solmu.operating_models.package.checking import read_draft
    from solmu.operating_models.package.trying import try_draft

    with tempfile.TemporaryDirectory() as folder:
        root = write_large(Path(folder), criteria=criteria, forms=forms, families=families)
        package, draft = load_package(root, CATALOGUE), read_draft(root, CATALOGUE)
        assert not [problem for each in try_draft(draft) for problem in each.problems]
        document, newer = package.document, deepcopy(dict(package.document))
        for number in range(0, criteria, 2):
            newer["texts"]["fi"][f"criteria.c{number}.worker"] += " Uusi sana."
        raw = pack(package.slug, package.version, package.files)
        own = [Change(f"texts.fi.criteria.c{n}.family", "set", f"Omat sanat {n}") for n in range(criteria)]
        changes = checked(document, own)
        return {
            "check": median(lambda: check_package(root, CATALOGUE)),
            "test": median(lambda: list(try_draft(draft))),
            "pack": median(lambda: pack(package.slug, package.version, package.files)),
            "read and check a package file": median(lambda: load_archive(raw, CATALOGUE)),
            "compare two versions in words": median(lambda: tell(document, newer, "fi")),
            "bring an overlay along": median(
                lambda: apply(newer, rebase(changes, newer).applied, version="1", by="Me")
            ),
        }


def median(deed: Callable[[], object]) -> float:
    """Milliseconds that a deed takes, in the middle of some runs."""
    times = []
    for _run in range(REPEATED):
        began = time.perf_counter()
        deed()
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)


def main() -> None:
    """Prints the table."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--criteria", type=int, default=200)
    asked.add_argument("--forms", type=int, default=50)
    asked.add_argument("--families", type=int, default=20)
    options = asked.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "solmu.config.settings")
    with tempfile.TemporaryDirectory() as data:
        os.environ.setdefault("SOLMU_DATA", data)
        import django

        django.setup()
        told = measure_large(criteria=options.criteria, forms=options.forms, families=options.families)
    print(f"A package of {options.criteria} criteria, {options.forms} forms and {options.families} families:\n")
    print("| | median ms |\n|---|---|")
    for name, took in told.items():
        print(f"| {name} | {took:.0f} |")


if __name__ == "__main__":
    main()
