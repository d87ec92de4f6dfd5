"""What one part of the record tells another need not be asked again."""

import pytest

from solmu.access.deeds import Deed
from solmu.casework.facts import known
from solmu.families.models import Person
from solmu.situations.actions import state_fact
from tests.situations.maps import a_family, access_to

pytestmark = pytest.mark.django_db
MOVED = "family.moved_to_country"


@pytest.fixture
def home(cast):
    return a_family(cast)


def say(cast, home, fact, value):
    state_fact(cast.aino, family_id=home.id, fact=fact, value=value)


def moved(cast, home):
    told = known(access_to(cast.aino, home, Deed.READ_PROPOSAL)).get(MOVED)
    return told.value if told else None


def test_nothing_is_known_of_moving_before_anybody_has_told(cast, home):
    assert moved(cast, home) is None


def test_who_has_arrived_has_moved(cast, home):
    Person.objects.filter(family_id=home.id).update(arrived_on=cast.aino.today)
    assert moved(cast, home) is True


def test_who_fled_has_moved_even_when_the_question_was_left_unanswered(cast, home):
    say(cast, home, MOVED, None)
    say(cast, home, "family.refugee_background", value=True)
    assert moved(cast, home) is True


def test_the_familys_own_answer_speaks_first(cast, home):
    Person.objects.filter(family_id=home.id).update(arrived_on=cast.aino.today)
    say(cast, home, MOVED, value=False)
    assert moved(cast, home) is False


def test_another_background_says_nothing_of_moving(cast, home):
    say(cast, home, "family.refugee_background", value=False)
    assert moved(cast, home) is None
