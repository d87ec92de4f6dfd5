"""A family's first page answers at once where the family is, what waits, with whom and until when."""

import pytest
from django.urls import reverse

from solmu.agenda.models import Item
from solmu.referrals.actions import claim_referral
from tests.referrals.scenes import ASKED, sent
from tests.scenes import open_family

pytestmark = pytest.mark.django_db


def first_page(client, cast, who: str, family_id) -> str:
    client.force_login(cast.account(who))
    client.cookies["django_language"] = "en"
    return client.get(reverse("desk:family", args=[family_id])).content.decode()


def test_a_contact_that_was_sent_waits_with_the_receiver_until_its_day(client, cast):
    told = sent(cast)
    page = first_page(client, cast, "aino", told.family_id)
    assert ASKED in page
    assert "Perheiden verkosto" in page
    claim_referral(cast.ritva, referral_id=told.referral.id, version=told.referral.version)
    assert "Ritva Halla" in first_page(client, cast, "aino", told.family_id)


def test_what_waits_for_both_of_the_pair_stands_once_with_both_names(client, cast):
    scene = open_family(cast)
    page = first_page(client, cast, "aino", scene.family_id)
    assert page.count(f"<h3>{Item.Kind.MAP.label}</h3>") == 1
    assert "Aino Salmi, Bertta Niemi · " in page


def test_a_family_for_whom_nothing_waits_is_asked_its_next_step(client, cast):
    scene = open_family(cast)
    Item.objects.filter(record_id=scene.family_id).delete()
    page = first_page(client, cast, "aino", scene.family_id)
    assert 'class="task"' not in page
    assert 'aria-labelledby="next"' in page
