"""Which items are asked, by the conditions of a form and what has been answered.

An item that is not asked counts as unanswered for the others (FHIR R4, Questionnaire.item.enableWhen). A condition
about an item in a repeating group looks at the nearest occurrence: the one that the two items share.
"""

from itertools import takewhile

from solmu.instruments.questionnaire import Condition, Form, Item, Value
from solmu.instruments.questionnaire.values import compare, content, same
from solmu.instruments.rules.answers import Answers, Place, places

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
    given = _Given()
    found: set[Place] = set()
    for number in form.order:  # what a condition asks about has been settled before
        item = form.items[number]
        conditions = [(each, _shared(form.items[each.question], item)) for each in item.conditions]
        for path in paths.get(number, ()):
            if _is_inside_asked(form, item, path, found) and _holds_for(item, conditions, path, given):
                found.add((number, path))
                given.add(number, path, answers.at(item, path))
    return found


class _Given:
    """Answers to items that are asked. What a condition says of them is found once for all who share them."""

    def __init__(self) -> None:
        self.values: dict[tuple[int, tuple[int, ...]], list[Value]] = {}
        self.held: dict[tuple[int, tuple[int, ...]], bool] = {}

    def add(self, number: int, path: tuple[int, ...], values: tuple[Value, ...]) -> None:
        if values:
            for shared in range(len(path) + 1):
                self.values.setdefault((number, path[:shared]), []).extend(values)

    def holds(self, condition: Condition, around: tuple[int, ...]) -> bool:
        key = (id(condition), around)
        if key not in self.held:
            self.held[key] = _holds(condition, self.values.get((condition.question, around), []))
        return self.held[key]


def _is_inside_asked(form: Form, item: Item, path: tuple[int, ...], found: set[Place]) -> bool:
    if item.parent is None:
        return True
    parent = form.items[item.parent]
    return (parent.number, path[: len(parent.inside)]) in found


def _holds_for(item: Item, conditions: list[tuple[Condition, int]], path: tuple[int, ...], given: _Given) -> bool:
    if not conditions:
        return True
    holds = (given.holds(condition, path[:shared]) for condition, shared in conditions)
    return any(holds) if item.any_condition else all(holds)


def _shared(question: Item, item: Item) -> int:
    """How many repeating groups the two have around them in common."""
    pairs = zip(question.inside, item.inside, strict=False)
    return sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], pairs))


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
