"""Contact points come from operating models; what nobody knows stays empty until somebody has found it out."""

from datetime import timedelta

import pytest

from solmu.access import gate
from solmu.access.actor import system
from solmu.directory.actions import make_contact_points, update_contact_point
from solmu.directory.models import ContactPoint
from solmu.kernel.errors import Conflict, InvalidInput
from tests.cast import MONDAY
from tests.models import NETWORK, install

pytestmark = pytest.mark.django_db


@pytest.fixture
def point() -> ContactPoint:
    return make_contact_points(system(MONDAY), model=install(NETWORK))[0]


def change(actor, point, **said) -> ContactPoint:
    return update_contact_point(actor, point_id=point.id, **{"version": 1, "name": point.name, **said})


def test_a_models_points_are_made_once_and_unknown_numbers_stay_empty(point):
    make_contact_points(system(MONDAY), model=install(NETWORK))
    assert ContactPoint.objects.count() == 2
    assert (point.phone, point.checked_on) == ("", None)


def test_what_people_have_written_survives_another_making(cast, point):
    change(cast.hilla, point, phone="08 123 456", source="www.example.org", checked_on=MONDAY.date())
    make_contact_points(system(MONDAY), model=install(NETWORK))
    assert ContactPoint.objects.get(pk=point.id).phone == "08 123 456"


def test_a_number_says_where_it_was_read_and_when(cast, point):
    with pytest.raises(InvalidInput) as refused:
        change(cast.hilla, point, phone="08 123 456")
    assert "source" in refused.value.errors
    with pytest.raises(InvalidInput):
        change(cast.hilla, point, checked_on=MONDAY.date() + timedelta(days=1))


def test_two_administrators_learn_of_each_other(cast, point):
    change(cast.hilla, point)
    with pytest.raises(Conflict):
        change(cast.hilla, point)


@pytest.mark.parametrize("name", ["aino", "kaisa", "ritva", "tapio"])
def test_nobody_but_an_administrator_keeps_contact_points(cast, point, name):
    with pytest.raises(gate.NotPermitted):
        change(cast.actor(name), point)
