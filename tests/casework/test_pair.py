"""Pair work: two equals in a case; when one is replaced, access and everything that waits change hands with it."""

import pytest

from solmu.access import gate
from solmu.access.deeds import Deed
from solmu.agenda.models import Item
from solmu.casework.actions.cases import change_pair, open_case, set_looks_after
from solmu.casework.models import CaseWorker
from solmu.casework.queries.records import AnotherUnits
from solmu.kernel.errors import InvalidInput
from tests.cast import later
from tests.scenes import a_contact, open_family

pytestmark = pytest.mark.django_db


def replace_bertta(cast, scene, actor=None):
    return change_pair(
        actor or cast.aino,
        case_id=scene.case_id,
        leaves_account_id=cast.bertta.account_id,
        joins_account_id=cast.cecilia.account_id,
    )


def test_the_record_closes_for_who_leaves_and_opens_for_who_joins(cast):
    scene = open_family(cast)
    replace_bertta(cast, scene)
    assert gate.require(later(cast.cecilia, minutes=1), Deed.WRITE_CASE, scene.family_id)
    with pytest.raises(gate.OutOfScope):
        gate.require(later(cast.bertta, minutes=1), Deed.READ_FAMILY, scene.family_id)


def test_what_waited_for_who_leaves_waits_for_who_joins(cast):
    scene = open_family(cast)
    replace_bertta(cast, scene)
    owners = Item.objects.filter(record_id=scene.family_id, settled_at=None).values_list("owner_account_id", flat=True)
    assert set(owners) == {cast.aino.account_id, cast.cecilia.account_id}


def test_who_leaves_may_hand_over_by_themselves(cast):
    scene = open_family(cast)
    replace_bertta(cast, scene, actor=cast.bertta)
    assert gate.require(later(cast.cecilia, minutes=1), Deed.WRITE_CASE, scene.family_id)


def test_the_former_worker_stays_in_the_history(cast):
    scene = open_family(cast)
    replace_bertta(cast, scene)
    former = CaseWorker.objects.get(case_id=scene.case_id, until__isnull=False)
    assert (former.name, former.until) == ("Bertta Niemi", cast.aino.at)


def test_a_found_pair_ends_the_search(cast):
    scene = open_family(cast, pair=None)
    change_pair(cast.aino, case_id=scene.case_id, joins_account_id=cast.bertta.account_id)
    assert not Item.objects.filter(record_id=scene.family_id, kind="pair", settled_at=None).exists()
    waiting = Item.objects.filter(record_id=scene.family_id, kind="map", settled_at=None)
    assert set(waiting.values_list("owner_account_id", flat=True)) == {cast.aino.account_id, cast.bertta.account_id}


def test_a_third_worker_takes_the_place_of_one_of_the_two(cast):
    scene = open_family(cast)
    with pytest.raises(InvalidInput, match="who leaves"):
        change_pair(cast.aino, case_id=scene.case_id, joins_account_id=cast.cecilia.account_id)


def test_somebody_of_the_pair_does_not_join_it_again(cast):
    scene = open_family(cast)
    with pytest.raises(InvalidInput, match="already"):
        change_pair(
            cast.aino,
            case_id=scene.case_id,
            leaves_account_id=cast.aino.account_id,
            joins_account_id=cast.bertta.account_id,
        )


def test_a_colleague_without_a_grant_cannot_step_in(cast):
    scene = open_family(cast)
    with pytest.raises(gate.OutOfScope):
        replace_bertta(cast, scene, actor=cast.cecilia)


def test_what_each_looks_after_is_recorded_and_changes_nothing_else(cast):
    scene = open_family(cast)
    set_looks_after(cast.aino, case_id=scene.case_id, account_id=cast.bertta.account_id, looks_after="Raha-asiat")
    assert CaseWorker.objects.get(case_id=scene.case_id, name="Bertta Niemi").looks_after == "Raha-asiat"
    assert gate.require(cast.bertta, Deed.WRITE_CASE, scene.family_id)


def test_another_units_pair_is_its_own_to_change(cast):
    scene = open_family(cast)
    contact = a_contact(cast.outi)
    open_case(cast.outi, contact_id=contact.id, family_id=scene.family_id, no_pair_yet=True)
    with pytest.raises(AnotherUnits):
        set_looks_after(cast.outi, case_id=scene.case_id, account_id=cast.aino.account_id, looks_after="Kaikki")
