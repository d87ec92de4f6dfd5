"""What may be said of a knot and a bond, and what has happened to it between two rounds. Counts, never scores."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

KNOT, BOND = "knot", "bond"
UNSAID, LIGHT, TENSE, TIGHT, OPENED = "unsaid", "light", "tense", "tight", "opened"
CARRIES, FADED = "carries", "faded"

WEIGHTS: Mapping[str, tuple[str, ...]] = {
    KNOT: (UNSAID, LIGHT, TENSE, TIGHT, OPENED),
    BOND: (CARRIES, FADED),
}
FIRST_WEIGHT: Mapping[str, str] = {KNOT: UNSAID, BOND: CARRIES}
"""What stands when nobody has said how much: nothing has to be said."""
PAST = frozenset({OPENED, FADED})
"""The item is no longer there: its trace is."""

_TIGHTNESS = {LIGHT: 1, TENSE: 2, TIGHT: 3}  # only for telling eased from tightened


class Change(StrEnum):
    """What happened to an item between then and now."""

    NEW = "new"
    EASED = "eased"
    TIGHTENED = "tightened"
    UNCHANGED = "unchanged"
    OPENED = "opened"
    FADED = "faded"
    BACK = "back"


def may_weigh(kind: str, weight: str) -> bool:
    """May an item of this kind have this weight?"""
    return weight in WEIGHTS[kind]


def is_open(weight: str | None) -> bool:
    """Is the knot still a knot, the bond still a bond?"""
    return weight is not None and weight not in PAST


def standing(states: Mapping[int, str], number: int) -> str | None:
    """How an item stood on round `number`: as last said by then, None if it was not on the map yet."""
    said = [at for at in states if at <= number]
    return states[max(said)] if said else None


def compare(then: str | None, now: str) -> Change:
    """What happened to an item that stood as `then` (None: was not on the map) and stands as `now`."""
    if now == OPENED and then != OPENED:
        return Change.OPENED
    if now == FADED and then != FADED:
        return Change.FADED
    if then is None:
        return Change.NEW
    if then in PAST and now not in PAST:
        return Change.BACK
    before, after = _TIGHTNESS.get(then), _TIGHTNESS.get(now)
    if before and after and before != after:
        return Change.EASED if after < before else Change.TIGHTENED
    return Change.UNCHANGED


def count_changes(items: Iterable[tuple[str, Change]]) -> Counter[tuple[str, Change]]:
    """How many knots and bonds each thing happened to; `items` are pairs of kind and change."""
    return Counter(items)


def shown_first(kinds: Sequence[str], most: int) -> list[int]:
    """Which of a domain's items are drawn when only `most` fit: their places in `kinds`, knots before bonds.

    The earliest of each kind, and always as many bonds as half the room, if there are: a full map of troubles
    does not hide the strengths.
    """
    knots = [place for place, kind in enumerate(kinds) if kind == KNOT]
    bonds = [place for place, kind in enumerate(kinds) if kind == BOND]
    room_for_knots = max(most - len(bonds), most - most // 2)
    drawn = knots[:room_for_knots]
    return drawn + bonds[: most - len(drawn)]
