"""Reads about permissions: what is permitted, refused, withdrawn, and by whom."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from solmu.access.classes import InformationClass as C
from solmu.access.gate import Access
from solmu.consents.models import Participation, Permission
from solmu.consents.rules import Answer, Someone
from solmu.families.models import Person
from solmu.families.rules.ages import age_on, is_adult

TOLD_LABELS = {
    "what_and_to_whom": _("I told what leaves and to whom"),
    "preview_read": _("I read the preview aloud"),
    "can_withdraw": _("I told that the permission can be withdrawn at any time, and what happens then"),
    "interpreter_is_not_family": _("The interpreter was not a child or a relative of the family"),
}


@dataclass(frozen=True)
class PermissionRow:
    """One answer of one person to one receiver."""

    id: UUID
    version: int
    person: str
    receiver: str
    state: str
    state_label: str
    items: tuple[str, ...]
    refused: tuple[str, ...]
    purpose: str
    valid_from: date
    valid_to: date | None
    how: str
    language: str
    interpreter_present: bool
    told: tuple[str, ...]
    note: str
    answered_at: datetime
    withdrawn_at: datetime | None
    in_force: bool


def _people(access: Access):
    return Person.objects.filter(family_id=access.record_id, removed_at=None).order_by("birth_date", "id")


def people_who_answer(access: Access) -> list[Someone]:
    """The family's members as the rules of permission see them."""
    return [as_someone(person, access.actor.today) for person in _people(access)]


def as_someone(person: Person, today: date) -> Someone:
    """A member as the rules of permission see one; of full age by place in the family or by date of birth."""
    close = person.place == Person.Place.CLOSE
    age = age_on(person.birth_date, today)
    adult = person.place == Person.Place.ADULT or (close and age is None) or (age is not None and is_adult(age))
    return Someone(person.id, adult, person.decides_self is True, person.is_guardian, of_family=not close)


def names(access: Access) -> dict[UUID, str]:
    """What the members are called, for those who may see names; else a dash for each."""
    shown = access.covers(C.IDENTITY)
    return {person.id: str(person) if shown else "–" for person in _people(access)}


def answers_to(access: Access, *, unit_id: UUID | None, point_id: UUID | None) -> list[Answer]:
    """Every yes and no that the family has given concerning one receiver."""
    rows = Permission.objects.filter(family_id=access.record_id, receiver_unit_id=unit_id, receiver_point_id=point_id)
    return [as_answer(row) for row in rows.order_by("answered_at", "id")]


def as_answer(row: Permission) -> Answer:
    """A stored permission as the rules take it."""
    return Answer(
        person_id=row.person_id,
        state=row.state,
        items=frozenset(row.items),
        refused=frozenset(row.refused_items),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        answered_at=row.answered_at,
        id=row.id,
    )


def permissions(access: Access) -> list[PermissionRow]:
    """All permissions and refusals of the family, the newest first."""
    rows = Permission.objects.filter(family_id=access.record_id)
    rows = rows.select_related("person", "receiver_unit__organisation", "receiver_point")
    return [_row(access, row) for row in rows.order_by("-answered_at", "-id")]


def permission(access: Access, permission_id: UUID) -> PermissionRow | None:
    """One of the family's permissions."""
    return next((row for row in permissions(access) if row.id == permission_id), None)


def _row(access: Access, row: Permission) -> PermissionRow:
    return PermissionRow(
        id=row.id,
        version=row.version,
        person=str(row.person) if access.covers(C.IDENTITY) else "–",
        receiver=receiver_name(row),
        state=row.state,
        state_label=str(row.get_state_display()),
        items=tuple(row.items),
        refused=tuple(row.refused_items),
        purpose=row.purpose,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        how=str(row.get_how_display()),
        language=row.language,
        interpreter_present=row.interpreter_present,
        told=tuple(str(TOLD_LABELS[code]) for code in row.told if code in TOLD_LABELS),
        note=row.note,
        answered_at=row.answered_at,
        withdrawn_at=row.withdrawn_at,
        in_force=as_answer(row).holds(access.actor.today),
    )


def receiver_name(row: Permission) -> str:
    """To whom: the unit with its organisation, or the contact point."""
    if row.receiver_unit:
        return f"{row.receiver_unit.name}, {row.receiver_unit.organisation.name}"
    return row.receiver_point.name


def participations(access: Access, about_id: UUID) -> list[Participation]:
    """What the family's members have answered about taking part in one thing."""
    return list(Participation.objects.filter(family_id=access.record_id, about_id=about_id).select_related("person"))
