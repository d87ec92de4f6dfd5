"""Today: what waits for a worker, by date, and the families the worker walks with."""

from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from solmu.access import gate
from solmu.access.deeds import Deed
from solmu.agenda.actions import settle_seen
from solmu.agenda.models import Item
from solmu.agenda.queries import Waiting, waiting
from solmu.casework.queries.cases import my_cases
from solmu.families.queries import names_of

_K = Item.Kind
_ON_RECORD = {
    _K.PAIR: "desk:pair",
    _K.MAP: "desk:map",
    _K.PROPOSAL: "desk:proposals",
    _K.MEETING: "desk:network",
    _K.PERIOD: "desk:network",
    _K.PROMISE_VIEW: "desk:network",
    _K.PERMISSION_ENDS: "desk:permissions",
    _K.FOLLOW_UP: "desk:case",
}
_ON_ABOUT = {
    _K.CONTACT: "desk:contact",
    _K.SAFETY: "desk:contact",
    _K.DRAFT: "desk:referral",
    _K.QUESTION: "desk:referral",
    _K.CHECK_BACK: "desk:referral",
    _K.AWAIT_ANSWER: "desk:referral",
    _K.RETURNED: "desk:referral",
    _K.TELL_FAMILY: "desk:referral",
    _K.ANSWER: "desk:queue_item",
    _K.CLAIMED: "desk:queue_item",
    _K.HOLD: "desk:queue_item",
    _K.WORK: "desk:queue_item",
    _K.PROMISE: "desk:my_promise",
}
_PAGE = 20
_FAMILIES = 8


def _link(item: Waiting) -> str:
    """Where the deed is done; empty when seeing it is enough."""
    if item.kind in _ON_ABOUT:
        return reverse(_ON_ABOUT[item.kind], args=[item.about_id])
    if item.kind in _ON_RECORD:
        return reverse(_ON_RECORD[item.kind], args=[item.record_id])
    if item.kind == _K.EMERGENCY:
        return reverse("steward:emergencies")
    return ""


def _may_list_families(actor) -> bool:
    return bool(actor.roles & Deed.LIST_FAMILIES.rule.roles)


def _names(actor, items: list[Waiting]) -> dict:
    if not _may_list_families(actor):
        return {}
    return names_of(gate.list_records(actor, Deed.LIST_FAMILIES, [item.record_id for item in items if item.record_id]))


def today(request):
    """The worker's first page."""
    actor = request.actor
    access = gate.require(actor, Deed.SEE_DESK)
    asked = request.GET.get("page", "1")
    page = max(int(asked), 1) if asked.isdecimal() else 1
    items, total, late = waiting(access, first=(page - 1) * _PAGE, most=_PAGE)
    names = _names(actor, items)
    rows = [{"item": item, "name": names.get(item.record_id, ""), "url": _link(item)} for item in items]
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
    return redirect("desk:today")


urls = [
    path("", today, name="today"),
    path("seen/<uuid:item_id>/", seen, name="seen"),
]
