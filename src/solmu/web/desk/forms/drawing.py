"""A form as it is drawn: for each item that is asked, its field, what stands in it and what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from solmu.instruments.questionnaire import Form, Item, Type
from solmu.instruments.questionnaire.items import CHOICES
from solmu.instruments.rules.answers import Answers, Place, occurrences, room
from solmu.instruments.rules.checking import shown
from solmu.instruments.rules.typed import OTHER, Raw, name_of, times_typed
from solmu.web.desk.forms.telling import value_words

_LIST_FROM = 9  # so many answers are picked from a list
_INPUTS = {
    Type.DATE: "date",
    Type.DATE_TIME: "datetime-local",
    Type.TIME: "time",
    Type.URL: "url",
}


@dataclass(frozen=True)
class Choice:
    """One answer to choose."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Row:
    """One field of a question: a repeating one has several."""

    ident: str
    text: str
    unit: str
    number: int


@dataclass(frozen=True)
class Occurrence:
    """One time that a repeating group stands."""

    number: int
    children: tuple["Drawn", ...]
    less: str


@dataclass(frozen=True)
class Drawn:
    """An item as it is drawn."""

    item: Item
    name: str
    kind: str
    error: str = ""
    choices: tuple[Choice, ...] = ()
    other: str | None = None
    rows: tuple[Row, ...] = ()
    units: tuple[Choice, ...] = ()
    told: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    children: tuple["Drawn", ...] = ()
    occurrences: tuple[Occurrence, ...] = ()
    more: str = ""
    times: int = 1
    opens: bool = False
    """Whether other items are asked or not by what is answered here."""
    many: bool = False

    @property
    def label(self) -> str:
        """The item's number in the form, if it has one, and its words."""
        return f"{self.item.prefix} {self.item.text}".strip()

    @property
    def described(self) -> str:
        """The identifiers of what describes the field, for screen readers."""
        parts = [f"{self.name}-hint"] if self.hints else []
        return " ".join([*parts, *([f"{self.name}-err"] if self.error else [])])

    @property
    def input_type(self) -> str:
        """The type of the field in HTML."""
        return _INPUTS.get(self.item.type, "text")

    @property
    def input_mode(self) -> str:
        """Which keys a phone shows."""
        return {Type.INTEGER: "numeric", Type.DECIMAL: "decimal", Type.QUANTITY: "decimal"}.get(self.item.type, "")


@dataclass(frozen=True)
class Sheet:
    """What is needed to draw a form: the form, what stands in its fields, which items are asked and what is wrong."""

    form: Form
    raw: Raw
    answers: Answers
    asked: set[Place]
    errors: Mapping[str, str]

    @cached_property
    def room(self) -> int:
        """How many fields more the form may get."""
        return room(self.form, self.answers)

    def draw(self, items: tuple[Item, ...]) -> tuple[Drawn, ...]:
        """The items that are asked."""
        return self._all(items, ())

    def _all(self, items: tuple[Item, ...], path: tuple[int, ...]) -> tuple[Drawn, ...]:
        return tuple(self._draw(item, path) for item in items if (item.number, path) in self.asked and not item.hidden)

    def _draw(self, item: Item, path: tuple[int, ...]) -> Drawn:
        name = name_of((item.number, path))
        common = {"item": item, "name": name, "error": self.errors.get(name, ""), "hints": self._hints(item)}
        if item.repeats_group:
            return self._repeating(item, path, common)
        children = self._all(item.children, path)
        if not item.asks:
            return Drawn(kind=item.type.value, children=children, **common)
        common |= {"children": children, "opens": item.number in self.form.asked_about}
        if item.read_only:
            told = tuple(value_words(item, value) for value in self.answers.at(item, path))
            return Drawn(kind="told", told=told, **common)
        if item.type in CHOICES and item.options:
            return self._choice(item, name, common)
        if item.type is Type.BOOLEAN:
            return Drawn(kind="one", choices=self._yes_no(item, name), **common)
        return self._fields(item, path, name, common)

    def _hints(self, item: Item) -> tuple[str, ...]:
        bounds, found = item.bounds, [*item.hints]
        if item.entry_format:
            found.append(item.entry_format)
        if item.read_only or item.hidden:
            return tuple(found)
        if bounds.least and bounds.most:
            found.append(_("From %(least)s to %(most)s.") % {"least": shown(bounds.least), "most": shown(bounds.most)})
        elif bounds.least:
            found.append(_("At least %(least)s.") % {"least": shown(bounds.least)})
        elif bounds.most:
            found.append(_("At most %(most)s.") % {"most": shown(bounds.most)})
        if item.type is Type.DATE_TIME:
            found.append(_("Day and time"))
        return tuple(found)

    def _repeating(self, item: Item, path: tuple[int, ...], common: dict) -> Drawn:
        paths = occurrences(item, path, self.answers)
        name = name_of((item.number, path), "n")
        drawn = tuple(
            Occurrence(index + 1, self._all(item.children, inside), f"less:{name}:{index}" if len(paths) > 1 else "")
            for index, inside in enumerate(paths)
        )
        more = f"more:{name}" if len(paths) < (item.most_times or 1) and item.weight <= self.room else ""
        return Drawn(kind="repeating", occurrences=drawn, more=more, times=len(paths), **common)

    def _yes_no(self, item: Item, name: str) -> tuple[Choice, ...]:
        chosen = next(iter(self.raw.get(name, ())), "")
        alternatives = [("true", _("yes")), ("false", _("no"))] + ([] if item.required else [("", _("no answer"))])
        return tuple(Choice(value, label, value == chosen) for value, label in alternatives)

    def _choice(self, item: Item, name: str, common: dict) -> Drawn:
        typed = [each for each in self.raw.get(name, ()) if each]
        own = " ".join(self.raw.get(f"{name}.o", ()))
        is_open = item.type is Type.OPEN_CHOICE
        choices = [Choice(str(n), option.label, str(n) in typed) for n, option in enumerate(item.options)]
        if is_open:
            choices.append(Choice(OTHER, _("Other, in own words"), OTHER in typed or bool(own and not typed)))
        kind = "many" if item.repeats else "list" if self._from_list(item) else "one"
        if kind == "list" or (kind == "one" and not item.required):
            choices = [*choices, Choice("", _("no answer"), not typed and not own)]
        if kind == "list":
            choices = [choices[-1], *choices[:-1]]
        return Drawn(kind=kind, choices=tuple(choices), other=own if is_open else None, **common)

    def _from_list(self, item: Item) -> bool:
        if item.control in {"radio-button", "check-box"}:
            return False
        return item.control in {"drop-down", "autocomplete", "lookup"} or len(item.options) >= _LIST_FROM

    def _fields(self, item: Item, path: tuple[int, ...], name: str, common: dict) -> Drawn:
        if item.type in CHOICES:  # an open choice without a list: only own words
            own = " ".join(self.raw.get(f"{name}.o", ()))
            return Drawn(kind="own", other=own, **common)
        typed, units = list(self.raw.get(name, ())), list(self.raw.get(f"{name}.u", ()))
        asked_for = times_typed(self.raw, item, path) if item.repeats else 1
        times = min(max(len(typed), min(asked_for, len(typed) + 1), 1), item.most_times or 1)
        rows = tuple(Row(name if n == 0 else f"{name}.{n}", _at(typed, n), _at(units, n), n + 1) for n in range(times))
        more = f"more:{name_of((item.number, path), 'n')}" if item.repeats and times < (item.most_times or 1) else ""
        kind = "text" if item.type is Type.TEXT else "quantity" if item.type is Type.QUANTITY else "input"
        listed = tuple(Choice(str(n), option.label, False) for n, option in enumerate(item.units))
        return Drawn(kind=kind, rows=rows, units=listed, more=more, times=times, many=item.repeats, **common)


def _at(typed: list[str], index: int) -> str:
    return typed[index] if index < len(typed) else ""
