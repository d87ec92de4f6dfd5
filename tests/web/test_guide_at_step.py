"""The guide at the step: the right page one tap away, of what runs for the family, else of what work begins with."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from solmu.casework.actions.network import agree_meeting
from solmu.casework.models import Engagement
from solmu.operating_models.guide import guide_page, languages_of, page_names, pages_for
from solmu.web.ui.markdown import title_of
from tests.casework.test_network import open_to_receivers
from tests.cast import MONDAY
from tests.models import COUNSELLING, NETWORK, TEAM, install, package, take_into_use
from tests.referrals.scenes import run_model
from tests.scenes import a_contact, open_family
from tests.versions import another_version
from tests.web.test_network_pages import client_of, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("an_hour_later")]


@pytest.fixture
def scene(cast):
    return open_family(cast)


def shown(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def title(path: str, *kinds: str) -> str:
    (name, *_others) = pages_for(package(path), kinds)
    return title_of(guide_page(package(path), name, "en").text)


def summary(path: str, *kinds: str) -> str:
    return f"Guide: {title(path, *kinds)}</summary>"


def test_a_new_contact_has_the_page_of_the_model_that_work_begins_with(cast):
    take_into_use(cast, COUNSELLING, TEAM)
    page = shown(client_of(cast, "aino"), url("contact_new"))
    assert summary(COUNSELLING, "contact") in page


def test_so_has_the_contact_that_is_open(cast):
    take_into_use(cast, COUNSELLING)
    contact = a_contact(cast.aino)
    assert summary(COUNSELLING, "contact") in shown(client_of(cast, "aino"), url("contact", contact.id))


def test_the_familys_steps_lead_to_their_pages(cast, scene):
    take_into_use(cast, COUNSELLING)
    client = client_of(cast, "aino")
    assert summary(COUNSELLING, "proposal") in shown(client, url("proposals", scene.family_id))
    assert summary(COUNSELLING, "closing") in shown(client, url("case_close", scene.family_id))
    assert summary(COUNSELLING, "network_meeting") in shown(client, url("network_meeting_new", scene.family_id))
    assert url("guide_for", scene.family_id, "map") in shown(client, url("map", scene.family_id))
    assert title(COUNSELLING, "map") in shown(client, url("guide_for", scene.family_id, "map"))


def test_what_runs_for_the_family_comes_before_what_work_begins_with(cast, scene):
    take_into_use(cast, COUNSELLING)
    run_model(cast, scene, TEAM)
    client = client_of(cast, "aino")
    for address, kind in [("case_close", "closing"), ("network_meeting_new", "network_meeting")]:
        page = shown(client, url(address, scene.family_id))
        assert summary(TEAM, kind) in page
        assert summary(COUNSELLING, kind) not in page
    assert title(TEAM, "map") in shown(client, url("guide_for", scene.family_id, "map"))


def test_a_model_that_the_family_has_not_chosen_tells_nothing_on_its_pages(cast, scene):
    take_into_use(cast, TEAM)
    client = client_of(cast, "aino")
    for address in ("proposals", "case_close", "network_meeting_new"):
        assert "Guide:" not in shown(client, url(address, scene.family_id))
    assert "No guide tells of this step" in shown(client, url("guide_for", scene.family_id, "map"))


def test_a_meeting_has_its_page_beside_the_form(cast, scene):
    take_into_use(cast, COUNSELLING)
    meeting = agree_meeting(
        cast.aino, case_id=scene.case_id, starts_at=MONDAY + timedelta(days=1), place="Kirjasto", chair="Aino"
    )
    page = shown(client_of(cast, "aino"), url("network_meeting", scene.family_id, meeting.id))
    assert summary(COUNSELLING, "network_meeting") in page


def test_a_page_of_its_own_leads_back_to_the_work(cast, scene):
    model = take_into_use(cast, COUNSELLING)[COUNSELLING]
    name = pages_for(package(COUNSELLING), {"closing"})[0]
    work = url("case_close", scene.family_id)
    client = client_of(cast, "aino")
    leads = re.search(rf'href="({url("guide", model.id, name)}\?back=[^"]+)"', shown(client, work)).group(1)
    assert str(scene.family_id) not in leads
    page = shown(client, leads)
    assert f'href="{work}"' in page
    assert "Back to the work" in page


@pytest.mark.parametrize(
    "back", ["https://evil.example", "//evil.example", "/desk/", "/\\evil.example", "", "A", "ä", "A" * 60]
)
def test_it_leads_nowhere_else(cast, back):
    model = take_into_use(cast, COUNSELLING)[COUNSELLING]
    name = pages_for(package(COUNSELLING), {"closing"})[0]
    page = client_of(cast, "aino").get(url("guide", model.id, name), {"back": back}).content.decode()
    assert "Back to the work" not in page
    assert not re.search(r'href="[^"]*evil', page)


def test_every_page_of_every_language_can_be_read(cast):
    model, own = install(NETWORK), package(NETWORK)
    client = client_of(cast, "paula")
    assert languages_of(own)
    for name in page_names(own):
        assert title_of(guide_page(own, name, "en").text) in shown(client, url("guide", model.id, name))


@pytest.mark.parametrize("step", ["nothing", "contact-preparation"])
def test_a_step_that_there_is_not_is_not_found(cast, scene, step):
    assert client_of(cast, "aino").get(url("guide_for", scene.family_id, step)).status_code == 404


def test_a_family_that_is_not_open_has_no_guide(cast, scene):
    assert client_of(cast, "cecilia").get(url("guide_for", scene.family_id, "map")).status_code == 404


def test_a_guide_costs_two_queries_however_many_models_there_are(cast, scene):
    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(url("case_close", scene.family_id))
        return len(asked)

    client = client_of(cast, "aino")
    take_into_use(cast, COUNSELLING)
    count()
    few = count()
    take_into_use(cast, NETWORK, TEAM)
    count()
    assert count() == few


def test_a_receiver_has_the_guide_of_the_work_whose_network_it_is(cast, scene):
    run_model(cast, scene, TEAM)
    open_to_receivers(cast, scene)
    page = shown(client_of(cast, "ritva"), url("network_meeting_new", scene.family_id))
    assert summary(TEAM, "network_meeting") in page


def test_a_version_that_another_organisation_has_not_shared_leads_to_no_page_of_its_own(cast, scene):
    engagement = run_model(cast, scene, TEAM)
    open_to_receivers(cast, scene)
    its_own = {"base": engagement.model, "organisation_id": cast.aino.organisation_id, "overlay": {"changes": []}}
    own = another_version(TEAM, "1+rantasaatio.1", lambda document: None, **its_own)
    Engagement.objects.filter(pk=engagement.pk).update(model=own)
    where = url("network_meeting_new", scene.family_id)
    page, pairs = shown(client_of(cast, "ritva"), where), shown(client_of(cast, "aino"), where)
    assert summary(TEAM, "network_meeting") in page
    assert f"/desk/guide/{own.id}/" in pairs and f"/desk/guide/{own.id}/" not in page
    assert "guide.invalid" not in page
