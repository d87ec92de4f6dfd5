"""What taking a version into use needs: derived from its package, ticked by people, kept with the adoption."""

import pytest

from solmu.access.gate import NotPermitted
from solmu.kernel.errors import InvalidInput, NotNow
from solmu.operating_models.actions import adopt, end_adoption, set_adoption_settings
from solmu.operating_models.checklist import checklist, items_of, tick, untick
from solmu.operating_models.models import Adoption, Tick
from tests.cast import later
from tests.models import COUNSELLING, TEAM, package, take_into_use
from tests.versions import another_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def model(cast):
    return take_into_use(cast, COUNSELLING)[COUNSELLING]


def lines(cast, model, reached=()):
    return {line.item.key: line for line in checklist(cast.kaisa, model.id, dict(reached))}


def test_it_comes_from_the_package():
    own = package(COUNSELLING)
    keys = [each.key for each in items_of(own, {}, {})]
    assert keys[0] == "licence:terms"
    assert {f"setting:{each.id}" for each in own.model.settings if each.default is None} <= set(keys)
    assert {f"point:{each.id}" for each in own.process.contact_points} <= set(keys)
    assert {f"module:{each.id}" for each in own.orientation.modules if each.required} <= set(keys)
    assert not [key for key in keys if key.startswith(("role:client", "role:family"))]
    assert len(keys) == len(set(keys))


def test_a_value_or_a_number_sees_to_its_item_by_itself(cast, model):
    setting = next(each for each in package(COUNSELLING).model.settings if each.default is None)
    point = package(COUNSELLING).process.contact_points[0].id
    before = lines(cast, model)
    assert not before[f"setting:{setting.id}"].done
    set_adoption_settings(cast.kaisa, model_id=model.id, version=1, settings={setting.id: 3})
    after = lines(cast, model, {point: "+358 8 123 4567"})
    assert after[f"setting:{setting.id}"].done
    assert after[f"point:{point}"].done


def test_a_tick_says_who_and_when_and_can_be_taken_away(cast, model):
    tick(cast.kaisa, model_id=model.id, item="licence:terms", note="  luettu yhdessä ")
    ticked = lines(cast, model)["licence:terms"].ticked
    assert (ticked.by, ticked.at, ticked.note) == ("Kaisa Ranta", cast.kaisa.at, "luettu yhdessä")
    untick(cast.kaisa, model_id=model.id, item="licence:terms")
    assert not lines(cast, model)["licence:terms"].done


def test_the_first_who_saw_to_it_stays_when_the_note_changes(cast, model):
    tick(cast.kaisa, model_id=model.id, item="licence:terms")
    tick(later(cast.kaisa, days=1), model_id=model.id, item="licence:terms", note="uusi")
    assert (Tick.objects.get().ticked_at, Tick.objects.get().note) == (cast.kaisa.at, "uusi")


@pytest.mark.parametrize("item", ["", "role:nobody", "licence:terms ", "x" * 400])
def test_only_what_the_package_needs_is_ticked(cast, model, item):
    with pytest.raises(NotNow):
        tick(cast.kaisa, model_id=model.id, item=item)


def test_a_note_has_its_length(cast, model):
    with pytest.raises(InvalidInput):
        tick(cast.kaisa, model_id=model.id, item="licence:terms", note="x" * 161)


@pytest.mark.parametrize("name", ["aino", "ritva", "hilla", "tapio"])
def test_only_a_coordinator_ticks(cast, model, name):
    with pytest.raises(NotPermitted):
        tick(getattr(cast, name), model_id=model.id, item="licence:terms")
    with pytest.raises(NotPermitted):
        untick(getattr(cast, name), model_id=model.id, item="licence:terms")


def test_everybody_of_the_organisation_reads_it_and_others_have_none(cast, model):
    assert checklist(cast.aino, model.id, {})
    assert checklist(cast.ritva, model.id, {}) == []


def test_what_is_no_longer_in_use_is_not_seen_to(cast, model):
    end_adoption(cast.kaisa, model_id=model.id, version=1)
    with pytest.raises(NotNow):
        tick(cast.kaisa, model_id=model.id, item="licence:terms")
    assert Adoption.objects.get().ended_at


def test_what_says_the_same_in_the_next_version_stays_seen_to(cast, model):
    own = package(COUNSELLING)
    roles = [key.partition(":")[2] for key in lines(cast, model) if key.startswith("role:")]
    role = next(each for each in own.process.roles if each.id in roles)
    module = next(each for each in own.orientation.modules if each.required and each.guide)

    def change(document):
        document["texts"]["fi"][role.name] = "Toinen tehtävä."
        document["guide"]["fi"][module.guide] += "\n\nUutta."

    for item in ("licence:terms", f"role:{role.id}", f"module:{module.id}"):
        tick(cast.kaisa, model_id=model.id, item=item, note="sovittu")
    new = another_version(COUNSELLING, "2", change)
    adopt(later(cast.kaisa, days=1), model_id=new.id)
    now = lines(cast, new)
    assert (now["licence:terms"].ticked.at, now["licence:terms"].ticked.note) == (cast.kaisa.at, "sovittu")
    assert not now[f"role:{role.id}"].done and not now[f"module:{module.id}"].done


def test_forms_of_others_are_got_from_their_owner():
    links = [each for each in items_of(package(TEAM), {}, {}) if each.kind == "form"]
    assert [each.link for each in links] == [each.url for each in package(TEAM).form_links]
