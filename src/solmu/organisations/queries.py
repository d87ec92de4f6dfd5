"""Reads about organisations; nothing here concerns a family."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from solmu.access.actor import Actor
from solmu.access.roles import Role
from solmu.accounts.models import Account
from solmu.kernel.clock import local_date
from solmu.organisations.models import Membership, Unit


def live_memberships(account_id: UUID, at: datetime):
    """The memberships of an account that are in force on the day of `at`, the oldest first."""
    day = local_date(at)
    in_force = Q(ended_on=None) | Q(ended_on__gte=day)
    found = Membership.objects.filter(in_force, account_id=account_id, started_on__lte=day)
    return found.select_related("unit").order_by("started_on", "id")


def actor_for(account: Account, *, at: datetime, unit_id: UUID | str | None = None, purpose: str = "support") -> Actor:
    """The account acting in one of its units (`unit_id`, else its first) with the roles it has there."""
    memberships = list(live_memberships(account.id, at))
    unit = next((m.unit for m in memberships if str(m.unit_id) == str(unit_id)), None)
    unit = unit or (memberships[0].unit if memberships else None)
    roles = frozenset(Role(m.role) for m in memberships if unit and m.unit_id == unit.id)
    return Actor(
        at=at,
        account_id=account.id,
        name=account.name,
        unit_id=unit.id if unit else None,
        organisation_id=unit.organisation_id if unit else None,
        roles=roles,
        purpose=purpose,
    )


def colleagues(actor: Actor) -> list[tuple[UUID, str]]:
    """Who else works in the actor's unit now: identifier and name, by name."""
    day = actor.today
    in_force = Q(ended_on=None) | Q(ended_on__gte=day)
    rows = Membership.objects.filter(in_force, unit_id=actor.unit_id, started_on__lte=day, account__is_active=True)
    rows = rows.exclude(account_id=actor.account_id).order_by("account__name").distinct()
    return list(rows.values_list("account_id", "account__name").distinct())


def receiving_units():
    """The units that take referrals, with their organisations, by name."""
    return Unit.objects.filter(receives_referrals=True).select_related("organisation").order_by("organisation__name", "name")
