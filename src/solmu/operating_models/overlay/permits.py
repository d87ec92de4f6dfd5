"""What may an organisation change in its own version of a model? What the package's `may_adapt` says, and no more.

Always allowed are an organisation's own words beside the package's: a text that the package lacks in a language, an
addition to a page of the guide, a page of its own where a step has none; and the defaults of settings, which each
organisation decides anyway. Never: who made the model and on what, whom it is for, and whose yes is asked.
"""

from collections.abc import Mapping
from re import fullmatch
from typing import Any

from django.utils.translation import gettext as _, pgettext_lazy

from solmu.operating_models.absent import ABSENT
from solmu.operating_models.overlay.addresses import look, split

OWN = "own-"
"""Begins the name of what an organisation has made itself."""

_ID = r"[a-z0-9-]+"
_PARTS = (
    # the address; the word of `may_adapt` that opens it
    (rf"process\.contact_points(\.{_ID}(\.(name|kind|phone|address|hours|says))?)?", "contact_points"),
    (rf"process\.roles(\.{_ID}(\..+)?)?", "roles"),
    (rf"process\.phases\.{_ID}\.steps\.{_ID}\.clock(\..+)?", "clocks"),
    (r"process\.network\.meeting_within(\..+)?", "clocks"),
    (rf"process\.phases\.{_ID}\.steps(\.{_ID}(\..+)?)?", "steps"),
    (rf"process\.phases(\.{_ID}(\..+)?)?", "phases"),
    (rf"process\.permissions\.disclosure\.packet(\.{_ID}(\..+)?)?", "packet"),
    (rf"process\.closing_reasons(\.{_ID}(\..+)?)?", "closing_reasons"),
    (rf"process\.outcomes(\.{_ID}(\..+)?)?", "outcomes"),
    (rf"process\.follow_ups(\.{_ID}(\..+)?)?", "follow_ups"),
    (rf"process\.themes(\.{_ID}(\..+)?)?", "themes"),
    (rf"process\.methods(\.{_ID}(\..+)?)?", "methods"),
    (rf"measures(\.{_ID}(\..+)?)?", "measures"),
    (r"texts\.[a-z]{2,3}\..+", "texts"),
)
_NAMES = {
    "contact_points": pgettext_lazy("may be adapted", "contact points"),
    "roles": pgettext_lazy("may be adapted", "roles"),
    "clocks": pgettext_lazy("may be adapted", "clocks"),
    "steps": pgettext_lazy("may be adapted", "steps"),
    "phases": pgettext_lazy("may be adapted", "phases"),
    "packet": pgettext_lazy("may be adapted", "packet"),
    "closing_reasons": pgettext_lazy("may be adapted", "closing reasons"),
    "outcomes": pgettext_lazy("may be adapted", "outcomes"),
    "follow_ups": pgettext_lazy("may be adapted", "follow-ups"),
    "themes": pgettext_lazy("may be adapted", "themes"),
    "methods": pgettext_lazy("may be adapted", "methods"),
    "measures": pgettext_lazy("may be adapted", "measures"),
    "texts": pgettext_lazy("may be adapted", "texts"),
}


def why_not(base: Mapping[str, Any], address: str, operation: str) -> str:
    """Why this may not be changed; empty when it may. `operation`: set, add, remove or append."""
    steps = split(address)
    if operation == "append":
        return "" if steps[0] == "guide" else _("Only a page of the guide takes an addition.")
    if steps[0] == "guide":
        return _page(base, steps, operation)
    if steps[-1] == "id":
        return _("A lasting id never changes.")
    if _always(base, steps, address, operation):
        return ""
    word = next((word for pattern, word in _PARTS if fullmatch(pattern, address)), None)
    if word is None:
        return _("This part is the model's own: it cannot be adapted.")
    if word not in base["process"]["may_adapt"]:
        return _("The model's authors do not let %(parts)s be adapted.") % {"parts": _NAMES[word]}
    return ""


def _page(base: Mapping[str, Any], steps: tuple[str, ...], operation: str) -> str:
    if len(steps) == 3 and operation in ("set", "remove") and steps[2].startswith(OWN):
        return ""
    there = len(steps) == 3 and any(steps[2] in pages for pages in base["guide"].values())
    if there:
        return _("The page is the model's own: add to it instead of changing it.")
    return _("Begin the name of a page of your own with %(own)s.") % {"own": OWN}


def _always(base: Mapping[str, Any], steps: tuple[str, ...], address: str, operation: str) -> bool:
    if operation != "set":
        return False
    if steps[0] == "texts" and len(steps) == 3:
        return look(base, address) is ABSENT
    if steps[:2] == ("model", "settings"):
        return len(steps) == 4 and steps[3] == "default"
    own_page = steps[0] == "process" and steps[-1] == "guide" and "steps" in steps
    return own_page and look(base, address) is ABSENT
