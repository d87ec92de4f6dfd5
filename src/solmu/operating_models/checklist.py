"""What does taking a version into use need? The list comes from the package; people tick what has been seen to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from solmu.access import gate
from solmu.access.actor import Actor
from solmu.access.deeds import Deed
from solmu.kernel.errors import NotNow
from solmu.kernel.models import check_lengths
from solmu.operating_models.models import Adoption, Tick
from solmu.operating_models.package import Package
from solmu.operating_models.queries import package_of

_FILLED_BY_PEOPLE = {"worker", "interpreter", "partner", "receiver"}


@dataclass(frozen=True)
class Item:
    """One thing to see to: its kind and its name in the package, and the text keys that say what it is."""

    kind: str
    """licence, setting, point, role, module or form."""
    name: str
    says: str
    more: str = ""
    link: str = ""
    by_itself: bool = False
    """Seen to by what has been recorded elsewhere, such as a number or a value."""

    @property
    def key(self) -> str:
        """By what it is ticked."""
        return f"{self.kind}:{self.name}"


@dataclass(frozen=True)
class Ticked:
    """Who has seen to it and when."""

    by: str
    at: datetime
    note: str


@dataclass(frozen=True)
class Line:
    """An item and how it stands."""

    item: Item
    ticked: Ticked | None

    @property
    def done(self) -> bool:
        """Whether it has been seen to, by itself or by somebody."""
        return self.item.by_itself or self.ticked is not None


def items_of(package: Package, given: Mapping[str, Any], reached: Mapping[str, str]) -> list[Item]:
    """What this package needs, in the order in which it is best seen to.

    `given` are the organisation's own values of settings; `reached` are the numbers that contact points have by now.
    """
    values, own, process = package.settings(given), package.model, package.process
    found = [Item("licence", "terms", own.title, more=own.rights or "")]
    found += [
        Item("setting", each.id, each.says, by_itself=values[each.id] is not None)
        for each in own.settings
        if each.default is None
    ]
    found += [
        Item("point", each.id, each.name, more=each.says, by_itself=bool(reached.get(each.id)))
        for each in process.contact_points
        if not each.phone and each.kind != "form"
    ]
    found += [
        Item("role", each.id, each.name, more=each.says)
        for each in process.roles
        if each.kind in _FILLED_BY_PEOPLE and (each.min or each.kind != "worker")
    ]
    found += [
        Item("module", each.id, each.title, more=each.text, link=each.link or "")
        for each in package.orientation.modules
        if each.required
    ]
    found += [Item("form", each.id, each.title, more=each.says, link=each.url) for each in package.form_links]
    return found


def checklist(actor: Actor, model_id: UUID, reached: Mapping[str, str]) -> list[Line]:
    """How the organisation stands with a version that it has in use; empty when it has not."""
    gate.require(actor, Deed.SEE_MODELS)
    adoption = _adoption(actor, model_id)
    if adoption is None:
        return []
    ticks = {each.item: Ticked(each.ticker_name, each.ticked_at, each.note) for each in adoption.ticks.all()}
    items = items_of(package_of(adoption.model), adoption.settings, reached)
    return [Line(item, ticks.get(item.key)) for item in items]


def tick(actor: Actor, *, model_id: UUID, item: str, note: str = "") -> Tick:
    """Notes that an item has been seen to; ticked before, its note changes and the first ticker stays."""
    with transaction.atomic():
        adoption = _own(actor, model_id)
        if item not in {each.key for each in items_of(package_of(adoption.model), adoption.settings, {})}:
            raise NotNow
        who = {"ticked_at": actor.at, "ticked_by": actor.account_id, "ticker_name": actor.name}
        said = {"note": note.strip()}
        check_lengths(Tick(**said), ["note"])
        row, _first = adoption.ticks.update_or_create(item=item, defaults=said, create_defaults=who | said)
    return row


def untick(actor: Actor, *, model_id: UUID, item: str) -> None:
    """Takes a tick away: the item waits again."""
    with transaction.atomic():
        _own(actor, model_id).ticks.filter(item=item).delete()


def carry_ticks(before: Adoption, now: Adoption) -> None:
    """What was seen to in the version before stays seen to where this one says the same of it."""
    then, after = _said(package_of(before.model)), _said(package_of(now.model))
    kept = [each for each in before.ticks.all() if each.item in after and after[each.item] == then.get(each.item)]
    fields = ("item", "note", "ticked_at", "ticked_by", "ticker_name")
    Tick.objects.bulk_create(Tick(adoption=now, **{name: getattr(each, name) for name in fields}) for each in kept)


def _said(package: Package) -> dict[str, tuple]:
    """What each item says, with the page of the guide that a module sends to."""
    texts, pages = package.document["texts"], package.document.get("guide", {})
    guides = {each.id: each.guide for each in package.orientation.modules}
    found = {}
    for item in items_of(package, {}, {}):
        words = [text.get(key) for text in texts.values() for key in (item.says, item.more)]
        page = guides.get(item.name) if item.kind == "module" else None
        found[item.key] = (words, item.link, [each.get(page) for each in pages.values()])
    return found


def _own(actor: Actor, model_id: UUID) -> Adoption:
    gate.require(actor, Deed.ADOPT_MODEL)
    adoption = _adoption(actor, model_id)
    if adoption is None:
        raise NotNow
    return adoption


def _adoption(actor: Actor, model_id: UUID) -> Adoption | None:
    live = Adoption.objects.filter(organisation_id=actor.organisation_id, model_id=model_id, ended_at=None)
    return live.select_related("model").defer("model__content").first()
