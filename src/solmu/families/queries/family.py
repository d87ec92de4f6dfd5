"""Reads about one family: who belongs to it, and what to know before calling."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from babel.lists import format_list
from django.utils.translation import get_language, gettext as _

from solmu.access.classes import InformationClass as C
from solmu.access.gate import Access
from solmu.families.actions import CODE, NoSuchPerson
from solmu.families.models import Family, Person
from solmu.families.rules.ages import age_on, is_adult
from solmu.families.rules.phones import shown_phone
from solmu.kernel.keys import unseal

_ORDER = {place: number for number, place in enumerate(Person.Place.values)}


@dataclass(frozen=True)
class Caution:
    """Somebody who is not to be called just like that."""

    called: str
    calling: str
    words: str
    note: str


@dataclass(frozen=True)
class FamilyHead:
    """What stands at the top of every page of a family."""

    id: UUID
    reference: str
    name: str
    summary: str
    language: str
    interpreter: str
    interpreter_words: str
    interpreter_wish: str
    area: str
    restricted: bool
    cautions: tuple[Caution, ...]
    has_protected_address: bool
    has_children: bool
    version: int

    @property
    def needs_interpreter(self) -> bool:
        """Whether an interpreter is needed, always or in difficult matters."""
        return self.interpreter in {Family.Interpreter.SOMETIMES, Family.Interpreter.ALWAYS}


@dataclass(frozen=True)
class PersonRow:
    """Somebody in the family, as far as the reader may see."""

    id: UUID
    version: int
    place: str
    place_words: str
    called: str
    first_names: str
    last_name: str
    call_name: str
    other_spellings: str
    sign: str
    sign_words: str
    birth_date: date | None
    birth_date_estimated: bool
    age: int | None
    lives_at_home: bool
    is_guardian: bool
    decides_self: bool | None
    language: str
    needs_interpreter: bool | None
    phone: str
    calling: str
    calling_words: str
    calling_note: str
    email: str
    address: str
    address_protected: bool
    address_hidden: bool
    arrived_on: date | None
    together_since: date | None
    has_identity_code: bool

    @property
    def name(self) -> str:
        """All names, in the order in which they are said."""
        return f"{self.first_names} {self.last_name}".strip()

    @property
    def phone_shown(self) -> str:
        """The telephone number as people say it."""
        return shown_phone(self.phone) if self.phone else ""

    @property
    def is_adult(self) -> bool | None:
        """Of full age; unknown without a date of birth and a place that tells it."""
        if self.age is not None:
            return is_adult(self.age)
        return self.place == Person.Place.ADULT or None


def in_order(people: Iterable[Person]) -> list[Person]:
    """Adults, young people, children, close people; in each the eldest first."""
    return sorted(people, key=lambda p: (_ORDER[p.place], p.birth_date or date.max, str(p.id)))


def _with_age(person: Person, today: date) -> str:
    age = age_on(person.birth_date, today)
    if age is None:
        return person.called
    if person.birth_date_estimated:
        return _("%(name)s about %(age)d") % {"name": person.called, "age": age}
    return f"{person.called} {age}"


def summary(people: Iterable[Person], today: date) -> str:
    """Who belongs to the family: `Samir 42 and Rima 38 · Yara 15, Karim 12 and Lina 6`."""
    grown, growing = [], []
    for person in in_order(people):
        if person.place != Person.Place.CLOSE:
            (grown if person.place == Person.Place.ADULT else growing).append(_with_age(person, today))
    locale = (get_language() or "en").replace("-", "_")
    return " · ".join(format_list(names, locale=locale) for names in (grown, growing) if names)


def family_head(access: Access) -> FamilyHead:
    """The family's name, its people in one line, its language, and what to know before calling."""
    family = Family.objects.get(pk=access.record_id)
    members = in_order(_people_of(access))
    known = access.covers(C.IDENTITY)
    careful = {Person.Calling.AGREED_TIMES, Person.Calling.NOT_SAFE}
    cautions = [
        Caution(person.called, person.calling, person.get_calling_display(), person.calling_note)
        for person in members
        if person.calling in careful
    ]
    return FamilyHead(
        id=family.id,
        reference=family.reference,
        name=family.name if known else family.reference,
        summary=summary(members, access.actor.today),
        language=family.language if known else "",
        interpreter=family.interpreter if known else Family.Interpreter.UNKNOWN,
        interpreter_words=family.get_interpreter_display() if known else "",
        interpreter_wish=family.interpreter_wish if known else "",
        area=family.area if known else "",
        restricted=known and family.restricted,
        cautions=tuple(cautions),
        has_protected_address=any(person.address_protected for person in members),
        has_children=any(person.place in {Person.Place.YOUNG, Person.Place.CHILD} for person in members),
        version=family.version,
    )


def _people_of(access: Access):
    if not access.covers(C.IDENTITY):
        return Person.objects.none()
    return Person.objects.filter(family_id=access.record_id, removed_at=None).defer("identity_code")


def people_rows(access: Access) -> list[Person]:
    """The family's people as they are kept, each with the family: read once for all who tell of them on a page."""
    return list(_people_of(access).select_related("family"))


def people(access: Access, rows: Iterable[Person] | None = None) -> list[PersonRow]:
    """Everybody in the family. An address under non-disclosure is shown only to who holds that class.

    `rows`: what `people_rows` gave, when somebody has asked already.
    """
    return [_row(person, access) for person in in_order(_people_of(access) if rows is None else rows)]


def removed_people(access: Access) -> list[PersonRow]:
    """Who has been taken away from the family's people and may be brought back, the latest first."""
    if not access.covers(C.IDENTITY):
        return []
    removed = Person.objects.filter(family_id=access.record_id, removed_at__isnull=False).defer("identity_code")
    return [_row(person, access) for person in removed.order_by("-removed_at", "id")]


def _row(person: Person, access: Access) -> PersonRow:
    hidden = person.address_protected and not access.covers(C.ADDRESS)
    taken = {name: getattr(person, name) for name in _COPIED}
    return PersonRow(
        **taken,
        place_words=person.get_place_display(),
        sign_words=person.get_sign_display(),
        calling_words=person.get_calling_display(),
        age=age_on(person.birth_date, access.actor.today),
        address="" if hidden else person.address,
        address_hidden=hidden,
        has_identity_code=bool(person.identity_index),
    )


_WORKED_OUT = {"place_words", "sign_words", "calling_words", "age", "address", "address_hidden", "has_identity_code"}
_COPIED = tuple(name for name in PersonRow.__dataclass_fields__ if name not in _WORKED_OUT)


def identity_code(access: Access, person_id: UUID) -> str:
    """A person's identity code in clear; asked for by itself, with a deed of its own in the log."""
    found = Person.objects.filter(family_id=access.record_id, pk=person_id, removed_at=None)
    sealed = found.values_list("identity_code", flat=True).first()
    if not sealed or not access.covers(C.IDENTITY):
        raise NoSuchPerson
    return unseal(CODE, sealed)


def names_of(family_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The names of families that the gate has already let into a list (`gate.list_records`).

    Namesakes in the list are told apart by their references.
    """
    rows = list(Family.objects.filter(pk__in=list(family_ids)).values_list("pk", "name", "reference"))
    bearers = Counter(name for _id, name, _reference in rows)
    return {id_: name if bearers[name] == 1 else f"{name} ({reference})" for id_, name, reference in rows}
