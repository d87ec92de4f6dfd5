"""A package file from outside: looked through by a person before it is installed, and nothing changed until then."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from solmu.access import gate
from solmu.access.actor import Actor
from solmu.access.deeds import Deed
from solmu.kernel.errors import NotNow
from solmu.operating_models.actions import VersionTaken, install_package, refuse_own_name
from solmu.operating_models.facts import Catalogue
from solmu.operating_models.models import InstalledModel, PackageFile
from solmu.operating_models.package import Package, PackageRefused, Problem, load_archive
from solmu.operating_models.queries import main_bringer

Questionnaires = Mapping[str, Mapping[str, Any]]
_KEPT = timedelta(days=1)


@dataclass(frozen=True)
class Received:
    """A package that waits for somebody's yes, and the installed version that it is most like."""

    file_id: UUID
    package: Package = field(repr=False)
    received_at: datetime
    before: InstalledModel | None
    stands_beside: bool
    """Whether others brought the model's own versions, so that this one will not take their place."""


def receive_package(
    actor: Actor, raw: bytes, catalogue: Catalogue, form_faults: Callable[[Questionnaires], list[Problem]]
) -> PackageFile:
    """Keeps a package file until its sender has looked it through; raises PackageRefused with all its faults.

    `form_faults` tells which of its forms could not be shown (`instruments.packages`). What nobody installed within a
    day is forgotten when the next file comes.
    """
    gate.require(actor, Deed.RECEIVE_MODEL)
    package = load_archive(raw, catalogue)
    if problems := form_faults(package.questionnaires):
        raise PackageRefused(problems)
    refuse_own_name(package)
    _refuse_taken(package)
    with transaction.atomic():
        waiting = PackageFile.objects.filter(model=None)
        waiting.filter(received_at__lt=actor.at - _KEPT).delete()
        waiting.filter(received_by=actor.account_id).delete()
        return PackageFile.objects.create(
            slug=package.slug,
            model_version=package.version,
            data=raw,
            received_at=actor.at,
            received_by=actor.account_id,
        )


def _refuse_taken(package: Package) -> None:
    there = InstalledModel.objects.filter(slug=package.slug, model_version=package.version)
    digest = there.values_list("content_hash", flat=True).first()
    if digest is not None:
        if digest != package.content_hash:
            raise VersionTaken
        what, mend = _("This version is already installed."), _("Nothing needs to be done.")
        raise PackageRefused([Problem("model.yaml", None, "version", str(what), str(mend))])


def received(actor: Actor, file_id: UUID, catalogue: Catalogue) -> Received | None:
    """A file that the actor has sent and that waits; it is read and checked anew."""
    gate.require(actor, Deed.RECEIVE_MODEL)
    row = _own(actor).filter(pk=file_id).first()
    if row is None:
        return None
    package = load_archive(bytes(row.data), catalogue)
    whole = list(InstalledModel.objects.filter(slug=package.slug, base=None).defer("content"))
    beside = bool(whole) and main_bringer(whole) != actor.organisation_id
    return Received(row.id, package, row.received_at, latest_of(package.slug), beside)


def latest_of(slug: str) -> InstalledModel | None:
    """The version of a model that was installed last, organisations' own left aside."""
    return InstalledModel.objects.filter(slug=slug, base=None).defer("content").order_by("-installed_at", "-id").first()


def install_received(actor: Actor, *, file_id: UUID, catalogue: Catalogue) -> InstalledModel:
    """Installs a file that waits; it stands on the shelf for every organisation."""
    with transaction.atomic():
        gate.require(actor, Deed.RECEIVE_MODEL)
        row = _own(actor).select_for_update().filter(pk=file_id).first()
        if row is None:
            raise NotNow(_("The file is no longer there. Send it again."))
        model = install_package(actor, load_archive(bytes(row.data), catalogue))
        row.delete()
    return model


def drop_received(actor: Actor, *, file_id: UUID) -> None:
    """Forgets a file that waits."""
    gate.require(actor, Deed.RECEIVE_MODEL)
    _own(actor).filter(pk=file_id).delete()


def _own(actor: Actor):
    return PackageFile.objects.filter(model=None, received_by=actor.account_id)
