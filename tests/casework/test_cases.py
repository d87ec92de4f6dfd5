"""Cases: a pair of equals answers for a family, and the record is open to them for as long as they do."""

from datetime import date

import pytest

from solmu.access import gate
from solmu.access.deeds import Deed
from solmu.access.models import Grant
from solmu.accesslog.models import Entry
from solmu.agenda.models import Item
from solmu.casework.actions.cases import HasItsPair, open_case, pass_contact, reopen_case
from solmu.casework.actions.contacts import end_with_advice
from solmu.casework.models import Case, CaseWorker, Contact
from solmu.casework.rules.classes import PAIR_CLASSES
from solmu.families.models import Family
from solmu.kernel.errors import InvalidInput, NotNow
from solmu.kernel.ids import new_id
from tests.cast import later
from tests.scenes import a_contact, open_family

pytestmark = pytest.mark.django_db


def waits(record_id, kind):
    """Who waits for what on the record, and when."""
    rows = Item.objects.filter(record_id=record_id, kind=kind, settled_at=None)
    return {row.owner_account_id: row.due_on for row in rows}


def test_both_of_the_pair_may_do_the_same(cast):
    scene = open_family(cast)
    for actor in (cast.aino, cast.bertta):
        access = gate.require(actor, Deed.WRITE_CASE, scene.family_id)
        assert (access.basis, access.writable) == (Grant.Basis.CASE, PAIR_CLASSES)
    workers = CaseWorker.objects.filter(case_id=scene.case_id, until=None)
    assert {worker.name for worker in workers} == {"Aino Salmi", "Bertta Niemi"}


@pytest.mark.parametrize("name", ["cecilia", "outi", "ritva", "paula", "kaisa", "tapio", "hilla"])
def test_the_family_is_open_to_nobody_else(cast, name):
    scene = open_family(cast)
    with pytest.raises(gate.OutOfScope):
        gate.require(cast.actor(name), Deed.READ_FAMILY, scene.family_id)


def test_the_contact_becomes_part_of_the_familys_record(cast):
    scene = open_family(cast)
    contact = Contact.objects.get(pk=scene.contact_id)
    assert (contact.state, contact.record_id) == ("case", scene.family_id)
    assert not Grant.objects.filter(basis_id=contact.id, closed_at=None).exists()
    assert waits(contact.id, "contact") == {}


def test_the_beginning_is_logged_on_the_ground_of_the_case(cast):
    scene = open_family(cast)
    entries = Entry.objects.filter(record_id=scene.family_id).order_by("sequence")
    assert [(entry.deed, entry.basis, entry.basis_id) for entry in entries] == [
        ("write_family", "case", scene.case_id),
        ("write_case", "case", scene.case_id),
    ]


def test_the_map_waits_for_both(cast):
    scene = open_family(cast)
    on = date(2026, 11, 9)
    assert waits(scene.family_id, "map") == {cast.aino.account_id: on, cast.bertta.account_id: on}


def test_nobody_works_alone_by_accident(cast):
    contact = a_contact(cast.aino)
    with pytest.raises(InvalidInput, match="pair"):
        open_case(cast.aino, contact_id=contact.id, new_family={"name": "Kallio"})
    assert not Family.objects.exists()


def test_working_alone_puts_finding_a_pair_on_the_agenda(cast):
    scene = open_family(cast, pair=None)
    assert waits(scene.family_id, "pair") == {cast.aino.account_id: date(2026, 11, 3)}


def test_an_unanswered_question_about_safety_goes_on_waiting_for_the_pair(cast):
    contact = a_contact(cast.aino, safety="unsure")
    case = open_case(
        cast.aino,
        contact_id=contact.id,
        new_family={"name": "Kallio"},
        pair_account_id=cast.bertta.account_id,
    )
    on = date(2026, 11, 3)
    assert waits(case.family_id, "safety") == {cast.aino.account_id: on, cast.bertta.account_id: on}


def test_what_is_wrong_with_a_person_is_told_at_its_field_and_nothing_is_begun(cast):
    contact = a_contact(cast.aino)
    people = [{"place": "adult", "first_names": ""}]
    with pytest.raises(InvalidInput) as refused:
        open_case(
            cast.aino,
            contact_id=contact.id,
            new_family={"name": "Kallio", "people": people},
            pair_account_id=cast.bertta.account_id,
        )
    assert list(refused.value.errors) == ["people-0-first_names"]
    assert not Case.objects.exists()
    assert not Grant.objects.filter(basis="case").exists()


def test_a_family_that_the_own_organisation_keeps_is_reached_through_a_new_contact(cast):
    scene = open_family(cast)
    contact = a_contact(cast.outi)
    case = open_case(cast.outi, contact_id=contact.id, family_id=scene.family_id, no_pair_yet=True)
    assert case.unit_id == cast.unit("other_desk").id
    assert gate.require(cast.outi, Deed.READ_FAMILY, scene.family_id)
    assert Entry.objects.filter(record_id=scene.family_id, account_id=cast.outi.account_id, basis_id=case.id).exists()
    told = Item.objects.filter(about_id=case.id, kind=Item.Kind.ANOTHER_UNIT).values_list("owner_account_id", flat=True)
    assert set(told) == {cast.aino.account_id, cast.bertta.account_id}


def test_without_a_contact_a_family_that_nobody_opened_stays_closed(cast):
    scene = open_family(cast)
    with pytest.raises(gate.OutOfScope):
        open_case(cast.outi, family_id=scene.family_id, no_pair_yet=True)


@pytest.mark.parametrize("hidden", [{"restricted": True}, {"organisation_id": new_id()}])
def test_a_restricted_family_or_another_keepers_is_not_reached_by_a_contact(cast, hidden):
    scene = open_family(cast)
    Family.objects.filter(pk=scene.family_id).update(**hidden)
    contact = a_contact(cast.outi)
    with pytest.raises(gate.OutOfScope):
        open_case(cast.outi, contact_id=contact.id, family_id=scene.family_id, no_pair_yet=True)


def test_a_unit_works_with_a_family_once_and_a_colleague_passes_the_contact_on(cast):
    scene = open_family(cast)
    contact = a_contact(cast.cecilia)
    with pytest.raises(HasItsPair):
        open_case(cast.cecilia, contact_id=contact.id, family_id=scene.family_id, no_pair_yet=True)
    pass_contact(cast.cecilia, contact_id=contact.id, family_id=scene.family_id)
    assert set(waits(scene.family_id, "contact")) == {cast.aino.account_id, cast.bertta.account_id}
    with pytest.raises(gate.OutOfScope):
        gate.require(later(cast.cecilia, minutes=1), Deed.READ_CONTACT, scene.family_id)


def test_a_contact_is_not_passed_to_a_family_with_which_the_unit_does_not_work(cast):
    scene = open_family(cast)
    contact = a_contact(cast.outi)
    with pytest.raises(gate.OutOfScope):
        pass_contact(cast.outi, contact_id=contact.id, family_id=scene.family_id)


def test_advice_to_a_professional_does_not_become_a_case(cast):
    contact = a_contact(cast.aino, by="professional")
    with pytest.raises(NotNow):
        open_case(cast.aino, contact_id=contact.id, new_family={"name": "Kallio"}, no_pair_yet=True)


def test_one_contact_begins_one_case(cast):
    scene = open_family(cast)
    with pytest.raises(NotNow):
        open_case(cast.aino, contact_id=scene.contact_id, new_family={"name": "Toinen"}, no_pair_yet=True)


def test_a_contact_that_ended_with_advice_can_still_become_work(cast):
    contact = a_contact(cast.aino)
    end_with_advice(cast.aino, contact_id=contact.id, expected=1, advice="Velkaneuvonta auttaa maksutta.")
    case = open_case(cast.aino, contact_id=contact.id, new_family={"name": "Kallio"}, no_pair_yet=True)
    assert case.contact_id == contact.id


def close(scene, actor, state):
    Case.objects.filter(pk=scene.case_id).update(state=state, closed_at=actor.at)


@pytest.mark.parametrize("state", ["follow_up", "closed"])
def test_a_case_is_taken_up_again_with_a_reason_that_is_kept(cast, state):
    scene = open_family(cast)
    close(scene, cast.aino, state)
    with pytest.raises(InvalidInput, match="why"):
        reopen_case(cast.bertta, case_id=scene.case_id, expected=1, reason="")
    case = reopen_case(cast.bertta, case_id=scene.case_id, expected=1, reason="Minna soitti uudestaan.")
    assert (case.state, case.closed_at, case.reopened_reason) == ("open", None, "Minna soitti uudestaan.")
    assert gate.require(cast.aino, Deed.WRITE_CASE, scene.family_id)
    assert set(waits(scene.family_id, "map")) == {cast.aino.account_id, cast.bertta.account_id}


def test_a_case_under_way_is_not_taken_up_again(cast):
    scene = open_family(cast)
    with pytest.raises(NotNow):
        reopen_case(cast.aino, case_id=scene.case_id, expected=1, reason="Uudelleen.")
