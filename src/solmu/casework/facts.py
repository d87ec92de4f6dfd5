"""All that operating models may ask, from every room, and what one family's record answers.

A new source of facts is one line in `_SOURCES`: a module with FACTS and `known_of_all`.
"""

from uuid import UUID

from solmu.access.gate import Access
from solmu.families import facts as of_families
from solmu.families.models import Person
from solmu.operating_models.facts import Catalogue
from solmu.operating_models.rules import Known
from solmu.situations import facts as of_situations

_SOURCES = (of_families, of_situations)
CATALOGUE = Catalogue(fact for source in _SOURCES for fact in source.FACTS)
ASKED = frozenset(of_situations.BY_NAME)
"""Facts that are answered where a proposal asks for them; the rest are read from their own part of the record."""

_MOVED = "family.moved_to_country"
_TELL_OF_MOVING = ("family.latest_arrival", "family.refugee_background")


def known(access: Access) -> dict[str, Known]:
    """What is known of the family as a whole, as far as the access covers it."""
    return known_of_all(access)[0]


def known_of_people(access: Access) -> dict[UUID, dict[str, Known]]:
    """What is known of each of the family's people, as far as the access covers it."""
    return known_of_all(access)[1]


def known_of_all(
    access: Access, rows: list[Person] | None = None
) -> tuple[dict[str, Known], dict[UUID, dict[str, Known]]]:
    """Both, each source read once; `rows`: the family's people, when they have been read already."""
    family: dict[str, Known] = {}
    people: dict[UUID, dict[str, Known]] = {}
    for source in _SOURCES:
        of_family, of_people = source.known_of_all(access, rows)
        family |= of_family
        for person_id, facts in of_people.items():
            people.setdefault(person_id, {}).update(facts)
    return _with_what_follows(family), people


def _with_what_follows(family: dict[str, Known]) -> dict[str, Known]:
    """A family whose day of arrival, or flight, is told need not be asked whether it has moved."""
    asked = family.get(_MOVED)
    if asked is None or asked.value is None:
        told = next((family[name] for name in _TELL_OF_MOVING if name in family and family[name].value), None)
        if told:
            family[_MOVED] = Known(value=True, where_from=told.where_from, dated=told.dated)
    return family
