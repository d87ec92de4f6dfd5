"""What the data protection officer reads: how records were used, and every emergency access of the organisation."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q

from solmu.access.gate import Access
from solmu.access.models import EmergencyAccess, Grant
from solmu.access.wording import classes_words, deed_words, outcome_words
from solmu.accesslog.models import Entry
from solmu.kernel.clock import HELSINKI
from solmu.kernel.errors import NotNow


@dataclass(frozen=True)
class Use:
    """One line of the log."""

    sequence: int
    at: datetime
    who: str
    unit_id: UUID | None
    record_id: UUID | None
    did: str
    parts: str
    outcome: str
    allowed: bool
    writes: bool
    basis: str
    in_emergency: bool


@dataclass(frozen=True)
class Wanted:
    """Which lines a steward looks for; what is empty does not narrow."""

    units: Collection[UUID] = ()  # the organisation's own
    accounts: Collection[UUID] | None = None
    record_id: UUID | None = None
    day: date | None = None
    refused: bool = False
    before: int | None = None  # older than this number


def uses(access: Access, wanted: Wanted, *, most: int = 50) -> list[Use]:
    """The newest lines first: what the organisation's own workers did, or what anybody did to its own record."""
    rows = Entry.objects.order_by("-sequence")
    rows = rows.filter(record_id=wanted.record_id) if wanted.record_id else rows.filter(unit_id__in=wanted.units)
    if wanted.accounts is not None:
        rows = rows.filter(account_id__in=wanted.accounts)
    if wanted.day:
        begins = datetime.combine(wanted.day, time.min, HELSINKI)
        rows = rows.filter(at__gte=begins, at__lt=datetime.combine(wanted.day + timedelta(days=1), time.min, HELSINKI))
    if wanted.refused:
        rows = rows.exclude(outcome=Entry.Outcome.ALLOWED)
    if wanted.before:
        rows = rows.filter(sequence__lt=wanted.before)
    return [_use(row) for row in rows[:most]]


def _use(row: Entry) -> Use:
    return Use(
        sequence=row.sequence,
        at=row.at,
        who=row.account_name,
        unit_id=row.unit_id,
        record_id=row.record_id,
        did=deed_words(row.deed),
        parts=classes_words(row.classes),
        outcome=outcome_words(row.outcome),
        allowed=row.outcome == Entry.Outcome.ALLOWED,
        writes=row.writes,
        basis=str(Grant.Basis(row.basis).label) if row.basis in Grant.Basis.values else "",
        in_emergency=row.basis == Grant.Basis.EMERGENCY,
    )


@dataclass(frozen=True)
class Emergency:
    """One emergency access, as it is reviewed."""

    id: UUID
    who: str
    unit_id: UUID | None
    record_id: UUID
    reason: str
    opened_at: datetime
    valid_to: datetime
    ended_at: datetime | None
    reviewed_at: datetime | None
    verdict: str
    note: str
    own: bool  # the reader opened it, so another steward reviews it


def _own(access: Access):
    return EmergencyAccess.objects.filter(organisation_id=access.actor.organisation_id)


def _emergency(row: EmergencyAccess, access: Access) -> Emergency:
    return Emergency(
        id=row.id,
        who=row.account_name,
        unit_id=row.unit_id,
        record_id=row.record_id,
        reason=row.reason,
        opened_at=row.opened_at,
        valid_to=row.valid_to,
        ended_at=row.ended_at,
        reviewed_at=row.reviewed_at,
        verdict=str(EmergencyAccess.Verdict(row.verdict).label) if row.verdict else "",
        note=row.review_note,
        own=row.account_id == access.actor.account_id,
    )


def emergencies_to_review(access: Access) -> list[Emergency]:
    """Those of the organisation that nobody has reviewed yet, the oldest first."""
    return [_emergency(row, access) for row in _own(access).filter(reviewed_at=None).order_by("opened_at")]


def reviewed_emergencies(access: Access, *, most: int = 50) -> list[Emergency]:
    """The newest of those that have been reviewed."""
    rows = _own(access).exclude(reviewed_at=None).order_by("-reviewed_at")
    return [_emergency(row, access) for row in rows[:most]]


def emergency(access: Access, emergency_id: UUID) -> Emergency:
    """One of the organisation's own; raises NotNow for another's."""
    row = _own(access).filter(pk=emergency_id).first()
    if row is None:
        raise NotNow
    return _emergency(row, access)


def uses_in_emergency(access: Access, emergency_id: UUID, *, most: int = 500) -> list[Use]:
    """Everything that was done on the ground of this emergency access, the oldest first."""
    found = _own(access).filter(pk=emergency_id).first()
    if found is None:
        raise NotNow
    ground = Q(basis=Grant.Basis.EMERGENCY, basis_id=found.id)
    return [_use(row) for row in Entry.objects.filter(ground, record_id=found.record_id).order_by("sequence")[:most]]


def own_open_emergencies(access: Access) -> list[Emergency]:
    """The reader's own that are open now."""
    actor = access.actor
    rows = EmergencyAccess.objects.filter(account_id=actor.account_id, ended_at=None, valid_to__gt=actor.at)
    return [_emergency(row, access) for row in rows.order_by("opened_at")]
