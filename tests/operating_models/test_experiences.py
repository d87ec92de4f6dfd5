"""A worker's words on a model: signed, read by the own organisation's coordinator, public only after that."""

from datetime import timedelta

import pytest

from solmu.access.gate import NotPermitted
from solmu.kernel.errors import Conflict, InvalidInput, NotNow
from solmu.operating_models.experiences import (
    A_PAGE,
    count_to_decide,
    decide_experience,
    decided,
    own_experiences,
    public_experiences,
    take_back_experience,
    to_decide,
    write_experience,
)
from solmu.operating_models.models import Experience, InstalledModel
from tests.models import COUNSELLING, NETWORK, install

pytestmark = pytest.mark.django_db
WORDS = {"text": "Pari jaksaa paremmin kuin yksi.", "in_role": "palveluneuvoja", "names_nobody": True}


@pytest.fixture
def model(db):
    return install(COUNSELLING)


@pytest.fixture
def written(cast, model):
    return write_experience(cast.aino, model_id=model.id, **WORDS)


def public(model) -> list[str]:
    return [each.text for each in public_experiences(model.slug, "fi").workers]


def test_it_waits_until_the_coordinator_publishes_it(cast, model, written):
    assert public(model) == []
    assert [each.text for each in own_experiences(cast.aino, model.slug, "fi")] == [WORDS["text"]]
    (waiting,) = to_decide(cast.kaisa, "fi")
    assert (waiting.writer_name, waiting.organisation_name) == ("Aino Salmi", "Rantasäätiö")
    decide_experience(cast.kaisa, experience_id=written.id, version=1, publish=True)
    assert public(model) == [WORDS["text"]]
    assert own_experiences(cast.aino, model.slug, "fi") == []
    assert count_to_decide(cast.kaisa) == 0


def test_what_is_kept_back_says_why_and_can_be_published_later(cast, model, written):
    with pytest.raises(InvalidInput):
        decide_experience(cast.kaisa, experience_id=written.id, version=1, publish=False, reason=" ")
    decide_experience(cast.kaisa, experience_id=written.id, version=1, publish=False, reason="Perhe tunnistaisi.")
    assert own_experiences(cast.aino, model.slug, "fi")[0].reason == "Perhe tunnistaisi."
    decide_experience(cast.kaisa, experience_id=written.id, version=2, publish=True)
    assert decided(cast.kaisa, "fi")[0].reason == ""
    assert public(model) == [WORDS["text"]]


def test_what_is_said_of_an_organisations_own_version_stays_there(cast, model, written):
    decide_experience(cast.kaisa, experience_id=written.id, version=1, publish=True)
    base = install(NETWORK)
    own = {"base": base, "organisation_id": cast.kaisa.organisation_id, "overlay": []}
    InstalledModel.objects.filter(pk=model.id).update(**own)
    assert public(model) == []
    assert public_experiences(model.slug, "fi", cast.kaisa).workers
    assert not public_experiences(model.slug, "fi", cast.ritva).workers


def test_two_coordinators_do_not_undo_each_other(cast, written):
    decide_experience(cast.kaisa, experience_id=written.id, version=1, publish=True)
    with pytest.raises(Conflict):
        decide_experience(cast.kaisa, experience_id=written.id, version=1, publish=False, reason="Ei.")


def test_its_writer_takes_it_back_for_good(cast, model, written):
    decide_experience(cast.kaisa, experience_id=written.id, version=1, publish=True)
    take_back_experience(cast.aino, experience_id=written.id, version=2)
    assert public(model) == []
    with pytest.raises(NotNow):
        decide_experience(cast.kaisa, experience_id=written.id, version=3, publish=True)
    with pytest.raises(NotNow):
        take_back_experience(cast.aino, experience_id=written.id, version=3)


def test_nobody_else_takes_it_back(cast, written):
    with pytest.raises(NotNow):
        take_back_experience(cast.bertta, experience_id=written.id, version=1)


def test_only_a_coordinator_of_the_same_organisation_decides(cast, model):
    other = write_experience(cast.ritva, model_id=model.id, **WORDS)
    assert not to_decide(cast.kaisa, "fi")
    with pytest.raises(NotNow):
        decide_experience(cast.kaisa, experience_id=other.id, version=1, publish=True)
    with pytest.raises(NotPermitted):
        decide_experience(cast.ritva, experience_id=other.id, version=1, publish=True)
    with pytest.raises(NotPermitted):
        to_decide(cast.aino, "fi")


@pytest.mark.parametrize("lacks", [{"text": "  "}, {"in_role": ""}, {"names_nobody": False}, {"text": "x" * 2001}])
def test_it_has_words_a_role_and_a_second_reading(cast, model, lacks):
    with pytest.raises(InvalidInput):
        write_experience(cast.aino, model_id=model.id, **(WORDS | lacks))
    assert not Experience.objects.exists()


@pytest.mark.parametrize("name", ["tapio", "hilla"])
def test_those_who_do_not_use_models_do_not_write(cast, model, name):
    with pytest.raises(NotPermitted):
        write_experience(getattr(cast, name), model_id=model.id, **WORDS)


def many(cast, model, state, voice=""):
    common = {"model": model, "organisation_id": cast.kaisa.organisation_id, "organisation_name": "Rantasäätiö"}
    common |= {"written_by": cast.aino.account_id, "writer_name": "Aino Salmi", "state": state}
    common |= {"voice": voice, "language": "fi"} if voice else {"in_role": "ohjaaja"}
    for number in range(A_PAGE + 1):
        Experience.objects.create(text=f"{voice}{number}", written_at=cast.aino.at + timedelta(number), **common)


def test_each_list_has_pages_of_its_own(cast, model):
    many(cast, model, "public")
    many(cast, model, "public", "parent")
    many(cast, model, "waiting")
    told = public_experiences(model.slug, "fi", workers="2", families="no number")
    assert [each.text for each in told.workers] == ["0"]
    assert [each.text for each in told.families][:2] == [f"parent{A_PAGE}", f"parent{A_PAGE - 1}"]
    assert [each.text for each in to_decide(cast.kaisa, "fi", 2)] == [str(A_PAGE)]
    assert [each.text for each in decided(cast.kaisa, "fi", "99")][-1] == "0"


def test_a_page_takes_as_many_queries_whatever_there_is(cast, model, django_assert_num_queries):
    kaisa = cast.kaisa
    for voice, state in (("", "public"), ("parent", "public"), ("", "waiting")):
        many(cast, model, state, voice)
    for _time in range(2):
        public_experiences(model.slug, "fi")  # reads the package once
        with django_assert_num_queries(4):
            public_experiences(model.slug, "fi")
        with django_assert_num_queries(2):
            to_decide(kaisa, "fi")
        with django_assert_num_queries(2):
            decided(kaisa, "fi")
        many(cast, model, "public", "parent")
        many(cast, model, "waiting")
