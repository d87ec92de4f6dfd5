"""One item on offer, with its content."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from solmu.access.classes import InformationClass as C
from solmu.consents.rules import Asked
from solmu.referrals.packet.catalogue import KINDS, label_of


@dataclass(frozen=True)
class Offer:
    """An item that may be chosen: what it is called, why it would be told, whose data it holds, and its words."""

    code: str
    label: str
    why: str
    needs: C
    about: frozenset[UUID]
    form: str
    rows: tuple[tuple[str, ...], ...]
    own_part: bool = False

    @property
    def asked(self) -> Asked:
        """The item as the rules of permission see it."""
        return Asked(self.code, self.about, self.own_part)


def offer_of(
    code: str, rows: Iterable[tuple[str, ...]], form: str, *, names: Mapping[UUID, str], about: Iterable[UUID], **more
) -> Offer:
    """An item with the words of its kind; `names` are those of the people whom its label may name."""
    kind = KINDS[code.partition(":")[0]]
    return Offer(code, label_of(code, names), str(kind.why), kind.needs, frozenset(about), form, tuple(rows), **more)
