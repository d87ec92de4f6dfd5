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
