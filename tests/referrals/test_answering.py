"""What the receiver does, and what the sender and the family hear of it."""

from datetime import date

import pytest

from solmu.access import gate
from solmu.access.classes import InformationClass as C
from solmu.access.deeds import Deed
from solmu.access.models import Grant
from solmu.agenda.models import Item
from solmu.kernel.errors import Conflict, InvalidInput, NotNow
from solmu.referrals.actions import (
    accept_referral,
    answer_question,
    ask_question,
    cancel_referral,
    claim_referral,
    complete_referral,
    fail_referral,
    hold_referral,
    mark_entered_in_error,
    prepare_referral,
    redirect_referral,
    reject_referral,
    release_claim,
    report_work,
    send_referral,
    start_work,
    tell_family,
)
from solmu.referrals.models import State
from solmu.referrals.queries import queue
from solmu.referrals.rules import By
from tests.cast import later
from tests.referrals.scenes import ASKED, SOON, draft, permit, sent
from tests.scenes import open_family

pytestmark = pytest.mark.django_db


def do(action, actor, told, **fields):
    return action(actor, referral_id=told.referral.id, version=told.now().version, **fields)


def waiting(told) -> dict:
    return {item.kind: item for item in Item.objects.filter(about_id=told.referral.id, settled_at=None)}


def live(told) -> list[Grant]:
    return list(Grant.objects.filter(basis_id=told.referral.id, closed_at=None))


def test_a_claim_makes_a_person_the_owner(cast):
    told = sent(cast)
    do(claim_referral, cast.ritva, told)
    assert told.now().claimed_by == cast.ritva.account_id
    assert waiting(told)["claimed"].owner_account_id == cast.ritva.account_id
    assert "answer" not in waiting(told)


def test_a_released_claim_waits_for_the_unit_again(cast):
    told = sent(cast)
    do(claim_referral, cast.ritva, told)
    with pytest.raises(NotNow):
        do(release_claim, cast.roope, told)
    do(release_claim, cast.ritva, told)
    assert waiting(told)["answer"].owner_unit_id == cast.unit("receivers").id


def test_a_colleague_may_take_over_and_the_trace_says_from_whom(cast):
    told = sent(cast)
    do(claim_referral, cast.ritva, told)
    do(claim_referral, cast.roope, told)
    assert told.now().moves.order_by("-at", "-id").first().note == "Ritva Halla"


def test_two_who_claim_at_once_do_not_both_get_it(cast):
    told = sent(cast)
    claim_referral(cast.ritva, referral_id=told.referral.id, version=told.referral.version)
    with pytest.raises(Conflict):
        claim_referral(cast.roope, referral_id=told.referral.id, version=told.referral.version)


def test_accepting_needs_a_day_and_takes_the_claim(cast):
    told = sent(cast)
    with pytest.raises(InvalidInput):
        do(accept_referral, cast.ritva, told, next_on=None)
    with pytest.raises(InvalidInput):
        do(accept_referral, cast.ritva, told, next_on=date(2026, 11, 1))
    do(accept_referral, cast.ritva, told, next_on=SOON)
    assert told.now().state == State.ACCEPTED
    assert waiting(told)["work"].owner_account_id == cast.ritva.account_id
    assert waiting(told)["work"].due_on == SOON


def test_the_network_opens_on_acceptance_only_if_everybody_at_home_permits_it(cast):
    scene = open_family(cast)
    _scene, referral = draft(cast, scene, ["words", "network"])
    unit = cast.unit("receivers")
    permit(cast.aino, scene, ["words", "network"], unit=unit)
    from solmu.referrals.actions import send_referral

    with pytest.raises(InvalidInput):
        send_referral(cast.aino, referral_id=referral.id, version=1, read_aloud=True)
    permit(cast.aino, scene, ["network"], who="Ville", unit=unit)
    send_referral(cast.aino, referral_id=referral.id, version=1, read_aloud=True)
    with pytest.raises(gate.NotPermitted):
        gate.require(cast.ritva, Deed.READ_NETWORK, scene.family_id)
    accept_referral(cast.ritva, referral_id=referral.id, version=2, next_on=SOON)
    assert gate.require(cast.ritva, Deed.READ_NETWORK, scene.family_id).covers(C.NETWORK | C.PLAN)


def test_without_that_permission_acceptance_opens_nothing_more(cast):
    told = sent(cast)
    do(accept_referral, cast.ritva, told, next_on=SOON)
    assert [grant.opens for grant in live(told)] == [C.PACKET]


def test_a_question_waits_for_the_pair_and_its_answer_starts_the_clock_anew(cast):
    told = sent(cast)
    question = do(ask_question, cast.ritva, told, text="Mihin aikaan voi soittaa?")
    assert waiting(told)["question"].owner_account_id in {cast.aino.account_id, cast.bertta.account_id}
    next_day = later(cast.aino, days=1)
    do(answer_question, next_day, told, question_id=question.id, answer="Arkisin kello 12.")
    assert "question" not in waiting(told)
    assert told.now().due_on == date(2026, 11, 5)
    with pytest.raises(NotNow):
        do(answer_question, next_day, told, question_id=question.id, answer="Uudelleen")


def test_a_rejection_needs_its_reason_and_comes_back_to_the_pair(cast):
    told = sent(cast)
    with pytest.raises(InvalidInput) as refused:
        do(reject_referral, cast.ritva, told, reason=" ")
    assert set(refused.value.errors) == {"reason"}
    do(reject_referral, cast.ritva, told, reason="Ei kuulu meille.")
    assert set(waiting(told)) == {"returned", "tell_family"}
    assert live(told) == []
    with pytest.raises(gate.OutOfScope):
        gate.require(cast.ritva, Deed.READ_PACKET, told.family_id)


def test_the_next_try_decides_what_came_back(cast):
    told = sent(cast)
    do(reject_referral, cast.ritva, told, reason="Ei kuulu meille.")
    prepare_referral(
        cast.aino,
        family_id=told.family_id,
        asked=ASKED,
        to_unit_id=cast.unit("other_receivers").id,
        after_id=told.referral.id,
    )
    assert told.now().successor.to_unit == cast.unit("other_receivers")
    assert set(waiting(told)) == {"tell_family"}


def test_a_redirect_leaves_the_pair_a_draft_and_opens_nothing_to_the_other(cast):
    told = sent(cast)
    other = cast.unit("other_receivers")
    with pytest.raises(InvalidInput):
        do(redirect_referral, cast.ritva, told, reason="Toinen osaa", to_unit_id=cast.unit("receivers").id)
    proposed = do(redirect_referral, cast.ritva, told, reason="Nuorten tiimi osaa tämän.", to_unit_id=other.id)
    assert told.now().state == State.REJECTED and told.now().successor_id == proposed.id
    assert proposed.state == State.DRAFT and proposed.items == told.referral.items
    assert Item.objects.filter(about_id=proposed.id, kind="draft", settled_at=None).count() == 2
    with pytest.raises(gate.OutOfScope):
        gate.require(cast.tuula, Deed.READ_PACKET, told.family_id)


def test_what_came_back_with_a_proposal_is_decided_when_the_proposal_is_sent(cast):
    told, other = sent(cast), cast.unit("other_receivers")
    proposed = do(redirect_referral, cast.ritva, told, reason="Nuorten tiimi osaa tämän.", to_unit_id=other.id)
    permit(cast.aino, told.scene, proposed.items, unit=other)
    assert set(waiting(told)) == {"returned", "tell_family"}
    send_referral(cast.aino, referral_id=proposed.id, version=1, read_aloud=True, ask_back_on=SOON)
    assert not told.now().came_back and set(waiting(told)) == {"tell_family"}


def test_the_waiting_list_has_a_reason_and_a_day(cast):
    told = sent(cast)
    with pytest.raises(NotNow):
        do(hold_referral, cast.ritva, told, reason="Jono", until=SOON)
    do(accept_referral, cast.ritva, told, next_on=SOON)
    with pytest.raises(InvalidInput):
        do(hold_referral, cast.ritva, told, reason="Jono", until=None, waiting_list=True)
    do(hold_referral, cast.ritva, told, reason="Jono", until=date(2026, 12, 1), waiting_list=True)
    assert told.now().waiting_list and waiting(told)["hold"].due_on == date(2026, 12, 1)
    do(start_work, cast.ritva, told, next_on=date(2026, 12, 15))
    assert not told.now().waiting_list and told.now().state_reason == ""


def test_work_is_told_of_and_completed_with_what_came_of_it(cast):
    told = sent(cast)
    do(accept_referral, cast.ritva, told, next_on=SOON)
    do(start_work, cast.ritva, told, next_on=SOON)
    with pytest.raises(InvalidInput):
        do(report_work, cast.ritva, told, next_on=SOON, note="")
    do(report_work, cast.ritva, told, next_on=SOON, note="Tavattiin kotona.")
    with pytest.raises(InvalidInput):
        do(complete_referral, cast.ritva, told, outcome="")
    do(complete_referral, cast.ritva, told, outcome="Velkaneuvonta alkoi.")
    assert set(waiting(told)) == {"tell_family"}
    assert live(told) == []


def test_what_failed_comes_back(cast):
    told = sent(cast)
    do(accept_referral, cast.ritva, told, next_on=SOON)
    do(fail_referral, cast.ritva, told, reason="Perhe muutti.")
    assert set(waiting(told)) == {"returned", "tell_family"}


def test_either_side_calls_off_and_says_why(cast):
    told = sent(cast)
    with pytest.raises(NotNow):
        do(cancel_referral, cast.ritva, told, reason="Ei tarvita", side=By.RECEIVER)
    do(accept_referral, cast.ritva, told, next_on=SOON)
    do(cancel_referral, cast.ritva, told, reason="Perhe ei enää tarvitse.", side=By.RECEIVER)
    assert told.now().state == State.CANCELLED

    again = sent(cast)
    with pytest.raises(InvalidInput):
        do(cancel_referral, cast.aino, again, reason="")
    do(cancel_referral, cast.aino, again, reason="Asia ratkesi.")
    assert live(again) == []
    notice = waiting(again)["ended_by_sender"]
    assert (notice.owner_unit_id, notice.record_id) == (cast.unit("receivers").id, None)
    assert "ended_by_sender" not in waiting(told)


def test_a_draft_that_is_given_up_asks_nobody_anything(cast):
    _scene, referral = draft(cast)
    cancel_referral(cast.aino, referral_id=referral.id, version=1, reason="Perhe mietti vielä.")
    assert not Item.objects.filter(about_id=referral.id, settled_at=None).exists()


def test_a_mistake_closes_at_once_and_the_unit_only_sees_that_it_ended(cast):
    told = sent(cast)
    do(accept_referral, cast.ritva, told, next_on=SOON)
    do(mark_entered_in_error, cast.aino, told)
    assert (live(told), set(waiting(told))) == ([], {"ended_by_sender"})
    with pytest.raises(NotNow):
        do(tell_family, cast.aino, told, told_on=cast.aino.today, help_came="yes")


def test_what_the_receiver_has_ended_itself_is_not_told_to_it_again(cast):
    told = sent(cast)
    do(reject_referral, cast.ritva, told, reason="Ei kuulu meille.")
    do(mark_entered_in_error, cast.aino, told)
    assert waiting(told) == {}


def test_the_loop_closes_only_at_the_family(cast):
    told = sent(cast)
    with pytest.raises(NotNow):
        do(tell_family, cast.aino, told, told_on=cast.aino.today, help_came="yes")
    do(reject_referral, cast.ritva, told, reason="Ei kuulu meille.")
    with pytest.raises(InvalidInput):
        do(tell_family, cast.aino, told, told_on=cast.aino.today)
    do(tell_family, cast.aino, told, told_on=cast.aino.today, ask_again_on=SOON)
    assert waiting(told)["tell_family"].due_on == SOON
    do(tell_family, cast.aino, told, told_on=cast.aino.today, help_came="no", words="Odotus oli raskas.")
    assert waiting(told) == {}


def test_the_queue_shows_only_what_rests_on_a_grant(cast):
    told = sent(cast)
    rows, counts = queue(cast.ritva, "unclaimed")
    assert [row.id for row in rows] == [told.referral.id] and counts == {"unclaimed": 1, "mine": 0, "all": 1}
    assert queue(cast.tuula, "all") == ([], {"unclaimed": 0, "mine": 0, "all": 0})
    do(claim_referral, cast.ritva, told)
    assert queue(cast.ritva, "mine")[1] == {"unclaimed": 0, "mine": 1, "all": 1}


def test_one_familys_two_referrals_to_a_unit_open_one_by_one(cast):
    first = sent(cast)
    second = sent(cast, scene=first.scene)
    do(reject_referral, cast.ritva, first, reason="Ei kuulu meille.")
    with pytest.raises(gate.OutOfScope):
        do(claim_referral, cast.ritva, first)
    do(claim_referral, cast.ritva, second)


@pytest.mark.parametrize("who", ["cecilia", "tuula", "outi", "aino"])
def test_nobody_else_answers_for_the_receiver(cast, who):
    told = sent(cast)
    with pytest.raises(gate.OutOfScope):
        do(accept_referral, cast.actor(who), told, next_on=SOON)


def test_the_receiver_does_not_reach_the_family_itself(cast):
    told = sent(cast)
    do(accept_referral, cast.ritva, told, next_on=SOON)
    for deed in (Deed.READ_FAMILY, Deed.READ_SITUATION, Deed.READ_PERMISSIONS, Deed.READ_SENT_REFERRAL):
        with pytest.raises(gate.NotPermitted):
            gate.require(cast.ritva, deed, told.family_id)
