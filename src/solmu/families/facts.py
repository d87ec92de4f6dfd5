"""What operating models may ask of a family's basic details, and what the record answers.

A fact that is missing from the answer is not yet known. The words that say where an answer comes from are shown to
workers and families.
"""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _, gettext_lazy

from solmu.access.classes import InformationClass as C
from solmu.access.gate import Access
from solmu.families.models import Family, Person
from solmu.families.rules.ages import age_on, is_adolescent, is_adult
from solmu.operating_models.facts import Fact, FactType, Scope
from solmu.operating_models.rules import Known

_IDENTITY = C.IDENTITY.name.lower()


def _fact(name: str, kind: FactType, asks, means: str, read_from: str) -> Fact:
    scope = Scope.FAMILY if name.startswith("family.") else Scope.PERSON
    return Fact(name, kind, scope, _IDENTITY, asks=asks, means=means, read_from=read_from)


FACTS = (
    _fact(
        "family.has_children",
        FactType.YES_NO,
        gettext_lazy("Are there children under 18 in the family?"),
        "There is a member who is under age.",
        "dates of birth, or the member's place in the family",
    ),
    _fact(
        "family.has_adolescents",
        FactType.YES_NO,
        gettext_lazy("Is somebody in the family 13 to 17 years old?"),
        "There is a member between childhood and adulthood.",
        "dates of birth",
    ),
    _fact(
        "family.members_at_home",
        FactType.NUMBER,
        gettext_lazy("How many people live at home?"),
        "How many of the family's people live at home.",
        "the family's people",
    ),
    _fact(
        "family.needs_interpreter",
        FactType.YES_NO,
        gettext_lazy("Does the family need an interpreter?"),
        "An adult or young person needs an interpreter to be understood.",
        "the family's or a member's need of an interpreter",
    ),
    _fact(
        "family.latest_arrival",
        FactType.DATE,
        gettext_lazy("When did the family members come to Finland, the last of them?"),
        "The day on which the last of the members living at home came to the country.",
        "days of arrival of the members",
    ),
    _fact(
        "family.living_together_since",
        FactType.DATE,
        gettext_lazy("Since when has the whole family lived together in Finland?"),
        "Since when the members have lived together in the country.",
        "the members' days of beginning to live together",
    ),
    _fact(
        "person.birth_date",
        FactType.DATE,
        gettext_lazy("When was the person born?"),
        "The day of birth.",
        "the member's basic details",
    ),
    _fact(
        "person.age",
        FactType.NUMBER,
        gettext_lazy("How old is the person?"),
        "Full years today. Prefer the date of birth where a model says until when something holds.",
        "the member's date of birth",
    ),
    _fact(
        "person.lives_at_home",
        FactType.YES_NO,
        gettext_lazy("Does the person live at home?"),
        "The member lives with the family.",
        "the member's basic details",
    ),
    _fact(
        "person.needs_interpreter",
        FactType.YES_NO,
        gettext_lazy("Does the person need an interpreter?"),
        "The member needs an interpreter to be understood.",
        "the member's basic details",
    ),
)


def known(access: Access) -> dict[str, Known]:
    """What the basic details answer about the family as a whole."""
    return known_of_all(access)[0]


def known_of_people(access: Access) -> dict[UUID, dict[str, Known]]:
    """What the basic details answer about each of the family's people."""
    return known_of_all(access)[1]


def known_of_all(
    access: Access, rows: list[Person] | None = None
) -> tuple[dict[str, Known], dict[UUID, dict[str, Known]]]:
    """Both, with the people read once; `rows`: the people, when they have been read already."""
    if not access.covers(C.IDENTITY):
        return {}, {}
    people = _people(access) if rows is None else rows
    return _of_family(access, people), {person.id: _of_person(person, access.actor.today) for person in people}


def _of_family(access: Access, people: list[Person]) -> dict[str, Known]:
    family = people[0].family if people else Family.objects.only("interpreter").get(pk=access.record_id)
    members = [person for person in people if person.place != Person.Place.CLOSE]
    today = access.actor.today
    answers = {
        "family.has_children": (_any(_is_child(person, today) for person in members), _("the family's people")),
        "family.has_adolescents": (_any(_is_adolescent(person, today) for person in members), _("dates of birth")),
        "family.members_at_home": (
            sum(person.lives_at_home for person in members) or None,
            _("the family's people"),
        ),
        "family.needs_interpreter": (_interpreter(family, members), _("the family's basic details")),
        "family.latest_arrival": (_latest("arrived_on", members), _("the members' days of arrival")),
        "family.living_together_since": (
            _latest("together_since", members),
            _("the days from which the members have lived together"),
        ),
    }
    return {name: Known(value, where_from) for name, (value, where_from) in answers.items() if value is not None}


_TELLING = (
    "place",
    "birth_date",
    "birth_date_estimated",
    "lives_at_home",
    "needs_interpreter",
    "arrived_on",
    "together_since",
)


def _people(access: Access) -> list[Person]:
    rows = Person.objects.filter(family_id=access.record_id, removed_at=None).select_related("family")
    return list(rows.only("family__interpreter", *_TELLING))


def _of_person(person: Person, today: date) -> dict[str, Known]:
    born = _("date of birth, estimated") if person.birth_date_estimated else _("date of birth")
    details = _("the person's basic details")
    answers = {
        "person.birth_date": (person.birth_date, born),
        "person.age": (age_on(person.birth_date, today), born),
        "person.lives_at_home": (person.lives_at_home, details),
        "person.needs_interpreter": (person.needs_interpreter, details),
    }
    return {name: Known(value, where_from) for name, (value, where_from) in answers.items() if value is not None}


def _any(answers: Iterable[bool | None]) -> bool | None:
    """True when one is, False when all are known and none is; else, and when nobody is told of, not yet known."""
    told = list(answers)
    if True in told:
        return True
    return None if None in told or not told else False


def _is_child(person: Person, today: date) -> bool | None:
    age = age_on(person.birth_date, today)
    if age is not None:
        return not is_adult(age)
    by_place = {Person.Place.ADULT: False, Person.Place.CHILD: True}  # a young person may be of age
    return by_place.get(person.place)


def _is_adolescent(person: Person, today: date) -> bool | None:
    age = age_on(person.birth_date, today)
    if age is not None:
        return is_adolescent(age)
    return False if person.place == Person.Place.ADULT else None


def _interpreter(family: Family, members: list[Person]) -> bool | None:
    if any(person.needs_interpreter and person.place != Person.Place.CHILD for person in members):
        return True
    if family.interpreter == Family.Interpreter.UNKNOWN:
        return None
    return family.interpreter != Family.Interpreter.NO


def _latest(field: str, members: list[Person]) -> date | None:
    """The latest of the members' days; not known while the day of somebody who lives at home is missing."""
    days = [getattr(person, field) for person in members if person.lives_at_home]
    return None if not days or None in days else max(days)
