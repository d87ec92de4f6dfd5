"""Which items are asked, by the conditions of a form and what has been answered.

An item that is not asked counts as unanswered for the others (FHIR R4, Questionnaire.item.enableWhen). A condition
about an item in a repeating group looks at the nearest occurrence: the one that the two items share.
"""

from collections.abc import Iterator

from solmu.instruments.questionnaire import Condition, Form, Item, Value
from solmu.instruments.questionnaire.values import compare, content, same
from solmu.instruments.rules.answers import Answers, Place, places

Given = dict[int, list[tuple[tuple[int, ...], tuple[Value, ...]]]]
"""The answers to items that are asked, by the item's number."""
_COMPARED = {
    ">": lambda found: found > 0,
    "<": lambda found: found < 0,
    ">=": lambda found: found >= 0,
    "<=": lambda found: found <= 0,
}


def asked(form: Form, answers: Answers) -> set[Place]:
    """The places whose items are asked or shown."""
    paths: dict[int, list[tuple[int, ...]]] = {}
    for item, path in places(form, answers):
        paths.setdefault(item.number, []).append(path)
    given: Given = {}
    found: set[Place] = set()
    for number in form.order:  # what a condition asks about has been settled before
        item = form.items[number]
        for path in paths.get(number, ()):
            if _is_asked(form, item, path, given, found):
                found.add((number, path))
                given.setdefault(number, []).append((path, answers.at(item, path)))
    return found


def _is_asked(form: Form, item: Item, path: tuple[int, ...], given: Given, found: set[Place]) -> bool:
    if item.parent is not None:
        parent = form.items[item.parent]
        if (parent.number, path[: len(parent.inside)]) not in found:
            return False
    if not item.conditions:
        return True
    holds = (_holds(each, list(_answers_to(form.items[each.question], item, path, given))) for each in item.conditions)
    return any(holds) if item.any_condition else all(holds)


def _answers_to(question: Item, item: Item, path: tuple[int, ...], given: Given) -> Iterator[Value]:
    shared = 0
    for one, two in zip(question.inside, item.inside, strict=False):
        if one != two:
            break
        shared += 1
    for where, values in given.get(question.number, ()):
        if where[:shared] == path[:shared]:
            yield from values


def _holds(condition: Condition, given: list[Value]) -> bool:
    if condition.operator == "exists":
        return bool(given) is content(condition.answer)
    if condition.operator == "=":
        return any(same(value, condition.answer) for value in given)
    if condition.operator == "!=":
        return not any(same(value, condition.answer) for value in given)
    wanted = _COMPARED[condition.operator]
    compared = (compare(value, condition.answer) for value in given)
    return any(wanted(each) for each in compared if each is not None)
