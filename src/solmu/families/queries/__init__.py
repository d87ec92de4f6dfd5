"""Reads about families: of one family with the gate's yes, and of many to find the one."""

from solmu.families.queries.family import (
    Caution,
    FamilyHead,
    PersonRow,
    family_head,
    identity_code,
    names_of,
    people,
    people_rows,
    removed_people,
    summary,
)
from solmu.families.queries.finding import (
    PER_PAGE,
    FamiliesPage,
    FamilyLine,
    Found,
    duplicates,
    families_page,
    search,
)
from solmu.families.queries.log import PER_PAGE as LOG_PAGE, ReadLine, ReadLog, family_log

__all__ = [
    "LOG_PAGE",
    "PER_PAGE",
    "Caution",
    "FamiliesPage",
    "FamilyHead",
    "FamilyLine",
    "Found",
    "PersonRow",
    "ReadLine",
    "ReadLog",
    "duplicates",
    "families_page",
    "family_head",
    "family_log",
    "identity_code",
    "names_of",
    "people",
    "people_rows",
    "removed_people",
    "search",
    "summary",
]
