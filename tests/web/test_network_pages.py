"""The pages of the network and the promises: each form does its deed once, and keeps what was typed."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from solmu.casework.actions.network import add_member, agree_meeting, set_member_state
from solmu.casework.actions.promises import make_promise
from solmu.casework.models import NetworkMeeting, NetworkMember, Promise
from solmu.kernel import clock
from solmu.web.models import Draft
from tests.casework.test_network import open_to_receivers
from tests.cast import MONDAY
from tests.scenes import open_family

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("an_hour_later")]


@pytest.fixture
def scene(cast):
    return open_family(cast)


def client_of(cast, name: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(cast.account(name))
    return client


def url(name: str, *args) -> str:
    return reverse(f"desk:{name}", args=args)


def send(client, address: str, **typed):
    return client.post(address, {"once": str(uuid4()), **typed})


def member_of(cast, scene, **said) -> NetworkMember:
    member = add_member(cast.aino, case_id=scene.case_id, kind="professional", **{"name": "Opettaja", **said})
    return set_member_state(cast.aino, member_id=member.id, version=1, state="joined")


def promise_of(cast, scene, **said) -> Promise:
    due_on = MONDAY.date() + timedelta(days=7)
    member = member_of(cast, scene, **said)
    return make_promise(cast.aino, case_id=scene.case_id, member_id=member.id, deed="Soittaa", due_on=due_on)


def test_an_empty_network_says_what_to_do(cast, scene):
    page = client_of(cast, "aino").get(url("network", scene.family_id)).content.decode()
    assert "No meeting has been agreed" in page
    assert "Nobody has promised anything yet" in page


def test_a_member_added_twice_by_a_double_press_is_one(cast, scene):
    client, address = client_of(cast, "aino"), url("network_member_new", scene.family_id)
    typed = {"once": str(uuid4()), "kind": "close", "name": "Mummo", "chosen_by_family": "on"}
    first, second = client.post(address, typed), client.post(address, typed)
    assert first.url == second.url == url("network", scene.family_id)
    assert NetworkMember.objects.filter(name="Mummo").count() == 1


def test_a_refused_form_keeps_what_was_typed(cast, scene):
    address = url("network_member_new", scene.family_id)
    typed = {"kind": "professional", "in_role": "rehtori", "account_email": "nobody@example.org"}
    answer = send(client_of(cast, "aino"), address, **typed)
    assert answer.status_code == 422
    assert 'value="rehtori"' in answer.content.decode()


def test_the_state_of_a_member_is_moved_with_a_press(cast, scene):
    member = add_member(cast.aino, case_id=scene.case_id, kind="close", name="Mummo", chosen_by_family=False)
    client, address = client_of(cast, "aino"), url("network_member_state", scene.family_id, member.id)
    told = client.get(send(client, address, version="1", state="invited").url).content.decode()
    assert "The family chooses whom to invite" in told
    send(client, address, version="1", state="invited", family_agrees="on")
    assert NetworkMember.objects.get(pk=member.id).state == "invited"


def test_a_meeting_is_agreed_and_recorded_by_its_pages(cast, scene):
    client = client_of(cast, "aino")
    typed = {"day": MONDAY.date().isoformat(), "time": "09:30", "place": "Koulu", "interpreter": "yes"}
    send(client, url("network_meeting_new", scene.family_id), **typed)
    meeting = NetworkMeeting.objects.get()
    assert clock.local_date(meeting.starts_at) == MONDAY.date()
    address = url("network_meeting", scene.family_id, meeting.id)
    refused = send(client, address, version="1", family_present="no", agreed="Soitetaan.", interpreter="yes")
    assert refused.status_code == 422
    assert "Soitetaan." in refused.content.decode()
    send(client, address, version="1", family_present="yes", agreed="Soitetaan.", interpreter="yes")
    meeting.refresh_from_db()
    assert (meeting.state, meeting.agreed) == ("held", "Soitetaan.")


def test_what_was_agreed_half_typed_is_kept_and_goes_when_the_meeting_is_recorded(cast, scene):
    client, held = client_of(cast, "aino"), agree_meeting(cast.aino, case_id=scene.case_id, starts_at=MONDAY)
    address = url("network_meeting", scene.family_id, held.id)
    client.post(url("draft", "network-meeting", held.id), {"agreed": "Vaari hakee koulusta", "family_present": "yes"})
    assert "Vaari hakee koulusta" in client.get(address).content.decode()
    send(client, address, version=held.version, agreed="Vaari hakee koulusta", family_present="yes")
    assert not Draft.objects.exists()


def test_the_one_who_comes_second_sees_both_versions(cast, scene):
    meeting = agree_meeting(cast.aino, case_id=scene.case_id, starts_at=MONDAY)
    NetworkMeeting.objects.update(version=4, agreed="Sovittu muualla")
    address = url("network_meeting", scene.family_id, meeting.id)
    answer = send(client_of(cast, "bertta"), address, version="1", family_present="yes", agreed="Oma kirjaus")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Sovittu muualla" in page and "Oma kirjaus" in page
    assert re.search(r'name="version" value="4"', page)


def test_a_meeting_is_cancelled_with_a_reason(cast, scene):
    meeting = agree_meeting(cast.aino, case_id=scene.case_id, starts_at=MONDAY)
    address = url("network_meeting_cancel", scene.family_id, meeting.id)
    send(client_of(cast, "aino"), address, version="1", reason="Sairaus")
    assert NetworkMeeting.objects.get().state == "cancelled"


def test_a_promise_goes_its_whole_way(cast, scene):
    client, member = client_of(cast, "aino"), member_of(cast, scene)
    due_on = (MONDAY.date() + timedelta(days=7)).isoformat()
    send(client, url("promise_new", scene.family_id), member=str(member.id), deed="Soittaa", due_on=due_on)
    promise = Promise.objects.get()
    address = url("promise", scene.family_id, promise.id)
    assert "did it help" not in client.get(address).content.decode()
    send(client, address, version="1", state="kept", word="Soitettu")
    assert "did it help" in client.get(address).content.decode()
    send(client, address, version="2", helped="yes", words="Kyllä auttoi")
    promise.refresh_from_db()
    assert (promise.state, promise.helped, promise.family_words) == ("kept", "yes", "Kyllä auttoi")


def test_the_familys_sheet_lists_the_promises(cast, scene):
    promise_of(cast, scene, in_role="opettaja")
    page = client_of(cast, "aino").get(url("promises_sheet", scene.family_id)).content.decode()
    assert "Soittaa" in page and "opettaja" in page


def test_a_partner_sees_own_promises_alone_and_tells_of_them(cast, scene):
    promise = promise_of(cast, scene, account_email="paula@example.org")
    client = client_of(cast, "paula")
    page = client.get(url("my_promises")).content.decode()
    assert "Soittaa" in page and "Kallio" not in page
    send(client, url("my_promise", promise.id), version="1", state="kept")
    assert Promise.objects.get().state == "kept"
    for name in ("network", "promises_sheet", "proposals", "case"):
        assert client.get(url(name, scene.family_id)).status_code in {403, 404}


def test_a_promise_on_the_agenda_leads_to_where_it_can_be_told_of(cast, scene):
    promise = promise_of(cast, scene, account_email="paula@example.org")
    address = url("my_promise", promise.id)
    assert client_of(cast, "paula").get(address).url == url("my_promises")
    assert client_of(cast, "aino").get(address).url == url("promise", scene.family_id, promise.id)
    assert client_of(cast, "outi").get(address).status_code == 404


def test_one_without_promises_is_told_so(cast):
    assert "You have no promises" in client_of(cast, "paula").get(url("my_promises")).content.decode()


def test_a_receiver_with_the_network_sees_it_and_no_more(cast, scene):
    promise_of(cast, scene)
    open_to_receivers(cast, scene)
    client = client_of(cast, "ritva")
    page = client.get(url("network", scene.family_id)).content.decode()
    assert "Soittaa" in page
    assert "Minna 36" not in page
    assert client.get(url("network_meeting_new", scene.family_id)).status_code == 200
    for name in ("proposals", "case", "map"):
        assert client.get(url(name, scene.family_id)).status_code in {403, 404}


@pytest.mark.parametrize("name", ["cecilia", "ritva", "kaisa", "tapio"])
def test_others_find_no_network(cast, scene, name):
    client = client_of(cast, name)
    for page in ("network", "network_member_new", "network_meeting_new", "promise_new", "promises_sheet"):
        assert client.get(url(page, scene.family_id)).status_code == 404


def test_a_meeting_of_another_family_does_not_exist(cast, scene):
    other = open_family(cast, name="Vieras", by="cecilia", pair=None)
    meeting = agree_meeting(cast.cecilia, case_id=other.case_id, starts_at=MONDAY)
    client = client_of(cast, "aino")
    assert client.get(url("network_meeting", scene.family_id, meeting.id)).status_code == 404
    answer = send(client, url("network_meeting_cancel", scene.family_id, meeting.id), version="1", reason="x")
    assert answer.status_code == 404
    assert NetworkMeeting.objects.get().state == "agreed"
