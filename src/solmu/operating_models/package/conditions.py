"""Does each condition make sense: one comparison, fitting the fact's type, over facts that the model may ask about?"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _, gettext_lazy

from solmu.operating_models.facts import Fact, FactType, Scope
from solmu.operating_models.package.draft import Draft
from solmu.operating_models.package.problems import Problem, shown
from solmu.operating_models.package.reading import Document, Place
from solmu.operating_models.rules import OPERATORS

ANSWERS = {
    FactType.YES_NO: gettext_lazy("true or false"),
    FactType.DATE: gettext_lazy("a day as 2026-03-31"),
    FactType.NUMBER: gettext_lazy("a number"),
    FactType.TEXT: gettext_lazy("text in quotation marks"),
    FactType.CHOICE: gettext_lazy("one of its choices"),
}
_NOT_OF_KIND = {
    "date": gettext_lazy("The setting %(setting)s is not a date."),
    "number": gettext_lazy("The setting %(setting)s is not a number."),
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
                what = _("Nobody is told how to ask for %(fact)s.") % {"fact": leaf["fact"]}
                mend = _("Add its wording for workers and families under questions.")
                yield entry.problem((*at, "fact"), what, mend)
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
        mend = _("Keep one of: %(names)s.") % {"names": fitting}
        yield document.problem(place, _("A fact needs exactly one comparison."), mend)
        return
    operator = operators[0]
    if fact.type not in OPERATORS[operator]:
        said = {"comparison": operator, "fact": fact.name, "kind": ANSWERS[fact.type]}
        what = _("%(comparison)s does not suit %(fact)s, whose answer is %(kind)s.") % said
        yield document.problem((*place, operator), what, _("Use one of: %(names)s.") % {"names": fitting})
        return
    if fact.scope is Scope.PERSON and document.content["about"] == "family":
        what = _("%(fact)s is a member's fact, but the model is about the family.") % {"fact": fact.name}
        mend = _("Use a fact of the family, or set about: person.")
        yield document.problem((*place, "fact"), what, mend)
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
            mend = _("Write %(kinds)s.") % {"kinds": f"{ANSWERS[fact.type]}{names}"}
            yield document.problem(place, _no_answer(value, fact), mend)
    wanted = "date" if operator == "between" and fact.type is FactType.DATE else "number"
    types = {each["id"]: each["type"] for each in draft.content("model.yaml").get("settings", ())}
    for setting in _settings(operand):
        if types[setting] != wanted:
            what = _NOT_OF_KIND[wanted] % {"setting": setting}
            yield document.problem(place, what, _("Refer to a setting whose type is %(type)s.") % {"type": wanted})


def _no_answer(value: Any, fact: Fact) -> str:
    return _("%(value)s cannot be an answer to %(fact)s.") % {"value": shown(value), "fact": fact.name}


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
                mend = _("Write %(kind)s, or null for no answer.") % {"kind": ANSWERS[fact.type]}
                yield document.problem((*place, name), _no_answer(value, fact), mend)
