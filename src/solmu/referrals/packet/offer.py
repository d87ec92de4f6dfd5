"""One item on offer, with its content."""

from dataclasses import dataclass
from uuid import UUID

from solmu.access.classes import InformationClass as C
from solmu.consents.rules import Asked


@dataclass(frozen=True)
class Offer:
    """An item that may be chosen: what it is called, why it would be told, whose data it holds, and its words."""

    code: str
    label: str
    why: str
    needs: C
    about: frozenset[UUID]
    title: str
    form: str
    rows: tuple[tuple[str, ...], ...]
    own_part: bool = False

    @property
    def asked(self) -> Asked:
        """The item as the rules of permission see it."""
        return Asked(self.code, self.about, self.own_part)
