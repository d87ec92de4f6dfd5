"""Preparing and sending: nothing leaves that was not read aloud and permitted by everybody whose data it holds."""

from datetime import date

import pytest

from solmu.access import gate
from solmu.access.classes import InformationClass as C
from solmu.access.deeds import Deed
from solmu.access.models import Grant
from solmu.agenda.models import Item
from solmu.consents.actions import refuse_permission
from solmu.kernel.errors import Conflict, InvalidInput
from solmu.referrals.actions import prepare_referral, send_referral, update_draft
from solmu.referrals.models import Referral, State
from solmu.referrals.packet import packet_hash
from solmu.referrals.readiness import prepare
from tests.cast import later
from tests.referrals.scenes import ASKED, SOON, UNTIL, draft, items_of, outside_point, permit, sent, sent_outside
from tests.scenes import WORDS, open_family

pytestmark = pytest.mark.django_db


def waiting(referral) -> dict:
    items = Item.objects.filter(about_id=referral.id, settled_at=None)
    return {item.kind: item for item in items}


def test_a_draft_waits_for_the_pair_from_its_first_day(cast):
    _scene, referral = draft(cast)
    owners = Item.objects.filter(about_id=referral.id, kind="draft").values_list("owner_account_id", flat=True)
    assert set(owners) == {cast.aino.account_id, cast.bertta.account_id}


def test_sending_freezes_the_packet_and_opens_it_to_the_unit(cast):
    told = sent(cast)
    assert told.referral.state == State.REQUESTED
    assert told.referral.packet_hash == packet_hash(told.referral.packet)
    assert WORDS in str(told.referral.packet)
    grant = Grant.objects.get(basis_id=told.referral.id)
    assert grant.opens == C.PACKET and grant.may_write and grant.subject_id == cast.unit("receivers").id
    assert grant.valid_to.date() == date(2027, 4, 30)  # the midnight that ends the day in Finland, in UTC
    assert gate.require(cast.ritva, Deed.READ_PACKET, told.family_id).covers(C.PACKET)


def test_the_answer_is_due_by_what_the_unit_has_agreed(cast):
    told = sent(cast)
    assert told.referral.due_on == date(2026, 11, 4)
    found = waiting(told.referral)
    assert found["answer"].owner_unit_id == cast.unit("receivers").id
    assert found["answer"].due_on == found["await_answer"].due_on == date(2026, 11, 4)


def test_a_unit_without_an_agreed_time_needs_the_senders_day(cast):
    unit = cast.unit("other_receivers")
    scene, referral = draft(cast, to_unit_id=unit.id)
    permit(cast.aino, scene, referral.items, unit=unit)
    with pytest.raises(InvalidInput) as refused:
        send_referral(cast.aino, referral_id=referral.id, version=1, read_aloud=True)
    assert "ask_back_on" in refused.value.errors
    send_referral(cast.aino, referral_id=referral.id, version=1, read_aloud=True, ask_back_on=SOON)
    assert Referral.objects.get(pk=referral.id).due_on == SOON


def test_nothing_is_sent_before_it_has_been_read_aloud(cast):
    scene, referral = draft(cast)
    permit(cast.aino, scene, referral.items, unit=cast.unit("receivers"))
    with pytest.raises(InvalidInput) as refused:
        send_referral(cast.aino, referral_id=referral.id, version=1, read_aloud=False)
    assert set(refused.value.errors) == {"read_aloud"}


def test_what_has_changed_since_the_reading_is_read_again(cast):
    scene, referral = draft(cast)
    permit(cast.aino, scene, referral.items, unit=cast.unit("receivers"))
    read = prepare(gate.require(cast.aino, Deed.PREPARE_REFERRAL, scene.family_id), referral).hash
    minna = scene.people["Minna"]
    minna.phone = "+358409999999"
    minna.save()
    with pytest.raises(InvalidInput) as refused:
        send_referral(cast.aino, referral_id=referral.id, version=1, read_aloud=True, read_packet=read)
    assert set(refused.value.errors) == {"read_aloud"}


def test_a_permission_for_another_receiver_is_none(cast):
    scene, referral = draft(cast)
    permit(cast.aino, scene, referral.items, unit=cast.unit("other_receivers"))
    with pytest.raises(InvalidInput) as refused:
        send_referral(cast.aino, referral_id=referral.id, version=1, read_aloud=True)
    assert "permission" in refused.value.errors


def test_a_permission_that_has_ended_is_none(cast):
    scene, referral = draft(cast)
    permit(cast.aino, scene, referral.items, unit=cast.unit("receivers"), valid_to=date(2026, 11, 3))
    with pytest.raises(InvalidInput):
        send_referral(later(cast.aino, days=3), referral_id=referral.id, version=1, read_aloud=True)


def test_each_adult_answers_for_the_own_data(cast):
    scene = open_family(cast)
    items = [*items_of(scene), f"contact:{scene.people['Ville'].id}"]
    _scene, referral = draft(cast, scene, items)
    permit(cast.aino, scene, items, unit=cast.unit("receivers"))
    with pytest.raises(InvalidInput) as refused:
        send_referral(cast.aino, referral_id=referral.id, version=1, read_aloud=True)
    assert "permission" in refused.value.errors
    permit(cast.aino, scene, items, who="Ville", unit=cast.unit("receivers"))
    send_referral(cast.aino, referral_id=referral.id, version=1, read_aloud=True)


def test_a_refusal_of_one_adult_stops_what_concerns_the_family(cast):
    scene, referral = draft(cast)
    permit(cast.aino, scene, referral.items, unit=cast.unit("receivers"))
    refuse_permission(
        cast.aino,
        family_id=scene.family_id,
        person_id=scene.people["Ville"].id,
        refused_items=["words"],
        purpose="Avun alkaminen",
        how="oral",
        receiver_unit_id=cast.unit("receivers").id,
    )
    with pytest.raises(InvalidInput):
        send_referral(cast.aino, referral_id=referral.id, version=1, read_aloud=True)


def test_two_who_write_the_same_draft_do_not_overwrite_each_other(cast):
    _scene, referral = draft(cast)
    fields = {"asked": ASKED, "priority": "routine", "items": referral.items}
    update_draft(cast.aino, referral_id=referral.id, version=1, **fields)
    with pytest.raises(Conflict):
        update_draft(cast.bertta, referral_id=referral.id, version=1, **fields)
    with pytest.raises(Conflict):
        send_referral(cast.bertta, referral_id=referral.id, version=1, read_aloud=True)


def test_a_receiver_outside_gets_no_grant_and_the_pair_checks_back(cast):
    told = sent_outside(cast)
    assert not Grant.objects.filter(basis_id=told.referral.id).exists()
    assert set(waiting(told.referral)) == {"check_back"}
    assert told.referral.due_on == SOON


def test_the_queue_is_told_only_what_was_permitted(cast):
    scene = open_family(cast, language="so", interpreter="always", area="Rantakylä")
    _scene, referral = draft(cast, scene, [*items_of(scene), "language"])
    permit(cast.aino, scene, referral.items, unit=cast.unit("receivers"))
    send_referral(cast.aino, referral_id=referral.id, version=1, read_aloud=True)
    now = Referral.objects.get(pk=referral.id)
    assert (now.language, now.interpreter, now.area) == ("so", True, "")


def test_somebody_without_the_family_prepares_nothing(cast):
    scene = open_family(cast)
    with pytest.raises(gate.OutOfScope):
        prepare_referral(cast.cecilia, family_id=scene.family_id, asked=ASKED, to_unit_id=cast.unit("receivers").id)


def test_an_unknown_item_or_receiver_is_refused(cast):
    scene = open_family(cast)
    with pytest.raises(InvalidInput) as refused:
        prepare_referral(
            cast.aino, family_id=scene.family_id, asked=" ", items=["notes"], to_unit_id=cast.unit("receivers").id
        )
    assert set(refused.value.errors) == {"asked", "items"}
    with pytest.raises(InvalidInput):
        prepare_referral(cast.aino, family_id=scene.family_id, asked=ASKED, to_unit_id=cast.unit("school").id)


def test_a_closed_contact_point_receives_nothing(cast):
    scene = open_family(cast)
    point = outside_point(is_active=False)
    with pytest.raises(InvalidInput):
        prepare_referral(cast.aino, family_id=scene.family_id, asked=ASKED, to_point_id=point.id)


def test_the_permission_ends_on_its_last_day_and_the_grant_with_it(cast):
    told = sent(cast)
    assert told.permission.valid_to == UNTIL
    Grant.objects.get(basis_id=told.referral.id)
    with pytest.raises(gate.OutOfScope):
        gate.require(later(cast.ritva, days=180), Deed.READ_PACKET, told.family_id)
