"""All that operating models may ask, from every room, and what one family's record answers.

A new source of facts is one line in `_SOURCES`: a module with FACTS, `known` and `known_of_people`.
"""

from uuid import UUID

from solmu.access.gate import Access
from solmu.families import facts as of_families
from solmu.operating_models.facts import Catalogue
from solmu.operating_models.rules import Known
from solmu.situations import facts as of_situations

_SOURCES = (of_families, of_situations)
CATALOGUE = Catalogue(fact for source in _SOURCES for fact in source.FACTS)
ASKED = frozenset(of_situations.BY_NAME)
"""Facts that are answered where a proposal asks for them; the rest are read from their own part of the record."""


def known(access: Access) -> dict[str, Known]:
    """What is known of the family as a whole, as far as the access covers it."""
    found: dict[str, Known] = {}
    for source in _SOURCES:
        found |= source.known(access)
    return found


def known_of_people(access: Access) -> dict[UUID, dict[str, Known]]:
    """What is known of each of the family's people, as far as the access covers it."""
    found: dict[UUID, dict[str, Known]] = {}
    for source in _SOURCES:
        for person_id, facts in source.known_of_people(access).items():
            found.setdefault(person_id, {}).update(facts)
    return found
