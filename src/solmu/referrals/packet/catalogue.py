"""The kinds of item: what each is called, why it would be told, and which class of information it needs.

An item's code is its kind, or its kind and whose or which it is: `contact:<person>`, `knots:<domain>:<person>`.
The pair's own notes and the address under non-disclosure have no kind here, so nothing can choose them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext, gettext_lazy as _

from solmu.access.classes import InformationClass as C
from solmu.situations.models import Domain


@dataclass(frozen=True)
class Kind:
    """A kind of item; `needs` is what the preparer must be allowed to read to offer it."""

    code: str
    label: object
    why: object
    needs: C


@dataclass(frozen=True)
class Draft:
    """What the pair has written for this one contact, beside what the record holds."""

    asked: str = ""
    wish: str = ""
    already_done: str = ""
    case_id: UUID | None = None
    engagement_id: UUID | None = None
    answers_within: int | None = None


_ALL = (
    Kind("contact", _("Name and phone: %(who)s"), _("So that the receiver can call"), C.IDENTITY),
    Kind("calling", _("When it is safe to talk: %(who)s"), _("A safe time and way to call"), C.IDENTITY),
    Kind("language", _("Language and interpreter"), _("The right worker and interpreter from the start"), C.IDENTITY),
    Kind("area", _("Area where the family lives"), _("The right area's workers answer"), C.IDENTITY),
    Kind("ages", _("Who belongs to the family: ages only"), _("The right worker answers"), C.IDENTITY),
    Kind("names", _("Names of those who live at home"), _("Rarely needed for the first call"), C.IDENTITY),
    Kind("words", _("Own words"), _("The matter need not be told again from the beginning"), C.CASEWORK),
    Kind("would_help", _("What would help"), _("Help begins from what the family finds useful"), C.CASEWORK),
    Kind("knots", _("Knots: %(domain)s"), _("The receiver can bring in those who know this"), C.SITUATION),
    Kind("bonds", _("What carries: %(domain)s"), _("Help can build on what is strong"), C.SITUATION),
    Kind("own_part", _("Own part: %(who)s"), _("Only if the young person wants it told"), C.SITUATION | C.YOUNG_PART),
    Kind("wish", _("What the family wishes"), _("What is asked, in the family's own words"), C.CASEWORK),
    Kind("already_done", _("What has been done already"), _("Nothing is begun twice"), C.CASEWORK),
    Kind(
        "entry",
        _("Meets the entry criterion of the operating model"),
        _("Only if the receiver needs it"),
        C.PROTECTED,
    ),
    Kind(
        "network",
        _("The receiver may gather the network"),
        _("After accepting, the receiver sees the network, the plan and the promises"),
        C.CASEWORK,
    ),
)
KINDS: Mapping[str, Kind] = {kind.code: kind for kind in _ALL}
NETWORK = "network"


def label_of(code: str, names: Mapping[UUID, str]) -> str:
    """What an item is called; `names` are the people of the family that the reader may know."""
    kind, *details = code.split(":")
    if kind not in KINDS:
        return code
    words = {"who": "–", "domain": ""}
    person = None
    for detail in details:
        if detail in Domain.values:
            words["domain"] = str(Domain(detail).label)
        else:
            person = names.get(UUID(detail), "–")
            words["who"] = person
    label = str(KINDS[kind].label) % words
    if person and words["domain"]:
        return gettext("%(label)s (%(who)s)") % {"label": label, "who": person}
    return label
