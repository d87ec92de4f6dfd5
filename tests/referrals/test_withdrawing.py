"""A permission withdrawn closes what rested on it at once, in every state."""

import pytest

from solmu.access import gate
from solmu.access.actor import system
from solmu.access.deeds import Deed
from solmu.access.models import Grant
from solmu.agenda.models import Item
from solmu.consents.models import Permission
from solmu.kernel.errors import NotNow
from solmu.referrals.actions import (
    accept_referral,
    claim_referral,
    complete_referral,
    end_permissions,
    hold_referral,
    start_work,
    withdraw_permission,
)
from solmu.referrals.models import State
from tests.cast import MONDAY, later
from tests.referrals.scenes import SOON, permit, sent, sent_outside

pytestmark = pytest.mark.django_db


def bring_to(cast, state):
    told = sent(cast)
    steps = {
        "requested": [],
        "claimed": [(claim_referral, {})],
        "accepted": [(accept_referral, {"next_on": SOON})],
        "on_hold": [(accept_referral, {"next_on": SOON}), (hold_referral, {"reason": "Jono", "until": SOON})],
        "in_progress": [(accept_referral, {"next_on": SOON}), (start_work, {"next_on": SOON})],
    }[state]
    for action, fields in steps:
        action(cast.ritva, referral_id=told.referral.id, version=told.now().version, **fields)
    return told


@pytest.mark.parametrize("state", ["requested", "claimed", "accepted", "on_hold", "in_progress"])
def test_withdrawal_closes_at_every_state_and_tells_both_sides(cast, state):
    told = bring_to(cast, state)
    gate.require(cast.ritva, Deed.READ_PACKET, told.family_id)
    withdraw_permission(cast.aino, permission_id=told.permission.id, how="oral")
    now = told.now()
    assert now.state == State.CANCELLED and now.state_reason
    assert not Grant.objects.filter(basis_id=now.id, closed_at=None).exists()
    with pytest.raises(gate.OutOfScope):
        gate.require(later(cast.ritva, minutes=1), Deed.READ_PACKET, told.family_id)
    waits = {item.kind: item for item in Item.objects.filter(about_id=now.id, settled_at=None)}
    assert set(waits) == {"permission_withdrawn", "returned", "tell_family"}
    notice = waits["permission_withdrawn"]
    assert notice.owner_unit_id == cast.unit("receivers").id and notice.record_id is None


def test_who_accepts_after_the_withdrawal_is_not_let_in(cast):
    told = sent(cast)
    withdraw_permission(cast.aino, permission_id=told.permission.id, how="oral")
    with pytest.raises(gate.OutOfScope):
        accept_referral(cast.ritva, referral_id=told.referral.id, version=told.referral.version, next_on=SOON)


def test_withdrawal_takes_every_permission_to_the_same_receiver(cast):
    told = sent(cast)
    other = permit(cast.aino, told.scene, ["words"], unit=cast.unit("receivers"))
    elsewhere = permit(cast.aino, told.scene, ["words"], unit=cast.unit("other_receivers"))
    withdraw_permission(cast.aino, permission_id=other.id, how="signed")
    states = dict(Permission.objects.values_list("id", "state"))
    assert states == {told.permission.id: "withdrawn", other.id: "withdrawn", elsewhere.id: "given"}
    assert told.now().state == State.CANCELLED


def test_what_is_done_stays_done(cast):
    told = bring_to(cast, "accepted")
    complete_referral(cast.ritva, referral_id=told.referral.id, version=told.now().version, outcome="Apu alkoi.")
    withdraw_permission(cast.aino, permission_id=told.permission.id, how="oral")
    assert told.now().state == State.COMPLETED


def test_a_permission_is_withdrawn_once(cast):
    told = sent(cast)
    withdraw_permission(cast.aino, permission_id=told.permission.id, how="oral")
    with pytest.raises(NotNow):
        withdraw_permission(cast.aino, permission_id=told.permission.id, how="oral")


def test_outside_the_pair_tells_the_receiver(cast):
    told = sent_outside(cast)
    withdraw_permission(cast.aino, permission_id=told.permission.id, how="oral")
    kinds = set(Item.objects.filter(about_id=told.referral.id, settled_at=None).values_list("kind", flat=True))
    assert kinds == {"returned", "tell_family", "tell_receiver"}


def test_only_those_who_work_with_the_family_withdraw_for_it(cast):
    told = sent(cast)
    for who in ("cecilia", "tuula"):
        with pytest.raises(gate.OutOfScope):
            withdraw_permission(cast.actor(who), permission_id=told.permission.id, how="oral")
    with pytest.raises(gate.NotPermitted):
        withdraw_permission(cast.ritva, permission_id=told.permission.id, how="oral")
    assert Permission.objects.get().state == "given"


def test_the_clock_ends_permissions_and_what_rested_on_them(cast):
    told = sent(cast)
    assert end_permissions(system(MONDAY)) == []
    ended = end_permissions(system(later(cast.aino, days=200).at))
    assert [one.id for one in ended] == [told.referral.id]
    assert told.now().state == State.CANCELLED and told.now().came_back
    assert Permission.objects.get().state == "ended"
    waits = {item.kind: item for item in Item.objects.filter(about_id=told.referral.id, settled_at=None)}
    assert set(waits) == {"permission_over", "returned", "tell_family"}
    notice = waits["permission_over"]
    assert (notice.owner_unit_id, notice.record_id) == (cast.unit("receivers").id, None)
    with pytest.raises(gate.NotPermitted):
        end_permissions(cast.hilla)
