"""Operating models of a real installation, carried into its practice region."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from solmu.access.actor import system
from solmu.directory.actions import make_contact_points
from solmu.operating_models.actions import VersionTaken, install_package
from solmu.operating_models.models import Adoption, InstalledModel
from solmu.operating_models.package import Package


def told_models() -> list[dict[str, Any]]:
    """Every installed version as one document, the first installed first, and whether anybody has it in use."""
    in_use = set(Adoption.objects.filter(ended_at=None).values_list("model_id", flat=True))
    models = InstalledModel.objects.order_by("installed_at", "slug", "model_version")
    return [{"content": model.content, "in_use": model.id in in_use} for model in models]


def bring_models(told: Iterable[dict[str, Any]], at: datetime) -> int:
    """Installs the versions that the region lacks, and takes into use there what is in use in the real installation.

    Families that are under way stay on the version with which they began. Returns how many versions came.
    """
    came = 0
    for each in told:
        package = Package.from_json(each["content"])
        known = InstalledModel.objects.filter(slug=package.slug, model_version=package.version).exists()
        try:
            model = install_package(system(at), package)
        except VersionTaken:  # the same version was written in another way when the software was updated
            continue
        if not known:
            came += 1
            make_contact_points(system(at), model=model)
        if each["in_use"]:
            _take_into_use(model, at)
    return came


def _take_into_use(model: InstalledModel, at: datetime) -> None:
    in_use = Adoption.objects.filter(model__slug=model.slug, ended_at=None)
    organisations = set(in_use.values_list("organisation_id", flat=True)) or set(
        Adoption.objects.filter(ended_at=None).values_list("organisation_id", flat=True)
    )
    for organisation_id in organisations:
        own = in_use.filter(organisation_id=organisation_id)
        if not own.filter(model=model).exists():
            own.update(ended_at=at)
            Adoption.objects.create(organisation_id=organisation_id, model=model, adopted_at=at)
