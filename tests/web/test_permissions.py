"""The family's permissions: what is in force, what was refused, and withdrawal with one plain question."""

from uuid import uuid4

import pytest
from django.urls import reverse

from solmu.consents.actions import refuse_permission
from solmu.consents.models import Permission
from solmu.referrals.models import State
from tests.referrals.scenes import sent, sent_outside
from tests.scenes import open_family

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("an_hour_later")]


@pytest.fixture
def aino(client, cast):
    client.force_login(cast.account("aino"))
    client.cookies["django_language"] = "en"
    return client


def text_of(response) -> str:
    return response.content.decode()


def withdrawal(told) -> str:
    return reverse("desk:permission_withdraw", args=[told.family_id, told.permission.id])


def test_an_empty_page_says_that_nobody_knows(aino, cast):
    scene = open_family(cast)
    page = text_of(aino.get(reverse("desk:permissions", args=[scene.family_id])))
    assert "Nothing is permitted to anybody" in page


def test_what_is_permitted_and_refused_stands_with_who_and_until_when(aino, cast):
    told = sent(cast)
    refuse_permission(
        cast.aino,
        family_id=told.family_id,
        person_id=told.scene.people["Ville"].id,
        refused_items=["network"],
        purpose="Apu",
        how="oral",
        receiver_unit_id=cast.unit("receivers").id,
    )
    page = text_of(aino.get(reverse("desk:permissions", args=[told.family_id])))
    for words in ("Perheiden verkosto", "Minna Kallio", "Ville Kallio", "Not permitted:", "2027", "<li>Own words</li>"):
        assert words in page


def test_withdrawal_is_one_question_and_one_press(aino, cast):
    told = sent(cast)
    assert "Is the permission withdrawn?" in text_of(aino.get(withdrawal(told)))
    once = str(uuid4())
    for _press in range(2):
        assert aino.post(withdrawal(told), {"once": once, "how": "oral"}).status_code == 302
    assert Permission.objects.get().state == "withdrawn"
    assert told.now().state == State.CANCELLED
    again = aino.post(withdrawal(told), {"once": str(uuid4()), "how": "oral"})
    assert again.status_code == 422 and "no longer in force" in text_of(again)


def test_a_receiver_outside_is_to_be_called(aino, cast):
    told = sent_outside(cast)
    answer = aino.post(withdrawal(told), {"once": str(uuid4()), "how": "oral"}, follow=True)
    assert "call and tell that the permission is gone" in text_of(answer)
    here = reverse("desk:referral", args=[told.referral.id])
    assert "Tell the receiver that the permission was withdrawn" in text_of(aino.get(here))
    record = reverse("desk:referral_receiver_told", args=[told.referral.id])
    said = {"version": told.now().version}
    assert aino.post(record, {"once": str(uuid4())} | said).status_code == 422
    assert aino.post(record, {"once": str(uuid4()), "answered_by": "Neuvoja"} | said).url == here
    page = text_of(aino.get(here))
    assert "Tell the receiver that" not in page and "Told to Neuvoja" in page


@pytest.mark.parametrize(("who", "status"), [("cecilia", 404), ("tuula", 404), ("ritva", 403), ("paula", 404)])
def test_nobody_else_withdraws(client, cast, who, status):
    told = sent(cast)
    client.force_login(cast.account(who))
    assert client.get(withdrawal(told)).status_code == status
    assert client.post(withdrawal(told), {"once": str(uuid4()), "how": "oral"}).status_code == status
    assert told.now().state == State.REQUESTED
