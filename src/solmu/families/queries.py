"""Reads about families."""

from dataclasses import dataclass
from uuid import UUID

from solmu.access.gate import Access
from solmu.families.models import Family


@dataclass(frozen=True)
class FamilyHead:
    """What stands at the top of every page of a family."""

    id: UUID
    reference: str
    name: str
    summary: str


def family_head(access: Access) -> FamilyHead:
    """The family's name and who belongs to it."""
    family = Family.objects.get(pk=access.record_id)
    return FamilyHead(family.id, family.reference, family.name, "")


def names_of(family_ids: set[UUID]) -> dict[UUID, str]:
    """The names of families that `gate.list_records` has let into a list."""
    return dict(Family.objects.filter(pk__in=family_ids).values_list("id", "name"))
