"""Answers to a form as they are held while they are worked with: by item and by occurrence of the groups around it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from solmu.instruments.questionnaire import Form, Item, Value, limits

Place = tuple[int, tuple[int, ...]]
"""An item's number, and which occurrence of each repeating group around it, outermost first."""


@dataclass(frozen=True)
class Answers:
    """`values`: the answers at each place. `times`: how often a repeating group stands; once when nothing is said."""

    values: Mapping[Place, tuple[Value, ...]] = field(default_factory=dict)
    times: Mapping[Place, int] = field(default_factory=dict)

    def at(self, item: Item, path: tuple[int, ...]) -> tuple[Value, ...]:
        """The answers to an item at one place."""
        return self.values.get((item.number, path), ())

    def times_of(self, item: Item, path: tuple[int, ...]) -> int:
        """How often a repeating group stands at one place."""
        return self.times.get((item.number, path), 1)


def begin(form: Form) -> Answers:
    """The answers that a form begins with: its initial values."""
    return Answers({(item.number, (0,) * len(item.inside)): item.initial for item in form.items if item.initial})


def room(form: Form, answers: Answers) -> int:
    """How many fields the repeating groups may still add, by the weight of their items."""
    taken = sum((times - 1) * form.items[number].weight for (number, _path), times in answers.times.items())
    return limits.PLACES - taken


def places(form: Form, answers: Answers) -> Iterator[tuple[Item, tuple[int, ...]]]:
    """Every item at each of its places, in the form's order, each occurrence of a repeating group as a whole."""
    for item in form.children:
        yield from _places(item, (), answers)


def _places(item: Item, path: tuple[int, ...], answers: Answers) -> Iterator[tuple[Item, tuple[int, ...]]]:
    yield item, path
    for inside in occurrences(item, path, answers):
        for child in item.children:
            yield from _places(child, inside, answers)


def occurrences(item: Item, path: tuple[int, ...], answers: Answers) -> list[tuple[int, ...]]:
    """The paths of what is inside an item: one for each time that a repeating group stands."""
    if not item.repeats_group:
        return [path]
    return [(*path, index) for index in range(answers.times_of(item, path))]
