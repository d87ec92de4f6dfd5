"""The coordinator decides whether orientation to a model is asked, and in how many days."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from solmu.access import gate
from solmu.access.actor import Actor
from solmu.access.deeds import Deed
from solmu.kernel.errors import Conflict, InvalidInput
from solmu.kernel.models import insert_or, save_version
from solmu.learning.actions.finding import model_in_use
from solmu.learning.models import OrientationRule

LONGEST = 365  # days


def set_orientation_rule(actor: Actor, *, model_id: UUID, version: int, is_asked: bool, days: int) -> OrientationRule:
    """The organisation's rule for one model; agendas follow at the next upkeep."""
    with transaction.atomic():
        gate.require(actor, Deed.ADOPT_MODEL)
        own = model_in_use(actor.organisation_id, model_id)
        if not 1 <= days <= LONGEST:
            raise InvalidInput({"days": _("Write a number of days from 1 to 365.")})
        known = {"organisation_id": actor.organisation_id, "slug": own.slug}
        row = OrientationRule.objects.filter(**known).first()
        if row is None:
            first = OrientationRule(**known, is_asked=is_asked, days=days)
            return insert_or(first, lambda: Conflict(OrientationRule.objects.get(**known)))
        if not version:
            raise Conflict(row)
        row.is_asked, row.days = is_asked, days
        save_version(row, expected=version, fields=["is_asked", "days"])
    return row
