"""Answers as the items of a FHIR R4 QuestionnaireResponse, whose structure mirrors the form's, and back."""

from typing import Any

from solmu.instruments.questionnaire import Form, Item, Type
from solmu.instruments.rules.answers import Answers, Place, occurrences

Items = list[dict[str, Any]]


def to_items(form: Form, answers: Answers, kept: set[Place] | None = None, *, with_text: bool = False) -> Items:
    """The answers as nested items; only those at the places `kept`, when it is given. Nothing empty is written."""
    return [entry for item in form.children for entry in _Writer(answers, kept, with_text=with_text).entries(item, ())]


class _Writer:
    def __init__(self, answers: Answers, kept: set[Place] | None, *, with_text: bool):
        self.answers, self.kept, self.with_text = answers, kept, with_text

    def entries(self, item: Item, path: tuple[int, ...]) -> Items:
        if item.type is Type.DISPLAY or (self.kept is not None and (item.number, path) not in self.kept):
            return []
        if item.type is Type.GROUP:
            return [
                self._entry(item, {"item": inner})
                for inside in occurrences(item, path, self.answers)
                if (inner := self._inner(item, inside))
            ]
        given: Items = [dict(value) for value in self.answers.at(item, path)]
        if inner := self._inner(item, path):
            given = given or [{}]  # FHIR R4 lets an answer hold items without a value of its own
            given[0] = {**given[0], "item": inner}
        return [self._entry(item, {"answer": given})] if given else []

    def _inner(self, item: Item, path: tuple[int, ...]) -> Items:
        return [entry for child in item.children for entry in self.entries(child, path)]

    def _entry(self, item: Item, held: dict[str, Any]) -> dict[str, Any]:
        named = {"linkId": item.link_id}
        if self.with_text and item.text:
            named["text"] = item.text
        return named | held


def from_items(form: Form, items: Items) -> Answers:
    """The answers that were written by `to_items`."""
    values: dict[Place, tuple] = {}
    times: dict[Place, int] = {}
    _read(form.children, items, (), values, times)
    return Answers(values, times)


def _read(children: tuple[Item, ...], items: Items, path: tuple[int, ...], values: dict, times: dict) -> None:
    by_link: dict[str, Items] = {}
    for entry in items:
        by_link.setdefault(entry["linkId"], []).append(entry)
    for item in children:
        entries = by_link.get(item.link_id, [])
        if not entries:
            continue
        if item.repeats_group:
            times[item.number, path] = len(entries)
            for index, entry in enumerate(entries):
                _read(item.children, entry.get("item", []), (*path, index), values, times)
        elif item.type is Type.GROUP:
            _read(item.children, entries[0].get("item", []), path, values, times)
        else:
            _read_answers(item, entries[0].get("answer", []), path, values, times)


def _read_answers(item: Item, given: Items, path: tuple[int, ...], values: dict, times: dict) -> None:
    own = tuple({name: held for name, held in each.items() if name != "item"} for each in given)
    if any(own):
        values[item.number, path] = tuple(each for each in own if each)
    for each in given:
        _read(item.children, each.get("item", []), path, values, times)
