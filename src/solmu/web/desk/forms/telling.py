"""Answers as they are told: each asked item with its answers in words, as the form stood when it was answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import formats
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from solmu.instruments.questionnaire import Form, Item, Value
from solmu.instruments.questionnaire.values import content, kind_of, plain_number, same
from solmu.instruments.rules.answers import Answers, Place, occurrences, places
from solmu.instruments.rules.enabling import asked


@dataclass(frozen=True)
class Told:
    """One item with its answers; a repeating group stands once for each time it was answered."""

    kind: str
    label: str
    answers: tuple[str, ...]
    children: tuple["Told", ...]


def tell(form: Form, answers: Answers) -> tuple[Told, ...]:
    """Every item that was asked, answered or not."""
    return _all(form.children, (), answers, asked(form, answers))


def _all(items: tuple[Item, ...], path: tuple[int, ...], answers: Answers, open_now: set[Place]) -> tuple[Told, ...]:
    return tuple(
        told
        for item in items
        if (item.number, path) in open_now and not item.hidden
        for told in _tell(item, path, answers, open_now)
    )


def _tell(item: Item, path: tuple[int, ...], answers: Answers, open_now: set[Place]) -> list[Told]:
    label = f"{item.prefix} {item.text}".strip()
    words = tuple(value_words(item, value) for value in answers.at(item, path))
    paths = occurrences(item, path, answers)
    return [
        Told(
            item.type.value if not item.asks else "question",
            f"{label} {number}" if len(paths) > 1 else label,
            words,
            _all(item.children, inside, answers, open_now),
        )
        for number, inside in enumerate(paths, start=1)
    ]


def differences(form: Form, theirs: Answers, mine: Answers) -> list[dict[str, str]]:
    """The items that two people have answered differently, with what is saved now."""
    told = []
    both = {(item.number, path): item for item, path in [*places(form, theirs), *places(form, mine)]}
    for place, item in sorted(both.items()):
        if theirs.values.get(place, ()) != mine.values.get(place, ()):
            saved = ", ".join(value_words(item, value) for value in theirs.values.get(place, ()))
            told.append({"label": item.text or item.link_id, "saved": saved})
    return told


def value_words(item: Item, value: Value) -> str:
    """An answer in words."""
    kind, held = kind_of(value), content(value)
    if kind == "valueCoding":
        return next((option.label for option in item.options if same(option.value, value)), "") or _coding(held)
    if kind == "valueQuantity":
        unit = str(held.get("unit") or held.get("code") or "")
        return f"{_number(held.get('value'))} {unit}".strip()
    return _WORDS.get(kind, str)(held)


def _coding(held: Mapping[str, Any]) -> str:
    return str(held.get("display") or held.get("code") or "")


def _number(number: Any) -> str:
    return plain_number(number).replace(".", formats.get_format("DECIMAL_SEPARATOR"))


def _day(text: str) -> str:
    try:
        return formats.date_format(date.fromisoformat(text), "SHORT_DATE_FORMAT")
    except ValueError:
        return text


def _moment(text: str) -> str:
    try:
        moment = datetime.fromisoformat(text)
        moment = localtime(moment) if moment.tzinfo else moment
    except (ValueError, OverflowError):
        return text
    return formats.date_format(moment, "SHORT_DATETIME_FORMAT")


_WORDS = {
    "valueBoolean": lambda held: _("yes") if held else _("no"),
    "valueInteger": _number,
    "valueDecimal": _number,
    "valueDate": _day,
    "valueDateTime": _moment,
    "valueTime": lambda held: held[:5],
}
