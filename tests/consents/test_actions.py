"""A yes, a no and a yes taken back are rows that stay."""

from datetime import date, timedelta

import pytest

from solmu.access import gate
from solmu.access.actor import system
from solmu.access.classes import InformationClass as C
from solmu.access.grants import Basis, open_grant
from solmu.access.models import Grant
from solmu.accesslog.models import Entry
from solmu.agenda.models import Item
from solmu.consents.actions import (
    end_permissions,
    give_permission,
    record_participation,
    refuse_permission,
    withdraw_permission,
)
from solmu.consents.models import Participation, Permission
from solmu.consents.rules import TOLD, own_part_of
from solmu.kernel.errors import InvalidInput, Refused
from solmu.kernel.ids import new_id
from tests.cast import later
from tests.referrals.scenes import UNTIL, permit
from tests.scenes import open_family

pytestmark = pytest.mark.django_db


def test_a_permission_reminds_the_pair_of_its_end(cast):
    scene = open_family(cast)
    given = permit(cast.aino, scene, ["words"], unit=cast.unit("receivers"))
    items = Item.objects.filter(about_id=given.id, kind="permission_ends", settled_at=None)
    owners = set(items.values_list("owner_account_id", "due_on"))
    assert owners == {(cast.aino.account_id, UNTIL), (cast.bertta.account_id, UNTIL)}
    assert Entry.objects.filter(record_id=scene.family_id, deed="write_permissions").exists()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"valid_to": None}, "valid_to"),
        ({"valid_to": date(2026, 11, 1)}, "valid_to"),
        ({"told": TOLD[:2]}, "told"),
        ({"interpreter_present": True}, "told"),
        ({"how": "interpreted"}, "told"),
        ({"how": "by_pigeon"}, "how"),
        ({"purpose": " "}, "purpose"),
        ({"unit": None}, "receiver"),
        ({"items": []}, "items"),
    ],
)
def test_an_incomplete_permission_is_none(cast, changed, field):
    scene = open_family(cast)
    fields = {"items": ["words"], "unit": cast.unit("receivers")} | changed
    with pytest.raises(InvalidInput) as refused:
        permit(cast.aino, scene, fields.pop("items"), **fields)
    assert field in refused.value.errors
    assert not Permission.objects.exists()


def test_an_interpreter_is_recorded_and_is_never_of_the_family(cast):
    scene = open_family(cast)
    told = [*TOLD, "interpreter_is_not_family"]
    given = permit(
        cast.aino, scene, ["words"], unit=cast.unit("receivers"), how="interpreted", told=told, language="so"
    )
    assert given.interpreter_present and given.language == "so"


def test_a_refusal_is_a_row_with_its_items(cast):
    scene = open_family(cast)
    given = permit(cast.aino, scene, ["words"], unit=cast.unit("receivers"), refused_items=["network", "words"])
    assert given.refused_items == ["network"]
    refused = refuse_permission(
        cast.aino,
        family_id=scene.family_id,
        person_id=scene.people["Ville"].id,
        refused_items=["words"],
        purpose="Apu",
        how="oral",
        receiver_unit_id=cast.unit("receivers").id,
    )
    assert (refused.state, refused.items, refused.refused_items) == ("refused", [], ["words"])
    assert not Item.objects.filter(about_id=refused.id).exists()


def test_a_child_does_not_answer_for_others_but_does_for_the_own_part(cast):
    scene = open_family(cast)
    unit = cast.unit("receivers")
    with pytest.raises(InvalidInput) as refused:
        permit(cast.aino, scene, ["words"], who="Siiri", unit=unit)
    assert set(refused.value.errors) == {"person"}
    permit(cast.aino, scene, [own_part_of(scene.people["Siiri"].id)], who="Siiri", unit=unit)


def test_a_young_person_who_understands_answers(cast):
    scene = open_family(cast)
    siiri = scene.people["Siiri"]
    siiri.decides_self = True
    siiri.save()
    permit(cast.aino, scene, ["words"], who="Siiri", unit=cast.unit("receivers"))


def test_somebody_elses_child_is_not_in_the_record(cast):
    scene, other = open_family(cast), open_family(cast, name="Toinen")
    with pytest.raises(Refused):
        give_permission(
            cast.aino,
            family_id=scene.family_id,
            person_id=other.people["Minna"].id,
            items=["words"],
            purpose="Apu",
            valid_to=UNTIL,
            how="oral",
            told=TOLD,
            receiver_unit_id=cast.unit("receivers").id,
        )


def test_withdrawal_closes_the_grants_that_rest_on_the_permission(cast):
    scene = open_family(cast)
    given = permit(cast.aino, scene, ["words"], unit=cast.unit("receivers"))
    open_grant(
        subject=(Grant.Subject.UNIT, cast.unit("receivers").id),
        record_id=scene.family_id,
        classes=C.PACKET,
        basis=Basis(Grant.Basis.PERMISSION, given.id),
        purpose="referral",
        valid_from=cast.aino.at,
    )
    withdrawn = withdraw_permission(cast.aino, permission_id=given.id, how="signed")
    assert [(one.id, one.state, one.withdrawn_how) for one in withdrawn] == [(given.id, "withdrawn", "signed")]
    assert not Grant.objects.filter(basis_id=given.id, closed_at=None).exists()
    assert not Item.objects.filter(about_id=given.id, settled_at=None).exists()


def test_the_clock_ends_what_has_passed_and_nothing_else(cast):
    scene = open_family(cast)
    soon = permit(cast.aino, scene, ["words"], unit=cast.unit("receivers"), valid_to=date(2026, 11, 4))
    permit(cast.aino, scene, ["words"], unit=cast.unit("other_receivers"))
    assert end_permissions(system(later(cast.aino, days=2).at)) == []
    assert end_permissions(system(later(cast.aino, days=3).at)) == [soon.id]


def test_taking_part_is_asked_of_each_and_asked_again_on_a_day(cast):
    scene, proposal = open_family(cast), new_id()
    said = {"family_id": scene.family_id, "person_id": scene.people["Minna"].id, "about_id": proposal, "how": "oral"}
    with pytest.raises(InvalidInput):
        record_participation(cast.aino, answer="later", **said)
    record_participation(cast.aino, answer="later", ask_again_on=date(2026, 11, 20), **said)
    record_participation(later(cast.aino, days=1), answer="yes", **said)
    row = Participation.objects.get()
    assert (row.answer, row.ask_again_on, row.version) == ("yes", None, 2)
    with pytest.raises(InvalidInput):
        record_participation(cast.aino, **(said | {"answer": "yes", "how": "telepathy"}))


@pytest.mark.parametrize("who", ["cecilia", "outi", "tuula"])
def test_nobody_outside_the_pair_records_anything(cast, who):
    scene = open_family(cast)
    with pytest.raises(gate.OutOfScope):
        permit(cast.actor(who), scene, ["words"], unit=cast.unit("receivers"))


def test_a_permission_begins_on_the_day_it_is_given(cast):
    scene = open_family(cast)
    given = permit(cast.aino, scene, ["words"], unit=cast.unit("receivers"))
    assert given.valid_from == cast.aino.today
    assert given.valid_to - given.valid_from > timedelta(0)
