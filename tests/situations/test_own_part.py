"""A young person's own part: hidden from guardians, the shared map and facts, until the young person opens it."""

import pytest

from solmu.access import gate
from solmu.access.classes import InformationClass as C
from solmu.access.deeds import Deed
from solmu.accesslog.models import Entry
from solmu.kernel.errors import InvalidInput, NotNow
from solmu.situations import facts
from solmu.situations.actions import (
    close_own_part,
    edit_item,
    open_own_part,
    set_start_from,
    start_round,
    state_item,
)
from solmu.situations.queries import family_map, map_item, own_part, to_review
from tests.situations.maps import a_family, access_to, grant, put

pytestmark = pytest.mark.django_db
SAID = "Yara itse, kahden kesken tulkin kanssa"


@pytest.fixture
def home(cast):
    home = a_family(cast)
    home.round = start_round(cast.aino, family_id=home.id)
    home.own = put(cast.aino, home, "mind", "knot", "En jaksa tulkata", "tight", "yara", "yara", own_part=True)
    return home


def of_yara(actor, home):
    return own_part(access_to(actor, home, Deed.READ_YOUNG_PART), home.people["yara"].id)


def test_the_shared_map_does_not_have_it(cast, home):
    access = access_to(cast.aino, home)
    assert family_map(access).items == () and to_review(access) == () and map_item(access, home.own.id) is None


def test_the_shared_map_does_not_have_it_even_for_who_may_read_it(cast, home):
    assert family_map(access_to(cast.aino, home, Deed.READ_YOUNG_PART)).items == ()


def test_who_has_the_class_reads_it_by_its_own_deed(cast, home):
    part = of_yara(cast.aino, home)
    assert [item.words for item in part.items] == ["En jaksa tulkata"] and not part.opened
    assert Entry.objects.filter(deed="read_young_part", record_id=home.id).exists()


def test_who_lacks_the_class_does_not(cast, home):
    grant(cast, home.id, C.SITUATION | C.IDENTITY, by="bertta")
    with pytest.raises(gate.NotPermitted):
        of_yara(cast.bertta, home)
    assert own_part(access_to(cast.bertta, home), home.people["yara"].id) is None
    fields = {"family_id": home.id, "item_id": home.own.id}
    with pytest.raises(gate.NotPermitted):
        state_item(cast.bertta, **fields, weight="light")
    with pytest.raises(gate.NotPermitted):
        edit_item(cast.bertta, **fields, version=1, domain="mind", words="Muu")
    with pytest.raises(gate.NotPermitted):
        put(cast.bertta, home, "mind", "knot", "Muu", "", "", "yara", own_part=True)


def test_facts_do_not_tell_of_it(cast, home):
    assert facts.known(access_to(cast.aino, home))["situation.worry_mind"].value is False
    open_own_part(cast.aino, family_id=home.id, person_id=home.people["yara"].id, said=SAID)
    assert facts.known(access_to(cast.aino, home))["situation.worry_mind"].value is True


def test_the_young_person_opens_it_and_closes_it(cast, home):
    yara = home.people["yara"].id
    open_own_part(cast.aino, family_id=home.id, person_id=yara, said=SAID)
    assert [item.words for item in family_map(access_to(cast.aino, home)).items] == ["En jaksa tulkata"]
    assert of_yara(cast.aino, home).said == SAID
    with pytest.raises(NotNow):
        open_own_part(cast.aino, family_id=home.id, person_id=yara, said=SAID)
    close_own_part(cast.aino, family_id=home.id, person_id=yara)
    assert family_map(access_to(cast.aino, home)).items == ()
    with pytest.raises(NotNow):
        close_own_part(cast.aino, family_id=home.id, person_id=yara)
    open_own_part(cast.aino, family_id=home.id, person_id=yara, said=SAID)
    assert len(family_map(access_to(cast.aino, home)).items) == 1


def test_it_is_not_opened_without_word_of_who_said_so(cast, home):
    with pytest.raises(InvalidInput):
        open_own_part(cast.aino, family_id=home.id, person_id=home.people["yara"].id, said=" ")


@pytest.mark.parametrize("who", ["rima", "lina"])
def test_only_a_young_person_has_one(cast, home, who):
    with pytest.raises(InvalidInput):
        put(cast.aino, home, "mind", "knot", "Yöt", "", "", who, own_part=True)
    with pytest.raises(InvalidInput):
        open_own_part(cast.aino, family_id=home.id, person_id=home.people[who].id, said=SAID)
    assert own_part(access_to(cast.aino, home, Deed.READ_YOUNG_PART), home.people[who].id) is None


def test_editing_does_not_give_it_to_somebody_else(cast, home):
    told = {"family_id": home.id, "item_id": home.own.id, "version": 1, "domain": "mind", "words": "En jaksa"}
    edit_item(cast.aino, **told, view=home.view("rima"))
    assert of_yara(cast.aino, home).items[0].words == "En jaksa"


def test_the_family_does_not_begin_from_it(cast, home):
    fields = {"family_id": home.id, "round_id": home.round.id, "version": 1, "words": "Siitä"}
    with pytest.raises(InvalidInput):
        set_start_from(cast.aino, **fields, knot_id=home.own.id)


def test_it_is_another_familys_neither(cast, home):
    other = a_family(cast, "Muu", by="outi")
    access = access_to(cast.outi, other, Deed.READ_YOUNG_PART)
    assert own_part(access, home.people["yara"].id) is None
