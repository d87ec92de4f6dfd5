"""What is typed into a form's fields and the answers that it says; and back, so that a saved form can be gone on with.

A field is named by its item's number and by the occurrence of each repeating group around it: `f12-0-1`. Beside it
may stand `f12-0-1.u` (the unit of a quantity), `f12-0-1.o` (an answer outside the list) and `n5-0` (how often the
group or question stands).
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo

from solmu.instruments.questionnaire import Form, Item, Option, Type, Value, limits
from solmu.instruments.questionnaire.items import CHOICES
from solmu.instruments.questionnaire.values import (
    Unreadable,
    as_typed,
    content,
    kind_of,
    read_typed,
    same,
)
from solmu.instruments.rules.answers import Answers, Place, occurrences
from solmu.instruments.rules.checking import Fault

Raw = Mapping[str, Sequence[str]]
OTHER = "o"
"""What a choice says when the answer stands in its own words beside it."""
_DIGITS = 7
_NAME = re.compile(r"[fn](\d{1,4})((?:-\d{1,2})*)(\.[uo])?\Z")


@dataclass(frozen=True)
class Typed:
    """The answers that were typed, and what could not be read, by its place."""

    answers: Answers
    faults: Mapping[Place, Fault]


def name_of(place: Place, letter: str = "f") -> str:
    """The name of the field at a place."""
    return letter + "-".join(map(str, (place[0], *place[1])))


def number_in(name: str) -> int | None:
    """The number of the item that a field belongs to; None for a field that is not the form's."""
    found = _NAME.match(name)
    return int(found[1]) if found else None


def without(raw: Raw, numbers: Iterable[int]) -> dict[str, Sequence[str]]:
    """What was typed elsewhere than in the items with these numbers."""
    left_out = set(numbers)
    return {name: typed for name, typed in raw.items() if number_in(name) not in left_out}


def of_form(raw: Raw) -> dict[str, list[str]]:
    """What was typed into a form's own fields."""
    return {name: list(raw[name]) for name in raw if number_in(name) is not None}


# From answers to fields


def to_typed(form: Form, answers: Answers, zone: tzinfo) -> dict[str, list[str]]:
    """What stands in the fields for these answers."""
    raw: dict[str, list[str]] = {}
    for item in form.children:
        _write(item, (), answers, raw, zone)
    return raw


def _write(item: Item, path: tuple[int, ...], answers: Answers, raw: dict[str, list[str]], zone: tzinfo) -> None:
    name = name_of((item.number, path))
    if item.repeats_group:
        raw[name_of((item.number, path), "n")] = [str(answers.times_of(item, path))]
    values = answers.at(item, path)
    if values and item.type in CHOICES:
        _write_choice(item, name, values, raw)
    elif values:
        raw[name] = [as_typed(value, zone) for value in values]
        if item.type is Type.QUANTITY:
            raw[f"{name}.u"] = [_unit_typed(item, value) for value in values]
    for inside in occurrences(item, path, answers):
        for child in item.children:
            _write(child, inside, answers, raw, zone)


def _write_choice(item: Item, name: str, values: tuple[Value, ...], raw: dict[str, list[str]]) -> None:
    listed = [index for value in values if (index := _index(item.options, value)) is not None]
    raw[name] = [str(index) for index in listed]
    own = [
        content(value)
        for value in values
        if _index(item.options, value) is None and kind_of(value) == "valueString" and item.type is Type.OPEN_CHOICE
    ]
    if own:
        raw[f"{name}.o"] = own
        raw[name] += [OTHER]


def _index(options: Sequence[Option], value: Value) -> int | None:
    return next((index for index, option in enumerate(options) if same(option.value, value)), None)


def _unit_typed(item: Item, value: Value) -> str:
    held = content(value)
    for index, option in enumerate(item.units):
        coding = content(option.value)
        if (held.get("code") or held.get("unit")) in {coding.get("code"), coding.get("display")}:
            return str(index)
    return "" if item.units else str(held.get("unit") or held.get("code") or "")


# From fields to answers


def from_typed(form: Form, raw: Raw, zone: tzinfo, before: Answers) -> Typed:
    """The answers in the fields. What nobody may write stays as it was `before`, whatever was sent for it."""
    reader = _Reader(raw, zone, before)
    for item in form.children:
        reader.read(item, ())
    return Typed(Answers(reader.values, reader.times), reader.faults)


class _Reader:
    def __init__(self, raw: Raw, zone: tzinfo, before: Answers):
        self.raw, self.zone, self.before = raw, zone, before
        self.room = limits.PLACES
        self.values: dict[Place, tuple[Value, ...]] = {}
        self.times: dict[Place, int] = {}
        self.faults: dict[Place, Fault] = {}

    def read(self, item: Item, path: tuple[int, ...]) -> None:
        place = (item.number, path)
        if item.asks:
            values = self._values(item, place)
            if values:
                self.values[place] = values
        for inside in self._occurrences(item, path):
            for child in item.children:
                self.read(child, inside)

    def _occurrences(self, item: Item, path: tuple[int, ...]) -> list[tuple[int, ...]]:
        if not item.repeats_group:
            return [path]
        more = min(times_typed(self.raw, item, path) - 1, self.room // item.weight)  # a page never offers more
        self.room -= more * item.weight
        self.times[item.number, path] = 1 + more
        return occurrences(item, path, Answers({}, self.times))

    def _values(self, item: Item, place: Place) -> tuple[Value, ...]:
        if item.read_only or item.hidden:
            return self.before.values.get(place, item.initial)
        try:
            if item.type in CHOICES:
                return tuple(self._chosen(item, name_of(place)))
            return tuple(self._typed(item, place))
        except Unreadable as fault:
            self.faults[place] = Fault(fault.code, limits.TEXT if fault.code == "too_long" else "")
            return ()

    def _typed(self, item: Item, place: Place) -> Iterator[Value]:
        name = name_of(place)
        kept = {as_typed(value, self.zone): value for value in self.before.values.get(place, ())}
        units = list(self.raw.get(f"{name}.u", ()))
        for index, text in enumerate(self.raw.get(name, ())):
            if not text.strip():
                continue
            if len(text) > limits.TEXT:
                raise Unreadable("too_long")
            if text in kept and item.type is not Type.QUANTITY:
                yield kept[text]  # the answer as it was, not as its field can show it
                continue
            value = read_typed(item.type, text, self.zone)
            if item.type is Type.QUANTITY:
                unit = units[index].strip() if index < len(units) else ""
                value = {"valueQuantity": {"value": content(value), **_unit(item, unit)}}
            yield value

    def _chosen(self, item: Item, name: str) -> Iterator[Value]:
        chosen = [each for each in self.raw.get(name, ()) if each]
        own = " ".join(self.raw.get(f"{name}.o", ())).strip() if item.type is Type.OPEN_CHOICE else ""
        listed = [each for each in chosen if each != OTHER]
        if len(own) > limits.TEXT:
            raise Unreadable("too_long")
        if any(_place_in(item.options, each) is None for each in listed):
            raise Unreadable("choice")
        if OTHER in chosen and not own and item.options:
            raise Unreadable("own_words")
        if not item.repeats and len(listed) + bool(own) > 1:
            raise Unreadable("one_answer")
        for each in dict.fromkeys(listed):
            yield item.options[int(each)].value
        if own:
            yield {"valueString": own}


def times_typed(raw: Raw, item: Item, path: tuple[int, ...]) -> int:
    """How often a repeating group or the fields of a repeating question stand."""
    told = next(iter(raw.get(name_of((item.number, path), "n"), ())), "1")
    times = int(told) if told.isascii() and told.isdecimal() and len(told) < 4 else 1
    return max(1, min(times, item.most_times or 1))


def _place_in(listed: Sequence, typed: str) -> int | None:
    """The place in a list that a field names; None for anything else, such as a number that no list has."""
    plain = typed.isascii() and typed.isdecimal() and len(typed) < _DIGITS
    return int(typed) if plain and int(typed) < len(listed) else None


def _unit(item: Item, typed: str) -> dict[str, str]:
    if item.units:
        place = _place_in(item.units, typed)
        if place is None:
            raise Unreadable("unit")
        option = item.units[place]
        coding = content(option.value)
        return {"unit": option.label, **{name: coding[name] for name in ("system", "code") if name in coding}}
    if item.unit or typed:
        return {"unit": item.unit or typed[:100]}
    return {}


# More and fewer


def repeated(form: Form, raw: Raw, press: str, zone: tzinfo, room: int) -> dict[str, list[str]]:
    """The fields after somebody pressed `more:n5-0` (one more) or `less:n5-0:2` (without the third).

    `room` is how many fields the whole form may still get.
    """
    typed = of_form(raw)
    deed, _, rest = press.partition(":")
    name, _, index = rest.partition(":")
    found = _NAME.match(name)
    if not found or name[0] != "n" or int(found[1]) >= len(form.items):
        return typed
    item = form.items[int(found[1])]
    path = tuple(int(each) for each in found[2].split("-")[1:])
    times = times_typed(typed, item, path)
    if deed == "more" and item.repeats and times < (item.most_times or 1) and item.weight <= room:
        typed[name] = [str(times + 1)]
        if item.repeats_group:
            _begin_occurrence(item, (*path, times), typed, zone)
    elif deed == "less" and item.repeats_group and (gone := _place_in(range(times), index)) is not None:
        typed = _without_occurrence(typed, item, path, gone, times)
    return typed


def _begin_occurrence(group: Item, path: tuple[int, ...], typed: dict[str, list[str]], zone: tzinfo) -> None:
    """A new occurrence has the initial values that the form gives."""
    initial = {(item.number, path): item.initial for item in _all(group.children) if item.initial}
    for child in group.children:
        _write(child, path, Answers(initial), typed, zone)


def _all(items: tuple[Item, ...]) -> Iterator[Item]:
    for item in items:
        yield item
        if not item.repeats_group:
            yield from _all(item.children)


def _without_occurrence(
    typed: dict[str, list[str]], group: Item, path: tuple[int, ...], gone: int, times: int
) -> dict[str, list[str]]:
    """The occurrences after the one that goes move up by one."""
    inner, depth = _inside(group), len(path)
    moved: dict[str, list[str]] = {}
    for name, held in typed.items():
        found = _NAME.match(name)
        at = tuple(int(each) for each in found[2].split("-")[1:])
        if int(found[1]) not in inner or at[:depth] != path or len(at) <= depth or at[depth] < gone:
            moved[name] = held
        elif at[depth] > gone:
            place = (int(found[1]), (*path, at[depth] - 1, *at[depth + 1 :]))
            moved[name_of(place, name[0]) + (found[3] or "")] = held
    moved[name_of((group.number, path), "n")] = [str(max(times - 1, 1))]
    return moved


def _inside(item: Item) -> set[int]:
    return {each for child in item.children for each in (child.number, *_inside(child))}
