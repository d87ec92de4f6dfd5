"""Somebody stops working in a unit: no grant stays behind, and nothing waits unseen."""

from datetime import timedelta

import pytest

from solmu.access import gate
from solmu.access.actor import system
from solmu.access.deeds import Deed
from solmu.access.models import Grant
from solmu.agenda.models import Item
from solmu.casework.actions.cases import change_pair
from solmu.casework.actions.leaving import release_who_left
from solmu.casework.models import CaseWorker
from solmu.organisations.models import Membership
from tests.cast import later
from tests.scenes import open_family

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


def test_doing_it_again_changes_nothing(cast):
    scene = open_family(cast)
    leave(cast, "aino", "bertta")
    assert release_who_left(system(later(cast.aino, hours=2).at)) == 0
    assert Grant.objects.filter(record_id=scene.family_id, closed_at=None).count() == 1
