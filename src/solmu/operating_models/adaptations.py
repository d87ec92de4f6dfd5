"""An organisation makes a version its own: it gathers changes, sees what they do, and makes a new version of them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from solmu.access import gate
from solmu.access.actor import Actor
from solmu.access.deeds import Deed
from solmu.kernel.errors import InvalidInput, NotNow
from solmu.kernel.models import save_version
from solmu.operating_models.actions import put_on_shelf
from solmu.operating_models.facts import Catalogue
from solmu.operating_models.models import Adaptation, InstalledModel
from solmu.operating_models.overlay import Change, apply, checked, from_json, merged, to_json, without
from solmu.operating_models.overlay.naming import version_name
from solmu.operating_models.overlay.rebasing import Conflict, Rebased, rebase
from solmu.operating_models.package import Package, PackageRefused, load_files, run_families
from solmu.operating_models.package.writing import files_of
from solmu.operating_models.queries import package_of
from solmu.organisations.models import Organisation

FORMAT = 1


@dataclass(frozen=True)
class AdaptationView:
    """An adaptation under way: the version it stands on, its changes, and what it makes of the version."""

    id: UUID
    version: int
    base: InstalledModel
    package: Package = field(repr=False)
    continues: InstalledModel | None
    changes: list[Change]
    conflicts: tuple[Conflict, ...]
    document: Mapping[str, Any] = field(repr=False)
    """The version as it would be."""


def begin_adaptation(actor: Actor, *, base_id: UUID, continues_id: UUID | None = None) -> Adaptation:
    """Begins to change a version for the actor's organisation, or takes up what was begun.

    `continues_id` is the organisation's own version whose changes are taken along; those that do not apply to this
    base by themselves wait for a decision.
    """
    with transaction.atomic():
        gate.require(actor, Deed.ADOPT_MODEL)
        base = InstalledModel.objects.filter(pk=base_id, base=None).defer("content").first()
        if base is None:
            raise NotNow(_("Only a version as its authors made it can be adapted."))
        own = {"organisation_id": actor.organisation_id, "base": base, "ended_at": None}
        row, made = Adaptation.objects.get_or_create(
            **own, defaults={"begun_at": actor.at, "begun_by": actor.account_id}
        )
        if made and continues_id:
            _take_along(row, _own_version(actor, continues_id, base.slug))
        return row


def _own_version(actor: Actor, model_id: UUID, slug: str) -> InstalledModel:
    own = InstalledModel.objects.filter(pk=model_id, slug=slug, organisation_id=actor.organisation_id)
    found = own.exclude(base=None).defer("content").first()
    if found is None:
        raise NotNow
    return found


def _take_along(row: Adaptation, before: InstalledModel) -> None:
    found = rebase(from_json(before.overlay["changes"]), package_of(row.base).document)
    row.continues = before
    row.changes = to_json(found.applied)
    row.conflicts = to_json(each.change for each in found.conflicts)
    save_version(row, expected=row.version, fields=["continues", "changes", "conflicts"])


def write_changes(
    actor: Actor, *, adaptation_id: UUID, version: int, changes: Iterable[Change], dropped: Collection[str] = ()
) -> Adaptation:
    """Adds changes to those that are there, a later one of a place in the earlier one's stead, and drops others."""
    with transaction.atomic():
        row = _open(actor, adaptation_id)
        row.changes = _together(row, without(from_json(row.changes), dropped), changes)
        save_version(row, expected=version, fields=["changes"])
    return row


def _together(row: Adaptation, kept: Iterable[Change], more: Iterable[Change]) -> list[dict[str, Any]]:
    """Both as they are kept; raises InvalidInput when the model's authors or the format do not let them be."""
    try:
        return to_json(checked(package_of(row.base).document, merged(kept, more)))
    except PackageRefused as refused:
        said = dict.fromkeys(words for each in refused.problems for words in (each.what, each.mend))  # each mend once
        raise InvalidInput({"": " ".join(said)}) from refused


def settle_conflicts(actor: Actor, *, adaptation_id: UUID, version: int, choices: Mapping[str, str]) -> Adaptation:
    """Decides which words stay where the new version and the organisation differ; the undecided go on waiting."""
    with transaction.atomic():
        row = _open(actor, adaptation_id)
        decided, waiting = rebase(from_json(row.conflicts), package_of(row.base).document).resolved(choices)
        row.changes = _together(row, from_json(row.changes), decided)
        row.conflicts = to_json(each.change for each in waiting)
        save_version(row, expected=version, fields=["changes", "conflicts"])
    return row


def drop_adaptation(actor: Actor, *, adaptation_id: UUID, version: int) -> None:
    """Gives up an adaptation that was begun; versions that were made stay."""
    with transaction.atomic():
        row = _open(actor, adaptation_id)
        row.ended_at = actor.at
        save_version(row, expected=version, fields=["ended_at"])


def finish_adaptation(actor: Actor, *, adaptation_id: UUID, version: int, catalogue: Catalogue) -> InstalledModel:
    """Makes a version of the changes; raises PackageRefused with every fault that the whole then has."""
    with transaction.atomic():
        row = _open(actor, adaptation_id)
        if row.conflicts:
            raise NotNow(_("Decide first on what the new version and your own words say differently."))
        if not row.changes:
            raise NotNow(_("Nothing has been changed yet."))
        row.made = install_overlay(
            actor,
            base=row.base,
            organisation_id=row.organisation_id,
            changes=from_json(row.changes),
            catalogue=catalogue,
        )
        row.ended_at = actor.at
        save_version(row, expected=version, fields=["made", "ended_at"])
    return row.made


def install_overlay(
    actor: Actor, *, base: InstalledModel, organisation_id: UUID, changes: Iterable[Change], catalogue: Catalogue
) -> InstalledModel:
    """Puts an organisation's own version on the shelf, checked as a whole like any package."""
    with transaction.atomic():
        gate.require(actor, Deed.INSTALL_MODEL)
        name = Organisation.objects.values_list("name", flat=True).get(pk=organisation_id)
        own = checked(package_of(base).document, changes)
        versions = InstalledModel.objects.filter(slug=base.slug).values_list("model_version", flat=True)
        package = adapted_package(base, own, version_name(base.model_version, name, list(versions)), name, catalogue)
        overlay = {"format": FORMAT, "by": name, "changes": to_json(own)}
        return put_on_shelf(actor, package, base=base, organisation_id=organisation_id, overlay=overlay)


def adapted_package(
    base: InstalledModel, changes: list[Change], version: str, by: str, catalogue: Catalogue
) -> Package:
    """The whole that the changes make; raises PackageRefused with its faults."""
    document = apply(package_of(base).document, changes, version=version, by=by)
    package = load_files(base.slug, version, files_of(document), catalogue)
    if problems := list(run_families(package, catalogue)):
        raise PackageRefused(problems)
    return package


def overlay_on(model: InstalledModel, base: InstalledModel) -> Rebased:
    """The changes of an organisation's version against another version of its package."""
    return rebase(from_json(model.overlay["changes"]), package_of(base).document)


def share_version(actor: Actor, *, model_id: UUID) -> InstalledModel:
    """Lets every organisation see and use one's own version; what others have taken into use is not taken back."""
    with transaction.atomic():
        gate.require(actor, Deed.ADOPT_MODEL)
        own = InstalledModel.objects.filter(pk=model_id, organisation_id=actor.organisation_id).defer("content")
        model = own.exclude(base=None).first()
        if model is None or model.shared_at:
            raise NotNow
        InstalledModel.objects.filter(pk=model.pk).update(shared_at=actor.at)
        model.shared_at = actor.at
    return model


def _open(actor: Actor, adaptation_id: UUID) -> Adaptation:
    gate.require(actor, Deed.ADOPT_MODEL)
    rows = Adaptation.objects.select_related("base").defer("base__content")
    row = rows.filter(pk=adaptation_id, organisation_id=actor.organisation_id, ended_at=None).first()
    if row is None:
        raise NotNow(_("This adaptation has ended. Begin it again from the version's page."))
    return row


def adaptation(actor: Actor, adaptation_id: UUID) -> AdaptationView | None:
    """An adaptation under way in the actor's organisation."""
    gate.require(actor, Deed.ADOPT_MODEL)
    rows = Adaptation.objects.select_related("base", "continues").defer("base__content", "continues__content")
    row = rows.filter(pk=adaptation_id, organisation_id=actor.organisation_id, ended_at=None).first()
    return _view(row) if row else None


def adaptations_of(actor: Actor, slug: str) -> list[Adaptation]:
    """What has been begun and not made ready of a model, without its changes read."""
    gate.require(actor, Deed.SEE_MODELS)
    rows = Adaptation.objects.select_related("base").defer("base__content", "changes", "conflicts")
    return list(rows.filter(base__slug=slug, organisation_id=actor.organisation_id, ended_at=None).order_by("begun_at"))


def _view(row: Adaptation) -> AdaptationView:
    package = package_of(row.base)
    changes = from_json(row.changes)
    by = Organisation.objects.values_list("name", flat=True).get(pk=row.organisation_id)
    return AdaptationView(
        row.id,
        row.version,
        row.base,
        package,
        row.continues,
        changes,
        rebase(from_json(row.conflicts), package.document).conflicts,
        apply(package.document, changes, version=row.base.model_version, by=by),
    )
