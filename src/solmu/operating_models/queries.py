"""Reads about operating models: what is installed, what is in use and with which settings. No family is concerned."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet

from solmu.access import gate
from solmu.access.actor import Actor
from solmu.access.deeds import Deed
from solmu.operating_models.models import Adoption, InstalledModel
from solmu.operating_models.package import Package


@dataclass(frozen=True)
class AdoptedModel:
    """A version that somebody has in use, ready to be judged."""

    model_id: UUID
    package: Package = field(repr=False)
    settings: dict[str, Any]


@dataclass(frozen=True)
class LibraryEntry:
    """A version on the shelf, and how the actor's organisation uses it."""

    model_id: UUID
    package: Package = field(repr=False)
    installed_at: datetime
    adoption: Adoption | None
    replaces: Adoption | None
    """The use of another version of the same model, which taking this one into use would end."""
    used_by: int
    """How many organisations have it in use."""


@lru_cache(maxsize=128)
def _loaded(content_hash: str) -> Package:
    return Package.from_json(InstalledModel.objects.get(content_hash=content_hash).content)


def package_of(model: InstalledModel) -> Package:
    """The package of an installed version, read once in a process: its content never changes."""
    return _loaded(model.content_hash)


def open_to(organisation_id: UUID | None, way: str = "") -> Q:
    """The versions that an organisation may see and use: everybody's, its own, and those that others share.

    `way` leads to the version where the condition is put on another row, ending in `__`.
    """
    allowed = Q(**{f"{way}organisation_id": None}) | Q(**{f"{way}shared_at__isnull": False})
    return allowed | Q(**{f"{way}organisation_id": organisation_id}) if organisation_id else allowed


def is_open_to(model: InstalledModel, organisation_id: UUID | None) -> bool:
    """The same of a version that has been read."""
    return model.organisation_id in {None, organisation_id} or model.shared_at is not None


def _live():
    found = Adoption.objects.filter(ended_at=None).select_related("model").defer("model__content", "model__overlay")
    return found.order_by("model__slug", "-adopted_at", "id")


@lru_cache(maxsize=128)
def _package(model_id: UUID) -> Package:
    """The same by the version's id, for who needs nothing else of it."""
    return package_of(InstalledModel.objects.only("content_hash").get(pk=model_id))


def adopted_models(organisation_id: UUID | None) -> list[AdoptedModel]:
    """What the organisation has in use; what anybody in the region has when it has nothing of its own."""
    live = Adoption.objects.filter(ended_at=None).order_by("-adopted_at", "id")
    by_slug: dict[str, AdoptedModel] = {}
    for each in list(live.filter(organisation_id=organisation_id)) or live.filter(open_to(organisation_id, "model__")):
        package = _package(each.model_id)
        model = AdoptedModel(each.model_id, package, each.settings)
        by_slug.setdefault(package.slug, model)
    return [by_slug[slug] for slug in sorted(by_slug)]


def settings_of(model: InstalledModel, organisation_id: UUID) -> dict[str, Any]:
    """Every setting of a version as the organisation has it in use, or had it last: its own value, else the package's.

    What runs for families stays on its version when another takes its place, and so on the values decided for it.
    """
    own = Adoption.objects.filter(model=model, organisation_id=organisation_id)
    adoption = own.order_by(F("ended_at").desc(nulls_first=True), "-adopted_at", "-id").first()
    return package_of(model).settings(adoption.settings if adoption else None)


def versions_open_to(organisation_id: UUID | None, slug: str) -> QuerySet[InstalledModel]:
    """The versions of a model that an organisation may see and use, the one installed last first."""
    rows = InstalledModel.objects.filter(open_to(organisation_id), slug=slug).defer("content", "overlay")
    return rows.order_by("-installed_at", "-id")


def main_bringer(versions: Iterable[InstalledModel]) -> UUID | None:
    """Whose versions of a model stand for it: the installation's own if there are any, else who brought the first.

    Anybody may pack a file with a higher number; that alone does not make it the model's newest version.
    """
    whole = sorted((each.installed_at, each.id, each.brought_by) for each in versions if each.base_id is None)
    bringers = [bringer for _at, _id, bringer in whole]
    return bringers[0] if bringers and None not in bringers else None


def installed(model_id: UUID) -> InstalledModel | None:
    """An installed version without its content."""
    return InstalledModel.objects.defer("content", "overlay").filter(pk=model_id).first()


def library_entry(actor: Actor, model_id: UUID) -> LibraryEntry | None:
    """One installed version."""
    gate.require(actor, Deed.SEE_MODELS)
    model = InstalledModel.objects.filter(open_to(actor.organisation_id), pk=model_id).defer("content").first()
    return _entry(actor, model, list(_live().filter(model__slug=model.slug))) if model else None


def _entry(actor: Actor, model: InstalledModel, users: list[Adoption]) -> LibraryEntry:
    own = [each for each in users if each.organisation_id == actor.organisation_id]
    adoption = next((each for each in own if each.model_id == model.id), None)
    other = next((each for each in own if each.model_id != model.id), None)
    organisations = {each.organisation_id for each in users if each.model_id == model.id}
    return LibraryEntry(model.id, package_of(model), model.installed_at, adoption, other, len(organisations))
