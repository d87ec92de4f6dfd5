"""Whose record a row belongs to: the one thing looked up before the gate, which is then asked at once."""

from typing import TypeVar
from uuid import UUID

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from solmu.access import gate
from solmu.access.actor import Actor
from solmu.access.classes import NONE, InformationClass
from solmu.access.deeds import Deed
from solmu.access.gate import Access
from solmu.access.grants import live_grants
from solmu.access.models import Grant
from solmu.casework.models import Case, CaseWorker
from solmu.kernel.errors import NotNow, Refused

Row = TypeVar("Row", bound=Model)


class AnotherUnits(Refused):
    """The case belongs to another unit, though the family's record is open to the actor."""

    message = _("This work belongs to another unit. Its own pair decides on it.")


def require_row(actor: Actor, deed: Deed, model: type[Row], row_id: UUID) -> tuple[Access, Row]:
    """The gate's yes for the family of a case, or of something in a case, and then the row itself.

    A row that does not exist and a row that is not open to the actor are refused alike.
    """
    path = "family_id" if model is Case else "case__family_id"
    record_id = model.objects.filter(pk=row_id).values_list(path, flat=True).first()
    access = gate.require(actor, deed, record_id or row_id)
    if record_id is None:
        raise NotNow
    rows = model.objects if model is Case else model.objects.select_related("case")
    return access, rows.get(pk=row_id)


def require_own_unit(case: Case, actor: Actor) -> None:
    """Raises AnotherUnits for work of another unit: two units may work with one family, each decides on its own."""
    if case.unit_id != actor.unit_id:
        raise AnotherUnits


def require_open(case: Case) -> None:
    """Raises NotNow when the work has been closed."""
    if case.state != Case.State.OPEN:
        raise NotNow


def pair_of(case: Case) -> list[UUID]:
    """The accounts of the pair at present."""
    return list(
        CaseWorker.objects.filter(case=case, until=None).order_by("since", "id").values_list("account_id", flat=True)
    )


def owners_in(case: Case) -> dict[str, object]:
    """For whom things of the case wait, as agenda.put takes it: the pair, or the unit when nobody of it is left."""
    pair = pair_of(case)
    return {"accounts": pair} if pair else {"unit_id": case.unit_id}


def units_open_to(record_id: UUID, at, classes: InformationClass) -> list[UUID]:
    """The units, such as a receiver that has accepted, to which all of `classes` of the record are open."""
    held: dict[UUID, InformationClass] = {}
    for grant in live_grants(at).filter(record_id=record_id, subject_kind=Grant.Subject.UNIT):
        held[grant.subject_id] = held.get(grant.subject_id, NONE) | grant.opens
    return [unit for unit, opened in held.items() if classes in opened]
