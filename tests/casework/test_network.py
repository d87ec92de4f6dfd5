"""The network: chosen by the family, meets with the family, and what it agrees waits for nobody unseen."""

from dataclasses import replace
from datetime import timedelta

import pytest

from solmu.access import gate
from solmu.access.actor import Actor
from solmu.access.deeds import Deed
from solmu.access.models import Grant
from solmu.agenda.models import Item
from solmu.casework.actions.network import add_member, agree_meeting, cancel_meeting, hold_meeting, set_member_state
from solmu.casework.actions.promises import make_promise, record_promise_view, settle_own_promise, settle_promise
from solmu.casework.models import Case, NetworkMember, Promise
from solmu.casework.queries.network import case_here, network, own_promises
from solmu.kernel.errors import Conflict, InvalidInput, NotNow
from tests.cast import MONDAY, later
from tests.scenes import open_family

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(cast):
    return open_family(cast)


def waiting(about_id) -> list[tuple[str, object]]:
    rows = Item.objects.filter(about_id=about_id, settled_at=None).order_by("kind", "owner_account_id")
    return [(row.kind, row.owner_account_id) for row in rows]


def invite(actor: Actor, scene, **said) -> NetworkMember:
    member = add_member(actor, case_id=scene.case_id, **{"kind": "professional", "name": "Opettaja", **said})
    return set_member_state(actor, member_id=member.id, version=member.version, state="joined")


def meeting_of(actor: Actor, scene, **said):
    return agree_meeting(actor, case_id=scene.case_id, **{"starts_at": MONDAY + timedelta(days=3), **said})


def hold(actor: Actor, meeting, **said):
    usual = {"present_ids": [], "family_present": True, "agreed": "Tavataan joulukuussa."}
    return hold_meeting(actor, meeting_id=meeting.id, version=meeting.version, **{**usual, **said})


def test_the_pair_and_the_family_are_there_from_the_beginning(cast, scene):
    add_member(cast.aino, case_id=scene.case_id, kind="close", name="Mummo")
    names = set(NetworkMember.objects.values_list("name", flat=True))
    assert names == {"Mummo", "Aino Salmi", "Bertta Niemi"} | {str(person) for person in scene.people.values()}


def test_a_stranger_may_not_add_to_the_network(cast, scene):
    with pytest.raises(gate.OutOfScope):
        add_member(cast.cecilia, case_id=scene.case_id, kind="close", name="Mummo")
    assert not NetworkMember.objects.exists()


def test_nobody_is_invited_before_the_family_has_chosen(cast, scene):
    member = add_member(cast.aino, case_id=scene.case_id, kind="close", name="Naapuri", chosen_by_family=False)
    with pytest.raises(InvalidInput):
        set_member_state(cast.aino, member_id=member.id, version=1, state="invited")
    set_member_state(cast.aino, member_id=member.id, version=1, state="invited", family_agrees=True)
    member.refresh_from_db()
    assert (member.state, member.chosen_by_family) == ("invited", True)


def test_two_who_move_the_same_member_learn_of_each_other(cast, scene):
    member = add_member(cast.aino, case_id=scene.case_id, kind="close", name="Mummo")
    set_member_state(cast.aino, member_id=member.id, version=1, state="joined")
    with pytest.raises(Conflict):
        set_member_state(cast.bertta, member_id=member.id, version=1, state="left")


def test_an_unknown_address_is_told_plainly(cast, scene):
    with pytest.raises(InvalidInput, match="Nobody uses Solmu"):
        add_member(cast.aino, case_id=scene.case_id, kind="professional", account_email="nobody@example.org")


def test_a_meeting_waits_for_both_of_the_pair(cast, scene):
    meeting = meeting_of(cast.aino, scene)
    assert waiting(meeting.id) == sorted(
        [("meeting", cast.aino.account_id), ("meeting", cast.bertta.account_id)], key=lambda row: str(row[1])
    )


def test_a_meeting_waits_for_the_receiver_too(cast, scene):
    open_to_receivers(cast, scene)
    meeting = meeting_of(cast.ritva, scene)
    units = Item.objects.filter(about_id=meeting.id).exclude(owner_unit_id=None).values_list("owner_unit_id", flat=True)
    assert list(units) == [cast.unit("receivers").id]


def open_to_receivers(cast, scene):
    from solmu.access.classes import InformationClass as C
    from solmu.access.grants import Basis, open_grant
    from solmu.kernel.ids import new_id

    open_grant(
        subject=(Grant.Subject.UNIT, cast.unit("receivers").id),
        record_id=scene.family_id,
        classes=C.NETWORK | C.PLAN,
        basis=Basis(Grant.Basis.REFERRAL, new_id()),
        purpose="support",
        valid_from=MONDAY - timedelta(days=1),
        may_write=True,
    )


def test_a_meeting_without_the_family_needs_a_reason(cast, scene):
    meeting = meeting_of(cast.aino, scene)
    then = later(cast.aino, days=3)
    with pytest.raises(InvalidInput) as refused:
        hold(then, meeting, family_present=False)
    assert "family_absent_reason" in refused.value.errors
    held = hold(then, meeting, family_present=False, family_absent_reason="Lapsi sairastui.")
    assert held.state == "held"


def test_a_meeting_is_not_held_before_its_day(cast, scene):
    with pytest.raises(InvalidInput):
        hold(cast.aino, meeting_of(cast.aino, scene))


def test_the_end_of_the_action_period_waits_for_the_pair_until_the_next_meeting(cast, scene):
    meeting, then = meeting_of(cast.aino, scene), later(cast.aino, days=3)
    hold(then, meeting, period_ends_on=then.today + timedelta(days=28))
    assert {kind for kind, _owner in waiting(meeting.id)} == {"period"}
    meeting_of(then, scene, starts_at=then.at + timedelta(days=28))
    assert waiting(meeting.id) == []


def test_a_cancelled_meeting_waits_for_nobody(cast, scene):
    meeting = meeting_of(cast.aino, scene)
    with pytest.raises(InvalidInput):
        cancel_meeting(cast.aino, meeting_id=meeting.id, version=1, reason=" ")
    cancel_meeting(cast.aino, meeting_id=meeting.id, version=1, reason="Sairaus")
    assert waiting(meeting.id) == []
    with pytest.raises(NotNow):
        hold(later(cast.aino, days=3), meeting)


def promise_of(cast, scene, *, email="paula@example.org", sees_name=False) -> Promise:
    member = invite(cast.aino, scene, account_email=email, sees_name=sees_name, in_role="luokanopettaja")
    return make_promise(
        cast.aino,
        case_id=scene.case_id,
        member_id=member.id,
        deed="Soittaa perheelle tiistaina",
        due_on=MONDAY.date() + timedelta(days=8),
    )


def test_a_promise_waits_for_its_promiser_and_opens_nothing_else(cast, scene):
    promise = promise_of(cast, scene)
    assert waiting(promise.id) == [("promise", cast.paula.account_id)]
    assert [row.deed for row in own_promises(cast.paula)] == ["Soittaa perheelle tiistaina"]
    for deed in (Deed.READ_FAMILY, Deed.READ_NETWORK, Deed.READ_SITUATION):
        with pytest.raises(gate.AccessRefused):
            gate.require(cast.paula, deed, scene.family_id)


def test_a_promiser_who_is_a_counsellor_elsewhere_reads_no_more_than_own_promises(cast, scene):
    promise_of(cast, scene, email="outi@example.org", sees_name=True)
    assert own_promises(cast.outi)[0].family == "Kallio"
    with pytest.raises(gate.AccessRefused):
        gate.require(cast.outi, Deed.READ_FAMILY, scene.family_id)


def test_the_familys_name_stands_only_where_the_family_lets_it(cast, scene):
    promise = promise_of(cast, scene)
    assert own_promises(cast.paula)[0].family == promise.case.family.reference


def test_somebody_elses_promise_does_not_exist_for_a_promiser(cast, scene):
    promise = promise_of(cast, scene)
    with pytest.raises(gate.OutOfScope):
        settle_own_promise(cast.ritva, promise_id=promise.id, version=1, state="kept")
    assert own_promises(cast.ritva) == []


def test_one_who_keeps_an_own_promise_lets_the_family_be_asked(cast, scene):
    promise = promise_of(cast, scene)
    settle_own_promise(later(cast.paula, days=1), promise_id=promise.id, version=1, state="kept")
    assert {kind for kind, _owner in waiting(promise.id)} == {"promise_view"}
    record_promise_view(cast.bertta, promise_id=promise.id, version=2, helped="yes", words="Auttoi paljon.")
    assert waiting(promise.id) == []


def test_a_promise_ends_once(cast, scene):
    promise = promise_of(cast, scene)
    settle_promise(cast.aino, promise_id=promise.id, version=1, state="kept")
    with pytest.raises(NotNow):
        settle_promise(cast.bertta, promise_id=promise.id, version=2, state="not_kept", word="Unohtui")


def test_a_broken_promise_is_told_with_a_word(cast, scene):
    promise = promise_of(cast, scene)
    with pytest.raises(InvalidInput):
        settle_promise(cast.aino, promise_id=promise.id, version=1, state="not_kept")


def test_only_who_has_joined_can_promise(cast, scene):
    member = add_member(cast.aino, case_id=scene.case_id, kind="close", name="Mummo")
    with pytest.raises(InvalidInput) as refused:
        make_promise(cast.aino, case_id=scene.case_id, member_id=member.id, deed="Leipoo", due_on=MONDAY.date())
    assert "member" in refused.value.errors


def test_one_struck_out_sees_nothing_and_the_promise_returns_to_the_pair(cast, scene):
    promise = promise_of(cast, scene)
    member = NetworkMember.objects.get(pk=promise.member_id)
    set_member_state(cast.aino, member_id=member.id, version=member.version, state="left")
    assert own_promises(later(cast.paula, minutes=1)) == []
    assert {owner for _kind, owner in waiting(promise.id)} == {cast.aino.account_id, cast.bertta.account_id}


def test_the_networks_page_asks_the_same_number_of_questions_for_one_and_for_many(
    cast, scene, django_assert_max_num_queries
):
    for number in range(12):
        member = invite(cast.aino, scene, name=f"Jäsen {number}")
        make_promise(cast.aino, case_id=scene.case_id, member_id=member.id, deed=f"Teko {number}", due_on=MONDAY.date())
        meeting_of(cast.aino, scene)
    access = gate.require(replace(cast.aino, asked=[]), Deed.READ_NETWORK, scene.family_id)
    with django_assert_max_num_queries(10):
        found = network(access, case_here(access))
    assert len(found.promises) == len(found.meetings) == 12


def test_nothing_is_added_to_work_that_has_ended(cast, scene):
    Case.objects.update(state=Case.State.CLOSED)
    with pytest.raises(NotNow):
        add_member(cast.aino, case_id=scene.case_id, kind="close", name="Mummo")
