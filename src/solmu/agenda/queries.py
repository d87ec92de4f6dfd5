"""What waits for somebody. An item holds no content, so only the deed SEE_DESK is asked of the gate."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q

from solmu.access import gate
from solmu.access.actor import Actor
from solmu.access.deeds import Deed
from solmu.access.gate import Access
from solmu.agenda.models import Item
from solmu.organisations.models import Membership


@dataclass(frozen=True)
class Waiting:
    """One thing that waits."""

    id: UUID
    kind: str
    record_id: UUID | None
    about_id: UUID
    due_on: date
    is_units: bool  # waits in the unit's queue, not for one person

    @property
    def label(self) -> str:
        """What is to be done, in the reader's language."""
        return Item.Kind(self.kind).label


def _mine(access: Access):
    actor = access.actor
    mine = Q(owner_account_id=actor.account_id)
    if actor.unit_id:
        mine |= Q(owner_unit_id=actor.unit_id)
    return Item.objects.filter(mine, settled_at=None)


def waiting(access: Access, *, first: int = 0, most: int = 20) -> tuple[list[Waiting], int, int]:
    """What waits for the actor and the actor's unit, soonest first; how many there are in all, and how many late."""
    rows = _mine(access).order_by("due_on", "id")
    found = [
        Waiting(row.id, row.kind, row.record_id, row.about_id, row.due_on, row.owner_account_id is None)
        for row in rows[first : first + most]
    ]
    counted = rows.order_by().aggregate(all=Count("id"), late=Count("id", filter=Q(due_on__lt=access.actor.today)))
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
