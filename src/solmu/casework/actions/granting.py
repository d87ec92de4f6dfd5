"""Opens the record to the people who work with it; the contact or the case is the ground."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from solmu.access.actor import Actor
from solmu.access.classes import InformationClass
from solmu.access.grants import Basis, open_grant
from solmu.access.models import Grant
from solmu.casework.models import Case, Contact
from solmu.casework.rules.classes import CONTACT_CLASSES, PAIR_CLASSES, TAKING_OVER

PURPOSE = "support"  # of what the clock opens


def open_contact_to(actor: Actor, contact: Contact, accounts: Iterable[UUID], until: datetime | None = None) -> None:
    """Lets each of `accounts` read and write a contact that is not yet about a family."""
    _open(actor, accounts, contact.id, CONTACT_CLASSES, Basis(Grant.Basis.CONTACT, contact.id), until)


def open_contact_to_unit(actor: Actor, contact: Contact, until: datetime | None = None) -> None:
    """Nobody is left of those who took a contact: their unit sees it and goes on with it."""
    unit = (Grant.Subject.UNIT, contact.unit_id)
    _open_to(actor, unit, contact.id, TAKING_OVER, Basis(Grant.Basis.CONTACT, contact.id), until)


def open_case_to_unit(actor: Actor, case: Case) -> None:
    """Nobody is left of a pair who could let a colleague in: the unit sees whose work waits, until it is taken on."""
    unit = (Grant.Subject.UNIT, case.unit_id)
    _open_to(actor, unit, case.family_id, TAKING_OVER, Basis(Grant.Basis.CASE, case.id), None)


def open_family_to(actor: Actor, case: Case, accounts: Iterable[UUID]) -> None:
    """Lets each of `accounts` read and write the family of a case, as one of its pair."""
    _open(actor, accounts, case.family_id, PAIR_CLASSES, Basis(Grant.Basis.CASE, case.id), None)


def _open(
    actor: Actor,
    accounts: Iterable[UUID],
    record_id: UUID,
    classes: InformationClass,
    basis: Basis,
    until: datetime | None,
) -> None:
    for account in accounts:
        _open_to(actor, (Grant.Subject.PERSON, account), record_id, classes, basis, until)


def _open_to(
    actor: Actor,
    subject: tuple[str, UUID],
    record_id: UUID,
    classes: InformationClass,
    basis: Basis,
    until: datetime | None,
) -> None:
    open_grant(
        subject=subject,
        record_id=record_id,
        classes=classes,
        basis=basis,
        purpose=PURPOSE if actor.account_id is None else actor.purpose,
        valid_from=actor.at,
        valid_to=until,
        may_write=True,
    )
