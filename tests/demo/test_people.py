"""Invented families are families that could be: parents were grown up when their children were born."""

import random

import pytest

from solmu.demo.people import invent_family
from tests.cast import MONDAY

TODAY = MONDAY.date()


@pytest.mark.parametrize("shape", ["any", "refugee", "young"])
def test_parents_were_grown_up_when_their_children_were_born(shape):
    for seed in range(200):
        plan = invent_family(random.Random(seed), TODAY, shape)
        adults = [person.born for person in plan.people if person.place == "adult"]
        children = [person.born for person in plan.people if person.place != "adult"]
        assert plan.people[0].born == adults[0]
        assert (min(children) - max(adults)).days >= 19 * 365


def test_the_same_seed_makes_the_same_family():
    assert invent_family(random.Random(4), TODAY, "any") == invent_family(random.Random(4), TODAY, "any")
