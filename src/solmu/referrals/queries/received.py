"""The receiver's view: the unit's queue without names, and one referral with the packet that the family permitted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, F, Q

from solmu.access import gate
from solmu.access.actor import Actor
from solmu.access.deeds import Deed
from solmu.access.gate import Access
from solmu.access.grants import live_grants
from solmu.access.models import Grant
from solmu.agenda.models import ENOUGH_TO_SEE, Item
from solmu.agenda.queries import Waiting
from solmu.kernel.clock import local_date
from solmu.referrals.models import Referral, State
from solmu.referrals.packet import Section
from solmu.referrals.packet.catalogue import NETWORK
from solmu.referrals.packet.offering import language_name
from solmu.referrals.queries.rows import (
    QuestionRow,
    StepRow,
    questions_of,
    receiver_name,
    sender_name,
    state_words,
    steps_of,
    tone_of,
)
from solmu.referrals.records import owners_at_sender
from solmu.referrals.rules import TERMINAL, By, open_moves

_NEED_A_READER = frozenset({"ask", "redirect"})
_OPEN = sorted(set(State) - TERMINAL - {State.DRAFT})


@dataclass(frozen=True)
class QueueRow:
    """What the whole unit sees of a referral: nothing that tells who it is about."""

    id: UUID
    reference: str
    asked: str
    urgent: bool
    state: str
    state_words: str
    tone: str
    language: str
    interpreter: bool | None
    area: str
    due_on: date | None
    sent_at: datetime
    claimed_by: str
    is_mine: bool


@dataclass(frozen=True)
class Received(QueueRow):
    """A referral on the receiver's page."""

    version: int
    sender: str
    receiver: str
    sections: tuple[Section, ...]
    moves: frozenset[str]
    is_followed: bool
    """Whether somebody at the sender still works with the family, and hears what is told."""
    may_release: bool
    network_permitted: bool
    state_reason: str
    outcome: str
    questions: tuple[QuestionRow, ...]
    way: tuple[StepRow, ...]
    last_day: date | None
    family_id: UUID


@dataclass(frozen=True)
class Notice:
    """A word to the unit: this contact ended at the other side. Its reference says which; nothing else is told."""

    item_id: UUID
    kind: str
    label: str
    reference: str
    on: datetime


def queue(actor: Actor, which: str, *, first: int = 0, most: int = 25) -> tuple[list[QueueRow], dict[str, int]]:
    """The unit's open referrals: unclaimed, the actor's own, or all; urgent first, then by date. And the counts."""
    resting = live_grants(actor.at).filter(
        basis=Grant.Basis.REFERRAL, subject_kind=Grant.Subject.UNIT, subject_id=actor.unit_id
    )
    here = Referral.objects.filter(to_unit_id=actor.unit_id, state__in=_OPEN, pk__in=resting.values("basis_id"))
    parts = {"unclaimed": Q(claimed_by=None), "mine": Q(claimed_by=actor.account_id), "all": Q()}
    counts = here.aggregate(**{name: Count("id", filter=part) for name, part in parts.items()})
    which = which if which in parts else "unclaimed"
    first = min(first, max(counts[which] - 1, 0) // most * most)  # a page that is no longer there is the last one
    page = here.filter(parts[which]).order_by("-priority", F("due_on").asc(), "id")
    page = list(page.select_related("case")[first : first + most])
    shown = gate.list_records(actor, Deed.LIST_QUEUE, [referral.case.family_id for referral in page])
    return [QueueRow(**_row(actor, one)) for one in page if one.case.family_id in shown], counts


def _last_day(closes_at: datetime | None) -> date | None:
    """The day before the midnight at which the grant closes."""
    return local_date(closes_at - timedelta(microseconds=1)) if closes_at else None


def received(access: Access, referral_id: UUID) -> Received:
    """One referral with its packet, for the unit that it was sent to."""
    referral = Referral.objects.select_related(
        "from_unit__organisation", "to_unit__organisation", "to_point", "case"
    ).get(pk=referral_id, case__family_id=access.record_id, to_unit_id=access.actor.unit_id)
    is_followed = bool(owners_at_sender(referral))
    moves = open_moves(referral.state, By.RECEIVER) - (frozenset() if is_followed else _NEED_A_READER)
    mine = referral.claimed_by == access.actor.account_id
    until = (
        live_grants(access.actor.at)
        .filter(basis_id=referral.id)
        .order_by("valid_to")
        .values_list("valid_to", flat=True)
    )
    return Received(
        **_row(access.actor, referral),
        version=referral.version,
        sender=sender_name(referral),
        receiver=receiver_name(referral),
        sections=tuple(referral.packet or ()),
        moves=moves,
        is_followed=is_followed,
        may_release=mine and "release" in moves,
        network_permitted=NETWORK in referral.items,
        state_reason=referral.state_reason,
        outcome=referral.outcome,
        questions=questions_of(referral),
        way=steps_of(referral),
        last_day=_last_day(until.first()),
        family_id=access.record_id,
    )


def _row(actor: Actor, referral: Referral) -> dict:
    return {
        "id": referral.id,
        "reference": referral.reference,
        "asked": referral.asked,
        "urgent": referral.priority == Referral.Priority.URGENT,
        "state": referral.state,
        "state_words": state_words(referral),
        "tone": tone_of(referral.state),
        "language": language_name(referral.language) if referral.language else "",
        "interpreter": referral.interpreter,
        "area": referral.area,
        "due_on": referral.due_on,
        "sent_at": referral.sent_at,
        "claimed_by": referral.claimed_by_name if referral.claimed_by else "",
        "is_mine": referral.claimed_by == actor.account_id,
    }


def references_here(access: Access, items: Iterable[Waiting]) -> dict[UUID, str]:
    """By item, the reference of the contact to the actor's unit that it is about, or that brought its family there.

    A reference tells of nobody.
    """
    items = list(items)
    about, records = {item.about_id for item in items}, {item.record_id for item in items if item.record_id}
    concerned = Q(pk__in=about) | Q(case__family_id__in=records)
    here = Referral.objects.filter(concerned, to_unit_id=access.actor.unit_id, sent_at__isnull=False)
    rows = list(here.order_by("sent_at", "id").values_list("id", "case__family_id", "reference"))
    direct = {about_id: reference for about_id, _family, reference in rows}
    last = {family_id: reference for _about, family_id, reference in rows}
    found = {item.id: direct.get(item.about_id) or last.get(item.record_id, "") for item in items}
    return {item_id: reference for item_id, reference in found.items() if reference}


def notices(access: Access) -> list[Notice]:
    """The notices to the actor's unit that nobody there has ticked as seen."""
    items = Item.objects.filter(kind__in=ENOUGH_TO_SEE, owner_unit_id=access.actor.unit_id, settled_at=None)
    items = list(items.order_by("put_at", "id"))
    references = dict(Referral.objects.filter(pk__in=[one.about_id for one in items]).values_list("id", "reference"))
    return [
        Notice(one.id, one.kind, str(Item.Kind(one.kind).label), references[one.about_id], one.put_at) for one in items
    ]
