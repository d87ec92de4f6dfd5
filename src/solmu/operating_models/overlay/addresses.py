"""Where in a package's document does something stand? By names and ids, never by a number in a list.

`texts.fi.phases.meetings.title`, `guide.fi.first-visit`, `process.closing_reasons.moved-away.text`,
`process.phases.meetings.steps.hold-meeting.clock.working_days`, `model.settings.gap-weeks.default`
"""

from collections.abc import Iterator
from typing import Any

from solmu.operating_models.absent import ABSENT

Steps = tuple[str, ...]


def split(address: str) -> Steps:
    """The names on the way; a text's key keeps its dots, and lists that stand alone in a file are named once."""
    steps = tuple(address.split("."))
    if steps[0] in ("texts", "guide"):
        return (*steps[:2], ".".join(steps[2:])) if len(steps) > 2 else steps
    return ("measures", *steps) if steps[0] == "measures" else steps


def look(document: Any, address: str) -> Any:
    """What stands there, or ABSENT."""
    for step in split(address):
        document = _step(document, step)
        if document is ABSENT:
            return ABSENT
    return document


def _step(holder: Any, step: str) -> Any:
    if isinstance(holder, dict):
        return holder.get(step, ABSENT)
    if isinstance(holder, list):
        return next((each for each in holder if isinstance(each, dict) and each.get("id") == step), ABSENT)
    return ABSENT


def around(document: Any, address: str) -> Iterator[Any]:
    """What holds the place, from the nearest outward."""
    holders = [document]
    for step in split(address)[:-1]:
        holders.append(_step(holders[-1], step))
    return reversed([each for each in holders if each is not ABSENT])


def put(document: Any, address: str, value: Any) -> bool:
    """Writes a value in its place; False when nothing holds such a place."""
    *way, last = split(address)
    holder = document
    for step in way:
        holder = _step(holder, step)
    if not isinstance(holder, dict):
        return False
    holder[last] = value
    return True


def take_out(document: Any, address: str) -> bool:
    """Removes a thing from its list, or a field from its thing; False when it is not there."""
    *way, last = split(address)
    holder = document
    for step in way:
        holder = _step(holder, step)
    found = _step(holder, last)
    if found is ABSENT:
        return False
    if isinstance(holder, list):
        holder.remove(found)
    else:
        del holder[last]
    return True
