"""Do the invented families of a package get the verdicts that its authors expect?"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from solmu.operating_models.facts import Catalogue, FactType
from solmu.operating_models.package.loaded import Package
from solmu.operating_models.package.problems import Problem, shown
from solmu.operating_models.rules import Facts, Known, Verdict, compile_entry


def facts_from(answers: Mapping[str, Any], catalogue: Catalogue) -> Facts:
    """Answers of an invented family as known facts."""
    return {
        name: Known(date.fromisoformat(value) if catalogue[name].type is FactType.DATE and value is not None else value)
        for name, value in answers.items()
    }


def run_families(package: Package, catalogue: Catalogue) -> Iterator[Problem]:
    """Each place where a verdict differs from what a family's file expects."""
    for family in package.document["families"]:
        yield from run_family(package, family, catalogue)


def run_family(package: Package, family: Mapping[str, Any], catalogue: Catalogue) -> Iterator[Problem]:
    """Each place where the verdict of one family, or of one of its members, differs from what is expected."""
    compiled = compile_entry(package.entry, _settings(package, family.get("settings", {})))
    today = date.fromisoformat(family["today"])
    shared = facts_from(family["facts"], catalogue)
    cases = [(f"people.{each['id']}.expect", each["facts"], each["expect"]) for each in family.get("people", ())]
    for place, answers, expect in cases or [("expect", {}, family["expect"])]:
        verdict = compiled.judge({**shared, **facts_from(answers, catalogue)}, today)
        got = _answers(verdict)
        for field, wanted in _wanted(expect):
            if got.get(field) != wanted:
                said = {"wanted": shown(wanted), "got": shown(got.get(field))}
                what, mend = _("Expected %(wanted)s, got %(got)s."), _("Mend the criterion, or the expectation.")
                yield Problem(f"families/{family['id']}.yaml", None, f"{place}.{field}", what % said, mend)


def _settings(package: Package, given: Mapping[str, Any]) -> dict[str, Any]:
    """The values that a family's file gives over the defaults; null there: nobody has given the setting."""
    return package.settings(given) | {name: None for name, value in given.items() if value is None}


def _wanted(expect: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for field, value in expect.items():
        if field == "criteria":
            yield from ((f"criteria.{name}", state) for name, state in value.items())
        else:
            yield field, sorted(value) if field == "deviations" else value
    if "until" not in expect:
        yield "until", None


def _answers(verdict: Verdict) -> dict[str, Any]:
    return {
        "verdict": verdict.kind.value,
        "until": verdict.until.isoformat() if verdict.until else None,
        "path": verdict.path.id if verdict.path else None,
        "next_question": verdict.next_question.fact if verdict.next_question else None,
        "deviations": sorted(each.criterion.id for each in verdict.deviations),
        "offered_now": verdict.offered_now.value if verdict.offered_now else None,
        **{f"criteria.{each.criterion.id}": each.state.value for each in verdict.criteria},
    }
