"""Does each condition make sense: one comparison, fitting the fact's type, over facts that the model may ask about?"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from solmu.operating_models.facts import Fact, FactType, Scope
from solmu.operating_models.package.draft import Draft
from solmu.operating_models.package.problems import Problem
from solmu.operating_models.package.reading import Document, Place
from solmu.operating_models.rules import OPERATORS

ANSWERS = {
    FactType.YES_NO: "true or false",
    FactType.DATE: "a day as 2026-03-31",
    FactType.NUMBER: "a number",
    FactType.TEXT: "text in quotation marks",
    FactType.CHOICE: "one of its choices",
}


def check_conditions(draft: Draft) -> Iterator[Problem]:
    """The faults of all conditions, of the questions about their facts, and of the invented families' answers."""
    entry = draft.documents["entry.yaml"]
    asked: set[str] = set(entry.content["questions"])
    for place, condition, counts in _conditions(entry.content):
        for at, leaf in _leaves(condition, place):
            problems = list(_check_leaf(draft, entry, at, leaf))
            yield from problems
            if counts and not problems and leaf["fact"] not in asked:
                asked.add(leaf["fact"])
                mend = "Add its wording for workers and families under questions."
                yield entry.problem((*at, "fact"), f"Nobody is told how to ask for {leaf['fact']}.", mend)
    for document in draft.under("families", ".yaml").values():
        yield from _check_answers(draft, document)


def _conditions(entry: dict[str, Any]) -> Iterator[tuple[Place, dict[str, Any], bool]]:
    """Every condition, and whether the verdict counts on it."""
    for i, criterion in enumerate(entry["criteria"]):
        yield ("criteria", i), criterion, True
    for i, path in enumerate(entry.get("paths", ())):
        for j, criterion in enumerate(path["criteria"]):
            yield ("paths", i, "criteria", j), criterion, True
    if "when" in entry.get("offered_when", {}):
        yield ("offered_when", "when"), entry["offered_when"]["when"], False


def _leaves(condition: dict[str, Any], place: Place) -> Iterator[tuple[Place, dict[str, Any]]]:
    for word in ("any", "all"):
        for i, part in enumerate(condition.get(word, ())):
            yield from _leaves(part, (*place, word, i))
    if "not" in condition:
        yield from _leaves(condition["not"], (*place, "not"))
    if "fact" in condition or not condition.keys() & {"any", "all", "not"}:
        yield place, condition


def _check_leaf(draft: Draft, document: Document, place: Place, leaf: dict[str, Any]) -> Iterator[Problem]:
    fact = draft.catalogue[leaf["fact"]]
    operators = [name for name in OPERATORS if name in leaf]
    fitting = ", ".join(name for name, types in OPERATORS.items() if fact.type in types)
    if len(operators) != 1:
        yield document.problem(place, "A fact needs exactly one comparison.", f"Keep one of: {fitting}.")
        return
    operator = operators[0]
    if fact.type not in OPERATORS[operator]:
        what = f"{operator} does not suit {fact.name}, whose answer is {ANSWERS[fact.type]}."
        yield document.problem((*place, operator), what, f"Use one of: {fitting}.")
        return
    if fact.scope is Scope.PERSON and document.content["about"] == "family":
        what = f"{fact.name} is a member's fact, but the model is about the family."
        yield document.problem((*place, "fact"), what, "Use a fact of the family, or set about: person.")
    yield from _check_operand(draft, document, (*place, operator), fact, leaf[operator])


def _check_operand(draft: Draft, document: Document, place: Place, fact: Fact, operand: Any) -> Iterator[Problem]:
    operator = place[-1]
    if operator in ("is", "one_of"):
        values = operand if isinstance(operand, list) else [operand]
    elif operator == "between":
        values = [each for each in operand if not isinstance(each, dict)]
    else:
        values = []
    for value in values:
        if not fact.accepts(_typed(fact, value)):
            names = f" ({', '.join(fact.choices)})" if fact.choices else ""
            what = f"{value!r} cannot be an answer to {fact.name}."
            yield document.problem(place, what, f"Write {ANSWERS[fact.type]}{names}.")
    wanted = "date" if operator == "between" and fact.type is FactType.DATE else "number"
    types = {each["id"]: each["type"] for each in draft.content("model.yaml").get("settings", ())}
    for setting in _settings(operand):
        if types[setting] != wanted:
            what = f"The setting {setting} is not a {wanted}."
            yield document.problem(place, what, f"Refer to a setting whose type is {wanted}.")


def _settings(operand: Any) -> Iterator[str]:
    if isinstance(operand, dict):
        for key, value in operand.items():
            if key == "setting":
                yield value
            else:
                yield from _settings(value)
    elif isinstance(operand, list):
        for each in operand:
            yield from _settings(each)


def _typed(fact: Fact, value: Any) -> Any:
    """The value as the fact's type has it; a day that cannot be read stays text."""
    if fact.type is FactType.DATE and isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value
    return value


def _check_answers(draft: Draft, document: Document) -> Iterator[Problem]:
    family = document.content
    sheets: list[tuple[Place, dict[str, Any]]] = [(("facts",), family["facts"])]
    sheets += [(("people", i, "facts"), each["facts"]) for i, each in enumerate(family.get("people", ()))]
    for place, answers in sheets:
        for name, value in answers.items():
            fact = draft.catalogue[name]
            if not fact.accepts(_typed(fact, value)):
                what = f"{value!r} cannot be an answer to {name}."
                yield document.problem((*place, name), what, f"Write {ANSWERS[fact.type]}, or null for no answer.")
