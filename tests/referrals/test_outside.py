"""Receivers that do not use Solmu: the loop closes all the same."""

from datetime import date

import pytest

from solmu.agenda.models import Item
from solmu.casework.queries.closing import waiting_referrals
from solmu.kernel.errors import Conflict, InvalidInput, NotNow
from solmu.referrals.actions import (
    cancel_referral,
    record_outside_answer,
    record_outside_call,
    record_receiver_told,
    tell_family,
    withdraw_permission,
)
from solmu.referrals.models import OutsideCall, State
from tests.referrals.scenes import SOON, sent, sent_outside

pytestmark = pytest.mark.django_db
CALL = {"answered_by": "Neuvoja", "agreed": "Aika viikon päästä", "family_took_part": True, "packet_given": "read"}


def do(action, actor, told, **fields):
    return action(actor, referral_id=told.referral.id, version=told.now().version, **fields)


def test_a_call_is_recorded_and_the_day_of_checking_back_is_never_empty(cast):
    told = sent_outside(cast)
    with pytest.raises(InvalidInput) as refused:
        do(record_outside_call, cast.aino, told, **CALL, check_back_on=None)
    assert set(refused.value.errors) == {"check_back_on"}
    assert not OutsideCall.objects.exists()
    do(record_outside_call, cast.aino, told, **CALL, check_back_on=date(2026, 11, 12))
    item = Item.objects.filter(about_id=told.referral.id, settled_at=None, kind="check_back").first()
    assert item.due_on == date(2026, 11, 12)


def test_the_receivers_answer_is_recorded_with_who_told_it(cast):
    told = sent_outside(cast)
    with pytest.raises(InvalidInput):
        do(record_outside_answer, cast.aino, told, answer="accept", told_by="", check_back_on=SOON)
    do(record_outside_answer, cast.aino, told, answer="accept", told_by="Neuvoja", check_back_on=SOON)
    assert told.now().state == State.ACCEPTED
    assert "Neuvoja" in told.now().moves.order_by("-at", "-id").first().note
    with pytest.raises(InvalidInput):
        do(record_outside_answer, cast.aino, told, answer="complete", told_by="Neuvoja")
    do(record_outside_answer, cast.aino, told, answer="complete", told_by="Neuvoja", outcome="Velat järjestyivät.")
    do(tell_family, cast.aino, told, told_on=cast.aino.today, help_came="yes")
    assert not Item.objects.filter(about_id=told.referral.id, settled_at=None).exists()


def test_a_rejection_outside_needs_its_reason_too(cast):
    told = sent_outside(cast)
    with pytest.raises(InvalidInput):
        do(record_outside_answer, cast.aino, told, answer="reject", told_by="Neuvoja")
    do(record_outside_answer, cast.aino, told, answer="reject", told_by="Neuvoja", reason="Jono on täynnä.")
    assert told.now().came_back


def test_nobody_answers_for_a_unit_that_uses_solmu(cast):
    told = sent(cast)
    with pytest.raises(NotNow):
        do(record_outside_answer, cast.aino, told, answer="accept", told_by="Neuvoja", check_back_on=SOON)
    with pytest.raises(NotNow):
        do(record_outside_call, cast.aino, told, **CALL, check_back_on=SOON)


def test_a_move_that_is_not_the_receivers_is_no_answer(cast):
    told = sent_outside(cast)
    for answer in ("send", "claim", "start", "nonsense"):
        with pytest.raises(NotNow):
            do(record_outside_answer, cast.aino, told, answer=answer, told_by="Neuvoja", check_back_on=SOON)


def to_tell(told) -> list[Item]:
    return list(Item.objects.filter(about_id=told.referral.id, kind="tell_receiver", settled_at=None))


def test_a_receiver_outside_is_called_about_a_withdrawal_on_the_next_working_day(cast):
    told = sent_outside(cast)
    withdraw_permission(cast.aino, permission_id=told.permission.id, how="oral")
    assert {item.owner_account_id for item in to_tell(told)} == {cast.aino.account_id, cast.bertta.account_id}
    assert {item.due_on for item in to_tell(told)} == {date(2026, 11, 3)}
    with pytest.raises(InvalidInput):
        do(record_receiver_told, cast.aino, told, answered_by=" ")
    with pytest.raises(Conflict):
        record_receiver_told(cast.aino, referral_id=told.referral.id, version=1, answered_by="Neuvoja")
    do(tell_family, cast.aino, told, told_on=cast.aino.today, help_came="no")
    assert waiting_referrals(told.family_id) == {
        told.referral.id: {"tell_receiver"}
    }  # the work with the family is not closed before it
    do(record_receiver_told, cast.bertta, told, answered_by="Neuvoja")
    assert to_tell(told) == [] and waiting_referrals(told.family_id) == {}
    assert "Neuvoja" in told.now().moves.order_by("-at", "-id").first().note
    with pytest.raises(NotNow):
        do(record_receiver_told, cast.aino, told, answered_by="Neuvoja")


def test_nobody_calls_a_receiver_that_never_heard_of_the_family(cast):
    told = sent_outside(cast)
    do(cancel_referral, cast.aino, told, reason="Asia ratkesi.")
    do(record_receiver_told, cast.aino, told, knew_nothing=True)
    assert to_tell(told) == []


def test_what_the_receiver_outside_ended_need_not_be_told_to_it(cast):
    told = sent_outside(cast)
    do(record_outside_answer, cast.aino, told, answer="reject", told_by="Neuvoja", reason="Jono on täynnä.")
    assert to_tell(told) == []
