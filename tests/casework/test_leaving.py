"""Somebody stops working in a unit: no grant stays behind, and nothing waits unseen."""

from datetime import timedelta

import pytest

from solmu.access import gate
from solmu.access.actor import system
from solmu.access.deeds import Deed
from solmu.access.models import Grant
from solmu.agenda.models import Item
from solmu.casework.actions.cases import change_pair
from solmu.casework.actions.contacts import end_with_advice, update_contact
from solmu.casework.actions.leaving import release_who_left
from solmu.casework.actions.network import add_member, set_member_state
from solmu.casework.actions.promises import make_promise
from solmu.casework.models import CaseWorker
from solmu.organisations.models import Membership
from tests.cast import later
from tests.scenes import a_contact, open_family

pytestmark = pytest.mark.django_db


def leave(cast, *names):
    """Ends the work of these people yesterday, and lets the clock go by."""
    accounts = [cast.account(name).id for name in names]
    Membership.objects.filter(account_id__in=accounts).update(ended_on=cast.aino.today - timedelta(days=1))
    return release_who_left(system(later(cast.aino, hours=1).at))


def waiting(scene):
    return Item.objects.filter(record_id=scene.family_id, settled_at=None)


def test_nothing_happens_while_everybody_works(cast):
    open_family(cast)
    assert release_who_left(system(cast.aino.at)) == 0


def test_the_record_closes_to_who_has_left_the_unit(cast):
    scene = open_family(cast)
    assert leave(cast, "bertta") == 1
    assert not Grant.objects.filter(subject_id=cast.account("bertta").id, closed_at=None).exists()
    assert CaseWorker.objects.get(case_id=scene.case_id, account_id=cast.account("bertta").id).until


def test_who_has_moved_to_another_unit_takes_no_family_along(cast):
    scene = open_family(cast)
    Membership.objects.create(
        account=cast.account("bertta"), unit=cast.unit("school"), role="partner", started_on=cast.aino.today
    )
    Membership.objects.filter(account=cast.account("bertta"), unit=cast.unit("counselling")).update(
        ended_on=cast.aino.today - timedelta(days=1)
    )
    release_who_left(system(cast.aino.at))
    with pytest.raises(gate.OutOfScope):
        gate.require(cast.actor("bertta", later(cast.aino, hours=1).at), Deed.READ_OWN_PROMISES, scene.family_id)


def test_a_closed_account_leaves_at_once(cast):
    open_family(cast)
    type(cast.account("bertta")).objects.filter(pk=cast.account("bertta").pk).update(is_active=False)
    assert release_who_left(system(cast.aino.at)) == 1


def test_who_stays_has_all_that_waits_once_and_looks_for_a_pair(cast):
    scene = open_family(cast)
    before = set(waiting(scene).filter(owner_account_id=cast.aino.account_id).values_list("kind", flat=True))
    leave(cast, "bertta")
    left = waiting(scene).values_list("kind", "owner_account_id")
    assert sorted(left) == sorted((kind, cast.aino.account_id) for kind in before | {"pair"})


def test_with_nobody_left_the_unit_sees_whose_work_waits_and_no_more(cast):
    scene = open_family(cast)
    assert leave(cast, "aino", "bertta") == 2
    assert set(waiting(scene).values_list("owner_unit_id", flat=True)) == {cast.unit("counselling").id}
    cecilia = later(cast.cecilia, hours=2)
    assert gate.require(cecilia, Deed.READ_FAMILY, scene.family_id)
    with pytest.raises(gate.NotPermitted):
        gate.require(cecilia, Deed.READ_SITUATION, scene.family_id)


def test_a_colleague_takes_the_work_on_and_the_unit_sees_it_no_longer(cast):
    scene = open_family(cast)
    leave(cast, "aino", "bertta")
    cecilia = later(cast.cecilia, hours=2)
    change_pair(cecilia, case_id=scene.case_id, joins_account_id=cecilia.account_id)
    assert gate.require(cecilia, Deed.READ_SITUATION, scene.family_id)
    assert not Grant.objects.filter(subject_id=cast.unit("counselling").id, closed_at=None).exists()
    owners = set(waiting(scene).values_list("owner_account_id", "owner_unit_id"))
    assert owners == {(cecilia.account_id, None)}
    assert waiting(scene).filter(kind="pair").count() == 1


# Contacts, and promises of others


def owners(contact):
    waits = Item.objects.filter(about_id=contact.id, settled_at=None)
    return set(waits.values_list("kind", "owner_account_id", "owner_unit_id"))


def test_a_contact_goes_on_with_the_other_who_took_it(cast):
    contact = a_contact(cast.aino, pair_account_id=cast.bertta.account_id)
    assert leave(cast, "aino") == 1
    assert owners(contact) == {("contact", cast.bertta.account_id, None)}
    with pytest.raises(gate.OutOfScope):
        gate.require(later(cast.aino, hours=2), Deed.READ_CONTACT, contact.id)


def test_a_contact_for_which_nobody_is_left_waits_in_the_unit_which_goes_on_with_it(cast):
    contact, unit = a_contact(cast.aino, safety="unsure"), cast.unit("counselling").id
    leave(cast, "aino")
    assert owners(contact) == {("contact", None, unit), ("safety", None, unit)}
    cecilia = later(cast.cecilia, hours=2)
    contact = update_contact(cecilia, contact_id=contact.id, expected=contact.version, would_help="Velkaneuvonta")
    assert owners(contact) == {("contact", None, unit), ("safety", None, unit)}
    end_with_advice(cecilia, contact_id=contact.id, expected=contact.version, advice="Soita velkaneuvontaan")
    assert gate.require(later(cast.cecilia, hours=3), Deed.READ_CONTACT, contact.id)
    assert leave(cast, "aino") == 0


def test_advice_of_who_left_opens_to_nobody_when_nothing_waits(cast):
    contact = a_contact(cast.aino, safety="safe")
    end_with_advice(cast.aino, contact_id=contact.id, expected=contact.version, advice="Soita velkaneuvontaan")
    assert leave(cast, "aino") == 1
    with pytest.raises(gate.OutOfScope):
        gate.require(later(cast.cecilia, hours=2), Deed.READ_CONTACT, contact.id)


def test_a_promise_of_who_no_longer_works_anywhere_waits_for_the_pair(cast):
    scene = open_family(cast)
    partner = {"kind": "professional", "name": "Paula", "account_email": "paula@example.org"}
    member = add_member(cast.aino, case_id=scene.case_id, **partner)
    set_member_state(cast.aino, member_id=member.id, version=1, state="joined")
    told = {"case_id": scene.case_id, "member_id": member.id, "due_on": cast.aino.today}
    promise = make_promise(cast.aino, deed="Soittaa", **told)
    assert leave(cast, "paula") == 1
    pair = {cast.aino.account_id, cast.bertta.account_id}
    assert owners(promise) == {("promise", account, None) for account in pair}
    assert leave(cast, "paula") == 0


def test_doing_it_again_changes_nothing(cast):
    scene = open_family(cast)
    leave(cast, "aino", "bertta")
    assert release_who_left(system(later(cast.aino, hours=2).at)) == 0
    assert Grant.objects.filter(record_id=scene.family_id, closed_at=None).count() == 1
