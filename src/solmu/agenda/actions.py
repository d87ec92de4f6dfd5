"""Puts things on somebody's agenda and settles them, inside the action that makes them wait or ends the wait."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from solmu.access.actor import Actor
from solmu.agenda.models import ENOUGH_TO_SEE, Item


def put(
    actor: Actor,
    *,
    kind: str,
    about_id: UUID,
    due_on: date,
    record_id: UUID | None = None,
    accounts: Iterable[UUID] = (),
    unit_id: UUID | None = None,
    units: Iterable[UUID] = (),
) -> None:
    """Lets something wait for each of `accounts`, or for the queue of a unit, until `due_on`; for `units` besides.

    The same kind about the same thing waits once: putting it again moves its date and owner.
    """
    owners = [(account, None) for account in accounts] or [(None, unit_id)]
    owners = [owner for owner in owners if owner != (None, None)] + [(None, unit) for unit in units]
    if not owners:
        raise ValueError("what waits has an owner")
    Item.objects.filter(about_id=about_id, kind=kind, settled_at=None).delete()
    Item.objects.bulk_create(
        Item(
            kind=kind,
            record_id=record_id,
            about_id=about_id,
            owner_account_id=account,
            owner_unit_id=unit,
            due_on=due_on,
            put_at=actor.at,
        )
        for account, unit in owners
    )


def settle(actor: Actor, *, about_id: UUID, kinds: Iterable[str] | None = None) -> int:
    """Ends the waiting about a thing, of the given kinds or of all; returns how many waited."""
    waiting = Item.objects.filter(about_id=about_id, settled_at=None)
    if kinds is not None:
        waiting = waiting.filter(kind__in=list(kinds))
    return waiting.update(settled_at=actor.at, settled_by=actor.account_id)


def settle_all(actor: Actor, *, about_ids: Iterable[UUID]) -> int:
    """Ends the waiting about many things at once."""
    waiting = Item.objects.filter(about_id__in=list(about_ids), settled_at=None)
    return waiting.update(settled_at=actor.at, settled_by=actor.account_id)


def settle_record(actor: Actor, *, record_id: UUID, accounts: Iterable[UUID], unit_id: UUID | None = None) -> int:
    """Ends all that waits on one record for the people and the unit whose work with it is over."""
    owned = Q(owner_account_id__in=list(accounts))
    if unit_id:
        owned |= Q(owner_unit_id=unit_id)
    waiting = Item.objects.filter(owned, record_id=record_id, settled_at=None)
    return waiting.update(settled_at=actor.at, settled_by=actor.account_id)


def settle_on_record(actor: Actor, *, record_id: UUID, kind: str) -> int:
    """Ends the waiting of one kind on a record, whatever it is about: what was waited for has been done."""
    waiting = Item.objects.filter(record_id=record_id, kind=kind, settled_at=None)
    return waiting.update(settled_at=actor.at, settled_by=actor.account_id)


def hand_over(
    actor: Actor,
    *,
    record_id: UUID,
    from_account: UUID | None = None,
    from_unit: UUID | None = None,
    to_account: UUID | None = None,
    to_unit: UUID | None = None,
) -> int:
    """Moves what waits on one record from one person, or a unit's queue, to another; returns how many things.

    What waits for the other as well only ends for the one.
    """
    open_now = Item.objects.filter(record_id=record_id, settled_at=None)
    waiting = open_now.filter(owner_account_id=from_account, owner_unit_id=from_unit)
    same = open_now.filter(
        owner_account_id=to_account, owner_unit_id=to_unit, kind=OuterRef("kind"), about_id=OuterRef("about_id")
    )
    both = waiting.filter(Exists(same)).values_list("pk", flat=True)
    Item.objects.filter(pk__in=list(both)).update(settled_at=actor.at, settled_by=actor.account_id)
    return waiting.update(owner_account_id=to_account, owner_unit_id=to_unit)


def settle_seen(actor: Actor, *, item_id: UUID) -> None:
    """Ticks off a notice of one's own or of one's unit that asks for nothing but to be seen."""
    waiting = Item.objects.filter(pk=item_id, settled_at=None, kind__in=ENOUGH_TO_SEE)
    mine = waiting.filter(owner_account_id=actor.account_id) | waiting.filter(owner_unit_id=actor.unit_id)
    mine.update(settled_at=actor.at, settled_by=actor.account_id)


def share(actor: Actor, *, record_id: UUID, of_account: UUID, with_account: UUID) -> int:
    """Lets what waits on one record for one person wait for another too; returns how many things."""
    waiting = Item.objects.filter(record_id=record_id, owner_account_id=of_account, settled_at=None)
    rows = [
        Item(
            kind=item.kind,
            record_id=record_id,
            about_id=item.about_id,
            owner_account_id=with_account,
            due_on=item.due_on,
            put_at=actor.at,
        )
        for item in waiting
    ]
    return len(Item.objects.bulk_create(rows))
