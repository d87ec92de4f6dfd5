"""What may be written of a family and its people: each fault in plain words at its field."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from solmu.families.models import Family, Person
from solmu.families.rules.ages import age_on
from solmu.families.rules.identity_codes import born_by, normal_identity_code, sign_by
from solmu.families.rules.phones import normal_phone
from solmu.kernel.errors import InvalidInput

FAMILY_FIELDS = ("name", "language", "interpreter", "interpreter_wish", "area", "restricted")
PERSON_FIELDS = (
    "place",
    "first_names",
    "last_name",
    "call_name",
    "other_spellings",
    "sign",
    "birth_date",
    "birth_date_estimated",
    "lives_at_home",
    "is_guardian",
    "decides_self",
    "language",
    "needs_interpreter",
    "phone",
    "calling",
    "calling_note",
    "email",
    "address",
    "address_protected",
    "arrived_on",
    "together_since",
)
_OLDEST = 125  # years; a date before that is a slip of the finger


def take_in(row: Family | Person, allowed: tuple[str, ...], details: Mapping[str, Any]) -> None:
    """Sets what is told on the row; a name that is no field of it is the programmer's slip."""
    if unknown := set(details) - set(allowed):
        raise TypeError(f"{type(row).__name__} takes no {', '.join(sorted(unknown))}")
    for name, value in details.items():
        setattr(row, name, value.strip() if isinstance(value, str) else value)


def field_faults(row: Family | Person, fields: tuple[str, ...]) -> dict[str, object]:
    """What the fields themselves refuse: an empty name, a word too long, an e-mail address that is none."""
    faults: dict[str, object] = {}
    for name in fields:
        field = row._meta.get_field(name)  # noqa: SLF001
        value = getattr(row, name)
        if field.blank and value in field.empty_values:
            continue
        try:
            field.clean(value, row)
        except ValidationError as refused:
            faults[name] = refused.messages[0]
    return faults


def check_family(family: Family) -> None:
    """Raises InvalidInput when something about the family cannot be right."""
    if faults := field_faults(family, FAMILY_FIELDS):
        raise InvalidInput(faults)


def check_person(person: Person, today: date, identity_code: str | None) -> str:
    """Settles phone and dates on the person and returns the code in its one form; raises InvalidInput."""
    faults = field_faults(person, PERSON_FIELDS)
    if person.phone and not faults.get("phone"):
        person.phone = normal_phone(person.phone) or _fault(
            faults,
            "phone",
            _("This is not a telephone number. Leave out words; write for instance 040 123 4567."),
            person.phone,
        )
    code = _checked_code(person, identity_code, faults)
    _check_dates(person, today, faults)
    if faults:
        raise InvalidInput(faults)
    return code


def _fault(faults: dict[str, object], field: str, sentence, kept: str) -> str:
    faults[field] = sentence
    return kept


def _checked_code(person: Person, typed: str | None, faults: dict[str, object]) -> str:
    if not typed or not typed.strip():
        return ""
    code = normal_identity_code(typed)
    if not code:
        faults["identity_code"] = _(
            "This is not a personal identity code. Check every sign, or leave it empty: it is not needed."
        )
        return ""
    person.birth_date = person.birth_date or born_by(code)
    if person.birth_date != born_by(code) and not person.birth_date_estimated:
        faults["identity_code"] = _("The identity code says another date of birth. Check which of the two is right.")
    elif person.sign in {Person.Sign.WOMAN, Person.Sign.MAN} and person.sign != sign_by(code):
        faults["identity_code"] = _(
            "The identity code and the choice of woman or man do not agree. Check which is right."
        )
    else:
        person.birth_date, person.birth_date_estimated = born_by(code), False
    return code


def _check_dates(person: Person, today: date, faults: dict[str, object]) -> None:
    born = person.birth_date
    if born and born > today:
        faults["birth_date"] = _("The date of birth is in the future.")
    elif born and (age_on(born, today) or 0) > _OLDEST:
        faults["birth_date"] = _("The date of birth is more than 125 years ago. Check the year.")
    for name in ("arrived_on", "together_since"):
        day = getattr(person, name)
        if day and day > today:
            faults[name] = _("This date is in the future.")
        elif day and born and day < born:
            faults[name] = _("This date is before the date of birth.")
