"""Contacts: taken in the caller's own words, asked about safety, ended with advice or taken further."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from solmu.access import gate
from solmu.access.actor import Actor
from solmu.access.deeds import Deed
from solmu.access.grants import close_grants
from solmu.agenda import actions as agenda
from solmu.agenda.models import Item
from solmu.casework.actions.granting import open_contact_to, open_contact_to_unit
from solmu.casework.models import Case, Contact
from solmu.casework.queries.contacts import record_of
from solmu.casework.queries.records import owners_in
from solmu.casework.rules.contacts import ask_safety_on, names_somebody, next_working_day, readable_until
from solmu.families.models import Family, Person
from solmu.kernel.errors import InvalidInput, NotNow
from solmu.kernel.models import insert, save_version
from solmu.organisations.queries import colleagues, working_of
from solmu.situations.models import Domain

SAID = (
    "by",
    "channel",
    "words",
    "words_read_back",
    "would_help",
    "domains",
    "caller_name",
    "caller_phone",
    "language",
    "interpreter",
    "calling",
    "calling_note",
    "safety",
    "safety_ask_on",
)
_CHOICES = {
    "by": Contact.By,
    "channel": Contact.Channel,
    "safety": Contact.Safety,
    "interpreter": Family.Interpreter,
    "calling": Person.Calling,
}


@transaction.atomic
def take_contact(
    actor: Actor, *, by: str, channel: str, words: str, family_id: UUID | None = None, pair_account_id=None, **said
) -> Contact:
    """Records that somebody reached out; who contacts, the channel and the own words are enough to begin.

    About a family that is known already the contact belongs to that family's record at once, and to its pair.
    """
    gate.require(actor, Deed.TAKE_CONTACT)
    contact = Contact(
        unit_id=actor.unit_id,
        family_id=family_id,
        taken_by=actor.account_id,
        taken_by_name=actor.name,
        taken_at=actor.at,
    )
    _say(contact, {"by": by, "channel": channel, "words": words, **said}, actor.today)
    if not family_id:
        contact.pair_id, contact.pair_name = colleague(actor, pair_account_id)
        open_contact_to(actor, contact, takers(contact))
    gate.require(actor, Deed.WRITE_CONTACT, contact.record_id)  # logged on the contact's own ground, or the family's
    insert(contact)
    _let_wait(actor, contact)
    return contact


@transaction.atomic
def update_contact(actor: Actor, *, contact_id: UUID, expected: int, **changes) -> Contact:
    """Changes what was heard in an open contact, and who is the pair; raises Conflict for a stale version."""
    contact = _open_contact(actor, contact_id)
    fields = list(changes.keys() & set(SAID))
    if "pair_account_id" in changes and not contact.family_id:
        _change_pair(actor, contact, changes["pair_account_id"])
        fields += ["pair_id", "pair_name"]
    _say(contact, {name: value for name, value in changes.items() if name in SAID}, actor.today)
    if "safety" in fields and "safety_ask_on" not in fields:
        fields.append("safety_ask_on")
    save_version(contact, expected=expected, fields=fields)
    _let_wait(actor, contact)
    return contact


@transaction.atomic
def answer_safety(
    actor: Actor, *, contact_id: UUID, expected: int, safety: str, safety_ask_on: date | None = None
) -> Contact:
    """Records the answer about safety, in every state of the contact, and when it is asked again."""
    contact = write_contact(actor, contact_id)
    _say(contact, {"safety": safety, "safety_ask_on": safety_ask_on}, actor.today)
    save_version(contact, expected=expected, fields=["safety", "safety_ask_on"])
    _let_safety_wait(actor, contact)
    return contact


@transaction.atomic
def end_with_advice(actor: Actor, *, contact_id: UUID, expected: int, advice: str) -> Contact:
    """Ends the contact with advice in words. A question about safety that still waits goes on waiting.

    Those who took it can open it for SOLMU_ADVICE_DAYS more; docs/decisions says why.
    """
    contact = _open_contact(actor, contact_id)
    contact.advice = advice.strip()
    if not contact.advice:
        raise InvalidInput({"advice": _("Write in a few words what was advised.")})
    _keep_unnamed(contact, ["advice"])
    contact.state, contact.ended_at = Contact.State.ADVISED, actor.at
    save_version(contact, expected=expected, fields=["advice", "state", "ended_at"])
    agenda.settle(actor, about_id=contact.id, kinds=[Item.Kind.CONTACT])
    if not contact.family_id:
        until = readable_until(actor.at, settings.SOLMU_ADVICE_DAYS, contact.safety_ask_on)
        _renew_grants(actor, contact, until)
    return contact


@transaction.atomic
def reopen_contact(actor: Actor, *, contact_id: UUID, expected: int) -> Contact:
    """Takes up again a contact that ended with advice; the advice stays readable."""
    contact = write_contact(actor, contact_id)
    if contact.state != Contact.State.ADVISED:
        raise NotNow
    contact.state, contact.ended_at = Contact.State.OPEN, None
    save_version(contact, expected=expected, fields=["state", "ended_at"])
    if not contact.family_id:
        _renew_grants(actor, contact, None)
    _let_wait(actor, contact)
    return contact


def write_contact(actor: Actor, contact_id: UUID) -> Contact:
    """The contact, once the gate has let the actor write it."""
    access = gate.require(actor, Deed.WRITE_CONTACT, record_of(contact_id))
    return Contact.objects.get(pk=contact_id, **_under(access.record_id, contact_id))


def colleague(actor: Actor, account_id: UUID | None, field: str = "pair_account_id") -> tuple[UUID | None, str]:
    """The identifier and name of somebody in the actor's unit; nobody for None."""
    if account_id is None:
        return None, ""
    name = dict(colleagues(actor)).get(account_id)
    if name is None:
        raise InvalidInput({field: _("Choose somebody who works in your unit.")})
    return account_id, name


def _under(record_id: UUID, contact_id: UUID) -> dict:
    return {"family_id": None} if record_id == contact_id else {"family_id": record_id}


def _open_contact(actor: Actor, contact_id: UUID) -> Contact:
    contact = write_contact(actor, contact_id)
    if contact.state != Contact.State.OPEN:
        raise NotNow
    return contact


def _say(contact: Contact, said: Mapping[str, object], today: date) -> None:
    """Puts what was said into the row; raises InvalidInput where it makes no sense."""
    for name, value in said.items():
        setattr(contact, name, value.strip() if isinstance(value, str) else value)
    errors = {
        name: _("Choose one of these.") for name in said if name in _CHOICES and said[name] not in _CHOICES[name].values
    }
    if not contact.words:
        errors["words"] = _("Write in the caller's own words why they got in touch.")
    if not set(contact.domains) <= set(Domain.values):
        errors["domains"] = _("Choose one of these.")
    if said.get("safety_ask_on") and contact.safety_ask_on < today:
        errors["safety_ask_on"] = _("Choose today or a later day.")
    if errors:
        raise InvalidInput(errors)
    _keep_unnamed(contact, ["words", "would_help"])
    contact.safety_ask_on = ask_safety_on(contact.safety, contact.safety_ask_on, today)


def _keep_unnamed(contact: Contact, fields: list[str]) -> None:
    """Advice to a professional is asked without saying whom it is about."""
    if contact.by != Contact.By.PROFESSIONAL or contact.family_id:
        return
    named = [name for name in fields if names_somebody(getattr(contact, name))]
    if named:
        sentence = _("There is a personal identity code here. Advice is asked without saying whom it is about.")
        raise InvalidInput(dict.fromkeys(named, sentence))


def takers(contact: Contact, at: datetime | None = None) -> list[UUID]:
    """Who took the contact, and the pair; at a moment, those of them who then still work in its unit."""
    both = [account for account in (contact.taken_by, contact.pair_id) if account]
    there = set(both) if at is None else working_of(both, unit_id=contact.unit_id, at=at)
    return [account for account in both if account in there]


def owners_of(actor: Actor, contact: Contact) -> dict[str, object]:
    """For whom the contact waits: those who took it, or those who work with its family; else the unit."""
    if contact.family_id:
        cases = Case.objects.filter(family_id=contact.family_id, unit_id=contact.unit_id)
        case = cases.exclude(state=Case.State.CLOSED).first()
        return owners_in(case) if case else {"accounts": [contact.taken_by]}
    answering = takers(contact, actor.at)
    return {"accounts": answering} if answering else {"unit_id": contact.unit_id}


def _let_wait(actor: Actor, contact: Contact) -> None:
    """An open contact waits for its end, and an open question about safety for its day."""
    if contact.state == Contact.State.OPEN:
        already = Item.objects.filter(about_id=contact.id, kind=Item.Kind.CONTACT, settled_at=None).first()
        _put(actor, contact, Item.Kind.CONTACT, already.due_on if already else next_working_day(actor.today))
    _let_safety_wait(actor, contact)


def _let_safety_wait(actor: Actor, contact: Contact) -> None:
    if contact.safety_ask_on:
        _put(actor, contact, Item.Kind.SAFETY, contact.safety_ask_on)
    else:
        agenda.settle(actor, about_id=contact.id, kinds=[Item.Kind.SAFETY])


def _put(actor: Actor, contact: Contact, kind: str, due_on: date) -> None:
    owners = owners_of(actor, contact)
    agenda.put(actor, kind=kind, about_id=contact.id, due_on=due_on, record_id=contact.record_id, **owners)


def _change_pair(actor: Actor, contact: Contact, account_id: UUID | None) -> None:
    account_id, name = (
        colleague(actor, account_id) if account_id != contact.pair_id else (account_id, contact.pair_name)
    )
    if account_id == contact.pair_id:
        return
    if contact.pair_id:
        close_grants(basis_id=contact.id, at=actor.at, subject_id=contact.pair_id)
    contact.pair_id, contact.pair_name = account_id, name
    if account_id:
        open_contact_to(actor, contact, [account_id])


def _renew_grants(actor: Actor, contact: Contact, until) -> None:
    close_grants(basis_id=contact.id, at=actor.at)
    if answering := takers(contact, actor.at):
        open_contact_to(actor, contact, answering, until)
    else:
        open_contact_to_unit(actor, contact, until)
