"""Reads about contacts: the worker's own list, one contact, and what was considered about a notification."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db import models
from django.db.models import Q

from solmu.access import gate
from solmu.access.actor import Actor
from solmu.access.classes import InformationClass as C
from solmu.access.deeds import Deed
from solmu.access.gate import Access
from solmu.access.grants import records_open_to
from solmu.casework.models import Contact, NotificationConsideration
from solmu.families.queries import names_of
from solmu.families.rules.phones import shown_phone

PER_PAGE = 20
_UNDER_WAY_FIRST = models.Case(models.When(state=Contact.State.OPEN, then=0), default=1)


@dataclass(frozen=True)
class ContactLine:
    """A contact in a list: whom to think of, never what was said."""

    id: UUID
    reference: str
    name: str
    state: str
    state_words: str
    channel_words: str
    by_words: str
    language: str
    taken_at: datetime
    taken_by_name: str
    pair_name: str
    ask_safety_on: date | None


@dataclass(frozen=True)
class ContactView:
    """All of one contact that the reader may see."""

    id: UUID
    version: int
    reference: str
    family_id: UUID | None
    record_id: UUID
    state: str
    state_words: str
    channel: str
    channel_words: str
    by: str
    by_words: str
    caller_name: str
    caller_phone: str
    calling: str
    calling_words: str
    calling_note: str
    words: str
    words_read_back: bool
    would_help: str
    domains: list[str]
    language: str
    interpreter: str
    interpreter_words: str
    safety: str
    safety_words: str
    safety_ask_on: date | None
    advice: str
    taken_by_name: str
    taken_by: UUID
    pair_id: UUID | None
    pair_name: str
    taken_at: datetime
    ended_at: datetime | None

    @property
    def title(self) -> str:
        """Whom the contact is with, or its reference when no name was said."""
        return self.caller_name or self.reference

    @property
    def phone_shown(self) -> str:
        """The telephone number as people say it."""
        return shown_phone(self.caller_phone) if self.caller_phone else ""


@dataclass(frozen=True)
class Considered:
    """A consideration of the child welfare notification."""

    conclusion: str
    conclusion_words: str
    reason: str
    done_on: date | None
    family_told: bool | None
    considered_at: datetime
    considered_by_name: str


_IDENTITY = ("caller_name", "caller_phone", "calling", "calling_note")
_WORDED = ("state", "channel", "by", "calling", "interpreter", "safety")
_PLAIN = tuple(name for name in ContactView.__dataclass_fields__ if not name.endswith("_words"))


def references_of(access: Access, contact_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The references of the actor's own contacts among these, by identifier. A reference tells of nobody."""
    me = access.actor.account_id
    own = Contact.objects.filter(Q(taken_by=me) | Q(pair_id=me), pk__in=list(contact_ids))
    return dict(own.values_list("id", "reference"))


def record_of(contact_id: UUID) -> UUID:
    """Under which record the gate knows the contact: its family's once it has one.

    Reads the two identifiers only, so that the gate can be asked. A contact that is not there is its own record,
    to which nobody has a grant.
    """
    family_id = Contact.objects.filter(pk=contact_id).values_list("family_id", flat=True).first()
    return family_id or contact_id


def contact(access: Access, contact_id: UUID) -> ContactView:
    """The contact, as far as the reader may see it."""
    row = Contact.objects.get(pk=contact_id, **_under(access, contact_id))
    return view_of(access, row)


def view_of(access: Access, row: Contact) -> ContactView:
    """The same for a row at hand, such as the one that a Conflict carries."""
    shown = {name: getattr(row, name) for name in _PLAIN}
    if not access.covers(C.IDENTITY):
        shown |= dict.fromkeys(_IDENTITY, "")
    words = {f"{name}_words": getattr(row, f"get_{name}_display")() for name in _WORDED}
    return ContactView(**shown, **words)


def _under(access: Access, contact_id: UUID) -> dict:
    return {"family_id": None} if access.record_id == contact_id else {"family_id": access.record_id}


def contacts_page(actor: Actor, number: int = 1) -> tuple[list[ContactLine], Page]:
    """The unit's contacts that are open to the actor, those under way first, 20 at a time; each one is logged."""
    opened = records_open_to(actor, C.CASEWORK | C.IDENTITY)
    mine = Contact.objects.filter(Q(family=None, pk__in=opened) | Q(family_id__in=opened), unit_id=actor.unit_id)
    page = Paginator(mine.order_by(_UNDER_WAY_FIRST, "-taken_at", "-id"), PER_PAGE).get_page(number)
    rows = list(page.object_list)
    listed = gate.list_records(actor, Deed.READ_CONTACT, [row.record_id for row in rows])
    names = names_of([row.family_id for row in rows if row.family_id in listed])
    return [_line(row, names) for row in rows if row.record_id in listed], page


def _line(row: Contact, names: dict[UUID, str]) -> ContactLine:
    return ContactLine(
        id=row.id,
        reference=row.reference,
        name=names.get(row.family_id) or row.caller_name or row.reference,
        state=row.state,
        state_words=row.get_state_display(),
        channel_words=row.get_channel_display(),
        by_words=row.get_by_display(),
        language=row.language,
        taken_at=row.taken_at,
        taken_by_name=row.taken_by_name,
        pair_name=row.pair_name,
        ask_safety_on=row.safety_ask_on,
    )


def records_of(access: Access) -> list[UUID]:
    """The identifiers under which the ledger knows the family: its own, and those of the contacts it began with."""
    contacts = Contact.objects.filter(family_id=access.record_id).values_list("pk", flat=True)
    return [access.record_id, *contacts]


def considered(access: Access) -> list[Considered]:
    """Every consideration of a notification on the record, the latest first; also from before there was a family."""
    if not access.covers(C.CASEWORK):
        return []
    rows = NotificationConsideration.objects.filter(record_id__in=records_of(access)).order_by("-considered_at", "-id")
    return [
        Considered(
            conclusion=row.conclusion,
            conclusion_words=row.get_conclusion_display(),
            reason=row.reason,
            done_on=row.done_on,
            family_told=row.family_told,
            considered_at=row.considered_at,
            considered_by_name=row.considered_by_name,
        )
        for row in rows
    ]
