"""What the library knows of a version without opening its package."""

import pytest

from solmu.access.actor import system
from solmu.access.gate import NotPermitted
from solmu.operating_models.indexing import ages_of, index_missing, marks_of
from solmu.operating_models.models import Card, Mark
from tests.cast import MONDAY
from tests.models import COUNSELLING, FAMILY_UNITY, NETWORK, TEAM, install, package

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", [FAMILY_UNITY, COUNSELLING, NETWORK, TEAM])
def test_a_version_that_is_installed_has_a_card_for_each_language(path):
    model, own = install(path), package(path)
    cards = {card.language: card for card in model.cards.all()}
    assert set(cards) == {"fi", "sv", "en"}
    for language, card in cards.items():
        assert (card.title, card.said_in) == (own.title(language), language)
        assert all(word in card.words for word in own.title(language).casefold().split() if word.isalnum())


def test_it_is_marked_by_its_facts_its_target_and_its_evidence():
    marks = marks_of(package(FAMILY_UNITY))
    assert (Mark.Kind.FACT, "family.refugee_background") in marks
    assert (Mark.Kind.TARGET, "family") in marks
    assert (Mark.Kind.EVIDENCE, "reported_by_developers") in marks


def test_ages_come_from_the_required_criteria():
    assert ages_of(package(TEAM)) <= {"child", "adolescent", "young", "adult"}
    assert ages_of(package(TEAM))
    assert "adult" not in ages_of(package(TEAM))
    assert ages_of(package(FAMILY_UNITY)) == set()


def test_installing_again_writes_nothing_twice():
    install(TEAM)
    before = (Card.objects.count(), Mark.objects.count())
    install(TEAM)
    assert (Card.objects.count(), Mark.objects.count()) == before


def test_time_fills_what_is_missing():
    model = install(TEAM)
    model.cards.all().delete()
    assert [index_missing(system(MONDAY)) for _time in range(2)] == [1, 0]
    assert model.cards.count() == 3


def test_nobody_but_time_fills_it(cast):
    with pytest.raises(NotPermitted):
        index_missing(cast.kaisa)
