"""A blind deed: decided by role alone, logged on the record that it touches, and opening nothing of it."""

import pytest

from solmu.access import gate
from solmu.access.actor import system
from solmu.access.classes import NONE
from solmu.access.deeds import Deed
from solmu.accesslog.models import Entry
from tests.cast import MONDAY
from tests.scenes import open_family

BLIND = [deed for deed in Deed if deed.rule.blind]


def test_what_is_blind_needs_and_shows_nothing():
    assert BLIND
    assert all(deed.rule.needs == deed.rule.shows == NONE for deed in BLIND)


@pytest.mark.django_db
class TestMoving:
    def test_it_is_logged_on_the_family_and_opens_nothing(self, cast):
        scene = open_family(cast)
        access = gate.require(cast.kaisa, Deed.MOVE_ENGAGEMENTS, scene.family_id)
        assert (access.record_id, access.classes, access.writable, access.held) == (None, NONE, NONE, NONE)
        entry = Entry.objects.order_by("sequence").last()
        assert (entry.record_id, entry.deed, entry.classes, entry.writes) == (
            scene.family_id,
            "move_engagements",
            "",
            True,
        )

    @pytest.mark.parametrize("who", ["aino", "ritva", "paula", "tapio", "hilla"])
    def test_a_grant_does_not_make_up_for_the_role(self, cast, who):
        scene = open_family(cast)
        with pytest.raises(gate.NotPermitted):
            gate.require(cast.actor(who), Deed.MOVE_ENGAGEMENTS, scene.family_id)

    def test_the_clock_may_and_a_nameless_person_may_not(self, cast):
        scene = open_family(cast)
        gate.require(system(MONDAY), Deed.MOVE_ENGAGEMENTS, scene.family_id)
        with pytest.raises(gate.NotPermitted):
            gate.require(system(MONDAY, purpose="support"), Deed.MOVE_ENGAGEMENTS, scene.family_id)
