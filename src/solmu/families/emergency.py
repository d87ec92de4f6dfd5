"""Emergency access to a family: found by its exact reference only, and always waiting for a steward's review."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from solmu.access import emergency, gate
from solmu.access.actor import Actor
from solmu.access.deeds import Deed
from solmu.access.models import EmergencyAccess
from solmu.agenda.actions import put, settle
from solmu.agenda.models import Item
from solmu.families.models import Family
from solmu.families.rules.references import tidy_reference
from solmu.kernel.errors import InvalidInput
from solmu.organisations.queries import stewards_unit
from solmu.organisations.rules import add_working_days

REVIEW_WITHIN = 1  # working days


def open_emergency(actor: Actor, *, reference: str, reason: str) -> EmergencyAccess:
    """Opens a family of the actor's own organisation for some hours and tells the stewards at once."""
    with transaction.atomic():
        gate.require(actor, Deed.OPEN_IN_EMERGENCY)
        reason = emergency.check_reason(reason)
        own = Family.objects.filter(organisation_id=actor.organisation_id)
        family_id = own.filter(reference=tidy_reference(reference)).values_list("id", flat=True).first()
        if family_id is None:
            raise InvalidInput({"reference": _("Your organisation has no family with this reference.")})
        opened = emergency.open_record(actor, record_id=family_id, reason=reason)
        put(
            actor,
            kind=Item.Kind.EMERGENCY,
            about_id=opened.id,
            due_on=add_working_days(actor.today, REVIEW_WITHIN),
            unit_id=stewards_unit(actor.organisation_id, actor.at) or actor.unit_id,
        )
    return opened


def review_emergency(actor: Actor, *, emergency_id: UUID, verdict: str, note: str) -> EmergencyAccess:
    """Records a steward's verdict with its note, and takes the review off the agenda."""
    with transaction.atomic():
        reviewed = emergency.record_review(actor, emergency_id=emergency_id, verdict=verdict, note=note)
        settle(actor, about_id=reviewed.id, kinds=[Item.Kind.EMERGENCY])
    return reviewed
