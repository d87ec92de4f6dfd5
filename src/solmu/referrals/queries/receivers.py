"""Where a contact can be taken: units that use Solmu, and contact points that do not."""

from dataclasses import dataclass
from uuid import UUID

from solmu.directory.models import ContactPoint
from solmu.organisations.queries import receiving_units


@dataclass(frozen=True)
class ReceiverRow:
    """One alternative; `key` is what a form sends back."""

    key: str
    name: str
    organisation: str
    outside: bool
    answers_within: int | None


def receivers() -> list[ReceiverRow]:
    """Everybody to whom a contact can be prepared; nothing here concerns a family."""
    units = [
        ReceiverRow(f"unit:{unit.id}", unit.name, unit.organisation.name, False, unit.answers_within)
        for unit in receiving_units()
    ]
    points = ContactPoint.objects.filter(is_active=True, unit=None).exclude(kind=ContactPoint.Kind.CRISIS)
    # Two operating models may lead to the same desk: one line is enough for it.
    desks = {_desk(point): point for point in points.order_by("organisation_name", "name", "id").reverse()}
    outside = [
        ReceiverRow(f"point:{point.id}", point.name, point.organisation_name, True, None)
        for point in reversed(desks.values())
    ]
    return units + outside


def _desk(point: ContactPoint) -> tuple[str, ...]:
    """What tells a contact point from another for whoever contacts it."""
    return point.name.casefold(), point.organisation_name, point.kind, point.phone, point.address, point.hours


def receiver_ids(key: str) -> dict[str, UUID | None]:
    """The keyword arguments that an alternative stands for."""
    kind, _sep, identifier = key.partition(":")
    if kind == "unit":
        return {"to_unit_id": UUID(identifier), "to_point_id": None}
    return {"to_unit_id": None, "to_point_id": UUID(identifier)}
