"""What is a place in a package called to somebody who words it for their organisation?"""

from collections.abc import Mapping
from typing import Any

from solmu.operating_models.compare.labels import field_label, part_label
from solmu.operating_models.compare.speaker import Speaker
from solmu.operating_models.overlay.addresses import look
from solmu.web.ui.languages import language_name
from solmu.web.ui.markdown import title_of


def place_called(document: Mapping[str, Any], speaker: Speaker, place: str) -> str:
    """The place in words: the part, the thing in it, and its field."""
    first, *names = place.split(".")
    if first == "texts":
        key = ".".join(names[1:])
        return f"{language_name(names[0])} · {speaker.place(key) or key}"
    if first == "guide":
        page = ".".join(names[1:])
        return f"{language_name(names[0])} · {part_label('guide')} · {page_called(document, names[0], page)}"
    found, rest = _things(document, [first, *names])
    parts = [part_label(names[0]), *(speaker.title("", each["id"], each) for each in found)] if names else [first]
    return " · ".join([*parts, *([field_label(".".join(rest))] if rest else [])])


def page_called(document: Mapping[str, Any], language: str, page: str) -> str:
    """The title of a page of the guide; of a page that is not there yet, its name."""
    return title_of(document["guide"].get(language, {}).get(page, ""), page)


def said(speaker: Speaker, value: Any) -> str:
    """A value in words; a whole thing by its name."""
    if isinstance(value, dict) and "id" in value:
        return speaker.title("", value["id"], value)
    return speaker.value(value)


def _things(document: Mapping[str, Any], names: list[str]) -> tuple[list[Mapping[str, Any]], list[str]]:
    """The things on the way that have an id, and what follows the last of them."""
    found, rest = [], names[2:]
    for end in range(2, len(names) + 1):
        thing = look(document, ".".join(names[:end]))
        if isinstance(thing, dict) and "id" in thing:
            found, rest = [*found, thing], names[end:]
    return found, rest
