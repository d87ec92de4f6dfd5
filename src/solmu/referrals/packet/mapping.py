"""The life-situation map as items: each domain, each person's and kind of mark by itself."""

from collections.abc import Iterator
from uuid import UUID

from django.utils.translation import gettext as _

from solmu.access.classes import InformationClass as C
from solmu.access.gate import Access
from solmu.consents.rules import own_part_of
from solmu.kernel.directions import isolated
from solmu.referrals.packet.offer import Offer, offer_of
from solmu.situations.models import Domain, MapItem, MapItemState

_GONE = {MapItemState.Weight.OPENED, MapItemState.Weight.FADED}
_DOMAINS = {domain: number for number, domain in enumerate(Domain.values)}


def map_offers(access: Access, names: dict[UUID, str]) -> Iterator[Offer]:
    """An offer for every domain × kind × person that has marks now; a young person's own part as one of its own."""
    if not access.covers(C.SITUATION):
        return
    shared: dict[tuple, list[MapItem]] = {}
    own: dict[UUID, list[MapItem]] = {}
    for item in _present_items(access):
        whose = item.person_id or item.view_of_id
        if item.own_part:
            own.setdefault(whose, []).append(item)
        else:
            shared.setdefault((item.kind, _DOMAINS[item.domain], item.domain, whose), []).append(item)
    for kind, _number, domain, whose in sorted(shared, key=lambda key: (key[0] != MapItem.Kind.KNOT, *map(str, key))):
        yield _shared(f"{kind}s", domain, whose, shared[kind, _number, domain, whose], names)
    if access.covers(C.YOUNG_PART):
        for whose, items in own.items():
            yield _own(whose, items, names)


def _present_items(access: Access) -> list[MapItem]:
    """The marks that weigh or carry at their latest round."""
    items = {item.id: item for item in MapItem.objects.filter(family_id=access.record_id).order_by("id")}
    states = MapItemState.objects.filter(item_id__in=items).order_by("round__number")
    latest = {state.item_id: state.weight for state in states}
    for item in items.values():
        item.weight_words = str(MapItemState.Weight(latest[item.id]).label) if item.id in latest else ""
    return [item for item in items.values() if latest.get(item.id) not in _GONE]


def _shared(kind: str, domain: str, whose: UUID | None, items: list[MapItem], names: dict[UUID, str]) -> Offer:
    code = f"{kind}:{domain}:{whose}" if whose else f"{kind}:{domain}"
    return offer_of(code, _rows(items, names), "list", names=names, about=_about(items))


def _own(whose: UUID, items: list[MapItem], names: dict[UUID, str]) -> Offer:
    return offer_of(own_part_of(whose), _rows(items, names), "list", names=names, about=[whose], own_part=True)


def _rows(items: list[MapItem], names: dict[UUID, str]) -> list[tuple[str]]:
    return [(_words(item, names),) for item in items]


def _about(items: list[MapItem]) -> frozenset[UUID]:
    found = {person for item in items for person in (item.person_id, item.view_of_id) if person}
    return frozenset(found)


def _words(item: MapItem, names: dict[UUID, str]) -> str:
    """The mark as one sentence: own words, how it weighs, who says so, what would help."""
    parts = [isolated(item.words.rstrip("."))]
    if item.weight_words:
        parts[0] += f" ({item.weight_words})"
    if item.view_of_worker:
        parts.append(_("The worker's view"))
    elif item.view_of_id and item.view_of_id != item.person_id:
        parts.append(_("Told by %(who)s") % {"who": isolated(names.get(item.view_of_id, "–"))})
    if item.would_help:
        parts.append(_("Would help: %(what)s") % {"what": isolated(item.would_help.rstrip("."))})
    return ". ".join(parts) + "."
