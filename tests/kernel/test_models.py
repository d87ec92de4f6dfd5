"""Rows that two may write at the same moment."""

import pytest

from solmu.kernel.errors import InvalidInput, NotNow
from solmu.kernel.models import insert_or, save_version
from solmu.operating_models.models import Adaptation, InstalledModel
from solmu.organisations.models import Organisation

pytestmark = pytest.mark.django_db


def test_who_comes_second_is_refused_in_words_and_the_transaction_goes_on():
    insert_or(Organisation(name="Rantasäätiö"), NotNow)
    with pytest.raises(NotNow):
        insert_or(Organisation(name="Rantasäätiö"), NotNow)
    assert insert_or(Organisation(name="Lakean kunta"), NotNow).name == "Lakean kunta"
    assert Organisation.objects.count() == 2


def test_what_is_too_long_is_told_at_its_field_and_not_taken_for_a_second_writer():
    with pytest.raises(InvalidInput) as refused:
        insert_or(Organisation(name="x" * 161), NotNow)
    assert set(refused.value.errors) == {"name"}


def test_what_somebody_took_away_meanwhile_is_not_saved_and_breaks_nothing(cast):
    named = {"slug": "a", "model_version": "1", "content_hash": "0", "content": "{}"}
    base = InstalledModel.objects.create(**named, installed_at=cast.kaisa.at)
    begun = {"organisation_id": cast.kaisa.organisation_id, "base": base, "begun_at": cast.kaisa.at}
    seen = Adaptation.objects.create(**begun)
    Adaptation.objects.filter(pk=seen.pk).delete()
    with pytest.raises(NotNow):
        save_version(seen, expected=1, fields=["changes"])
