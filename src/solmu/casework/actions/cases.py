"""Cases: work with a family begins, changes hands within the pair's unit, and is taken up again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from solmu.access import gate
from solmu.access.actor import Actor
from solmu.access.deeds import Deed
from solmu.access.grants import close_grants
from solmu.agenda import actions as agenda
from solmu.agenda.models import Item
from solmu.casework.actions.contacts import colleague, owners_of, write_contact
from solmu.casework.actions.granting import open_family_to
from solmu.casework.models import Case, CaseWorker, Contact
from solmu.casework.queries.records import owners_in, pair_of, require_own_unit, require_row
from solmu.families.actions import create_family
from solmu.families.models import Family
from solmu.families.rules.phones import normal_phone
from solmu.kernel.errors import InvalidInput, NotNow, Refused
from solmu.kernel.ids import new_id
from solmu.kernel.models import check_lengths, insert, save_version
from solmu.organisations.rules import add_working_days


class HasItsPair(Refused):
    """The unit works with this family already; the contact is passed to that pair."""

    message = _("Your unit already works with this family. Pass the contact to the family's own pair.")


@dataclass(frozen=True)
class _Worker:
    account_id: UUID
    name: str
    looks_after: str


@transaction.atomic
def open_case(
    actor: Actor,
    *,
    contact_id: UUID | None = None,
    family_id: UUID | None = None,
    new_family: Mapping[str, object] | None = None,
    pair_account_id: UUID | None = None,
    no_pair_yet: bool = False,
    looks_after: str = "",
    pair_looks_after: str = "",
) -> Case:
    """Begins work with a family: the actor and a colleague answer for it as equals, and its record opens to both.

    The family is `family_id`, or is made of `new_family`, which holds what families.create_family takes. A family
    to which the actor has no grant is reached through a contact only: that somebody reached out is the ground.
    """
    workers = _pair(actor, pair_account_id, no_pair_yet, looks_after, pair_looks_after)
    contact = write_contact(actor, contact_id) if contact_id else None
    if contact and (contact.state == Contact.State.CASE or contact.by == Contact.By.PROFESSIONAL):
        raise NotNow
    known_id = _known_family(actor, contact, family_id, is_new=new_family is not None)
    case = Case(unit_id=actor.unit_id, contact=contact, family_id=known_id or new_id(), opened_at=actor.at)
    open_family_to(actor, case, [worker.account_id for worker in workers])
    if known_id is None:
        people = _reached_safely(contact, new_family.get("people", ()))
        create_family(actor, family_id=case.family_id, **{**new_family, "people": people})
    gate.require(actor, Deed.WRITE_CASE, case.family_id)  # logged on the case's own ground
    insert(case)
    _enter(actor, case, workers)
    _tell_other_pairs(actor, case)
    if contact:
        _bring(actor, contact, case.family_id)
    _let_wait(actor, case)
    return case


def _reached_safely(contact: Contact | None, people: Iterable[Mapping[str, object]]) -> list[Mapping[str, object]]:
    """The people, the one who has the caller's number with what the caller said of calling to it."""
    if contact is None or not contact.caller_phone or not contact.calling:
        return list(people)
    said = {"calling": contact.calling, "calling_note": contact.calling_note}
    number = normal_phone(contact.caller_phone)
    return [{**said, **one} if normal_phone(str(one.get("phone") or "")) == number else one for one in people]


@transaction.atomic
def pass_contact(actor: Actor, *, contact_id: UUID, family_id: UUID) -> Contact:
    """Joins a contact to a family with which the actor's unit works, and lets it wait for that family's pair.

    Whoever passes it on and is not one of the pair no longer reads it: it is the family's record now.
    """
    contact = write_contact(actor, contact_id)
    case = _worked_with(actor.unit_id, family_id).first()
    if case is None:
        gate.require(actor, Deed.WRITE_CONTACT, family_id)
    if contact.family_id or contact.state == Contact.State.CASE:
        raise NotNow
    _bring(actor, contact, family_id)
    if case:
        waits = {"about_id": contact.id, "record_id": family_id, "due_on": add_working_days(actor.today, 1)}
        agenda.put(actor, kind=Item.Kind.CONTACT, **owners_in(case), **waits)
    return contact


@transaction.atomic
def change_pair(
    actor: Actor, *, case_id: UUID, joins_account_id: UUID, leaves_account_id: UUID | None = None, looks_after: str = ""
) -> Case:
    """Somebody from the unit joins the pair, in place of one who leaves or of the pair that was not yet found.

    The record closes for who leaves and opens for who joins; what waited for the one waits for the other.
    """
    case = _own_case(actor, case_id)
    if case.state == Case.State.CLOSED:
        raise NotNow
    account_id, name = _joining(actor, joins_account_id)
    live = pair_of(case)
    if account_id in live:
        raise InvalidInput({"joins_account_id": _("This worker is in the pair already.")})
    if leaves_account_id:
        _leave(actor, case, leaves_account_id, account_id)
    elif len(live) > 1:
        raise InvalidInput({"leaves_account_id": _("Choose who leaves: the pair is two people.")})
    agenda.settle(actor, about_id=case.id, kinds=[Item.Kind.PAIR])
    for other in [] if leaves_account_id else live:
        agenda.share(actor, record_id=case.family_id, of_account=other, with_account=account_id)
    _enter(actor, case, [_Worker(account_id, name, looks_after.strip())])
    open_family_to(actor, case, [account_id])
    if not live:  # the unit held it until somebody took it on
        close_grants(basis_id=case.id, at=actor.at, subject_id=case.unit_id)
        agenda.hand_over(actor, record_id=case.family_id, from_unit=case.unit_id, to_account=account_id)
        seek_pair(actor, case)
    return case


@transaction.atomic
def set_looks_after(actor: Actor, *, case_id: UUID, account_id: UUID, looks_after: str) -> None:
    """Records what one of the pair has agreed to look after; both remain equals."""
    case = _own_case(actor, case_id)
    for worker in case.workers.filter(account_id=account_id, until=None):
        worker.looks_after = looks_after.strip()
        check_lengths(worker, ["looks_after"])
        worker.save(update_fields=["looks_after"])


@transaction.atomic
def reopen_case(actor: Actor, *, case_id: UUID, expected: int, reason: str) -> Case:
    """Takes the work with the family up again, for a reason; the pair's access goes on without an end."""
    case = _own_case(actor, case_id)
    if case.state == Case.State.OPEN:
        raise NotNow
    if not reason.strip():
        raise InvalidInput({"reason": _("Write in a few words why the work begins again.")})
    if _worked_with(case.unit_id, case.family_id).exclude(pk=case.pk).exists():
        raise HasItsPair
    case.state, case.closed_at = Case.State.OPEN, None
    case.reopened_reason = "\n".join(filter(None, [case.reopened_reason, reason.strip()]))
    save_version(case, expected=expected, fields=["state", "closed_at", "reopened_reason"])
    agenda.settle(actor, about_id=case.id, kinds=[Item.Kind.FOLLOW_UP])
    if pair := pair_of(case):  # else the unit holds it until somebody has taken it on
        close_grants(basis_id=case.id, at=actor.at)
        open_family_to(actor, case, pair)
    _let_wait(actor, case)
    return case


def _pair(
    actor: Actor, pair_account_id: UUID | None, no_pair_yet: bool, looks_after: str, pair_looks_after: str
) -> list[_Worker]:
    """The actor and the chosen colleague; the actor alone only when that is said."""
    gate.require(actor, Deed.TAKE_CONTACT)
    if pair_account_id is None and not no_pair_yet:
        raise InvalidInput({"pair_account_id": _("Choose your pair, or say that there is no pair yet.")})
    workers = [_Worker(actor.account_id, actor.name, looks_after.strip())]
    account_id, name = colleague(actor, pair_account_id)
    if account_id:
        workers.append(_Worker(account_id, name, pair_looks_after.strip()))
    return workers


def _known_family(actor: Actor, contact: Contact | None, family_id: UUID | None, *, is_new: bool) -> UUID | None:
    """The family to work with, None for one to be made; raises OutOfScope for one that there is no ground to open."""
    family_id = (contact.family_id if contact else None) or family_id
    if family_id is None:
        if contact is None or not is_new:
            raise InvalidInput({"family_id": _("Choose the family, or make a new one.")})
        return None
    if contact is None or not _keeps(actor, family_id):
        gate.require(actor, Deed.WRITE_CASE, family_id)
    if _worked_with(actor.unit_id, family_id).exists():
        raise HasItsPair
    return family_id


def _keeps(actor: Actor, family_id: UUID) -> bool:
    """Whether the family's record is kept by the actor's organisation and is not for named workers only."""
    return Family.objects.filter(pk=family_id, organisation_id=actor.organisation_id, restricted=False).exists()


def _own_case(actor: Actor, case_id: UUID) -> Case:
    _access, case = require_row(actor, Deed.WRITE_CASE, Case, case_id)
    require_own_unit(case, actor)
    return case


def _worked_with(unit_id: UUID, family_id: UUID) -> QuerySet[Case]:
    """The unit's case with a family, under way or waiting for its follow-up."""
    return Case.objects.filter(family_id=family_id, unit_id=unit_id).exclude(state=Case.State.CLOSED)


def _enter(actor: Actor, case: Case, workers: list[_Worker]) -> None:
    for worker in workers:
        told = {"account_id": worker.account_id, "name": worker.name, "looks_after": worker.looks_after}
        insert(CaseWorker(case=case, since=actor.at, **told))


def _joining(actor: Actor, account_id: UUID) -> tuple[UUID, str]:
    if account_id == actor.account_id:
        return account_id, actor.name
    return colleague(actor, account_id, "joins_account_id")


def _leave(actor: Actor, case: Case, leaves: UUID, joins: UUID) -> None:
    if not case.workers.filter(account_id=leaves, until=None).update(until=actor.at):
        raise InvalidInput({"leaves_account_id": _("This worker is not in the pair any more.")})
    close_grants(basis_id=case.id, at=actor.at, subject_id=leaves)
    agenda.hand_over(actor, record_id=case.family_id, from_account=leaves, to_account=joins)


def _bring(actor: Actor, contact: Contact, family_id: UUID) -> None:
    """The contact becomes part of the family's record; what it opened by itself closes."""
    contact.family_id, contact.state, contact.ended_at = family_id, Contact.State.CASE, actor.at
    save_version(contact, expected=contact.version, fields=["family", "state", "ended_at"])
    close_grants(basis_id=contact.id, at=actor.at)
    agenda.settle(actor, about_id=contact.id, kinds=[Item.Kind.CONTACT])
    if contact.safety_ask_on:
        waits = {"about_id": contact.id, "record_id": family_id, "due_on": contact.safety_ask_on}
        agenda.put(actor, kind=Item.Kind.SAFETY, **owners_of(actor, contact), **waits)


def _tell_other_pairs(actor: Actor, case: Case) -> None:
    """Work that begins with a family of another unit is never unseen: those who work with it already are told."""
    others = CaseWorker.objects.filter(case__family_id=case.family_id, until=None).exclude(case_id=case.id)
    accounts = set(others.exclude(case__state=Case.State.CLOSED).values_list("account_id", flat=True))
    if accounts:
        due_on = add_working_days(actor.today, 1)
        waits = {"about_id": case.id, "record_id": case.family_id, "due_on": due_on, "accounts": accounts}
        agenda.put(actor, kind=Item.Kind.ANOTHER_UNIT, **waits)


def _let_wait(actor: Actor, case: Case) -> None:
    """A case that begins waits for its map, and for a pair when there are not two workers."""
    due_on = add_working_days(actor.today, settings.SOLMU_MAP_WITHIN)
    waits = {"about_id": case.id, "record_id": case.family_id, "due_on": due_on}
    agenda.put(actor, kind=Item.Kind.MAP, **owners_in(case), **waits)
    if len(pair_of(case)) <= 1:
        seek_pair(actor, case)


def seek_pair(actor: Actor, case: Case) -> None:
    """The search for a pair waits for who works with the family now, or in the unit's queue when nobody does."""
    agenda.put(
        actor,
        kind=Item.Kind.PAIR,
        about_id=case.id,
        record_id=case.family_id,
        due_on=add_working_days(actor.today, 1),
        **owners_in(case),
    )
