"""Reads of the directory; nothing here concerns a family."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import get_language

from solmu.access import gate
from solmu.access.actor import Actor
from solmu.access.deeds import Deed
from solmu.directory.models import ContactPoint
from solmu.operating_models.compare.labels import MARKS
from solmu.operating_models.models import InstalledModel
from solmu.operating_models.package import Package
from solmu.operating_models.queries import package_of


@dataclass(frozen=True)
class LedFrom:
    """The operating model that leads to a contact point, and what its package says of it."""

    model_id: UUID
    title: str
    says: str
    mark: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class PointRow:
    """A contact point and what leads there; `led_from` None: people have added it."""

    point: ContactPoint
    led_from: LedFrom | None


def help_at_once() -> list[ContactPoint]:
    """Where help is had at any hour, by name. A number that nobody has recorded yet is empty, never guessed."""
    return list(ContactPoint.objects.filter(kind=ContactPoint.Kind.CRISIS, is_active=True).order_by("name"))


def contact_points(actor: Actor) -> list[PointRow]:
    """Every contact point: help at once first, then by the model that leads there, those out of use last."""
    gate.require(actor, Deed.MANAGE_ORGANISATION)
    packages = _packages()
    rows = [PointRow(point, _led_from(point, packages)) for point in ContactPoint.objects.order_by("name", "id")]
    return sorted(rows, key=_order)


def contact_point(actor: Actor, point_id: UUID) -> PointRow | None:
    """One contact point."""
    gate.require(actor, Deed.MANAGE_ORGANISATION)
    point = ContactPoint.objects.filter(pk=point_id).first()
    return PointRow(point, _led_from(point, _packages(point.model_slug))) if point else None


def reached_points(slug: str) -> dict[str, str]:
    """The number that has been recorded for each contact point of a model, by its name in the package."""
    rows = ContactPoint.objects.filter(model_slug=slug, is_active=True).exclude(phone="")
    return dict(rows.values_list("model_point", "phone"))


def _order(row: PointRow) -> tuple:
    crisis = row.point.kind == ContactPoint.Kind.CRISIS
    return not row.point.is_active, not crisis, row.led_from.title if row.led_from else ""


def _packages(slug: str | None = None) -> dict[str, tuple[UUID, Package]]:
    """The version of each model that was installed last, organisations' own versions left aside."""
    models = InstalledModel.objects.filter(base=None).defer("content").order_by("installed_at", "id")
    if slug is not None:
        models = models.filter(slug=slug)
    return {model.slug: (model.id, package_of(model)) for model in models}


def _led_from(point: ContactPoint, packages: dict[str, tuple[UUID, Package]]) -> LedFrom | None:
    model_id, package = packages.get(point.model_slug, (None, None))
    if package is None:
        return None
    language = get_language() or "fi"
    said = next((each for each in package.process.contact_points if each.id == point.model_point), None)
    titles = {source.key: source.title for source in package.model.sources}
    return LedFrom(
        model_id,
        package.title(language),
        package.text(said.says, language) if said and said.says else "",
        str(MARKS.get(said.mark, "")) if said else "",
        tuple(titles.get(key, key) for key in said.source) if said else (),
    )
