"""The map of a family as a picture: what was read, in the words of the reader's language, put in its place."""

from solmu.situations.drawing import Area, Item, Picture, draw
from solmu.situations.queries import DomainRow, FamilyMap, ItemRow
from solmu.situations.words import CHANGES, SHORT


def picture(drawn: FamilyMap, family: str) -> Picture:
    """The picture of a map; `family` is the name in its middle."""
    return draw([_area(domain) for domain in drawn.domains], family, compared=drawn.then is not None)


def _area(domain: DomainRow) -> Area:
    return Area(
        label=domain.label,
        short=str(SHORT[domain.domain]),
        items=tuple(_item(item) for item in domain.items),
        felt_then=domain.felt_then,
        felt_now=domain.felt_now,
    )


def _item(item: ItemRow) -> Item:
    return Item(
        kind=item.kind,
        words=item.words,
        then=item.then,
        now=item.now,
        change=item.change,
        change_words=str(CHANGES[item.change]) if item.change else "",
    )
