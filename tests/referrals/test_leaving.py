"""Somebody leaves a receiving unit: what they had taken on waits for the unit again."""

from datetime import timedelta

import pytest

from solmu.access import gate
from solmu.access.actor import system
from solmu.access.deeds import Deed
from solmu.agenda.models import Item
from solmu.casework.actions.cases import open_case
from solmu.organisations.models import Membership
from solmu.referrals.actions import (
    accept_referral,
    ask_question,
    claim_referral,
    complete_referral,
    fail_referral,
    redirect_referral,
    release_claims_of_who_left,
)
from solmu.referrals.actions.answering import NobodyHears
from solmu.referrals.queries import received
from tests.casework.test_closing import NONE, close
from tests.cast import later
from tests.referrals.scenes import SOON, sent
from tests.scenes import a_contact

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


def test_what_was_left_to_the_receiver_waits_for_nobody_who_can_no_longer_open_it(cast):
    """The work with the family ended; the receiver goes on and ends it later."""
    told = sent(cast)
    accept_referral(cast.ritva, referral_id=told.referral.id, version=told.now().version, next_on=SOON)
    close(cast.aino, told.scene, **NONE, referrals_left=[told.referral.id])
    then = later(cast.ritva, days=2)
    complete_referral(then, referral_id=told.referral.id, version=told.now().version, outcome="Valmis")
    assert not Item.objects.filter(about_id=told.referral.id, settled_at=None).exists()


def test_a_family_that_comes_back_hears_of_what_was_left_to_the_receiver(cast):
    told = sent(cast)
    accept_referral(cast.ritva, referral_id=told.referral.id, version=told.now().version, next_on=SOON)
    close(cast.aino, told.scene, **NONE, referrals_left=[told.referral.id])
    again = later(cast.cecilia, days=1)
    contact = a_contact(again)
    open_case(again, contact_id=contact.id, family_id=told.family_id, no_pair_yet=True)
    fail_referral(later(cast.ritva, days=2), referral_id=told.referral.id, version=told.now().version, reason="Jono")
    assert owners(told.referral) == {(again.account_id, None)}


def test_a_receiver_on_its_own_asks_nobody_and_proposes_to_nobody(cast):
    """The sender's work ended: its page says so and offers neither, and neither is taken in."""
    told = sent(cast)
    accept_referral(cast.ritva, referral_id=told.referral.id, version=told.now().version, next_on=SOON)
    close(cast.aino, told.scene, **NONE, referrals_left=[told.referral.id])
    then = later(cast.ritva, days=2)
    page = received(gate.require(then, Deed.READ_PACKET, told.family_id), told.referral.id)
    assert not page.is_followed and not page.moves & {"ask", "redirect"} and "complete" in page.moves
    here = {"referral_id": told.referral.id, "version": told.now().version}
    with pytest.raises(NobodyHears):
        ask_question(then, **here, text="Mikä aika sopii?")
    with pytest.raises(NobodyHears):
        redirect_referral(then, **here, reason="Toinen auttaisi", to_unit_id=cast.unit("other_receivers").id)
    assert told.now().version == here["version"]
