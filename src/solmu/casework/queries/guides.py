"""Which versions of models run for a family now, whose guides its pages open."""

from uuid import UUID

from solmu.access.classes import InformationClass as C
from solmu.access.gate import Access
from solmu.casework.models import Engagement
from solmu.casework.queries.network import case_here
from solmu.operating_models.package import Package
from solmu.operating_models.queries import is_open_to, package_of


def versions_under_way(access: Access) -> list[tuple[UUID | None, Package]]:
    """Each version once, the one that began first first; none where the page may not know of the work.

    A version of its own that another organisation has not shared has no identifier here: the reader has no page of it.
    """
    rows = Engagement.objects.filter(state=Engagement.State.RUNNING)
    if access.covers(C.CASEWORK):
        rows = rows.filter(case__family_id=access.record_id)
    elif access.covers(C.NETWORK | C.PLAN):
        rows = rows.filter(case=case_here(access))  # whose network it is; another unit's work stays its own
    else:
        return []
    rows = rows.select_related("model").defer("model__content", "model__overlay").order_by("started_at", "id")
    models = {row.model_id: row.model for row in rows}.values()
    own = access.actor.organisation_id
    return [(each.id if is_open_to(each, own) else None, package_of(each)) for each in models]
