"""What a steward sees of families while reviewing how they were used: references, never a name."""

from collections.abc import Iterable
from uuid import UUID

from solmu.access.gate import Access
from solmu.families.models import Family
from solmu.families.rules.references import tidy_reference


def record_of(access: Access, reference: str) -> UUID | None:
    """The record behind an exact reference in the steward's own organisation."""
    own = Family.objects.filter(organisation_id=access.actor.organisation_id)
    return own.filter(reference=tidy_reference(reference)).values_list("id", flat=True).first()


def references_of(access: Access, record_ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """The references of those records that the steward's own organisation keeps."""
    own = Family.objects.filter(organisation_id=access.actor.organisation_id)
    return dict(own.filter(pk__in={each for each in record_ids if each}).values_list("id", "reference"))
