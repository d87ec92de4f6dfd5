"""Which operating models run for a family now, each in the version in which it began."""

from solmu.access.classes import InformationClass as C
from solmu.access.gate import Access
from solmu.casework.models import Engagement
from solmu.instruments.queries import Running
from solmu.operating_models.queries import package_of


def models_under_way(access: Access) -> list[Running]:
    """The models, the one that began first first."""
    if not access.covers(C.CASEWORK):
        return []
    rows = Engagement.objects.filter(case__family_id=access.record_id, state=Engagement.State.RUNNING)
    rows = rows.select_related("model").defer("model__content").order_by("started_at", "id")
    return [Running(row.id, package_of(row.model)) for row in rows]
