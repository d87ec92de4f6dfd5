"""A long form by pages, so that it can be answered on a phone: a page for each of its outermost groups."""

from solmu.instruments.questionnaire import Form, Item, Type

_FITS_ON_ONE = 20  # questions


def pages(form: Form) -> list[tuple[Item, ...]]:
    """The outermost items, page by page; a short form is one page, and so is one that has no groups."""
    asks = sum(item.asks for item in form.items)
    groups = [item for item in form.children if item.type is Type.GROUP]
    if asks <= _FITS_ON_ONE or len(groups) < 2:
        return [form.children]
    found: list[list[Item]] = []
    loose: list[Item] = []
    for item in form.children:
        if item.type is Type.GROUP and any(_all_ask(item)):
            found.append([*loose, item])
            loose = []
        else:
            loose.append(item)
    found[-1] += loose  # what stands after the last group is on its page
    return [tuple(page) for page in found]


def _all_ask(item: Item) -> list[bool]:
    return [item.asks, *(asks for child in item.children for asks in _all_ask(child))]


def numbers_in(items: tuple[Item, ...]) -> set[int]:
    """The numbers of these items and of all that is inside them."""
    return {number for item in items for number in (item.number, *numbers_in(item.children))}
