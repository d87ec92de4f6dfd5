"""What every page's frame shows: menu, units, languages, appearance."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, get_language_bidi, gettext as _

from solmu.access.deeds import Deed
from solmu.access.queries import has_open_emergency
from solmu.access.roles import Role
from solmu.accounts.models import Account

_DESK = {Role.COUNSELLOR, Role.FAMILY_WORKER}


def _menu(actor, *, receives: bool = False) -> list[tuple[str, str]]:
    """The entries by role; `receives` says whether contacts are sent to the actor's unit."""
    roles = actor.roles
    entries = [
        (_("Today"), "desk:today", roles & {*_DESK, Role.RECEIVER, Role.PARTNER}),
        (_("Families"), "desk:families", roles & _DESK),
        (_("Contacts"), "desk:contacts", roles & _DESK),
        (_("Queue"), "desk:queue", Role.RECEIVER in roles or (receives and roles & _DESK)),
        (_("My promises"), "desk:my_promises", Role.PARTNER in roles),
        (_("Access log"), "steward:log", Role.STEWARD in roles),
        (_("Operating models"), "coordination:models", roles),
        (_("Orientation"), "coordination:orientation", Role.COORDINATOR in roles),
        (_("Commitment"), "coordination:commitment", roles & {*Deed.WRITE_COMMITMENT.rule.roles, Role.STEWARD}),
        (_("Forms"), "coordination:forms", Role.COORDINATOR in roles),
        (_("Gaps"), "coordination:gaps", Role.COORDINATOR in roles),
        (_("Contact points"), "coordination:contact_points", Role.ADMINISTRATOR in roles),
    ]
    return [(label, name) for label, name, is_theirs in entries if is_theirs]


# A prepared contact is one of a family's pages; who has no list of families has come to its pages from the queue.
# One's own orientation is to the operating models; a coordinator's signature belongs to the coordinator's own page.
_ALSO_UNDER = {
    "desk:families": "referrals/",
    "desk:queue": "families/",
    "coordination:models": "orientation/",
    "coordination:orientation": "orientation/sign/",
}


def _nav(request, actor, *, receives: bool) -> list[dict]:
    menu = _menu(actor, receives=receives)
    current = max((name for _label, name in menu), key=lambda name: _nearness(request.path, name), default="")
    here = bool(current) and _nearness(request.path, current) > 0
    return [{"label": label, "url": reverse(name), "current": here and name == current} for label, name in menu]


def _nearness(path: str, name: str) -> int:
    """How much of a page's address leads through a menu's entry; 0 when it does not."""
    roots = [reverse(name)]
    if name in _ALSO_UNDER:
        roots.append(reverse("desk:today") + _ALSO_UNDER[name])
    return max((len(root) for root in roots if path.startswith(root)), default=0)


def home_of(actor) -> str:
    """The first page of somebody with these roles."""
    menu = _menu(actor)
    return reverse(menu[0][1]) if menu else reverse("public:start")


def shell(request) -> dict:
    """The frame's context; on pages of errors before sign-in it is nearly empty."""
    themes = Account.Theme
    chosen = request.COOKIES.get("theme", "")
    frame = {
        "demo": settings.SOLMU_DEMO,
        "practice": settings.SOLMU_PRACTICE,
        "practice_url": settings.SOLMU_PRACTICE_URL,
        "home": reverse("public:start"),
        "direction": "rtl" if get_language_bidi() else "ltr",
        "unchecked": get_language() in settings.SOLMU_UNCHECKED_LANGUAGES,
        "languages": [("fi", "suomi"), ("sv", "svenska"), ("en", "English")],
        "themes": themes.choices,
        "theme": chosen if chosen in (themes.LIGHT, themes.DARK) else "",
        "theme_choice": chosen or themes.DEVICE,
    }
    actor = getattr(request, "actor", None)
    if actor is not None and actor.account_id:
        units = {m.unit_id: m.unit for m in request.memberships}
        here = units.get(actor.unit_id)
        frame |= {
            "nav": _nav(request, actor, receives=bool(here and here.receives_referrals)),
            "home": home_of(actor),
            "unit": here.name if here else "",
            "units": [{"id": key, "name": unit.name, "current": here is unit} for key, unit in units.items()]
            if len(units) > 1
            else [],
            "emergencies": has_open_emergency(actor),
            "may_open_in_emergency": bool(actor.roles & _DESK),
        }
    return {"shell": frame, "LANGUAGE_CODE": getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE)}
