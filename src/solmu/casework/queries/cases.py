"""Reads about cases: whose work it is, where the family's journey stands, and what comes next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from solmu.access import gate
from solmu.access.actor import Actor
from solmu.access.classes import InformationClass as C
from solmu.access.deeds import Deed
from solmu.access.gate import Access
from solmu.access.grants import records_open_to
from solmu.agenda.models import Item
from solmu.agenda.queries import owned_by
from solmu.casework.models import Case, CaseWorker, Contact, Engagement, NetworkMeeting
from solmu.casework.rules.journey import stand
from solmu.consents.models import Permission
from solmu.families.models import Family
from solmu.families.queries import names_of
from solmu.kernel.clock import local_date
from solmu.situations.models import Round

LABELS = {
    "contact": _("Contact"),
    "map": _("Life-situation map"),
    "model": _("Operating model"),
    "permission": _("Permission and prepared contact"),
    "network": _("Network"),
    "follow_up": _("Follow-up"),
}
PAGES = {
    "contact": "desk:family",
    "map": "desk:map",
    "model": "desk:proposals",
    "permission": "desk:permissions",
    "network": "desk:network",
    "follow_up": "desk:case",
}


@dataclass(frozen=True)
class Worker:
    """One of the pair, now or formerly."""

    account_id: UUID
    name: str
    looks_after: str
    since: datetime
    until: datetime | None


@dataclass(frozen=True)
class CaseView:
    """A unit's work with the family."""

    id: UUID
    version: int
    family_id: UUID
    unit_id: UUID
    unit_name: str
    state: str
    state_words: str
    contact_id: UUID | None
    opened_at: datetime
    closed_at: datetime | None
    follow_up_on: date | None
    followed_up_on: date | None
    reopened_reason: str
    pair: tuple[Worker, ...]
    former: tuple[Worker, ...]


@dataclass(frozen=True)
class JourneyStep:
    """A step of the loop as it stands in the thread on the family's pages."""

    key: str
    label: str
    page: str
    state: str  # done | now | later
    on: date | None


@dataclass(frozen=True)
class CaseLine:
    """A family that the worker walks with, and what waits next in it."""

    case_id: UUID
    family_id: UUID
    name: str
    pair: str
    next_step: str
    due_on: date | None


def cases(access: Access) -> list[CaseView]:
    """Every case with the family: the reader's own unit's first, then those under way, then the latest."""
    if not access.covers(C.CASEWORK):
        return []
    rows = Case.objects.filter(family_id=access.record_id).select_related("unit").prefetch_related("workers")
    own = access.actor.unit_id
    rows = sorted(rows, key=lambda case: (case.unit_id == own, case.state == Case.State.OPEN, case.opened_at))
    return [_view(case) for case in reversed(rows)]


def own_case(access: Access) -> CaseView | None:
    """The case of the reader's own unit, else the first of the others."""
    return next(iter(cases(access)), None)


def _view(case: Case) -> CaseView:
    workers = [
        Worker(row.account_id, row.name, row.looks_after, row.since, row.until)
        for row in sorted(case.workers.all(), key=lambda row: (row.since, row.name))
    ]
    return CaseView(
        id=case.id,
        version=case.version,
        family_id=case.family_id,
        unit_id=case.unit_id,
        unit_name=case.unit.name,
        state=case.state,
        state_words=case.get_state_display(),
        contact_id=case.contact_id,
        opened_at=case.opened_at,
        closed_at=case.closed_at,
        follow_up_on=case.follow_up_on,
        followed_up_on=case.followed_up_on,
        reopened_reason=case.reopened_reason,
        pair=tuple(worker for worker in workers if worker.until is None),
        former=tuple(worker for worker in workers if worker.until),
    )


def journey(access: Access, prepared_on: date | None = None) -> list[JourneyStep]:
    """The steps of the loop with their days. `prepared_on`: when a contact to a receiver was sent, if one was."""
    case = own_case(access)
    if case is None:
        return []
    done = {
        "contact": _day(_first(Contact, "taken_at", family_id=access.record_id)) or _day(case.opened_at),
        "map": _first(Round, "held_on", family_id=access.record_id) if access.covers(C.SITUATION) else None,
        "model": _day(_first(Engagement, "started_at", case_id=case.id)),
        "permission": prepared_on or _permitted(access),
        "network": _day(_first(NetworkMeeting, "held_at", case_id=case.id)),
        "follow_up": case.followed_up_on,
    }
    planned = {"follow_up": case.follow_up_on, "network": _meeting_to_come(case)}
    ended = case.state == Case.State.CLOSED
    return [
        JourneyStep(step.key, LABELS[step.key], PAGES[step.key], step.state, step.on)
        for step in stand(done, planned, ended=ended)
    ]


def _first(model, field: str, **of):
    rows = model.objects.filter(**of).exclude(**{field: None}).order_by(field)
    return rows.values_list(field, flat=True).first()


def _day(moment: datetime | None) -> date | None:
    return local_date(moment) if moment else None


def _permitted(access: Access) -> date | None:
    if not access.covers(C.PERMISSIONS):
        return None
    return _day(_first(Permission, "answered_at", family_id=access.record_id, state=Permission.State.GIVEN))


def _meeting_to_come(case: CaseView) -> date | None:
    return _day(_first(NetworkMeeting, "starts_at", case_id=case.id, state=NetworkMeeting.State.AGREED))


def my_cases(actor: Actor, *, first: int = 0, most: int = 20) -> tuple[list[CaseLine], int]:
    """The cases in whose pair the actor is, what waits for the actor soonest at the top, and how many there are in all.

    What a receiver is to do about the family is the receiver's.
    """
    mine = CaseWorker.objects.filter(account_id=actor.account_id, until=None).values("case_id")
    rows = Case.objects.filter(pk__in=mine, family_id__in=records_open_to(actor, C.IDENTITY | C.CASEWORK))
    rows = rows.exclude(state=Case.State.CLOSED)
    total = rows.count()
    waiting = Item.objects.filter(owned_by(actor), settled_at=None)
    soonest = waiting.filter(record_id=OuterRef("family_id")).order_by("due_on", "id")
    ordered = rows.annotate(due_on=Subquery(soonest.values("due_on")[:1]))
    ordered = ordered.order_by(F("due_on").asc(nulls_last=True), "opened_at", "id").prefetch_related("workers")
    shown = list(ordered[first : first + most])
    listed = gate.list_records(actor, Deed.LIST_FAMILIES, [case.family_id for case in shown])
    names, waits = names_of(listed), _soonest(waiting, listed)
    return [_case_line(case, names, waits) for case in shown if case.family_id in listed], total


def _soonest(waiting: QuerySet[Item], family_ids: Iterable[UUID]) -> dict[UUID, Item]:
    items = waiting.filter(record_id__in=family_ids).order_by("-due_on", "-id")
    return {item.record_id: item for item in items}


def _case_line(case: Case, names: dict[UUID, str], waits: dict[UUID, Item]) -> CaseLine:
    item = waits.get(case.family_id)
    pair = sorted((row for row in case.workers.all() if row.until is None), key=lambda row: (row.since, row.name))
    return CaseLine(
        case_id=case.id,
        family_id=case.family_id,
        name=names[case.family_id],
        pair=", ".join(row.name for row in pair),
        next_step=item.get_kind_display() if item else "",
        due_on=item.due_on if item else None,
    )


def family_with_reference(actor: Actor, reference: str) -> UUID | None:
    """The family whose reference somebody said aloud, when the actor's own organisation keeps it.

    Gives an identifier, no detail: what may be done with it is decided when work with it begins.
    """
    gate.require(actor, Deed.TAKE_CONTACT)
    said = reference.strip().upper().replace(" ", "-")
    kept = Family.objects.filter(reference=said, organisation_id=actor.organisation_id, restricted=False)
    return kept.values_list("pk", flat=True).first()
