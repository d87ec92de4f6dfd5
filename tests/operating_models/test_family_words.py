"""A family's words on a model: written down with its leave, tied to nobody, and gone when the leave is taken back."""

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ForeignKey

from solmu.access.gate import NotPermitted
from solmu.accesslog.models import Entry
from solmu.kernel.errors import Conflict, InvalidInput, NotNow
from solmu.operating_models.experiences import (
    decide_experience,
    own_experiences,
    public_experiences,
    take_back_experience,
    to_decide,
    write_experience,
    write_family_experience,
)
from solmu.operating_models.models import Experience, InstalledModel
from tests.models import COUNSELLING, install

pytestmark = pytest.mark.django_db
ARABIC = {
    "text": "أحد ما استمع إلينا.",
    "voice": "parent",
    "language": "ar",
    "translation": "Joku kuunteli meitä.",
    "translated_to": "fi",
    "leave_given": True,
    "read_back": True,
    "names_nobody": True,
}
FINNISH = ARABIC | {"text": "Joku kuunteli.", "language": "fi", "translation": "", "voice": "young"}


@pytest.fixture
def model(db):
    return install(COUNSELLING)


@pytest.fixture
def told(cast, model):
    return write_family_experience(cast.aino, model_id=model.id, **ARABIC)


def publish(cast, row) -> None:
    decide_experience(cast.kaisa, experience_id=row.id, version=row.version, publish=True)


def public(model) -> list[str]:
    return [each.text for each in public_experiences(model.slug, "fi").families]


def test_nothing_leads_from_the_words_to_a_family(told):
    links = {field.name: field.related_model for field in Experience._meta.fields if isinstance(field, ForeignKey)}
    assert links == {"model": InstalledModel}
    identifiers = {field.name for field in Experience._meta.fields if field.get_internal_type() == "UUIDField"}
    assert identifiers == {"id", "organisation_id", "written_by", "decided_by"}
    assert not Entry.objects.exclude(record_id=None).exists()


def test_a_coordinator_reads_them_before_they_are_public(cast, model, told):
    assert public(model) == []
    (waiting,) = to_decide(cast.kaisa, "fi")
    assert (waiting.voice, waiting.language, waiting.translation) == ("parent", "ar", "Joku kuunteli meitä.")
    publish(cast, told)
    shown = public_experiences(model.slug, "fi")
    assert [each.text for each in shown.families] == [ARABIC["text"]]
    assert not shown.workers


@pytest.mark.parametrize(
    "lacks",
    [
        {"text": "  "},
        {"voice": ""},
        {"voice": "Minna Suku"},
        {"language": ""},
        {"translation": " "},
        {"translated_to": ""},
        {"leave_given": False},
        {"read_back": False},
        {"names_nobody": False},
        {"text": "x" * 2001},
    ],
)
def test_without_leave_reading_back_or_a_readable_language_they_are_not_handed_in(cast, model, lacks):
    with pytest.raises(InvalidInput) as refused:
        write_family_experience(cast.aino, model_id=model.id, **(ARABIC | lacks))
    assert set(refused.value.errors) == set(lacks)
    assert not Experience.objects.exists()


def test_words_that_the_coordinator_reads_need_no_translation(cast, model):
    row = write_family_experience(cast.aino, model_id=model.id, **FINNISH)
    assert (row.translation, row.translated_to) == ("", "")


@pytest.mark.parametrize("who", ["aino", "kaisa"])
def test_the_writer_or_a_coordinator_takes_them_back_and_they_are_erased(cast, model, told, who):
    publish(cast, told)
    actor = getattr(cast, who)
    (row,) = public_experiences(model.slug, "fi", actor).families
    assert row.may_take_back
    take_back_experience(actor, experience_id=told.id, version=row.version)
    assert public(model) == []
    left = Experience.objects.get()
    assert (left.text, left.translation) == ("", "")
    assert own_experiences(cast.aino, model.slug, "fi") == []
    with pytest.raises(NotNow):
        decide_experience(cast.kaisa, experience_id=told.id, version=left.version, publish=True)


def test_nobody_else_takes_them_back(cast, model, told):
    for stranger in (cast.bertta, cast.ritva):
        assert not any(each.may_take_back for each in public_experiences(model.slug, "fi", stranger).families)
        with pytest.raises(NotNow):
            take_back_experience(stranger, experience_id=told.id, version=1)
    with pytest.raises(NotPermitted):
        take_back_experience(cast.tapio, experience_id=told.id, version=1)


def test_a_coordinator_does_not_take_a_workers_own_words_back(cast, model):
    own = write_experience(cast.aino, model_id=model.id, text="Sujui.", in_role="palveluneuvoja", names_nobody=True)
    with pytest.raises(NotNow):
        take_back_experience(cast.kaisa, experience_id=own.id, version=1)


def test_publishing_what_was_just_taken_back_is_refused(cast, told):
    take_back_experience(cast.aino, experience_id=told.id, version=1)
    with pytest.raises((Conflict, NotNow)):
        decide_experience(cast.kaisa, experience_id=told.id, version=1, publish=True)


@pytest.mark.parametrize(
    "changed",
    [
        {"in_role": "palveluneuvoja"},
        {"voice": ""},
        {"language": ""},
        {"state": "taken_back"},
        {"translated_to": ""},
    ],
)
def test_the_database_keeps_the_shape(told, changed):
    with pytest.raises(IntegrityError), transaction.atomic():
        Experience.objects.filter(pk=told.pk).update(**changed)
