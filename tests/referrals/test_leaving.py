"""Somebody leaves a receiving unit: what they had taken on waits for the unit again."""

from datetime import timedelta

import pytest

from solmu.access.actor import system
from solmu.agenda.models import Item
from solmu.organisations.models import Membership
from solmu.referrals.actions import accept_referral, claim_referral, release_claims_of_who_left
from tests.cast import later
from tests.referrals.scenes import SOON, sent

pytestmark = pytest.mark.django_db


def leave(cast, name):
    """Ends somebody's work yesterday, and lets the clock go by."""
    ended_on = cast.aino.today - timedelta(days=1)
    Membership.objects.filter(account=cast.account(name)).update(ended_on=ended_on)
    return release_claims_of_who_left(system(later(cast.aino, hours=1).at))


def owners(referral):
    """Whom the referral waits for."""
    waiting = Item.objects.filter(about_id=referral.id, settled_at=None)
    return set(waiting.values_list("owner_account_id", "owner_unit_id"))


def test_a_claimed_contact_goes_back_to_the_queue(cast):
    referral = sent(cast).now()
    claim_referral(cast.ritva, referral_id=referral.id, version=referral.version)
    assert leave(cast, "ritva") == 1
    referral.refresh_from_db()
    assert referral.claimed_by is None
    assert (None, cast.unit("receivers").id) in owners(referral)
    assert (cast.account("ritva").id, None) not in owners(referral)


def test_an_accepted_contact_keeps_its_state_and_its_day(cast):
    referral = sent(cast).now()
    accept_referral(cast.ritva, referral_id=referral.id, version=referral.version, next_on=SOON)
    leave(cast, "ritva")
    referral.refresh_from_db()
    assert (referral.state, referral.due_on, referral.claimed_by) == ("accepted", SOON, None)
    assert (None, cast.unit("receivers").id) in owners(referral)


def test_nothing_is_taken_from_who_still_works_there(cast):
    referral = sent(cast).now()
    claim_referral(cast.ritva, referral_id=referral.id, version=referral.version)
    assert leave(cast, "roope") == 0
