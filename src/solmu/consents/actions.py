"""What is done when somebody says yes or no: to taking part, to telling others, and to a yes given before."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from solmu.access import gate
from solmu.access.actor import Actor
from solmu.access.deeds import Deed
from solmu.access.grants import close_grants, live_grants
from solmu.access.models import Grant
from solmu.agenda.actions import put, settle
from solmu.agenda.models import Item
from solmu.consents.models import How, Participation, Permission
from solmu.consents.queries import as_someone
from solmu.consents.rules import lacks_in_telling, may_answer
from solmu.families.models import Person
from solmu.kernel.errors import InvalidInput, NotNow, Refused
from solmu.kernel.models import insert, save_version


class NoSuchAnswer(Refused):
    """The family's record holds no such person or permission."""

    message = _("This person or permission is not in the family's record any more.")


class AlreadyEnded(NotNow):
    """A permission that is no longer in force cannot be withdrawn."""

    message = _("This permission is no longer in force, so there is nothing to withdraw.")


def record_participation(
    actor: Actor,
    *,
    family_id: UUID,
    person_id: UUID,
    about_id: UUID,
    answer: str,
    how: str,
    ask_again_on: date | None = None,
    note: str = "",
) -> Participation:
    """Records whether a person wants to take part in what is proposed; asked anew, the new answer replaces the old."""
    with transaction.atomic():
        gate.require(actor, Deed.WRITE_PERMISSIONS, family_id)
        person = _member(family_id, person_id)
        if answer == Participation.Answer.LATER and ask_again_on is None:
            raise InvalidInput({"ask_again_on": _("Agree on a day on which you ask again.")})
        said = {
            "answer": _one_of(Participation.Answer, answer, "answer"),
            "how": _one_of(How, how, "how"),
            "ask_again_on": ask_again_on,
            "note": note.strip(),
            "said_at": actor.at,
            "recorded_by": actor.account_id,
        }
        earlier = Participation.objects.filter(family_id=family_id, about_id=about_id, person=person).first()
        if earlier is None:
            return insert(Participation(family_id=family_id, about_id=about_id, person=person, **said))
        for name, value in said.items():
            setattr(earlier, name, value)
        save_version(earlier, expected=earlier.version, fields=list(said))
        return earlier


def give_permission(
    actor: Actor,
    *,
    family_id: UUID,
    person_id: UUID,
    items: Iterable[str],
    purpose: str,
    valid_to: date | None,
    how: str,
    told: Iterable[str],
    receiver_unit_id: UUID | None = None,
    receiver_point_id: UUID | None = None,
    refused_items: Iterable[str] = (),
    language: str = "",
    interpreter_present: bool = False,
    note: str = "",
) -> Permission:
    """Records that a person permits `items` to be told to one receiver; what the same person refused is kept too."""
    with transaction.atomic():
        gate.require(actor, Deed.WRITE_PERMISSIONS, family_id)
        person, items, told = _member(family_id, person_id), _codes(items), _codes(told)
        interpreter_present = interpreter_present or how == How.INTERPRETED
        errors = _faults(actor, person, items, purpose, how, (receiver_unit_id, receiver_point_id))
        if lacks_in_telling(told, interpreter=interpreter_present):
            errors["told"] = _("Tell these first: a permission is asked only after the person knows them.")
        if valid_to is None:
            errors["valid_to"] = _("Agree with the person until which day the permission holds.")
        elif valid_to < actor.today:
            errors["valid_to"] = _("The last day cannot be in the past.")
        if errors:
            raise InvalidInput(errors)
        given = _answered(
            actor,
            person,
            state=Permission.State.GIVEN,
            receiver_unit_id=receiver_unit_id,
            receiver_point_id=receiver_point_id,
            items=items,
            refused_items=[code for code in _codes(refused_items) if code not in items],
            purpose=purpose.strip(),
            valid_to=valid_to,
            how=how,
            language=language,
            interpreter_present=interpreter_present,
            told=told,
            note=note.strip(),
        )
        put(
            actor,
            kind=Item.Kind.PERMISSION_ENDS,
            about_id=given.id,
            record_id=family_id,
            due_on=valid_to,
            accounts=_workers(actor, family_id),
        )
        return given


def refuse_permission(
    actor: Actor,
    *,
    family_id: UUID,
    person_id: UUID,
    refused_items: Iterable[str],
    purpose: str,
    how: str,
    receiver_unit_id: UUID | None = None,
    receiver_point_id: UUID | None = None,
    told: Iterable[str] = (),
    language: str = "",
    interpreter_present: bool = False,
    note: str = "",
) -> Permission:
    """Records that a person does not permit these items to be told. No reason is asked."""
    with transaction.atomic():
        gate.require(actor, Deed.WRITE_PERMISSIONS, family_id)
        person, refused = _member(family_id, person_id), _codes(refused_items)
        if errors := _faults(actor, person, refused, purpose, how, (receiver_unit_id, receiver_point_id)):
            raise InvalidInput(errors)
        return _answered(
            actor,
            person,
            state=Permission.State.REFUSED,
            receiver_unit_id=receiver_unit_id,
            receiver_point_id=receiver_point_id,
            refused_items=refused,
            purpose=purpose.strip(),
            how=how,
            language=language,
            interpreter_present=interpreter_present or how == How.INTERPRETED,
            told=_codes(told),
            note=note.strip(),
        )


def _answered(actor: Actor, person: Person, **answer) -> Permission:
    """Keeps what a person answered today, and who asked."""
    day = {"valid_from": actor.today, "answered_at": actor.at, "asked_by": actor.account_id}
    return insert(Permission(family_id=person.family_id, person=person, **day, **answer))


def withdraw_permission(actor: Actor, *, permission_id: UUID, how: str) -> list[Permission]:
    """Withdraws a permission and every other that the same person has given to the same receiver; closes their grants.

    Returns what was withdrawn. What a page calls is `referrals.actions.withdraw_permission`, which also ends the
    referrals that rested on it.
    """
    with transaction.atomic():
        asked = Permission.objects.filter(pk=permission_id).values_list("family_id", flat=True).first()
        gate.require(actor, Deed.WRITE_PERMISSIONS, asked or permission_id)
        row = Permission.objects.get(pk=permission_id)
        _one_of(How, how, "how")
        if row.state != Permission.State.GIVEN:
            raise AlreadyEnded
        same = Permission.objects.filter(
            family_id=row.family_id,
            person_id=row.person_id,
            receiver_unit_id=row.receiver_unit_id,
            receiver_point_id=row.receiver_point_id,
            state=Permission.State.GIVEN,
        )
        withdrawn = list(same)
        for permission in withdrawn:
            permission.state = Permission.State.WITHDRAWN
            permission.withdrawn_at, permission.withdrawn_how = actor.at, how
            _end(actor, permission, ["state", "withdrawn_at", "withdrawn_how"])
        return withdrawn


def end_permissions(actor: Actor) -> list[UUID]:
    """Ends the permissions whose last day has passed; for the clock. Returns their identifiers."""
    with transaction.atomic():
        gate.require(actor, Deed.KEEP_UP)
        ended = list(Permission.objects.filter(state=Permission.State.GIVEN, valid_to__lt=actor.today))
        for permission in ended:
            permission.state = Permission.State.ENDED
            _end(actor, permission, ["state"])
        return [permission.id for permission in ended]


def _end(actor: Actor, permission: Permission, fields: list[str]) -> None:
    save_version(permission, expected=permission.version, fields=fields)
    close_grants(basis_id=permission.id, at=actor.at)
    settle(actor, about_id=permission.id, kinds=[Item.Kind.PERMISSION_ENDS])


def _faults(actor, person: Person, codes: list[str], purpose: str, how: str, receiver: tuple) -> dict:
    errors = {}
    if sum(one is not None for one in receiver) != 1:
        errors["receiver"] = _("Choose to whom the information may be told.")
    if not codes:
        errors["items"] = _("Choose at least one item.")
    elif not may_answer(as_someone(person, actor.today), codes):
        errors["person"] = _("A guardian answers for this child. Ask the child's own opinion all the same.")
    if not purpose.strip():
        errors["purpose"] = _("Tell what the information is needed for.")
    if how not in How.values:
        errors["how"] = _("Choose how the answer was given.")
    return errors


def _member(family_id: UUID, person_id: UUID) -> Person:
    person = Person.objects.filter(pk=person_id, family_id=family_id, removed_at=None).first()
    if person is None:
        raise NoSuchAnswer
    return person


def _workers(actor: Actor, family_id: UUID) -> list[UUID]:
    """Who works with the family now; whoever asked, if the case is not open yet."""
    of_case = live_grants(actor.at).filter(
        record_id=family_id, basis=Grant.Basis.CASE, subject_kind=Grant.Subject.PERSON
    )
    return sorted(set(of_case.values_list("subject_id", flat=True))) or [actor.account_id]


def _codes(codes: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(codes))


def _one_of(choices, value: str, field: str) -> str:
    if value not in choices.values:
        raise InvalidInput({field: _("Choose one of the alternatives.")})
    return value
