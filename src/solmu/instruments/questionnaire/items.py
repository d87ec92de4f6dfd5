"""What a form is made of, in one language: items in their order, what they ask and when they are asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

Value = Mapping[str, Any]
"""One answer as FHIR writes it: `{"valueInteger": 3}`, `{"valueCoding": {"code": "yes"}}`."""


class Type(StrEnum):
    """The types of items that Solmu shows."""

    GROUP = "group"
    DISPLAY = "display"
    BOOLEAN = "boolean"
    DECIMAL = "decimal"
    INTEGER = "integer"
    DATE = "date"
    DATE_TIME = "dateTime"
    TIME = "time"
    STRING = "string"
    TEXT = "text"
    URL = "url"
    CHOICE = "choice"
    OPEN_CHOICE = "open-choice"
    QUANTITY = "quantity"


CHOICES = frozenset({Type.CHOICE, Type.OPEN_CHOICE})
WORDS = frozenset({Type.STRING, Type.TEXT, Type.URL})
NOT_ASKED = frozenset({Type.GROUP, Type.DISPLAY})
VALUE_KEYS = {
    Type.BOOLEAN: "valueBoolean",
    Type.DECIMAL: "valueDecimal",
    Type.INTEGER: "valueInteger",
    Type.DATE: "valueDate",
    Type.DATE_TIME: "valueDateTime",
    Type.TIME: "valueTime",
    Type.STRING: "valueString",
    Type.TEXT: "valueString",
    Type.URL: "valueUri",
    Type.QUANTITY: "valueQuantity",
}


@dataclass(frozen=True, slots=True)
class Option:
    """An answer that may be chosen; `alone`: choosing it excludes the others."""

    value: Value
    label: str
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Condition:
    """What must be answered to another item, named by its number, for an item to be asked."""

    question: int
    operator: str
    answer: Value


@dataclass(frozen=True, slots=True)
class Bounds:
    """What an answer may be; None where the form sets no bound."""

    least: Value | None = None
    most: Value | None = None
    shortest: int | None = None
    longest: int | None = None
    decimals: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """One item; `number` is its place in the form, from 0; `inside` holds the repeating groups around it by number."""

    number: int
    link_id: str
    type: Type
    text: str = ""
    prefix: str = ""
    hints: tuple[str, ...] = ()
    control: str = ""
    entry_format: str = ""
    unit: str = ""
    units: tuple[Option, ...] = ()
    required: bool = False
    repeats: bool = False
    read_only: bool = False
    hidden: bool = False
    most_times: int | None = None
    bounds: Bounds = Bounds()
    options: tuple[Option, ...] = ()
    initial: tuple[Value, ...] = ()
    conditions: tuple[Condition, ...] = ()
    any_condition: bool = False
    parent: int | None = None
    inside: tuple[int, ...] = ()
    children: tuple["Item", ...] = field(default=(), repr=False)

    @property
    def asks(self) -> bool:
        """Whether it has an answer of its own."""
        return self.type not in NOT_ASKED

    @property
    def weight(self) -> int:
        """How much one more time of it adds to a page: a field for each item inside, and more for long lists."""
        return 1 + len(self.options) // 10 + sum(child.weight for child in self.children)

    @property
    def repeats_group(self) -> bool:
        """A group that may stand several times."""
        return self.repeats and self.type is Type.GROUP


@dataclass(frozen=True, eq=False)
class Form:
    """A form in one language."""

    title: str
    language: str
    languages: tuple[str, ...]
    description: str
    children: tuple[Item, ...]
    items: tuple[Item, ...]
    """Every item in the form's order; an item's number is its place here."""
    order: tuple[int, ...]
    """The numbers of the items, each after what its conditions ask about and after the item around it."""

    @cached_property
    def asked_about(self) -> frozenset[int]:
        """The items on whose answers others depend."""
        return frozenset(condition.question for item in self.items for condition in item.conditions)
