"""What the basic details answer, where the answer comes from, and what stays not yet known."""

from datetime import date

import pytest

from solmu.access import gate
from solmu.access.classes import InformationClass as C
from solmu.access.deeds import Deed
from solmu.families.facts import FACTS, known, known_of_people
from solmu.families.models import Person
from solmu.operating_models.facts import Catalogue
from tests.families.household import LINA, RIMA, SAMIR, YARA, make_family

pytestmark = pytest.mark.django_db
ARRIVED = {"arrived_on": date(2024, 5, 1), "together_since": date(2025, 2, 1)}


def answers(cast, *people, **details):
    family = make_family(cast.aino, people=people, **details)
    return known(gate.require(cast.aino, Deed.READ_SITUATION, family.id))


def value(facts, name):
    return facts[name].value if name in facts else None


def test_every_answer_is_in_the_catalogue_and_fits_its_type(cast):
    catalogue = Catalogue(FACTS)
    family = make_family(cast.aino, people=[SAMIR | ARRIVED | {"needs_interpreter": True}, LINA | ARRIVED])
    access = gate.require(cast.aino, Deed.READ_SITUATION, family.id)
    given = [known(access), *known_of_people(access).values()]
    assert set().union(*given) == set(catalogue)
    assert all(
        catalogue[name].accepts(fact.value) and fact.where_from for facts in given for name, fact in facts.items()
    )


@pytest.mark.parametrize(
    ("people", "children", "adolescents"),
    [
        ([SAMIR, YARA, LINA], True, True),
        ([SAMIR, LINA], True, False),
        ([SAMIR, RIMA], False, False),
        ([], None, None),
        ([{"place": "adult", "first_names": "Aki"}], False, False),
        ([{"place": "child", "first_names": "Aki"}], True, None),
        ([{"place": "young", "first_names": "Aki"}], None, None),
        ([SAMIR, {"place": "close", "first_names": "Aki", "birth_date": date(2015, 1, 1)}], False, False),
    ],
)
def test_children_and_adolescents_are_told_by_age_then_by_place(cast, people, children, adolescents):
    facts = answers(cast, *people)
    assert value(facts, "family.has_children") is children
    assert value(facts, "family.has_adolescents") is adolescents


@pytest.mark.parametrize(
    ("interpreter", "member", "answer"),
    [
        ("unknown", None, None),
        ("no", None, False),
        ("sometimes", None, True),
        ("unknown", True, True),
        ("no", True, True),
    ],
)
def test_an_interpreter_is_needed_if_the_family_or_a_member_needs_one(cast, interpreter, member, answer):
    facts = answers(cast, SAMIR | {"needs_interpreter": member}, interpreter=interpreter)
    assert value(facts, "family.needs_interpreter") is answer


def test_the_latest_arrival_is_that_of_the_last_member(cast):
    facts = answers(cast, SAMIR | ARRIVED, RIMA | ARRIVED | {"arrived_on": date(2025, 1, 31)})
    assert value(facts, "family.latest_arrival") == date(2025, 1, 31)
    assert value(facts, "family.living_together_since") == date(2025, 2, 1)


def test_one_missing_day_leaves_the_latest_unknown(cast):
    assert value(answers(cast, SAMIR | ARRIVED, RIMA), "family.latest_arrival") is None


def test_who_lives_elsewhere_does_not_count(cast):
    facts = answers(cast, SAMIR | ARRIVED, RIMA | {"lives_at_home": False})
    assert value(facts, "family.latest_arrival") == date(2024, 5, 1)
    assert value(facts, "family.members_at_home") == 1


def test_an_estimated_age_says_so(cast):
    family = make_family(cast.aino, people=[SAMIR | {"birth_date_estimated": True}, RIMA])
    of_people = known_of_people(gate.require(cast.aino, Deed.READ_SITUATION, family.id))
    samir, rima = (of_people[Person.objects.get(family=family, first_names=name).id] for name in ("Samir", "Rima"))
    assert (samir["person.age"].value, rima["person.age"].value) == (42, 38)
    assert samir["person.age"].where_from != rima["person.age"].where_from


def test_without_the_class_nothing_is_known(cast):
    family = make_family(cast.aino, classes=C.SITUATION)
    family_access = gate.require(cast.aino, Deed.READ_SITUATION, family.id)
    assert known(family_access) == {} and known_of_people(family_access) == {}
