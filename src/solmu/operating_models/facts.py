"""Which facts may a model ask about? The types; higher rooms fill the catalogue itself."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class FactType(StrEnum):
    """What kind of answer a fact has, and so which comparisons make sense for it."""

    YES_NO = "yes_no"
    DATE = "date"
    NUMBER = "number"
    TEXT = "text"
    CHOICE = "choice"


class Scope(StrEnum):
    """Whose fact it is: the whole family's, or one member's."""

    FAMILY = "family"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that can be known of a family or a member, whoever asks for it."""

    name: str
    type: FactType
    scope: Scope
    information_class: str
    """Who may see the answer; the gate's name for it."""
    asks: str = ""
    """Label of the question that fills this fact, when no model words its own."""
    choices: tuple[str, ...] = ()
    """The possible answers of a choice."""
    means: str = ""
    """One sentence for package authors."""
    read_from: str = ""
    """The record that the value comes from."""
    domains: tuple[str, ...] = ()
    """The domains of life that the answer tells of; by them the library finds the models that ask."""

    def accepts(self, value: object) -> bool:
        """Is this a possible answer? None is: asked, and left unanswered."""
        if value is None:
            return True
        if self.type is FactType.YES_NO:
            return isinstance(value, bool)
        if self.type is FactType.DATE:
            return type(value) is date
        if self.type is FactType.NUMBER:
            return isinstance(value, int | float) and not isinstance(value, bool)
        if self.type is FactType.CHOICE:
            return value in self.choices
        return isinstance(value, str)


class Catalogue(Mapping[str, Fact]):
    """All facts that models may refer to, by name, in the order in which they were given."""

    def __init__(self, facts: Iterable[Fact] = ()):
        self._facts: dict[str, Fact] = {}
        for fact in facts:
            if fact.name in self._facts:
                raise ValueError(f"the fact {fact.name} is in the catalogue twice")
            self._facts[fact.name] = fact

    def __getitem__(self, name: str) -> Fact:
        return self._facts[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._facts)

    def __len__(self) -> int:
        return len(self._facts)
