"""Conditions of a form that is taken in: what they ask about exists, and they do not run in a ring."""

from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import Any

from solmu.instruments.questionnaire.report import FormRefused, Report

Items = list[dict[str, Any]]


def walk(items: Items, parent: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every item, each before those inside it, with the linkId of the item around it."""
    for item in items:
        yield parent, item
        yield from walk(item.get("item", []), item["linkId"])


def settle_conditions(items: Items, left_out: frozenset[str] | set[str], report: Report) -> None:
    """Takes away conditions about what is not in the form, so that their items are shown; refuses a ring."""
    known = {item["linkId"] for _parent, item in walk(items) if item["type"] not in {"group", "display"}}
    for _parent, item in walk(items):
        _settle(item, known, left_out, report)
    try:
        list(TopologicalSorter(depends_on(items)).static_order())
    except CycleError as error:
        raise FormRefused("ring", place=str(error.args[1][0]), about=" → ".join(map(str, error.args[1]))) from None


def _settle(item: dict[str, Any], known: set[str], left_out: set[str], report: Report) -> None:
    conditions = item.get("enableWhen", [])
    unknown = [each["question"] for each in conditions if each["question"] not in known]
    if not unknown:
        return
    for question in unknown:
        report.changed(item["linkId"], "condition_gone" if question in left_out else "condition_unknown", question)
    kept = [each for each in conditions if each["question"] in known]
    if not kept or item.get("enableBehavior") == "any":  # what is gone might have shown it: better shown than lost
        item.pop("enableWhen")
        item.pop("enableBehavior", None)
    else:
        item["enableWhen"] = kept


def depends_on(items: Items) -> Mapping[str, set[str]]:
    """For each item, by linkId, those that decide whether it is asked: what its conditions name, and what it is in."""
    return {
        item["linkId"]: {each["question"] for each in item.get("enableWhen", [])} | ({parent} if parent else set())
        for parent, item in walk(items)
    }
