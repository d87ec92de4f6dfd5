"""What the map and single answers tell of a family: known, known not, or not known."""

from datetime import date

import pytest

from solmu.access import gate
from solmu.access.classes import InformationClass as C
from solmu.access.deeds import Deed
from solmu.families.models import Tie
from solmu.kernel.errors import Conflict, InvalidInput
from solmu.operating_models.facts import Catalogue, FactType, Scope
from solmu.situations.actions import start_round, state_fact, state_item
from solmu.situations.facts import FACTS, known, known_of_people
from solmu.situations.models import StatedFact
from tests.cast import later
from tests.situations.maps import SUMMER, a_family, access_to, first_round, grant, put, two_rounds

pytestmark = pytest.mark.django_db
PROPOSAL = Deed.READ_PROPOSAL


@pytest.fixture
def home(cast):
    return a_family(cast)


def facts_of(cast, home):
    return known(access_to(cast.aino, home, PROPOSAL))


def say(actor, home, fact, value, person="", **more):
    person_id = home.people[person].id if person else None
    return state_fact(actor, family_id=home.id, fact=fact, value=value, person_id=person_id, **more)


def test_the_catalogue_takes_every_fact_once():
    assert len(Catalogue(FACTS)) == len(FACTS)
    assert all(fact.asks and fact.means and fact.read_from for fact in FACTS)


def test_before_the_first_round_nothing_is_known(cast, home):
    assert facts_of(cast, home) == {}


def test_an_open_knot_tells_of_a_worry_with_its_day_and_whose_view(cast, home):
    first_round(cast, home)
    told = facts_of(cast, home)["situation.worry_finances"]
    assert told.value is True
    assert told.where_from.startswith("life-situation map") and told.where_from.endswith("Samir’s view")
    assert told.dated == (cast.aino.at + SUMMER).date()


def test_no_knot_on_a_held_round_tells_that_there_is_no_worry(cast, home):
    start_round(cast.aino, family_id=home.id)
    found = facts_of(cast, home)
    assert found["situation.worry_finances"].value is False
    assert found["situation.difficulty_in_everyday_life"].value is False
    assert "situation.worry_spouse" not in found


def test_an_opened_knot_is_no_worry_any_more(cast, home):
    start_round(cast.aino, family_id=home.id)
    knot = put(cast.aino, home, "housing", "knot", "Häätöuhka", "tight")
    assert facts_of(cast, home)["situation.worry_housing"].value is True
    state_item(cast.aino, family_id=home.id, item_id=knot.id, weight="opened")
    assert facts_of(cast, home)["situation.worry_housing"].value is False


def test_a_worry_about_a_child_is_one_in_any_domain(cast, home):
    start_round(cast.aino, family_id=home.id)
    put(cast.aino, home, "health", "knot", "Linan uni", "tense", "lina", "rima")
    assert facts_of(cast, home)["situation.worry_children"].value is True


def test_a_childs_own_worry_is_not_a_worry_about_the_children(cast, home):
    start_round(cast.aino, family_id=home.id)
    put(cast.aino, home, "housing", "knot", "Oma huone puuttuu", "tense", "karim", "karim")
    assert facts_of(cast, home)["situation.worry_children"].value is False


def test_a_worry_about_the_spouse_needs_a_spouse(cast, home):
    first_round(cast, home)  # Rima has told of Samir's nights
    assert "situation.worry_spouse" not in facts_of(cast, home)
    samir, rima = home.people["samir"], home.people["rima"]
    Tie.objects.create(family_id=home.id, kind=Tie.Kind.PARTNER, one=samir, other=rima)
    assert facts_of(cast, home)["situation.worry_spouse"].where_from.endswith("Rima’s view")


def test_an_answer_is_told_with_who_was_asked_and_who_recorded(cast, home):
    say(cast.aino, home, "family.refugee_background", value=True)
    told = facts_of(cast, home)["family.refugee_background"]
    assert told.value is True and told.dated == cast.aino.today
    assert "the family" in told.where_from and told.where_from.endswith("recorded by Aino Salmi")


def test_a_day_that_was_told_comes_back_as_a_day(cast, home):
    say(cast.aino, home, "family.integration_plan_made_on", value=date(2024, 12, 31))
    assert facts_of(cast, home)["family.integration_plan_made_on"].value == date(2024, 12, 31)
    with pytest.raises(InvalidInput):
        say(cast.aino, home, "family.first_permit_on", value="last spring")


def test_asked_and_left_unanswered_stays_unknown(cast, home):
    say(cast.aino, home, "situation.acute_crisis", value=None)
    assert facts_of(cast, home)["situation.acute_crisis"].value is None


def test_a_knot_speaks_before_an_answer_and_a_newer_answer_before_its_lack(cast, home):
    say(cast.aino, home, "situation.worry_finances", value=False)
    first_round(cast, home)
    assert facts_of(cast, home)["situation.worry_finances"].value is True
    say(cast.aino, home, "situation.worry_relations", value=True)
    assert facts_of(cast, home)["situation.worry_relations"].value is True


def test_an_older_answer_gives_way_to_a_newer_round_without_the_knot(cast, home):
    say(later(cast.aino, days=-5), home, "situation.worry_mind", value=True)
    start_round(cast.aino, family_id=home.id)
    assert facts_of(cast, home)["situation.worry_mind"].value is False


def test_people_have_answers_of_their_own(cast, home):
    say(cast.aino, home, "person.needs_network", value=True, person="yara", said_by="Yara")
    found = known_of_people(access_to(cast.aino, home, PROPOSAL))
    assert set(found) == {home.people["yara"].id}
    assert "asked from Yara" in found[home.people["yara"].id]["person.needs_network"].where_from


def test_a_protected_judgement_is_absent_without_the_right_to_it(cast, home):
    say(cast.aino, home, "person.protected_criterion", value=True, person="yara")
    row = StatedFact.objects.get()
    assert row.protected
    assert known_of_people(access_to(cast.aino, home, PROPOSAL))[home.people["yara"].id]
    grant(cast, home.id, C.SITUATION | C.CASEWORK | C.IDENTITY, by="bertta")
    assert known_of_people(access_to(cast.bertta, home, PROPOSAL)) == {}
    with pytest.raises(gate.NotPermitted):
        say(cast.bertta, home, "person.protected_criterion", value=False, person="yara")


def test_the_protected_class_alone_does_not_open_the_rest(cast, home):
    grant(cast, home.id, C.PROTECTED, by="bertta")
    say(cast.bertta, home, "person.protected_criterion", value=True, person="yara")
    with pytest.raises(gate.NotPermitted):
        say(cast.bertta, home, "family.refugee_background", value=True)


@pytest.mark.parametrize(
    ("fact", "value", "person"),
    [
        ("family.nothing", True, ""),
        ("family.refugee_background", "perhaps", ""),
        ("family.refugee_background", True, "rima"),
        ("person.needs_network", True, ""),
    ],
)
def test_an_answer_that_makes_no_sense_is_refused(cast, home, fact, value, person):
    with pytest.raises(InvalidInput):
        say(cast.aino, home, fact, value=value, person=person)


def test_a_second_answer_replaces_the_first_and_two_see_each_other(cast, home):
    say(cast.aino, home, "situation.acute_crisis", value=True)
    say(cast.aino, home, "situation.acute_crisis", value=False, version=1)
    with pytest.raises(Conflict):
        say(cast.aino, home, "situation.acute_crisis", value=True, version=1)
    assert facts_of(cast, home)["situation.acute_crisis"].value is False


def test_nobody_answers_without_a_grant(cast, home):
    with pytest.raises(gate.OutOfScope):
        say(cast.cecilia, home, "situation.acute_crisis", value=True)


def test_facts_cost_the_same_number_of_queries_however_much_is_known(cast, home, django_assert_num_queries):
    access = access_to(cast.aino, home, PROPOSAL)
    two_rounds(cast, home)
    with django_assert_num_queries(6):
        known(access)
    for fact in FACTS:
        if fact.scope is Scope.FAMILY:
            say(cast.aino, home, fact.name, value=cast.aino.today if fact.type is FactType.DATE else True)
    with django_assert_num_queries(6):
        known(access)


def test_every_fact_that_the_map_or_an_answer_tells_is_in_the_catalogue(cast, home):
    two_rounds(cast, home)
    assert set(facts_of(cast, home)) <= {fact.name for fact in FACTS if fact.scope is Scope.FAMILY}
    assert {"situation.worry_finances", "situation.worry_children"} <= set(facts_of(cast, home))
    assert Scope.PERSON in {fact.scope for fact in FACTS}
