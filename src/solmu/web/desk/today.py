"""Today: what waits for a worker, by date, and the families the worker walks with."""

from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from solmu.access import gate
from solmu.access.deeds import Deed
from solmu.access.gate import Access
from solmu.agenda.actions import settle_seen
from solmu.agenda.queries import Waiting, waiting
from solmu.casework.queries.cases import my_cases
from solmu.casework.queries.contacts import references_of
from solmu.families.queries import names_of
from solmu.referrals.queries import references_here
from solmu.web.desk.waits import link_of
from solmu.web.reading import whole_number

_PAGE = 20
_FAMILIES = 8


def _may_list_families(actor) -> bool:
    return bool(actor.roles & Deed.LIST_FAMILIES.rule.roles)


def _names(actor, items: list[Waiting]) -> dict:
    if not _may_list_families(actor):
        return {}
    return names_of(gate.list_records(actor, Deed.LIST_FAMILIES, [item.record_id for item in items if item.record_id]))


def _references(access: Access, nameless: list[Waiting]) -> dict:
    """What tells apart the lines that show no family, by item."""
    contacts = references_of(access, [item.about_id for item in nameless])
    return references_here(access, nameless) | {
        item.id: contacts[item.about_id] for item in nameless if item.about_id in contacts
    }


def today(request):
    """The worker's first page."""
    actor = request.actor
    access = gate.require(actor, Deed.SEE_DESK)
    page = max(whole_number(request.GET.get("page"), 1), 1)
    items, total, late = waiting(access, first=(page - 1) * _PAGE, most=_PAGE)
    names = _names(actor, items)
    references = _references(access, [item for item in items if item.record_id not in names])
    rows = [
        {
            "item": item,
            "name": names.get(item.record_id, ""),
            "reference": references.get(item.id, ""),
            "url": link_of(item),
        }
        for item in items
    ]
    context = {
        "rows": rows,
        "total": total,
        "late": late,
        "page": Paginator(range(total), _PAGE).get_page(page),
        "greeting": _greeting(request),
        "families": my_cases(actor, most=_FAMILIES) if _may_list_families(actor) else ((), 0),
        "takes_contacts": bool(actor.roles & Deed.TAKE_CONTACT.rule.roles),
    }
    return render(request, "desk/today.html", context)


def _greeting(request) -> str:
    called = request.user.name.split()[0]
    hour = request.actor.local_hour
    if hour < 10:
        return _("Good morning, %(name)s") % {"name": called}
    if hour < 17:
        return _("Good day, %(name)s") % {"name": called}
    return _("Good evening, %(name)s") % {"name": called}


@require_POST
def seen(request, item_id):
    """Ticks off something that only had to be seen."""
    gate.require(request.actor, Deed.SEE_DESK)
    settle_seen(request.actor, item_id=item_id)
    page = whole_number(request.POST.get("page"), 1)
    return redirect(reverse("desk:today") + (f"?page={page}" if page > 1 else ""))


urls = [
    path("", today, name="today"),
    path("seen/<uuid:item_id>/", seen, name="seen"),
]
