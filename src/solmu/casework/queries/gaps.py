"""What has been missing in the region: counts of gaps, small ones hidden."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count

from solmu.access import gate
from solmu.access.actor import Actor
from solmu.access.deeds import Deed
from solmu.casework.models import Gap
from solmu.situations.models import Domain

FEWEST_SHOWN = 5
"""Numbers below this are not told: a few could be recognised."""
PER_PAGE = 50


@dataclass(frozen=True)
class GapRow:
    """How often the same was missing; `count` None: some, but too few to be told."""

    need: str
    area: str
    language: str
    count: int | None


def gaps(actor: Actor, page: str | int = 1, need: str = "") -> Page:
    """Gaps by need, area and language over the whole region, those that are told by number first.

    Hidden counts stand in the order of their names, so that their place tells nothing. No totals are given, because
    a hidden number could be worked out of them.
    """
    gate.require(actor, Deed.SEE_GAPS)
    found = Gap.objects.filter(need=need) if need in Domain.values else Gap.objects.all()
    groups = found.values("need", "area", "language").annotate(count=Count("id")).order_by("need", "area", "language")
    rows = [GapRow(Domain(each["need"]).label, each["area"], each["language"], _told(each["count"])) for each in groups]
    rows.sort(key=lambda row: -(row.count or 0))
    return Paginator(rows, PER_PAGE).get_page(page)


def _told(count: int) -> int | None:
    return count if count >= FEWEST_SHOWN else None
