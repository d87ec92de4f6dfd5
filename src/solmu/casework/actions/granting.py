"""Opens the record to the people who work with it; the contact or the case is the ground."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from solmu.access.actor import Actor
from solmu.access.classes import InformationClass
from solmu.access.grants import Basis, open_grant
from solmu.access.models import Grant
from solmu.casework.models import Case, Contact
from solmu.casework.rules.classes import CONTACT_CLASSES, PAIR_CLASSES


def open_contact_to(actor: Actor, contact: Contact, accounts: Iterable[UUID], until: datetime | None = None) -> None:
    """Lets each of `accounts` read and write a contact that is not yet about a family."""
    _open(actor, accounts, contact.id, CONTACT_CLASSES, Basis(Grant.Basis.CONTACT, contact.id), until)


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
        open_grant(
            subject=(Grant.Subject.PERSON, account),
            record_id=record_id,
            classes=classes,
            basis=basis,
            purpose=actor.purpose,
            valid_from=actor.at,
            valid_to=until,
            may_write=True,
        )
