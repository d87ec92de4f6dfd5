"""Orientation as pages: what is asked, how it is gone through, who signs, and what the coordinator reads."""

from html import unescape
from uuid import uuid4

import pytest
from django.urls import reverse

from solmu.casework.models import Proposal
from solmu.learning.actions.signing import ask_sign_off
from solmu.learning.models import ModuleDone, OrientationRule, RanUnoriented, SignOff
from solmu.operating_models.actions import adopt
from tests.learning.scenes import a_package, go_through, in_use_by
from tests.models import NETWORK, install
from tests.scenes import open_family
from tests.web.test_network_pages import client_of, send, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("an_hour_later")]


@pytest.fixture
def model(cast, tmp_path):
    return in_use_by(cast, a_package(tmp_path))


def shown(client, address: str) -> str:
    return unescape(client.get(address).content.decode())


def at(model, module: str, name: str = "orientation_module") -> str:
    return url(name, model.id, module)


def coordination(name: str, *args) -> str:
    return reverse(f"coordination:{name}", args=args)


def test_without_models_nothing_is_asked(cast):
    assert "No orientation is asked" in shown(client_of(cast, "aino"), url("orientation"))


def test_the_own_page_tells_what_is_asked(cast, model):
    page = shown(client_of(cast, "aino"), url("orientation"))
    assert "asked of you" in page
    assert "Begin: Mallin ajatus" in page
    assert "voluntary" in page
    assert "not asked of you" in shown(client_of(cast, "paula"), url("orientation"))


def test_what_is_read_is_marked_and_taken_back(cast, model):
    client = client_of(cast, "aino")
    guide = url("guide", model.id, "idea")
    assert f"{guide}?back={at(model, 'read-idea')}" in shown(client, at(model, "read-idea"))
    assert "Kävellään." in shown(client, guide)
    send(client, at(model, "read-idea", "orientation_done"))
    page = shown(client, at(model, "read-idea"))
    assert "done 2 Nov 2026" in page
    assert "Next: Harjoittele" in page
    send(client, at(model, "read-idea", "orientation_undo"))
    assert "I have read this" in shown(client, at(model, "read-idea"))


def test_a_link_leads_out_of_solmu_in_a_tab_of_its_own(cast, model):
    page = shown(client_of(cast, "aino"), at(model, "watch-film"))
    assert '<a class="btn" href="https://example.org/film" target="_blank" rel="noopener noreferrer">' in page
    assert "in a new tab, outside Solmu" in page


def test_practice_leads_to_the_practice_region_or_says_that_there_is_none(cast, model, settings):
    client = client_of(cast, "aino")
    settings.SOLMU_PRACTICE_URL = ""
    assert "This installation has no practice region" in shown(client, at(model, "practice-walk"))
    settings.SOLMU_PRACTICE_URL = "https://practice.example.org/"
    assert "https://practice.example.org/" in shown(client, at(model, "practice-walk"))
    settings.SOLMU_DEMO, settings.SOLMU_PRACTICE_URL = True, ""
    assert "You are in a practice region" in shown(client, at(model, "practice-walk"))


def test_a_check_explains_what_was_wrong_and_keeps_no_score(cast, model):
    client, address = client_of(cast, "aino"), at(model, "check-idea")
    wrong = send(client, address, q_who="none", q_when=["dusk"])
    assert wrong.status_code == 422
    page = unescape(wrong.content.decode())
    assert page.count("Not quite. Kaikki saavat tulla") == 2 * 2  # at the questions, and in the summary of errors
    assert "checked" in page
    assert not ModuleDone.objects.exists()
    assert send(client, address, q_who="all").status_code == 422
    assert send(client, address, q_who="all", q_when=["dusk", "rain"]).status_code == 302
    page = shown(client, address)
    assert "Hämärässä · Sateella" in page
    assert ModuleDone.objects.get().module_id == "check-idea"


def test_a_colleague_is_asked_and_signs(cast, model):
    aino, kaisa = client_of(cast, "aino"), client_of(cast, "kaisa")
    address = at(model, "shadow-walk")
    assert "Kaisa Ranta (coordinator)" in shown(aino, address)
    assert send(aino, address).status_code == 422
    assert send(aino, address, asked_of=str(cast.account("bertta").id)).status_code == 422
    send(aino, address, asked_of=str(cast.account("kaisa").id))
    assert "You asked Kaisa Ranta" in shown(aino, address)
    row = SignOff.objects.get()
    sign = url("sign_off", row.id)
    assert sign in shown(kaisa, coordination("orientation"))
    assert "Aino Salmi" in shown(kaisa, sign)
    assert send(kaisa, sign, version="1", answer="sign").status_code == 422
    send(kaisa, sign, version="1", answer="sign", met_on="2026-11-02")
    assert "You have signed that you met on 2 Nov 2026." in shown(kaisa, sign)
    assert "Kaisa Ranta has signed" in shown(aino, address)


def test_a_colleague_who_does_not_sign_says_why(cast, model):
    aino = client_of(cast, "aino")
    send(aino, at(model, "shadow-walk"), asked_of=str(cast.account("kaisa").id))
    sign = url("sign_off", SignOff.objects.get().id)
    send(client_of(cast, "kaisa"), sign, version="1", answer="return", words="Emme ehtineet.")
    page = shown(aino, at(model, "shadow-walk"))
    assert "Kaisa Ranta could not sign: Emme ehtineet." in page
    assert "A colleague could not sign" in shown(aino, url("today"))


def test_asking_can_be_taken_back(cast, model):
    aino = client_of(cast, "aino")
    send(aino, at(model, "shadow-walk"), asked_of=str(cast.account("kaisa").id))
    row = SignOff.objects.get()
    send(aino, url("sign_off_take_back", row.id), version="1")
    assert "Ask for a signature" in shown(aino, at(model, "shadow-walk"))
    assert "has taken this back" in shown(client_of(cast, "kaisa"), url("sign_off", row.id))


@pytest.mark.parametrize("name", ["bertta", "ritva", "paula"])
def test_a_sign_off_is_open_only_to_the_one_who_was_asked(cast, model, name):
    row = ask_sign_off(cast.aino, model_id=model.id, module_id="shadow-walk", asked_of_id=cast.account("kaisa").id)
    client = client_of(cast, name)
    assert client.get(url("sign_off", row.id)).status_code == 404
    assert send(client, url("sign_off", row.id), version="1", answer="sign", met_on="2026-11-02").status_code == 404


def test_what_is_not_there_is_not_found(cast, model):
    client = client_of(cast, "aino")
    assert client.get(at(model, "no-such")).status_code == 404
    assert client.get(url("orientation_module", uuid4(), "read-idea")).status_code == 404
    assert client.get(url("sign_off", uuid4())).status_code == 404
    assert send(client, at(model, "no-such", "orientation_done")).status_code == 302


# Proposing before it


def test_a_proposal_before_orientation_asks_for_a_reason(cast):
    scene, model = open_family(cast), install(NETWORK)
    adopt(cast.kaisa, model_id=model.id)
    client = client_of(cast, "aino")
    address = url("propose", scene.family_id, model.id)
    assert "You have not gone through the orientation" in shown(client, address)
    said = {"deviation_reason": "Perhe toivoo."}
    refused = send(client, address, **said)
    assert refused.status_code == 422
    assert "Write why you propose this before your orientation" in unescape(refused.content.decode())
    assert not Proposal.objects.exists()
    send(client, address, **said, unoriented_reason="Sijaistan tällä viikolla.")
    assert Proposal.objects.exists()
    page = shown(client_of(cast, "kaisa"), coordination("orientation"))
    assert "Sijaistan tällä viikolla." in page
    assert str(scene.family_id) not in page
    assert "Kallio" not in page
    assert RanUnoriented.objects.count() == 1


def test_whoever_is_oriented_is_asked_for_no_reason(cast, model):
    scene = open_family(cast)
    go_through(cast.aino, model, signer=cast.kaisa)
    page = shown(client_of(cast, "aino"), url("propose", scene.family_id, model.id))
    assert "You have not gone through the orientation" not in page


# The coordinator's page


def test_the_coordinator_sees_units_and_workers_by_name(cast, model):
    go_through(cast.aino, model, signer=cast.kaisa)
    page = shown(client_of(cast, "kaisa"), coordination("orientation"))
    assert page.index("Aino Salmi") < page.index("Bertta Niemi") < page.index("Cecilia Korpi")
    assert "(until 2 Nov 2027)" in page
    assert "4 modules, asked in 30 days." in page
    assert "%" not in page.split("<main")[1].split("</main>")[0]


def test_the_coordinator_changes_what_is_asked(cast, model):
    client, address = client_of(cast, "kaisa"), coordination("orientation_rule", model.id)
    assert send(client, address, version="0", is_asked="on", days="0").status_code == 422
    send(client, address, version="0", days="14")
    rule = OrientationRule.objects.get()
    assert (rule.is_asked, rule.days) == (False, 14)
    assert "Not asked in your organisation." in shown(client, coordination("orientation"))
    assert send(client, address, version="0", is_asked="on", days="30").status_code == 409


@pytest.mark.parametrize("name", ["aino", "ritva", "paula", "tapio", "hilla"])
def test_nobody_else_opens_the_coordinators_page(cast, model, name):
    client = client_of(cast, name)
    assert client.get(coordination("orientation")).status_code == 403
    assert client.get(coordination("orientation_rule", model.id)).status_code == 403
