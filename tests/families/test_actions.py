"""Families and their people are written through the gate, checked in plain words, and never lost."""

from datetime import date

import pytest

from solmu.access import gate
from solmu.access.classes import InformationClass as C
from solmu.access.deeds import Deed
from solmu.accesslog.models import Entry
from solmu.families import queries
from solmu.families.actions import (
    NoSuchPerson,
    add_person,
    create_family,
    remove_person,
    restore_person,
    update_family,
    update_person,
)
from solmu.families.models import Family, Person, SearchWord
from solmu.kernel.errors import Conflict, InvalidInput, NotNow
from solmu.kernel.ids import new_id
from tests.families.household import CODE, LINA, SAMIR, make_family, open_to

pytestmark = pytest.mark.django_db


def of(family, first_name) -> Person:
    return Person.objects.get(family=family, first_names=first_name)


def said(refused) -> set[str]:
    return set(refused.value.errors)


def test_a_family_is_kept_by_the_organisation_of_who_made_it(cast):
    family = make_family(cast.aino)
    assert family.organisation_id == cast.aino.organisation_id
    assert family.created_at == cast.aino.at
    assert family.people.count() == 4


def test_making_a_family_with_a_grant_is_logged(cast):
    family_id = new_id()
    open_to(cast.aino, family_id)
    create_family(cast.aino, name="Perhe Haddad", family_id=family_id)
    entry = Entry.objects.latest("sequence")
    assert (entry.record_id, entry.deed, entry.writes) == (family_id, "write_family", True)


def test_a_partner_makes_no_family(cast):
    with pytest.raises(gate.NotPermitted):
        create_family(cast.paula, name="Perhe Haddad")


def test_one_fault_in_one_person_leaves_no_family(cast):
    people = [SAMIR, LINA | {"birth_date": date(2030, 1, 1)}]
    with pytest.raises(InvalidInput) as refused:
        create_family(cast.aino, name="Perhe Haddad", people=people)
    assert said(refused) == {"people-1-birth_date"}
    assert not Family.objects.exists()


def test_a_detail_that_is_no_field_is_a_slip_of_the_programmer(cast):
    with pytest.raises(TypeError):
        make_family(cast.aino, people=[SAMIR | {"version": 7}])


@pytest.mark.parametrize(
    ("details", "field"),
    [
        ({"first_names": ""}, "first_names"),
        ({"first_names": "x" * 121}, "first_names"),
        ({"place": "boss"}, "place"),
        ({"birth_date": date(2026, 11, 3)}, "birth_date"),
        ({"birth_date": date(1826, 11, 3)}, "birth_date"),
        ({"email": "samir at home"}, "email"),
        ({"phone": "ask the school"}, "phone"),
        ({"arrived_on": date(2026, 12, 1)}, "arrived_on"),
        ({"arrived_on": date(1980, 12, 1)}, "arrived_on"),
        ({"together_since": date(2027, 1, 1)}, "together_since"),
        ({"identity_code": "010384-901X"}, "identity_code"),
        ({"identity_code": CODE, "birth_date": date(1984, 3, 2)}, "identity_code"),
        ({"identity_code": CODE, "sign": "woman"}, "identity_code"),
    ],
)
def test_what_cannot_be_right_is_said_at_its_field(cast, details, field):
    family = make_family(cast.aino)
    with pytest.raises(InvalidInput) as refused:
        add_person(cast.aino, family_id=family.id, **SAMIR | details)
    assert said(refused) == {field}


def test_a_birthday_is_today_at_the_latest(cast):
    family = make_family(cast.aino)
    assert add_person(cast.aino, family_id=family.id, place="child", first_names="Noor", birth_date=cast.aino.today).pk


def test_only_what_is_given_changes(cast):
    family = make_family(cast.aino)
    samir = of(family, "Samir")
    update_person(cast.aino, family_id=family.id, person_id=samir.id, version=1, call_name="Sami")
    changed = of(family, "Samir")
    assert (changed.call_name, changed.phone, changed.version) == ("Sami", "+358401234567", 2)


def test_a_stale_version_is_refused_with_the_present_one(cast):
    family = make_family(cast.aino, cast.bertta)
    samir = of(family, "Samir")
    update_person(cast.aino, family_id=family.id, person_id=samir.id, version=1, call_name="Sami")
    with pytest.raises(Conflict) as conflict:
        update_person(cast.bertta, family_id=family.id, person_id=samir.id, version=1, call_name="Abu Yara")
    assert conflict.value.current.call_name == "Sami"
    update_family(cast.aino, family_id=family.id, version=1, area="Jokiranta")
    with pytest.raises(Conflict):
        update_family(cast.bertta, family_id=family.id, version=1, area="Harju")


def test_a_person_is_reached_through_the_own_family_only(cast):
    family, other = make_family(cast.aino), make_family(cast.aino, name="Perhe Korpi")
    with pytest.raises(NoSuchPerson):
        update_person(cast.aino, family_id=other.id, person_id=of(family, "Samir").id, version=1, call_name="x")


def test_removing_takes_nobody_away_for_good(cast):
    family = make_family(cast.aino)
    lina = of(family, "Lina")
    remove_person(cast.aino, family_id=family.id, person_id=lina.id, version=1)
    access = gate.require(cast.aino, Deed.READ_PEOPLE, family.id)
    assert "Lina" not in [row.called for row in queries.people(access)]
    assert [row.called for row in queries.removed_people(access)] == ["Lina"]
    assert not SearchWord.objects.filter(person=lina).exists()
    with pytest.raises(NoSuchPerson):
        update_person(cast.aino, family_id=family.id, person_id=lina.id, version=2, call_name="Linu")
    restore_person(cast.aino, family_id=family.id, person_id=lina.id)
    assert "Lina" in [row.called for row in queries.people(access)]
    assert SearchWord.objects.filter(person=lina, word="lina").exists()
    with pytest.raises(NotNow):
        restore_person(cast.aino, family_id=family.id, person_id=lina.id)


def test_search_words_follow_the_names(cast):
    family = make_family(cast.aino)
    samir = of(family, "Samir")
    update_person(cast.aino, family_id=family.id, person_id=samir.id, version=1, last_name="Häddäd-Öhman", phone="")
    kept = set(SearchWord.objects.filter(person=samir).values_list("word", flat=True))
    assert kept == {"samir", "sameer", "haddad", "ohman", "haddadohman"}


def test_the_identity_code_is_sealed_found_by_its_hash_and_read_by_a_deed_of_its_own(cast):
    family = make_family(cast.aino, people=[SAMIR | {"identity_code": CODE.lower(), "birth_date": None}])
    samir = of(family, "Samir")
    assert CODE.encode() not in bytes(samir.identity_code)
    assert samir.birth_date == date(1984, 3, 1)
    access = gate.require(cast.aino, Deed.READ_IDENTITY_CODE, family.id)
    assert queries.identity_code(access, samir.id) == CODE
    assert Entry.objects.latest("sequence").deed == "read_identity_code"
    row = queries.people(access)[0]
    assert row.has_identity_code and CODE not in str(row)


def test_the_same_code_is_sealed_differently_each_time(cast):
    people = [SAMIR | {"identity_code": CODE}]
    one, other = make_family(cast.aino, people=people), make_family(cast.aino, people=people)
    sealed = [bytes(of(family, "Samir").identity_code) for family in (one, other)]
    assert sealed[0] != sealed[1]
    assert of(one, "Samir").identity_index == of(other, "Samir").identity_index


def test_the_identity_code_stays_until_it_is_emptied(cast):
    family = make_family(cast.aino, people=[SAMIR | {"identity_code": CODE}])
    samir = of(family, "Samir")
    change = {"family_id": family.id, "person_id": samir.id}
    update_person(cast.aino, **change, version=1, call_name="Sami")
    assert of(family, "Samir").identity_index
    update_person(cast.aino, **change, version=2, identity_code="")
    assert not of(family, "Samir").identity_index and of(family, "Samir").identity_code is None


HIDDEN = {"address": "Rantatie 1", "address_protected": True}


def test_an_address_under_non_disclosure_is_shown_only_to_who_holds_it(cast):
    family = make_family(cast.aino, people=[SAMIR | HIDDEN])
    open_to(cast.bertta, family.id, C.IDENTITY)
    by_aino = queries.people(gate.require(cast.aino, Deed.READ_PEOPLE, family.id))[0]
    by_bertta = queries.people(gate.require(cast.bertta, Deed.READ_PEOPLE, family.id))[0]
    assert (by_aino.address, by_aino.address_hidden) == ("Rantatie 1", False)
    assert (by_bertta.address, by_bertta.address_hidden) == ("", True)


def test_who_may_not_see_the_address_does_not_change_it(cast):
    family = make_family(cast.aino, people=[SAMIR | HIDDEN])
    open_to(cast.bertta, family.id, C.IDENTITY)
    samir = of(family, "Samir")
    change = {"address": "", "address_protected": False, "call_name": "Sami"}
    update_person(cast.bertta, family_id=family.id, person_id=samir.id, version=1, **change)
    kept = of(family, "Samir")
    assert (kept.address, kept.address_protected, kept.call_name) == ("Rantatie 1", True, "Sami")


@pytest.mark.parametrize("who", ["cecilia", "paula", "ritva", "kaisa", "hilla"])
def test_without_a_grant_nothing_is_written(cast, who):
    family = make_family(cast.aino)
    samir = of(family, "Samir")
    actor = getattr(cast, who)
    for deed in (
        lambda: update_family(actor, family_id=family.id, version=1, name="x"),
        lambda: add_person(actor, family_id=family.id, **LINA),
        lambda: update_person(actor, family_id=family.id, person_id=samir.id, version=1, call_name="x"),
        lambda: remove_person(actor, family_id=family.id, person_id=samir.id, version=1),
        lambda: restore_person(actor, family_id=family.id, person_id=samir.id),
    ):
        with pytest.raises(gate.OutOfScope):
            deed()
    assert Family.objects.get(pk=family.id).version == 1
