"""Rows that two may write at the same moment."""

import pytest

from solmu.kernel.errors import InvalidInput, NotNow
from solmu.kernel.models import insert_or
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
