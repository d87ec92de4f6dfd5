"""The frame of a family's pages: who the family is, where its journey stands, and the tabs."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from solmu.access.classes import InformationClass as C
from solmu.access.gate import Access
from solmu.families.queries import family_head


def _tabs(access: Access) -> list[tuple[str, str, C]]:
    return [
        ("family", _("Overview"), C.IDENTITY),
        ("people", _("People"), C.IDENTITY),
        ("map", _("Life-situation map"), C.SITUATION),
        ("proposals", _("Operating model"), C.SITUATION),
        ("permissions", _("Permissions"), C.PERMISSIONS),
        ("referrals", _("Prepared contacts"), C.CASEWORK),
        ("network", _("Network and promises"), C.NETWORK),
        ("case", _("Course and closing"), C.CASEWORK),
        ("family_log", _("Who has read"), C.IDENTITY),
    ]


def render_family(request, access: Access, template: str, tab: str, context: dict, status: int = 200):
    """Renders a family's page in its frame.

    `template` extends `desk/family_frame.html` and fills the block `family`; `tab` is the name of its tab's address.
    """
    family_id = access.record_id
    tabs = [
        {"url": reverse(f"desk:{name}", args=[family_id]), "label": label, "current": name == tab}
        for name, label, _needs in _tabs(access)
    ]
    frame = {"head": family_head(access), "tabs": tabs, "family_id": family_id, "access": access}
    return render(request, template, {**frame, **context}, status=status)
