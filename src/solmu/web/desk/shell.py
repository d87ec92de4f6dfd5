"""The frame of a family's pages: who the family is, what to know before calling, and the tabs."""

from dataclasses import dataclass

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from solmu.access.classes import InformationClass as C
from solmu.access.deeds import Deed
from solmu.access.gate import Access
from solmu.access.models import Grant
from solmu.families.queries import family_head


@dataclass(frozen=True)
class Tab:
    """A page of the family, and what stands behind it in one line."""

    name: str
    url: str
    label: str
    about: str
    current: bool


def _pages() -> list[tuple[str, str, str, C]]:
    return [
        ("family", _("Overview"), "", C.IDENTITY),
        ("people", _("People"), _("Who belongs to the family, and how to reach them"), C.IDENTITY),
        ("map", _("Life-situation map"), _("What weighs, what carries, and what would help"), C.SITUATION),
        ("forms", _("Forms"), _("What the family has answered, and what may be asked"), C.SITUATION),
        ("proposals", _("Operating model"), _("Which help might fit, and why"), C.SITUATION | C.CASEWORK),
        ("permissions", _("Permissions"), _("What may be told, to whom and until when"), C.PERMISSIONS),
        ("referrals", _("Prepared contacts"), _("Help asked from others, and whether it came"), C.CASEWORK),
        ("network", _("Network and promises"), _("Who helps, and what was agreed"), C.NETWORK | C.PLAN),
        ("case", _("Course and closing"), _("Whose work this is, and how it ends"), C.CASEWORK),
        ("family_log", _("Who has read"), _("Every use of the family's record"), C.IDENTITY),
    ]


def tabs(access: Access, current: str = "") -> list[Tab]:
    """The pages of which the actor holds every class that they need."""
    return [
        Tab(name, reverse(f"desk:{name}", args=[access.record_id]), label, about, name == current)
        for name, label, about, needs in _pages()
        if needs in access.held
    ]


def render_family(request, access: Access, template: str, tab: str, context: dict, status: int = 200):
    """Renders a family's page in its frame.

    `template` extends `desk/family_frame.html` and fills the block `family`; `tab` is the name of its tab's address.
    """
    frame = {
        "head": family_head(access),
        "tabs": tabs(access, tab),
        "family_id": access.record_id,
        "access": access,
        "lists_families": bool(access.actor.roles & Deed.LIST_FAMILIES.rule.roles),
        "may": {deed.code: access.allows(deed) for deed in Deed if deed.rule.writes},
        "in_emergency": access.basis == Grant.Basis.EMERGENCY,
    }
    return render(request, template, {**frame, **context}, status=status)
