"""What people do to a family's basic details."""

import secrets
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from solmu.access import gate
from solmu.access.actor import Actor
from solmu.access.classes import InformationClass as C
from solmu.access.deeds import Deed
from solmu.access.gate import Access
from solmu.families.checking import FAMILY_FIELDS, PERSON_FIELDS, check_family, check_person, take_in
from solmu.families.models import Family, Person, SearchWord
from solmu.families.rules.names import sort_key, words
from solmu.kernel.errors import InvalidInput, NotNow, Refused
from solmu.kernel.keys import keyed_hash, seal
from solmu.kernel.models import insert, save_version

CODE = "identity code"
CODE_INDEX = "identity code index"
_CODE_FIELDS = ("identity_code", "identity_index")


class NoSuchPerson(Refused):
    """The family's record holds no such person, or no longer does."""

    message = _("This person is no longer among the family's people.")


def create_family(
    actor: Actor,
    *,
    name: str,
    language: str = "",
    interpreter: str = Family.Interpreter.UNKNOWN,
    interpreter_wish: str = "",
    area: str = "",
    people: Iterable[Mapping[str, Any]] = (),
    family_id: UUID | None = None,
) -> Family:
    """Begins a family's record, kept by the actor's organisation; `people` are details as `add_person` takes them.

    With `family_id` the caller has opened a grant on that identifier, and the gate logs the writing. Without it the
    role alone decides, and the caller opens and uses the case's grants in the same transaction: else nobody sees it.
    """
    with transaction.atomic():
        gate.require(actor, Deed.WRITE_FAMILY if family_id else Deed.TAKE_CONTACT, family_id)
        family = Family(organisation_id=actor.organisation_id, created_at=actor.at)
        family.id = family_id or family.id
        told = {"name": name, "language": language, "interpreter": interpreter, "area": area}
        take_in(family, FAMILY_FIELDS, told | {"interpreter_wish": interpreter_wish})
        check_family(family)
        family.sort_name = sort_key(family.name)
        insert(family)
        _index_family(family)
        for number, details in enumerate(people):
            _add_numbered(actor, family, number, details)
        return family


def _add_numbered(actor: Actor, family: Family, number: int, details: Mapping[str, Any]) -> None:
    try:
        _new_person(actor, family, details)
    except InvalidInput as refused:
        raise InvalidInput({f"people-{number}-{name}": said for name, said in refused.errors.items()}) from None


def update_family(actor: Actor, *, family_id: UUID, version: int, **details: Any) -> Family:
    """Changes the details that are given (`name`, `language`, `interpreter`, …) and leaves the rest."""
    with transaction.atomic():
        gate.require(actor, Deed.WRITE_FAMILY, family_id)
        family = Family.objects.get(pk=family_id)
        take_in(family, FAMILY_FIELDS, details)
        check_family(family)
        family.sort_name = sort_key(family.name)
        save_version(family, expected=version, fields=[*FAMILY_FIELDS, "sort_name"])
        _index_family(family)
        return family


def add_person(actor: Actor, *, family_id: UUID, **details: Any) -> Person:
    """Adds somebody to the family; `details` are fields of Person, and `identity_code` if it is known and needed."""
    with transaction.atomic():
        gate.require(actor, Deed.WRITE_FAMILY, family_id)
        return _new_person(actor, Family.objects.get(pk=family_id), details)


def _new_person(actor: Actor, family: Family, details: Mapping[str, Any]) -> Person:
    told = dict(details)
    code = told.pop("identity_code", None)
    person = Person(family=family)
    take_in(person, PERSON_FIELDS, told)
    _set_code(person, check_person(person, actor.today, code))
    insert(person)
    _index_person(family, person)
    return person


def update_person(
    actor: Actor, *, family_id: UUID, person_id: UUID, version: int, identity_code: str | None = None, **details: Any
) -> Person:
    """Changes the details that are given. The identity code stays without one, and goes with an empty one.

    Who may not see an address under non-disclosure does not change it either.
    """
    with transaction.atomic():
        access = gate.require(actor, Deed.WRITE_FAMILY, family_id)
        person = _person(family_id, person_id)
        take_in(person, PERSON_FIELDS, _without_hidden(access, person, details))
        code = check_person(person, actor.today, identity_code)
        changed = list(PERSON_FIELDS)
        if identity_code is not None:
            _set_code(person, code)
            changed += _CODE_FIELDS
        save_version(person, expected=version, fields=changed)
        _index_person(person.family, person)
        return person


def _without_hidden(access: Access, person: Person, details: Mapping[str, Any]) -> dict[str, Any]:
    if not person.address_protected or access.covers(C.ADDRESS):
        return dict(details)
    return {name: value for name, value in details.items() if name not in {"address", "address_protected"}}


def remove_person(actor: Actor, *, family_id: UUID, person_id: UUID, version: int) -> Person:
    """Takes somebody away from the family's people. Nothing is lost: `restore_person` brings the person back."""
    with transaction.atomic():
        gate.require(actor, Deed.WRITE_FAMILY, family_id)
        person = _person(family_id, person_id)
        person.removed_at = actor.at
        save_version(person, expected=version, fields=["removed_at"])
        SearchWord.objects.filter(person=person).delete()
        return person


def restore_person(actor: Actor, *, family_id: UUID, person_id: UUID) -> Person:
    """Brings back somebody who was taken away."""
    with transaction.atomic():
        gate.require(actor, Deed.WRITE_FAMILY, family_id)
        person = Person.objects.select_related("family").filter(family_id=family_id, pk=person_id).first()
        if person is None:
            raise NoSuchPerson
        if person.removed_at is None:
            raise NotNow
        person.removed_at = None
        save_version(person, expected=person.version, fields=["removed_at"])
        _index_person(person.family, person)
        return person


def _person(family_id: UUID, person_id: UUID) -> Person:
    people = Person.objects.select_related("family")
    person = people.filter(family_id=family_id, pk=person_id, removed_at=None).first()
    if person is None:
        raise NoSuchPerson
    return person


def _set_code(person: Person, code: str) -> None:
    person.identity_code = seal(CODE, code, secrets.token_bytes(12)) if code else None
    person.identity_index = keyed_hash(CODE_INDEX, code) if code else ""


def _index_family(family: Family) -> None:
    _index(family, None, words(family.name))


def _index_person(family: Family, person: Person) -> None:
    names = (person.first_names, person.last_name, person.call_name, person.other_spellings)
    found = words(" ".join(names))
    _index(family, person, [*found, person.phone] if person.phone else found)


def _index(family: Family, person: Person | None, found: Iterable[str]) -> None:
    SearchWord.objects.filter(family_id=family.id, person=person).delete()
    SearchWord.objects.bulk_create(
        SearchWord(organisation_id=family.organisation_id, word=word, person=person, family_id=family.id)
        for word in found
    )
