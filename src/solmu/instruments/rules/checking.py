"""What is lacking or out of bounds in answers, place by place. Faults are codes with what they name."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from solmu.instruments.questionnaire import Form, Item, Type, Value
from solmu.instruments.questionnaire.values import compare, content, kind_of, same
from solmu.instruments.rules.answers import Answers, Place, occurrences, places


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with the answer at a place; `about` is the bound that it breaks."""

    code: str
    about: object = ""


def faults(form: Form, answers: Answers) -> dict[Place, Fault]:
    """Answers that are there and are not as the form wants them."""
    found: dict[Place, Fault] = {}
    for item, path in places(form, answers):
        fault = next(_of_item(item, answers.at(item, path)), None)
        if fault:
            found[item.number, path] = fault
    return found


def lacking(form: Form, answers: Answers, asked: set[Place]) -> dict[Place, Fault]:
    """Required items that are asked and have no answer. What nobody may write is never required."""
    found: dict[Place, Fault] = {}
    for item, path in places(form, answers):
        place = (item.number, path)
        if item.required and place in asked and not item.read_only and not item.hidden:
            if item.type is Type.GROUP:
                answered = _anything_in(item, path, answers, asked)
            else:
                answered = bool(answers.at(item, path))
            if not answered and _can_answer(item, path, answers, asked):
                found[place] = Fault("required")
    return found


def _anything_in(item: Item, path: tuple[int, ...], answers: Answers, asked: set[Place]) -> bool:
    if (item.number, path) not in asked:
        return False
    if item.asks and answers.at(item, path):
        return True
    return any(
        _anything_in(child, inside, answers, asked)
        for inside in occurrences(item, path, answers)
        for child in item.children
    )


def _can_answer(item: Item, path: tuple[int, ...], answers: Answers, asked: set[Place]) -> bool:
    """Whether there is anything in a group that a person can answer now."""
    if item.type is not Type.GROUP:
        return True
    return any(
        (child.number, inside) in asked
        and (_can_answer(child, inside, answers, asked) if child.type is Type.GROUP else _is_open(child))
        for inside in occurrences(item, path, answers)
        for child in item.children
    )


def _is_open(item: Item) -> bool:
    return item.asks and not item.read_only and not item.hidden


def _of_item(item: Item, values: tuple[Value, ...]) -> Iterator[Fault]:
    if not item.asks or item.read_only or item.hidden:
        return
    if len(values) > (item.most_times or 1):
        yield Fault("too_many_answers", item.most_times or 1)
    alone = [option for option in item.options if option.alone]
    if len(values) > 1 and any(same(value, option.value) for value in values for option in alone):
        yield Fault("alone", next(o.label for o in alone for value in values if same(value, o.value)))
    for value in values:
        yield from _of_value(item, value)


def _of_value(item: Item, value: Value) -> Iterator[Fault]:
    bounds, held = item.bounds, content(value)
    if bounds.least and compare(value, bounds.least) == -1:
        yield Fault("too_little", shown(bounds.least))
    if bounds.most and compare(value, bounds.most) == 1:
        yield Fault("too_much", shown(bounds.most))
    if isinstance(held, str) and kind_of(value) in {"valueString", "valueUri"}:
        if bounds.longest and len(held) > bounds.longest:
            yield Fault("too_long", bounds.longest)
        if bounds.shortest and len(held) < bounds.shortest:
            yield Fault("too_short", bounds.shortest)
    number = held.get("value") if isinstance(held, Mapping) else held
    if bounds.decimals is not None and isinstance(number, float) and _decimals(number) > bounds.decimals:
        yield Fault("decimals", bounds.decimals)


def _decimals(number: float) -> int:
    return max(0, -Decimal(str(number)).normalize().as_tuple().exponent)


def shown(value: Value) -> str:
    """A bound as it is said."""
    held = content(value)
    return str(held.get("value", "")) if isinstance(held, Mapping) else str(held)
