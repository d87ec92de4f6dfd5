"""The round, item or young person that a deed is done to, once the gate has let the actor write."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from solmu.families.models import Person
from solmu.kernel.errors import InvalidInput, NotNow
from solmu.situations.models import Round


class NotOnTheMap(NotNow):
    """The round or item is not this family's, or it has been taken away."""

    message = _("This is not on the map any more. Look at the map as it is now.")


class RoundIsPast(NotNow):
    """Only the newest round is written on: the others are history."""

    message = _("This round is over and stays as it was. Write on the newest one.")


def newest_round(family_id: UUID) -> Round | None:
    """The round that is written on; None before the map has been begun."""
    return Round.objects.filter(family_id=family_id).order_by("-number").first()


def round_of(family_id: UUID, round_id: UUID) -> Round:
    """A round of the family."""
    row = Round.objects.filter(pk=round_id, family_id=family_id).first()
    if row is None:
        raise NotOnTheMap
    return row


def writable_round(family_id: UUID, round_id: UUID) -> Round:
    """The round, if it is the newest one."""
    row = round_of(family_id, round_id)
    if row.id != newest_round(family_id).id:
        raise RoundIsPast
    return row


def check_young(family_id: UUID, person_id: UUID | None) -> None:
    """Refuses anybody but a young person of the family."""
    young = Person.objects.filter(pk=person_id, family_id=family_id, removed_at=None, place=Person.Place.YOUNG)
    if not young.exists():
        raise InvalidInput({"own_part": _("Only a young person of the family has an own part.")})
