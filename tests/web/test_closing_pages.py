"""The course of the work, its closing and its follow-up, as pages."""

from datetime import timedelta
from uuid import uuid4

import pytest

from solmu.access.models import Grant
from solmu.agenda.models import Item
from solmu.casework.models import Case
from solmu.referrals.actions import accept_referral
from solmu.web.models import Draft
from tests.cast import MONDAY
from tests.referrals.scenes import SOON, sent
from tests.scenes import open_family
from tests.web.test_network_pages import client_of, promise_of, send, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("an_hour_later")]

SAID = {
    "version": "1",
    "closing_reason": "goals_reached",
    "outcome": "everyday_easier",
    "what_changed": "Kirjeet on avattu.",
    "family_told_how": "Kotikäynnillä",
    "help_came": "yes",
}


@pytest.fixture
def scene(cast):
    return open_family(cast)


def test_the_course_tells_what_happened(cast, scene):
    promise_of(cast, scene)
    page = client_of(cast, "aino").get(url("case", scene.family_id)).content.decode()
    assert "Work with the family began" in page
    assert "Opettaja: Soittaa" in page


def test_the_course_asks_the_same_number_of_questions_for_one_and_for_many(cast, scene, django_assert_max_num_queries):
    client = client_of(cast, "aino")
    for _number in range(15):
        promise_of(cast, scene)
    client.get(url("case", scene.family_id))
    with django_assert_max_num_queries(45):
        client.get(url("case", scene.family_id))


def test_closing_sent_twice_closes_once_and_leads_to_the_same_place(cast, scene):
    client, address = client_of(cast, "aino"), url("case_close", scene.family_id)
    typed = {"once": str(uuid4()), **SAID, "follow_up_note": "Perhe ei halua."}
    first, second = client.post(address, typed), client.post(address, typed)
    assert first.url == second.url == url("today")
    assert Case.objects.get().state == "closed"
    assert not Grant.objects.filter(record_id=scene.family_id, closed_at=None).exists()
    assert not Item.objects.filter(record_id=scene.family_id, settled_at=None).exists()


def test_a_closing_that_lacks_something_keeps_what_was_typed(cast, scene):
    promise_of(cast, scene)
    answer = send(client_of(cast, "aino"), url("case_close", scene.family_id), **SAID)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Kirjeet on avattu." in page
    assert Case.objects.get().state == "open"


def test_a_closing_half_typed_is_kept_and_goes_when_it_is_sent(cast, scene):
    client, address = client_of(cast, "aino"), url("case_close", scene.family_id)
    client.post(url("draft", "case-close", scene.family_id), {"version": "0", "what_changed": "Kirjeet on avattu."})
    page = client.get(address).content.decode()
    assert "Kirjeet on avattu." in page and "Restored what you had typed" in page
    assert "Kirjeet on avattu." not in client_of(cast, "bertta").get(address).content.decode()
    assert send(client, address, **SAID, follow_up_note="Perhe ei halua.").status_code == 302
    assert not Draft.objects.exists()


def test_an_open_promise_is_decided_on_the_same_page(cast, scene):
    promise = promise_of(cast, scene)
    ends = {f"how_{promise.id}": "handed_on", f"word_{promise.id}": "kuraattorille"}
    follow = (MONDAY.date() + timedelta(days=90)).isoformat()
    send(client_of(cast, "aino"), url("case_close", scene.family_id), **SAID, **ends, follow_up_on=follow)
    assert Case.objects.get().state == "follow_up"


def test_the_follow_up_ends_the_work_or_takes_it_up_again(cast, scene):
    client = client_of(cast, "aino")
    follow = (MONDAY.date() + timedelta(days=90)).isoformat()
    send(client, url("case_close", scene.family_id), **SAID, follow_up_on=follow)
    version = str(Case.objects.get().version)
    assert "Record the follow-up" in client.get(url("case", scene.family_id)).content.decode()
    address = url("case_follow_up", scene.family_id)
    assert client.get(address).status_code == 200
    lacking = send(client, address, version=version, help_came="no", reopen="yes")
    assert lacking.status_code == 422
    send(client, address, version=version, help_came="no", reopen="yes", reopened_reason="Taas tiukkaa")
    assert Case.objects.get().state == "open"


def test_closed_work_is_taken_up_again_before_its_follow_up(cast, scene):
    client = client_of(cast, "aino")
    follow = (MONDAY.date() + timedelta(days=90)).isoformat()
    send(client, url("case_close", scene.family_id), **SAID, follow_up_on=follow)
    assert client.get(url("case_close", scene.family_id)).status_code == 404
    version = str(Case.objects.get().version)
    send(client, url("case_reopen", scene.family_id), version=version, reason="Perhe soitti.")
    assert Case.objects.get().state == "open"


@pytest.mark.parametrize("name", ["cecilia", "ritva", "paula", "kaisa"])
def test_nobody_else_sees_the_course_or_closes(cast, scene, name):
    client = client_of(cast, name)
    for page in ("case", "case_close", "case_follow_up", "case_reopen"):
        assert client.get(url(page, scene.family_id)).status_code == 404


def test_a_contact_without_an_answer_is_ended_on_its_own_page_and_an_accepted_one_can_be_left(cast):
    told = sent(cast)
    address = url("case_close", told.family_id)
    page = client_of(cast, "aino").get(address).content.decode()
    assert "Its receiver has not accepted it" in page and f"left_{told.referral.id}" not in page
    accept_referral(cast.ritva, referral_id=told.referral.id, version=told.now().version, next_on=SOON)
    page = client_of(cast, "aino").get(address).content.decode()
    assert f'name="left_{told.referral.id}"' in page and url("referral", told.referral.id) in page
