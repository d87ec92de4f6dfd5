"""Somebody no longer works in a receiving unit: what they had taken on goes back to the unit's queue."""

from uuid import UUID

from django.db import transaction

from solmu.access import gate
from solmu.access.actor import Actor
from solmu.access.deeds import Deed
from solmu.organisations.queries import working_in
from solmu.referrals.actions.moving import make_move
from solmu.referrals.models import Referral
from solmu.referrals.rules import TERMINAL, By


def release_claims_of_who_left(actor: Actor) -> int:
    """Frees the claims of people who have left the unit; returns how many. For the clock."""
    gate.require(actor, Deed.KEEP_UP)
    claimed = Referral.objects.exclude(claimed_by=None).exclude(to_unit=None).exclude(state__in=TERMINAL)
    left = claimed.exclude(working_in("to_unit_id", actor.at, "claimed_by")).values_list("pk", flat=True)
    return sum(_release(actor, referral_id) for referral_id in left)


def _release(actor: Actor, referral_id: UUID) -> int:
    with transaction.atomic():
        referral = Referral.objects.select_for_update().get(pk=referral_id)
        if referral.claimed_by is None or referral.state in TERMINAL:
            return 0
        nobody = {"claimed_by": None, "claimed_by_name": ""}
        make_move(actor, referral, "release", by=By.RECEIVER, expected=referral.version, **nobody)
        return 1
