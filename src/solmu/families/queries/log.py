"""Who has used the family's record: the log's own lines, in plain words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import QuerySet

from solmu.access.classes import from_codes
from solmu.access.gate import Access
from solmu.access.models import Grant
from solmu.access.wording import classes_words, deed_words
from solmu.accesslog.models import Entry
from solmu.kernel.clock import HELSINKI
from solmu.organisations.models import Unit

PER_PAGE = 50


@dataclass(frozen=True)
class ReadLine:
    """One use of the record, or one attempt that was refused."""

    sequence: int
    at: datetime
    who: str
    unit: str
    did: str
    parts: str
    because: str
    writes: bool
    refused: bool
    in_emergency: bool


@dataclass(frozen=True)
class ReadLog:
    """A page of the log; `older` is the number to go on from."""

    lines: tuple[ReadLine, ...]
    people: tuple[tuple[UUID, str], ...]
    older: int | None


def family_log(
    access: Access,
    *,
    account_id: UUID | None = None,
    day: date | None = None,
    before: int | None = None,
    most: int = PER_PAGE,
) -> ReadLog:
    """The newest uses of the record, of one person or one day if asked.

    Somebody whose attempt was refused is not named to the family's workers: the data protection officer sees who.
    """
    rows = Entry.objects.filter(record_id=access.record_id).order_by("-sequence")
    people = _people(rows)
    if account_id:
        rows = rows.filter(account_id=account_id, outcome=Entry.Outcome.ALLOWED)
    if day:
        begins = datetime.combine(day, time.min, HELSINKI)
        ends = datetime.combine(day + timedelta(days=1), time.min, HELSINKI)
        rows = rows.filter(at__gte=begins, at__lt=ends)
    if before:
        rows = rows.filter(sequence__lt=before)
    found = list(rows[: most + 1])
    units = _units(entry.unit_id for entry in found)
    lines = tuple(_line(entry, units) for entry in found[:most])
    return ReadLog(lines, people, found[most - 1].sequence if len(found) > most else None)


def _people(rows: QuerySet[Entry]) -> tuple[tuple[UUID, str], ...]:
    allowed = rows.filter(outcome=Entry.Outcome.ALLOWED).exclude(account_id=None)
    named = allowed.order_by("account_name").values_list("account_id", "account_name").distinct()
    return tuple(dict(named).items())


def _units(unit_ids: Iterable[UUID | None]) -> dict[UUID, str]:
    rows = Unit.objects.filter(pk__in={key for key in unit_ids if key}).select_related("organisation")
    return {unit.id: f"{unit.name}, {unit.organisation.name}" for unit in rows}


def _line(entry: Entry, units: dict[UUID, str]) -> ReadLine:
    refused = entry.outcome != Entry.Outcome.ALLOWED
    known_basis = entry.basis in Grant.Basis.values
    return ReadLine(
        sequence=entry.sequence,
        at=entry.at,
        who="" if refused else entry.account_name,
        unit="" if refused else units.get(entry.unit_id, ""),
        did=deed_words(entry.deed),
        parts="" if refused or not from_codes(entry.classes) else classes_words(entry.classes),
        because=str(Grant.Basis(entry.basis).label) if known_basis else "",
        writes=entry.writes,
        refused=refused,
        in_emergency=entry.basis == Grant.Basis.EMERGENCY,
    )
