"""Whoever has not gone through the orientation proposes with a reason, and the reason names no family."""

import pytest
from django.utils.translation import get_language

from solmu.access.gate import OutOfScope
from solmu.casework.models import Proposal
from solmu.kernel.errors import InvalidInput
from solmu.learning.actions.asking import set_orientation_rule
from solmu.learning.actions.proposing import propose_when_oriented
from solmu.learning.models import RanUnoriented
from solmu.learning.queries.overview import reasons
from solmu.operating_models.actions import adopt
from solmu.operating_models.queries import package_of
from tests.learning.scenes import a_package, go_through, in_use_by
from tests.models import NETWORK, TEAM, install
from tests.scenes import open_family

pytestmark = pytest.mark.django_db
REASON = "Sijaistan tämän viikon; parini on perehtynyt."


@pytest.fixture
def scene(cast):
    return open_family(cast)


@pytest.fixture
def model(cast, tmp_path):
    return in_use_by(cast, a_package(tmp_path))


def propose(actor, scene, model, **said) -> Proposal:
    return propose_when_oriented(
        actor, case_id=scene.case_id, model_id=model.id, deviation_reason="Perhe toivoo.", **said
    )


def test_whoever_is_oriented_proposes_without_a_reason(cast, scene, model):
    go_through(cast.aino, model, signer=cast.kaisa)
    propose(cast.aino, scene, model)
    assert not RanUnoriented.objects.exists()


@pytest.mark.parametrize("reason", ["", "   "])
def test_without_orientation_and_without_a_reason_nothing_is_proposed(cast, scene, model, reason):
    with pytest.raises(InvalidInput) as refused:
        propose(cast.aino, scene, model, unoriented_reason=reason)
    assert set(refused.value.errors) == {"unoriented_reason"}
    assert not Proposal.objects.exists()


def test_a_reason_is_recorded_beside_the_worker_and_the_model_only(cast, scene, model):
    propose(cast.aino, scene, model, unoriented_reason=f" {REASON} ")
    row = RanUnoriented.objects.get()
    assert (row.account, row.model, row.reason) == (cast.account("aino"), model, REASON)
    kept = {str(value) for value in RanUnoriented.objects.values().get().values()}
    assert not kept & {str(scene.family_id), str(scene.case_id)}
    (told,) = reasons(cast.kaisa).object_list
    assert (told.who, told.unit, told.model, told.reason) == ("Aino Salmi", "Palveluneuvonta", "Iltakävelyt", REASON)


def test_a_reason_that_is_not_needed_is_not_recorded(cast, scene, model):
    set_orientation_rule(cast.kaisa, model_id=model.id, version=0, is_asked=False, days=30)
    propose(cast.aino, scene, model, unoriented_reason=REASON)
    assert not RanUnoriented.objects.exists()


def test_a_stranger_hears_nothing_of_the_family(cast, scene, model):
    with pytest.raises(OutOfScope):
        propose(cast.cecilia, scene, model, unoriented_reason=REASON)


def test_a_shipped_model_asks_for_its_orientation(cast, scene):
    model = install(NETWORK)
    adopt(cast.kaisa, model_id=model.id)
    with pytest.raises(InvalidInput) as refused:
        propose(cast.aino, scene, model)
    assert "unoriented_reason" in refused.value.errors


def test_in_the_list_of_reasons_a_model_has_its_neutral_name(cast):
    """Somebody was proposed each of them on a day: who knows the worker may guess who."""
    model = install(TEAM)
    told = {
        "account": cast.account("aino"),
        "organisation_id": cast.kaisa.organisation_id,
        "unit_id": cast.aino.unit_id,
    }
    RanUnoriented.objects.create(model=model, proposed_on=cast.aino.today, reason=REASON, **told)
    (told,) = reasons(cast.kaisa).object_list
    package, language = package_of(model), get_language()
    assert told.model == package.neutral_name(language) != package.title(language)
