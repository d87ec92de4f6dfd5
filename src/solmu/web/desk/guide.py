"""The guide at the step: the page that the work needs just now, one tap away."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404
from django.shortcuts import render
from django.urls import path, reverse

from solmu.access import gate
from solmu.access.actor import Actor
from solmu.access.deeds import Deed
from solmu.casework.queries.guides import versions_under_way
from solmu.operating_models.guide import begins_with_contact, pages_for
from solmu.operating_models.package import Package
from solmu.operating_models.queries import adopted_models, library_entry
from solmu.web import hidden
from solmu.web.desk.shell import render_family
from solmu.web.ui.guides import Shown, show
from solmu.web.ui.library import reader_language
from solmu.web.ui.model_words import ModelWords

STEPS = {
    # a step as an address names it: the kinds of step in packages, and the family's tab that it belongs to
    "contact": (("contact", "advice"), "family"),
    "map": (("map",), "map"),
    "proposal": (("proposal", "offer"), "proposals"),
    "permission": (("permission",), "permissions"),
    "preparing": (("contact_preparation", "referral"), "referrals"),
    "network": (("network_meeting", "promises"), "network"),
    "meeting": (("meeting", "plan", "review"), "case"),
    "closing": (("closing", "follow_up", "check_back"), "case"),
}


@dataclass(frozen=True)
class StepGuide:
    """A page of a guide beside the work; the model is called by its neutral name. No `url`: it stands only here."""

    model_name: str
    page: Shown
    url: str


def guides_at(
    actor: Actor, kinds: Collection[str], running: Iterable[tuple[UUID | None, Package]] = (), *, level: int = 3
) -> list[StepGuide]:
    """The pages for steps of these kinds: of what runs for the family, else of what the organisation begins with."""
    known = [(key, package) for key, package in running if pages_for(package, kinds)]
    if not known:
        adopted = adopted_models(actor.organisation_id)
        known = [(each.model_id, each.package) for each in adopted if begins_with_contact(each.package)]
    return [guide for key, package in known for guide in _of(key, package, kinds, level)]


def _of(model_id: UUID | None, package: Package, kinds: Collection[str], level: int) -> list[StepGuide]:
    address = _address(model_id) if model_id else None
    shown = [show(package, name, address, level=level) for name in pages_for(package, kinds)]
    name = package.neutral_name(reader_language())
    return [StepGuide(name, page, address(page.name) if address else "") for page in shown if page is not None]


def _address(model_id: UUID):
    return lambda page: reverse("desk:guide", args=[model_id, page])


def guide(request, model_id, page):
    """One page of a version's guide, with the others beside."""
    entry = library_entry(request.actor, model_id)
    shown = show(entry.package, page, _address(model_id)) if entry else None
    if shown is None:
        raise Http404
    way_back = request.GET.get("back", "")
    back = hidden.find(way_back)
    words = ModelWords(entry.package, reader_language())
    pages = [
        {
            "it": each,
            "url": _with_back(_address(model_id)(each.name), way_back if back else ""),
            "current": each.name == page,
        }
        for each in words.guide
    ]
    context = {"page": shown, "words": words, "model_id": model_id, "pages": pages, "back": back}
    return render(request, "desk/guide.html", context)


def _with_back(address: str, way_back: str) -> str:
    return f"{address}?{urlencode({'back': way_back})}" if way_back else address


def guide_for(request, family_id, step):
    """The pages that a step of the work with this family needs."""
    access = gate.require(request.actor, Deed.READ_FAMILY, family_id)
    if step not in STEPS:
        raise Http404
    kinds, tab = STEPS[step]
    guides = guides_at(request.actor, kinds, versions_under_way(access), level=4)
    return render_family(request, access, "desk/guide_for.html", tab, {"guides": guides})


urls = [
    path("guide/<uuid:model_id>/<slug:page>/", guide, name="guide"),
    path("families/<uuid:family_id>/guide/<slug:step>/", guide_for, name="guide_for"),
]
