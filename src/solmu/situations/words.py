"""How the map speaks: short names, whose view, what changed. Counts, never a score."""

from collections import Counter
from collections.abc import Mapping
from datetime import date

from django.utils import formats
from django.utils.text import format_lazy
from django.utils.translation import gettext as _, gettext_lazy, ngettext, pgettext_lazy

from solmu.situations.models import Domain, MapItemState
from solmu.situations.rules import BOND, KNOT, PAST, Change

SHORT: Mapping[str, object] = {
    Domain.FINANCES: pgettext_lazy("short name on the map", "Money"),
    Domain.HOUSING: pgettext_lazy("short name on the map", "Home"),
    Domain.HEALTH: pgettext_lazy("short name on the map", "Health"),
    Domain.MIND: pgettext_lazy("short name on the map", "Mind"),
    Domain.PARENTING: pgettext_lazy("short name on the map", "Parenting"),
    Domain.CHILDREN: pgettext_lazy("short name on the map", "Children"),
    Domain.LEARNING: pgettext_lazy("short name on the map", "Language"),
    Domain.RELATIONS: pgettext_lazy("short name on the map", "People"),
}
CHANGES: Mapping[Change, object] = {
    Change.NEW: pgettext_lazy("knot or bond", "new"),
    Change.EASED: pgettext_lazy("knot", "easing"),
    Change.TIGHTENED: pgettext_lazy("knot", "tighter"),
    Change.UNCHANGED: pgettext_lazy("knot or bond", "as before"),
    Change.OPENED: pgettext_lazy("knot", "opened"),
    Change.FADED: pgettext_lazy("bond", "faded"),
    Change.BACK: pgettext_lazy("knot or bond", "back again"),
}
_WEIGHT = MapItemState.Weight
WEIGHTS: Mapping[str, object] = {
    _WEIGHT.UNSAID: gettext_lazy("knot, how tight is not said"),
    _WEIGHT.LIGHT: gettext_lazy("light knot"),
    _WEIGHT.TENSE: gettext_lazy("tense knot"),
    _WEIGHT.TIGHT: gettext_lazy("tight knot"),
    _WEIGHT.OPENED: gettext_lazy("opened knot"),
    _WEIGHT.CARRIES: gettext_lazy("bond"),
    _WEIGHT.FADED: gettext_lazy("bond that no longer carries"),
}


def short_day(day: date) -> str:
    """A date as people write it."""
    return formats.date_format(day, "SHORT_DATE_FORMAT")


def whose_view(name: str, *, worker: bool) -> str:
    """Whose view an item is; empty when it was not said."""
    if worker:
        return _("the worker's view")
    return _("%(name)s’s view") % {"name": name} if name else ""


def tell_item(weight: str, change: Change | None) -> str:
    """How an item stands and what has happened to it: `easing, tense knot`."""
    if change in {None, Change.UNCHANGED, Change.OPENED, Change.FADED}:
        return str(WEIGHTS[weight])
    return str(format_lazy("{}, {}", CHANGES[change], WEIGHTS[weight]))


def tell_changes(counts: Counter[tuple[str, Change]], since: date) -> str:
    """What has happened since a day, in counts."""
    told = [
        ngettext("%(n)s knot opened", "%(n)s knots opened", counts[KNOT, Change.OPENED]),
        ngettext("%(n)s knot easing", "%(n)s knots easing", counts[KNOT, Change.EASED]),
        ngettext("%(n)s knot tighter", "%(n)s knots tighter", counts[KNOT, Change.TIGHTENED]),
        ngettext("%(n)s new knot", "%(n)s new knots", counts[KNOT, Change.NEW]),
        ngettext("%(n)s knot back again", "%(n)s knots back again", counts[KNOT, Change.BACK]),
        ngettext("%(n)s new bond", "%(n)s new bonds", counts[BOND, Change.NEW]),
        ngettext("%(n)s bond back again", "%(n)s bonds back again", counts[BOND, Change.BACK]),
        ngettext("%(n)s bond no longer carries", "%(n)s bonds no longer carry", counts[BOND, Change.FADED]),
    ]
    order = [
        (KNOT, Change.OPENED),
        (KNOT, Change.EASED),
        (KNOT, Change.TIGHTENED),
        (KNOT, Change.NEW),
        (KNOT, Change.BACK),
        (BOND, Change.NEW),
        (BOND, Change.BACK),
        (BOND, Change.FADED),
    ]
    happened = [text % {"n": counts[key]} for key, text in zip(order, told, strict=True) if counts[key]]
    day = short_day(since)
    if not happened:
        return _("Nothing on the map has changed since %(day)s.") % {"day": day}
    return _("Since %(day)s: %(changes)s.") % {"day": day, "changes": ", ".join(happened)}


def tell_standing(stands: list[tuple[str, str]]) -> str:
    """How many knots and bonds there are now; `stands` are pairs of kind and weight."""
    open_now = Counter(kind for kind, weight in stands if weight not in PAST)
    knots = ngettext("%(n)s knot", "%(n)s knots", open_now[KNOT]) % {"n": open_now[KNOT]}
    bonds = ngettext("%(n)s bond", "%(n)s bonds", open_now[BOND]) % {"n": open_now[BOND]}
    return f"{knots}, {bonds}."
