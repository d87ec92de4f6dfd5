"""Makes contact points from operating models, and keeps them in order."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from solmu.access import gate
from solmu.access.actor import Actor
from solmu.access.deeds import Deed
from solmu.directory.models import ContactPoint
from solmu.kernel.errors import InvalidInput, NotNow
from solmu.kernel.models import insert, save_version
from solmu.operating_models.models import InstalledModel
from solmu.operating_models.package.parts import ContactPoint as PackagePoint
from solmu.operating_models.queries import package_of

_KINDS = {"form": ContactPoint.Kind.FORM}  # any other is a phone until an administrator says which unit it is
BY_HAND = (ContactPoint.Kind.CRISIS, ContactPoint.Kind.PHONE, ContactPoint.Kind.FORM)
"""Kinds that an administrator adds; units come from the organisations themselves."""
LANGUAGE = "fi"  # a name that people say; packages always have it in Finnish


def make_contact_points(actor: Actor, *, model: InstalledModel) -> list[ContactPoint]:
    """The contact points that a model leads to, one row for each; those that exist keep what people have written.

    Details that the package does not give stay empty until an administrator has found them out.
    """
    with transaction.atomic():
        gate.require(actor, Deed.RECEIVE_MODEL if actor.account_id else Deed.KEEP_UP)
        package = package_of(model)
        return [_made(model.slug, point, package) for point in package.process.contact_points]


def _made(slug: str, point: PackagePoint, package) -> ContactPoint:
    fields = {
        "kind": _KINDS.get(point.kind, ContactPoint.Kind.PHONE),
        "name": package.text(point.name, LANGUAGE)[:160],
        "phone": point.phone or "",
        "address": (point.address or "")[:240],
        "hours": package.text(point.hours, LANGUAGE)[:160] if point.hours else "",
        "source": ", ".join(point.source)[:240],
    }
    row, _new = ContactPoint.objects.get_or_create(model_slug=slug, model_point=point.id, defaults=fields)
    return row


def add_contact_point(actor: Actor, *, kind: str, name: str, **details) -> ContactPoint:
    """Writes down a contact point that no operating model brought; `details` as in `update_contact_point`."""
    with transaction.atomic():
        gate.require(actor, Deed.MANAGE_ORGANISATION)
        if kind not in BY_HAND:
            raise InvalidInput({"kind": _("Choose what kind of contact point this is.")})
        point = ContactPoint(kind=kind)
        _write(actor, point, name=name, **details)
        insert(point)
    return point


def update_contact_point(actor: Actor, *, point_id: UUID, version: int, name: str, **details) -> ContactPoint:
    """Writes what is known of a contact point; a detail that nobody knows stays empty.

    `details`: organisation_name, phone, hours, address, languages, source, checked_on, is_active.
    """
    with transaction.atomic():
        gate.require(actor, Deed.MANAGE_ORGANISATION)
        point = ContactPoint.objects.filter(pk=point_id).first()
        if point is None:
            raise NotNow
        fields = _write(actor, point, name=name, **details)
        save_version(point, expected=version, fields=fields)
    return point


def _write(
    actor: Actor,
    point: ContactPoint,
    *,
    name: str,
    organisation_name: str = "",
    phone: str = "",
    hours: str = "",
    address: str = "",
    languages: str = "",
    source: str = "",
    checked_on: date | None = None,
    is_active: bool = True,
) -> list[str]:
    """Checks the details and puts them on the row; returns their names."""
    if not name.strip():
        raise InvalidInput({"name": _("Give the contact point a name.")})
    if phone and not source.strip():
        raise InvalidInput({"source": _("Say where the number was read, so that it can be checked again.")})
    if checked_on and checked_on > actor.today:
        raise InvalidInput({"checked_on": _("The day of checking cannot be in the future.")})
    point.name, point.organisation_name, point.phone = name.strip(), organisation_name, phone
    point.hours, point.address, point.languages = hours, address, languages
    point.source, point.checked_on, point.is_active = source, checked_on, is_active
    fields = ["name", "organisation_name", "phone", "hours", "address", "languages", "source", "checked_on"]
    return [*fields, "is_active"]
