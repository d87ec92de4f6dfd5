"""Installs versions of operating models, and takes them into use with an organisation's own settings."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from solmu.access import gate
from solmu.access.actor import Actor
from solmu.access.deeds import Deed
from solmu.kernel.errors import InvalidInput, NotNow, Refused
from solmu.kernel.models import save_version
from solmu.operating_models.checklist import carry_ticks
from solmu.operating_models.indexing import index_version
from solmu.operating_models.models import Adoption, InstalledModel, PackageFile
from solmu.operating_models.package import Package, PackageRefused, Problem, pack
from solmu.operating_models.package.parts import MAX_SETTING, Setting
from solmu.operating_models.queries import open_to, package_of
from solmu.organisations.models import Organisation


class VersionTaken(Refused):
    """The same version is there with another content."""

    message = _(
        "This version is already installed with another content. A version in use never changes: give the changed "
        "package a new version number."
    )


def install_package(actor: Actor, package: Package) -> InstalledModel:
    """Puts a checked package on the shelf; the same package again changes nothing."""
    with transaction.atomic():
        gate.require(actor, Deed.INSTALL_MODEL)
        refuse_own_name(package)
        return put_on_shelf(actor, package)


def refuse_own_name(package: Package) -> None:
    """A name with a plus says whose version it is: the organisation gets it when it makes one, and no file does."""
    if "+" in package.version:
        what = _("A name with a plus is an organisation's own version, and is given where that organisation makes it.")
        mend = _("Bring in the version that it stands on and adapt that, or give this one a number and pack it again.")
        raise PackageRefused([Problem("model.yaml", None, "version", str(what), str(mend))])


def put_on_shelf(actor: Actor, package: Package, **adapted: Any) -> InstalledModel:
    """Writes the row of a version, what the library knows of it, and its file; `adapted` says whose version it is."""
    # Text, not a document: the order of its fields is the package author's, and jsonb would lose it.
    model, made = InstalledModel.objects.get_or_create(
        slug=package.slug,
        model_version=package.version,
        defaults={
            "content_hash": package.content_hash,
            "content": package.to_json(),
            "installed_at": actor.at,
            "installed_by": actor.account_id,
            "brought_by": None if adapted else actor.organisation_id,
            **adapted,
        },
    )
    if made:
        index_version(model, package)
        if package.files is not None:
            _keep_file(actor, model, package)
    elif (model.content_hash, model.organisation_id) != (package.content_hash, adapted.get("organisation_id")):
        raise VersionTaken
    elif actor.account_id is None and model.brought_by:  # whoever runs the installation has now brought the very same
        model.brought_by = None
        model.save(update_fields=["brought_by"])
    return model


def _keep_file(actor: Actor, model: InstalledModel, package: Package) -> None:
    PackageFile.objects.create(
        model=model,
        slug=package.slug,
        model_version=package.version,
        data=pack(package.slug, package.version, package.files),
        received_at=actor.at,
        received_by=actor.account_id,
    )


def adopt(actor: Actor, *, model_id: UUID, settings: Mapping[str, Any] | None = None) -> Adoption:
    """Takes a version into use in the actor's organisation; it replaces the model's other version in new work.

    What already runs for families stays on the version it began with. What has been seen to stays seen to where the
    two versions say the same of it.
    """
    with transaction.atomic():
        gate.require(actor, Deed.ADOPT_MODEL)
        model = InstalledModel.objects.filter(open_to(actor.organisation_id), pk=model_id).defer("content").first()
        if model is None:
            raise NotNow
        values = check_settings(package_of(model), settings or {})
        Organisation.objects.select_for_update().get(pk=actor.organisation_id)  # its coordinators take turns
        in_use = Adoption.objects.filter(organisation_id=actor.organisation_id, model__slug=model.slug, ended_at=None)
        if in_use.filter(model=model).exists():
            raise NotNow(_("Your organisation already has this version in use."))
        before = in_use.select_related("model").defer("model__content").first()
        in_use.update(ended_at=actor.at)
        now = Adoption.objects.create(
            organisation_id=actor.organisation_id,
            model=model,
            settings=values,
            adopted_at=actor.at,
            adopted_by=actor.account_id,
        )
        if before:
            carry_ticks(before, now)
        return now


def set_adoption_settings(actor: Actor, *, model_id: UUID, version: int, settings: Mapping[str, Any]) -> Adoption:
    """Changes the organisation's own values; an empty one goes back to the package's default."""
    with transaction.atomic():
        adoption = _own(actor, model_id)
        adoption.settings = check_settings(package_of(adoption.model), settings)
        save_version(adoption, expected=version, fields=["settings"])
    return adoption


def end_adoption(actor: Actor, *, model_id: UUID, version: int) -> Adoption:
    """Stops proposing the model; what runs for families goes on to its end."""
    with transaction.atomic():
        adoption = _own(actor, model_id)
        adoption.ended_at = actor.at
        save_version(adoption, expected=version, fields=["ended_at"])
    return adoption


def _own(actor: Actor, model_id: UUID) -> Adoption:
    gate.require(actor, Deed.ADOPT_MODEL)
    live = Adoption.objects.select_related("model").defer("model__content")
    adoption = live.filter(organisation_id=actor.organisation_id, model_id=model_id, ended_at=None).first()
    if adoption is None:
        raise NotNow(_("Your organisation no longer has this version in use."))
    return adoption


def check_settings(package: Package, given: Mapping[str, Any]) -> dict[str, Any]:
    """The given values in the shape that the package's settings have; raises InvalidInput by setting."""
    known = {each.id: each for each in package.model.settings}
    errors = {name: _("The package has no such setting.") for name in given if name not in known}
    values = {}
    for name, value in given.items():
        if name in known and value not in (None, ""):
            try:
                values[name] = _shaped(known[name], value)
            except ValueError:
                errors[name] = _wrong(known[name])
    if errors:
        raise InvalidInput(errors)
    return values


def _shaped(setting: Setting, value: Any) -> Any:
    if setting.type == "number":
        value = int(value)
    elif setting.type == "date":
        value = date.fromisoformat(str(value)).isoformat()
    if not setting.accepts(value):
        raise ValueError
    return value


def _wrong(setting: Setting):
    if setting.type == "number":
        return _("Write a whole number from 0 to %(most)d.") % {"most": MAX_SETTING}
    if setting.type == "date":
        return _("Write a day of the calendar.")
    return _("Choose one of the alternatives.")
