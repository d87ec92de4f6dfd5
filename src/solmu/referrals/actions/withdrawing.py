"""A permission falls away: what rested on it ends and closes in the same transaction, and both sides hear of it."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext

from solmu.access.actor import Actor
from solmu.consents import actions as consents
from solmu.consents.models import Permission
from solmu.referrals.actions.moving import make_move
from solmu.referrals.models import Referral, State
from solmu.referrals.rules import TERMINAL, By


def withdraw_permission(actor: Actor, *, permission_id: UUID, how: str) -> list[Referral]:
    """Withdraws a permission, closes the receiver's access at once and ends what rested on it. Returns what ended."""
    with transaction.atomic():
        withdrawn = consents.withdraw_permission(actor, permission_id=permission_id, how=how)
        resting = _resting_on(permission.id for permission in withdrawn)
        for referral in resting:
            reason = gettext("The family withdrew its permission.")
            make_move(actor, referral, "withdraw", by=By.SENDER, expected=referral.version, reason=reason)
        return resting


def end_permissions(actor: Actor) -> list[Referral]:
    """For the clock: ends the permissions whose last day has passed, and the referrals that rested on them."""
    with transaction.atomic():
        resting = _resting_on(consents.end_permissions(actor))
        for referral in resting:
            reason = gettext("The permission ended.")
            make_move(actor, referral, "expire", by=By.CLOCK, expected=referral.version, reason=reason)
        return resting


def _resting_on(permissions: Iterable[UUID]) -> list[Referral]:
    found = Referral.objects.filter(permissions__in=Permission.objects.filter(pk__in=list(permissions)))
    found = found.exclude(state__in=[*TERMINAL, State.DRAFT]).select_related("case").distinct()
    return list(found.order_by("id"))
