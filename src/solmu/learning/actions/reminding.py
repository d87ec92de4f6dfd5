"""Puts what is asked of a worker on the worker's agenda, and takes it off when it is done."""

from datetime import date
from uuid import UUID

from django.db import transaction

from solmu.access import gate
from solmu.access.actor import Actor
from solmu.access.deeds import Deed
from solmu.agenda import actions as agenda
from solmu.agenda.models import Item
from solmu.learning.models import Reminder
from solmu.learning.queries.standings import RUNNERS, InUse, dones_of, in_use, members, runs_models
from solmu.learning.rules.orientation import Done, Reminding, reminding
from solmu.organisations.models import Organisation

_KINDS = {Reminder.State.ASKED: Item.Kind.ORIENTATION, Reminder.State.ENDS: Item.Kind.ORIENTATION_ENDS}


def renew(actor: Actor, *, account_id: UUID, own: InUse, organisation_id: UUID | None = None) -> None:
    """Brings a worker's agenda in step with one model. Part of the actions that have asked the gate."""
    organisation_id = organisation_id or actor.organisation_id
    dones = dones_of([account_id]).get((account_id, own.slug), [])
    row = Reminder.objects.filter(organisation_id=organisation_id, account_id=account_id, slug=own.slug).first()
    row = row or Reminder(organisation_id=organisation_id, account_id=account_id, slug=own.slug)
    if _bring(row, own if runs_models(account_id, organisation_id, actor.today) else None, dones, actor.today):
        _put(actor, organisation_id, account_id)


def _bring(row: Reminder, own: InUse | None, dones: list[Done], today: date) -> bool:
    """Whether what the worker is reminded of about the model has changed."""
    before = Reminding(row.state, row.due_on) if row.state else None
    now = own and reminding(
        own.standing(dones, today), is_asked=own.is_asked, days=own.days, before=before, today=today
    )
    if now == before:
        return False
    if row._state.adding:  # noqa: SLF001 (Django tells a new row so; the clock may be making it just now)
        known = {"organisation_id": row.organisation_id, "account_id": row.account_id, "slug": row.slug}
        row, _new = Reminder.objects.get_or_create(**known)
    row.state, row.due_on = (now.kind, now.due_on) if now else (Reminder.State.NOTHING, None)
    row.save()
    return True


def _put(actor: Actor, organisation_id: UUID, account_id: UUID) -> None:
    """One thing on the agenda for all models that are asked, and one for all that end soon: the first of each."""
    rows = list(
        Reminder.objects.filter(organisation_id=organisation_id, account_id=account_id).order_by("due_on", "id")
    )
    agenda.settle_all(actor, about_ids=[row.id for row in rows])
    for state, kind in _KINDS.items():
        first = next((row for row in rows if row.state == state), None)
        if first:
            agenda.put(actor, kind=kind, about_id=first.id, due_on=first.due_on, accounts=[account_id])


def remind_of_orientation(actor: Actor) -> int:
    """Asks those who run models for what is new, changed or about to end; returns how many agendas changed."""
    gate.require(actor, Deed.KEEP_UP)
    return sum(_remind(actor, organisation_id) for organisation_id in Organisation.objects.values_list("id", flat=True))


@transaction.atomic
def _remind(actor: Actor, organisation_id: UUID) -> int:
    models = {own.slug: own for own in in_use(organisation_id)}
    runners = {row.account_id for row in members(organisation_id, actor.today) if row.role in RUNNERS}
    dones = dones_of(runners) if models else {}
    rows = {(row.account_id, row.slug): row for row in Reminder.objects.filter(organisation_id=organisation_id)}
    wanted = {(account_id, slug) for account_id in runners for slug in models}
    changed: set[UUID] = set()
    for account_id, slug in sorted(wanted | rows.keys()):
        row = rows.get((account_id, slug))
        row = row or Reminder(organisation_id=organisation_id, account_id=account_id, slug=slug)
        own = models.get(slug) if account_id in runners else None
        if _bring(row, own, dones.get((account_id, slug), []), actor.today):
            changed.add(account_id)
    for account_id in sorted(changed):
        _put(actor, organisation_id, account_id)
    return len(changed)
