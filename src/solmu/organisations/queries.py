"""Reads about organisations; nothing here concerns a family."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from solmu.access import gate
from solmu.access.actor import Actor
from solmu.access.deeds import Deed
from solmu.access.roles import Role
from solmu.accounts.models import Account
from solmu.kernel.clock import local_date
from solmu.organisations.models import Membership, Organisation, Unit


def live_memberships(account_id: UUID, at: datetime):
    """The memberships of an account that are in force on the day of `at`, the oldest first."""
    day = local_date(at)
    in_force = Q(ended_on=None) | Q(ended_on__gte=day)
    found = Membership.objects.filter(in_force, account_id=account_id, started_on__lte=day)
    return found.select_related("unit").order_by("started_on", "id")


def working_in(unit_field: str, at: datetime, account_field: str = "account_id") -> Exists:
    """A condition for rows that name an account and a unit: the account still works there."""
    day = local_date(at)
    in_force = Q(ended_on=None) | Q(ended_on__gte=day)
    members = Membership.objects.filter(in_force, account__is_active=True, started_on__lte=day)
    return Exists(members.filter(account_id=OuterRef(account_field), unit_id=OuterRef(unit_field)))


def working_anywhere(at: datetime, account_field: str) -> Exists:
    """A condition for rows that name an account: somebody who works somewhere."""
    day = local_date(at)
    in_force = Q(ended_on=None) | Q(ended_on__gte=day)
    members = Membership.objects.filter(in_force, account__is_active=True, started_on__lte=day)
    return Exists(members.filter(account_id=OuterRef(account_field)))


def working_of(account_ids: Iterable[UUID], *, unit_id: UUID, at: datetime) -> set[UUID]:
    """Those of the accounts that work in the unit at a moment."""
    day = local_date(at)
    in_force = Q(ended_on=None) | Q(ended_on__gte=day)
    members = Membership.objects.filter(in_force, unit_id=unit_id, account__is_active=True, started_on__lte=day)
    return set(members.filter(account_id__in=list(account_ids)).values_list("account_id", flat=True))


def actor_for(account: Account, *, at: datetime, unit_id: UUID | str | None = None, purpose: str = "support") -> Actor:
    """The account acting in one of its units (`unit_id`, else its first) with the roles it has there."""
    return actor_of(account, list(live_memberships(account.id, at)), at=at, unit_id=unit_id, purpose=purpose)


def actor_of(
    account: Account,
    memberships: Sequence[Membership],
    *,
    at: datetime,
    unit_id: UUID | str | None = None,
    purpose: str = "support",
) -> Actor:
    """The same, of memberships that have been read."""
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
    return (
        Unit.objects.filter(receives_referrals=True)
        .select_related("organisation")
        .order_by("organisation__name", "name")
    )


def _stewards(at: datetime):
    day = local_date(at)
    in_force = Q(ended_on=None) | Q(ended_on__gte=day)
    return Membership.objects.filter(in_force, role=Role.STEWARD, started_on__lte=day, account__is_active=True)


def stewards_unit(organisation_id: UUID, at: datetime) -> UUID | None:
    """The unit in which the organisation's data protection officer works."""
    found = _stewards(at).filter(unit__organisation_id=organisation_id).order_by("started_on", "id")
    return found.values_list("unit_id", flat=True).first()


def organisations_without_steward(at: datetime) -> list[str]:
    """Names of organisations whose workers open families' records, and where nobody would review an emergency."""
    covered = _stewards(at).values("unit__organisation_id")
    workers = Membership.objects.filter(role__in=[Role.COUNSELLOR, Role.FAMILY_WORKER], ended_on=None)
    keepers = Organisation.objects.filter(pk__in=workers.values("unit__organisation_id"))
    return list(keepers.exclude(pk__in=covered).order_by("name").values_list("name", flat=True))


def own_units(organisation_id: UUID) -> dict[UUID, str]:
    """The units of an organisation: identifier and name, by name."""
    return dict(Unit.objects.filter(organisation_id=organisation_id).order_by("name").values_list("id", "name"))


def workers_named(organisation_id: UUID, text: str) -> list[tuple[UUID, str]]:
    """Who works or has worked in the organisation and has `text` in the name: identifier and name."""
    members = Membership.objects.filter(unit__organisation_id=organisation_id, account__name__icontains=text.strip())
    return list(members.order_by("account__name").values_list("account_id", "account__name").distinct()[:50])


def all_members(actor: Actor) -> list[tuple[str, str, str, str, str]]:
    """Every account with what it may do where: e-mail, name, organisation, unit, role. For the operator."""
    gate.require(actor, Deed.KEEP_UP)
    rows = Membership.objects.filter(ended_on=None).select_related("account", "unit__organisation")
    return [
        (row.account.email, row.account.name, row.unit.organisation.name, row.unit.name, row.role)
        for row in rows.order_by("account__email", "role")
        if row.account.is_active
    ]


def units_to_ask(subject_ids: Iterable[UUID], *, organisation_id: UUID, at: datetime) -> tuple[str, ...]:
    """The names of the organisation's units that are, or employ, the subjects; the organisation's own if none does."""
    subjects = list(subject_ids)
    day = local_date(at)
    in_force = Q(memberships__ended_on=None) | Q(memberships__ended_on__gte=day)
    employs = Q(in_force, memberships__account_id__in=subjects, memberships__started_on__lte=day)
    units = Unit.objects.filter(Q(pk__in=subjects) | employs, organisation_id=organisation_id)
    names = tuple(units.order_by("name").values_list("name", flat=True).distinct())
    return names or tuple(Organisation.objects.filter(pk=organisation_id).values_list("name", flat=True))


def organisation_names(organisation_ids: Iterable[UUID]) -> dict[UUID, str]:
    """What organisations are called."""
    return dict(Organisation.objects.filter(pk__in=list(organisation_ids)).values_list("id", "name"))


def organisation_name(organisation_id: UUID | None) -> str:
    """What an organisation is called; empty when there is none."""
    return Organisation.objects.filter(pk=organisation_id).values_list("name", flat=True).first() or ""
