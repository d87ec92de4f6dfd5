"""Puts what is asked of a worker on the worker's agenda, and takes it off when it is done."""

from uuid import UUID

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
    _bring(actor, row, own if runs_models(account_id, organisation_id, actor.today) else None, dones)


def _bring(actor: Actor, row: Reminder, own: InUse | None, dones: list[Done]) -> bool:
    """Whether anything was put on the agenda or taken off."""
    before = Reminding(row.state, row.due_on) if row.state else None
    now = own and reminding(
        own.standing(dones, actor.today), is_asked=own.is_asked, days=own.days, before=before, today=actor.today
    )
    if now == before:
        return False
    row.state, row.due_on = (now.kind, now.due_on) if now else (Reminder.State.NOTHING, None)
    row.save()
    agenda.settle(actor, about_id=row.id)
    if now:
        agenda.put(actor, kind=_KINDS[row.state], about_id=row.id, due_on=now.due_on, accounts=[row.account_id])
    return True


def remind_of_orientation(actor: Actor) -> int:
    """Asks those who run models for what is new, changed or about to end; returns how many agendas changed."""
    gate.require(actor, Deed.KEEP_UP)
    return sum(_remind(actor, organisation_id) for organisation_id in Organisation.objects.values_list("id", flat=True))


def _remind(actor: Actor, organisation_id: UUID) -> int:
    models = {own.slug: own for own in in_use(organisation_id)}
    runners = {row.account_id for row in members(organisation_id, actor.today) if row.role in RUNNERS}
    dones = dones_of(runners) if models else {}
    rows = {(row.account_id, row.slug): row for row in Reminder.objects.filter(organisation_id=organisation_id)}
    wanted = {(account_id, slug) for account_id in runners for slug in models}
    changed = 0
    for account_id, slug in sorted(wanted | rows.keys()):
        row = rows.get((account_id, slug))
        row = row or Reminder(organisation_id=organisation_id, account_id=account_id, slug=slug)
        own = models.get(slug) if account_id in runners else None
        changed += _bring(actor, row, own, dones.get((account_id, slug), []))
    return changed
