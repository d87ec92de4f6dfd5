"""What waits for somebody or about a family. An item holds no content, so SEE_DESK is enough for one's own."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q

from solmu.access import gate
from solmu.access.actor import Actor
from solmu.access.classes import InformationClass as C
from solmu.access.deeds import Deed
from solmu.access.gate import Access
from solmu.accounts.models import Account
from solmu.agenda.models import ENOUGH_TO_SEE, Item
from solmu.organisations.models import Membership, Unit


@dataclass(frozen=True)
class Waiting:
    """One thing that waits."""

    id: UUID
    kind: str
    record_id: UUID | None
    about_id: UUID
    due_on: date
    is_units: bool  # waits in the unit's queue, not for one person
    put_at: datetime | None = None

    @property
    def is_notice(self) -> bool:
        """Whether nothing is to be done but to see it: what has no deed is never late."""
        return self.kind in ENOUGH_TO_SEE

    @property
    def label(self) -> str:
        """What is to be done, in the reader's language."""
        return Item.Kind(self.kind).label


def owned_by(actor: Actor) -> Q:
    """The condition for what waits for the actor, or in the queue of the actor's unit."""
    mine = Q(owner_account_id=actor.account_id)
    return mine | Q(owner_unit_id=actor.unit_id) if actor.unit_id else mine


def _mine(access: Access):
    return Item.objects.filter(owned_by(access.actor), settled_at=None)


def waiting(access: Access, *, first: int = 0, most: int = 20) -> tuple[list[Waiting], int, int]:
    """What waits for the actor and the actor's unit, soonest first; how many there are in all, and how many late.

    Permissions of one family that end on the same day are one thing: they stand on one page.
    """
    same = {name: OuterRef(name) for name in ("kind", "record_id", "due_on", "owner_account_id")}
    first_of_them = Item.objects.filter(**same, settled_at=None, id__lt=OuterRef("id"))
    rows = _mine(access).exclude(Q(kind=Item.Kind.PERMISSION_ENDS) & Exists(first_of_them)).order_by("due_on", "id")
    late = Q(due_on__lt=access.actor.today) & ~Q(kind__in=ENOUGH_TO_SEE)  # rules.is_late, where the rows are counted
    counted = rows.order_by().aggregate(all=Count("id"), late=Count("id", filter=late))
    first = min(first, max(counted["all"] - 1, 0) // most * most)  # a page that is no longer there is the last one
    found = [
        Waiting(row.id, row.kind, row.record_id, row.about_id, row.due_on, row.owner_account_id is None, row.put_at)
        for row in rows[first : first + most]
    ]
    return found, counted["all"], counted["late"]


def accounts_with_something_due(actor: Actor) -> set[UUID]:
    """Whom something waits for that is due today or late, as a person or in the unit's queue. For the clock."""
    gate.require(actor, Deed.KEEP_UP)
    due = Item.objects.filter(settled_at=None, due_on__lte=actor.today)
    persons = due.exclude(owner_account_id=None).values_list("owner_account_id", flat=True).distinct()
    in_force = Q(ended_on=None) | Q(ended_on__gte=actor.today)
    queues = due.exclude(owner_unit_id=None).values("owner_unit_id")
    members = Membership.objects.filter(in_force, unit_id__in=queues, started_on__lte=actor.today)
    return {*persons, *members.values_list("account_id", flat=True)}


@dataclass(frozen=True)
class Awaited:
    """Something that waits about a family: what, with whom, until when."""

    item: Waiting
    with_whom: str
    is_mine: bool


_NOT_OF_THE_WAY = {Item.Kind.EMERGENCY, *ENOUGH_TO_SEE}  # a review, and words to be seen


def awaited(access: Access) -> list[Awaited]:
    """What waits about the family of `access`, soonest first, each thing once with all who are to do it."""
    if not access.covers(C.CASEWORK):
        return []
    rows = Item.objects.filter(record_id=access.record_id, settled_at=None).exclude(kind__in=_NOT_OF_THE_WAY)
    together: dict[tuple, list[Item]] = {}
    for row in rows.order_by("due_on", "id"):
        on_one_page = row.kind == Item.Kind.PERMISSION_ENDS  # each person's own answer ends on the same day
        together.setdefault((row.kind, row.due_on if on_one_page else row.about_id), []).append(row)
    names = _owner_names([row for owned in together.values() for row in owned])
    return [_awaited(access.actor, owned, names) for owned in together.values()]


def _awaited(actor: Actor, owned: list[Item], names: dict[UUID, str]) -> Awaited:
    owners = {row.owner_account_id or row.owner_unit_id for row in owned}
    first = owned[0]
    return Awaited(
        Waiting(first.id, first.kind, first.record_id, first.about_id, first.due_on, first.owner_account_id is None),
        with_whom=", ".join(sorted(names[owner] for owner in owners)),
        is_mine=bool(owners & {actor.account_id, actor.unit_id}),
    )


def _owner_names(rows: list[Item]) -> dict[UUID, str]:
    people = Account.objects.filter(pk__in={row.owner_account_id for row in rows if row.owner_account_id})
    units = Unit.objects.filter(pk__in={row.owner_unit_id for row in rows if row.owner_unit_id})
    return dict(people.values_list("id", "name")) | dict(units.values_list("id", "name"))
