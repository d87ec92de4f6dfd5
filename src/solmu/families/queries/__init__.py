"""Reads about families: of one family with the gate's yes, and of many to find the one."""

from solmu.families.queries.family import (
    Caution,
    FamilyHead,
    PersonRow,
    family_head,
    identity_code,
    names_of,
    people,
    removed_people,
    summary,
)
from solmu.families.queries.finding import (
    FamiliesPage,
    FamilyLine,
    Found,
    duplicates,
    families_page,
    search,
)

__all__ = [
    "Caution",
    "FamiliesPage",
    "FamilyHead",
    "FamilyLine",
    "Found",
    "PersonRow",
    "duplicates",
    "families_page",
    "family_head",
    "identity_code",
    "names_of",
    "people",
    "removed_people",
    "search",
    "summary",
]
