"""Proposals as pages: questions answered where they are asked, reasons, decisions, and what lists may not tell."""

from html import unescape
from uuid import uuid4

import pytest
from django.urls import reverse

from solmu.casework.models import Engagement, Gap, Proposal
from solmu.directory.models import ContactPoint
from solmu.situations.models import StatedFact
from tests.models import COUNSELLING, FAMILY_UNITY, NETWORK, TEAM, package, take_into_use
from tests.scenes import open_family
from tests.web.test_network_pages import client_of, send, url

BY_LAW = "perheen-kotoutumissuunnitelma/1"
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("an_hour_later")]


@pytest.fixture
def scene(cast):
    return open_family(cast)


@pytest.fixture
def models(cast):
    return take_into_use(cast, FAMILY_UNITY, NETWORK, TEAM)


def answer(client, scene, fact: str, value: str, **more):
    return send(client, url("proposal_answer", scene.family_id), fact=fact, value=value, **more)


def fit(client, scene):
    for fact, value in [("family.wants_support", "yes"), ("situation.worry_finances", "yes")]:
        answer(client, scene, fact, value)
    answer(client, scene, "situation.acute_crisis", "no")


def test_without_models_the_page_says_who_takes_them_into_use(cast, scene):
    page = client_of(cast, "aino").get(url("proposals", scene.family_id)).content.decode()
    assert "No operating model has been taken into use" in page


def test_no_models_own_name_stands_among_the_proposals(cast, scene, models):
    page = client_of(cast, "aino").get(url("proposals", scene.family_id)).content.decode()
    for path in models:
        assert package(path).neutral_name("en") in unescape(page)
    assert "NURRI" not in page


def test_a_question_is_answered_where_it_is_asked(cast, scene, models):
    client = client_of(cast, "aino")
    asked = package(NETWORK).text("ask.wants-support.family", "en")
    assert asked in unescape(client.get(url("proposals", scene.family_id)).content.decode())
    answer(client, scene, "family.wants_support", "yes")
    answer(client, scene, "situation.acute_crisis", "unanswered")
    values = dict(StatedFact.objects.values_list("fact", "value"))
    assert values == {"family.wants_support": True, "situation.acute_crisis": None}


def seen(client, scene) -> str:
    return unescape(client.get(url("proposals", scene.family_id)).content.decode())


def test_one_question_is_asked_first_and_its_buttons_stand_once(cast, scene, models):
    page = seen(client_of(cast, "aino"), scene)
    assert page.count("Ask this first") > page.count('id="ask"') == 1
    assert page.index('id="ask"') < page.index('id="m-')


def test_each_way_in_is_summed_up_in_words_and_its_criteria_are_folded(cast, scene, models):
    client = client_of(cast, "aino")
    card = seen(client, scene).split(f'id="m-{models[NETWORK].id}"')[1].split("</section>")[0]
    folded = card[card.index("<details") : card.index('<ul class="crit"')]
    assert "3 not yet known" in folded and "1 speaks for" in folded and folded.startswith('<details class="more">')
    assert card.index("</details>") < card.index("Propose to the family")


def test_what_speaks_against_a_model_stands_open(cast, scene, models):
    client = client_of(cast, "aino")
    answer(client, scene, "situation.acute_crisis", "yes")
    card = seen(client, scene).split(f'id="m-{models[NETWORK].id}"')[1].split("</section>")[0]
    assert '<details class="more" open>' in card and "1 speaks against" in card


def test_a_crisis_shows_at_once_where_help_is_had(cast, scene, models):
    client = client_of(cast, "aino")
    assert "tel:112" not in seen(client, scene)
    answer(client, scene, "situation.acute_crisis", "yes")
    for page in (seen(client, scene), seen_proposing(client, scene, models)):
        assert "tel:112" in page
        assert "The number is not yet recorded" in page
        assert url("family_safety", scene.family_id) in page
    ContactPoint.objects.create(kind="crisis", name="Kriisipäivystys", phone="08 123 456")
    assert 'href="tel:08 123 456"' in seen(client, scene)


def seen_proposing(client, scene, models) -> str:
    return unescape(client.get(url("propose", scene.family_id, models[NETWORK].id)).content.decode())


def test_a_reason_is_asked_beside_what_the_proposal_departs_from(cast, scene, models):
    client = client_of(cast, "aino")
    fit(client, scene)
    assert "Why do you propose this all the same?" not in seen_proposing(client, scene, models)
    answer(client, scene, "situation.acute_crisis", "yes")
    page = seen_proposing(client, scene, models)
    own = package(NETWORK)
    crisis = next(each for each in own.entry.criteria if each.id == "acute-crisis")
    assert "Why do you propose this all the same?" in page
    assert page.count(own.text(crisis.says.worker, "en")) == 2


def test_a_way_for_the_family_may_be_proposed_as_one_persons_matter(cast, scene):
    client, model = client_of(cast, "aino"), take_into_use(cast, COUNSELLING)[COUNSELLING]
    minna, siiri = (str(scene.people[name].id) for name in ("Minna", "Siiri"))
    address = url("propose", scene.family_id, model.id) + "?path=to-family-contact-point"
    send(client, address, person=minna)
    assert Proposal.objects.get().person_id == scene.people["Minna"].id
    assert client.get(f"{address}&person=nobody").status_code == 200
    own = url("propose", scene.family_id, model.id) + f"?path=to-young-peoples-team&person={siiri}"
    assert "Whose matter is it?" not in client.get(own).content.decode()
    for wrong in ("?path=to-nowhere", "?path=to-young-peoples-team", f"?path=to-young-peoples-team&person={uuid4()}"):
        assert client.get(url("propose", scene.family_id, model.id) + wrong).status_code == 404


def test_the_page_tells_who_says_that_a_model_works(cast, scene, models):
    page = seen(client_of(cast, "aino"), scene)
    assert "reported by the developers" in page
    assert all(reverse("coordination:model", args=[model.id]) in page for model in models.values())


def test_the_protected_judgement_is_kept_with_its_judge(cast, scene, models):
    client, siiri = client_of(cast, "aino"), scene.people["Siiri"].id
    answer(client, scene, "person.protected_criterion", "yes", person=str(siiri))
    fact = StatedFact.objects.get()
    assert (fact.protected, fact.recorder_name, fact.person_id) == (True, "Aino Salmi", siiri)


def test_a_fact_of_another_part_is_not_answered_here(cast, scene, models):
    client = client_of(cast, "aino")
    told = client.get(answer(client, scene, "person.birth_date", "2010-01-01").url).content.decode()
    assert "answered in another part" in told
    assert not StatedFact.objects.exists()


def test_a_deviation_is_proposed_only_with_a_reason(cast, scene, models):
    client, address = client_of(cast, "aino"), url("propose", scene.family_id, models[TEAM].id)
    address += f"?person={scene.people['Minna'].id}"
    assert "departs from what the model recommends" in client.get(address).content.decode()
    assert send(client, address).status_code == 422
    send(client, address, deviation_reason="Toive")
    assert Proposal.objects.get().deviation_reason == "Toive"


def test_a_double_press_proposes_once(cast, scene, models):
    client, address = client_of(cast, "aino"), url("propose", scene.family_id, models[NETWORK].id)
    fit(client, scene)
    typed = {"once": str(uuid4())}
    assert client.post(address, typed).url == client.post(address, typed).url
    assert Proposal.objects.count() == 1


def test_the_familys_decision_begins_the_work(cast, scene, models):
    client = client_of(cast, "aino")
    fit(client, scene)
    send(client, url("propose", scene.family_id, models[NETWORK].id))
    address = url("proposal", scene.family_id, Proposal.objects.get().id)
    yes = {f"answer_{scene.people[name].id}": "yes" for name in ("Minna", "Ville")}
    refused = send(client, address, version="1", decision="yes", how="oral", **yes)
    assert refused.status_code == 422
    assert "Siiri" in refused.content.decode()
    yes[f"answer_{scene.people['Siiri'].id}"] = "yes"
    send(client, address, version="1", decision="yes", how="oral", **yes)
    assert Engagement.objects.get().state == "running"
    assert "under way" in client.get(url("proposals", scene.family_id)).content.decode()


def test_what_is_under_way_is_not_proposed_again_but_shown(cast, scene, models):
    client = client_of(cast, "aino")
    fit(client, scene)
    model = models[NETWORK]
    address = url("propose", scene.family_id, model.id)
    assert address in seen(client, scene)
    send(client, address)
    made = Proposal.objects.get()
    page = seen(client, scene)
    assert address not in page and page.count("Record the decision") == 2
    yes = {f"answer_{scene.people[name].id}": "yes" for name in ("Minna", "Ville", "Siiri")}
    send(client, url("proposal", scene.family_id, made.id), version="1", decision="yes", how="oral", **yes)
    page = seen(client, scene)
    card = page[page.index(f'aria-labelledby="m-{model.id}"') :].split("</section>", 1)[0]
    assert address not in page
    assert "under way" in card and url("proposal", scene.family_id, made.id) in card


def test_the_familys_page_speaks_to_the_family_and_hides_what_is_protected(cast, scene, models):
    client, siiri = client_of(cast, "aino"), scene.people["Siiri"].id
    answer(client, scene, "person.protected_criterion", "yes", person=str(siiri))
    send(client, url("propose", scene.family_id, models[TEAM].id) + f"?person={siiri}")
    page = client.get(url("proposal_for_family", scene.family_id, Proposal.objects.get().id)).content.decode()
    own = package(TEAM)
    hidden = next(each for each in own.entry.criteria if each.id == "protected-criterion")
    assert own.text(hidden.says.family, "en") not in unescape(page)
    assert "Why we suggest this" in page


def test_a_gap_is_noted_without_the_family(cast, scene):
    send(client_of(cast, "aino"), url("gap", scene.family_id), need="housing", area="Jokiranta", language="ar")
    assert Gap.objects.get().language == "ar"


@pytest.mark.parametrize("name", ["cecilia", "ritva", "paula", "kaisa"])
def test_nobody_else_sees_what_might_fit(cast, scene, models, name):
    client = client_of(cast, name)
    assert client.get(url("proposals", scene.family_id)).status_code == 404
    assert client.get(url("propose", scene.family_id, models[NETWORK].id)).status_code == 404
    assert answer(client, scene, "family.wants_support", "yes").status_code == 404


def test_what_the_law_lays_down_never_shares_a_list_or_a_button_with_what_is_offered(cast, scene):
    cards = {path: f'id="m-{model.id}"' for path, model in take_into_use(cast, FAMILY_UNITY, BY_LAW).items()}
    page = client_of(cast, "aino").get(url("proposals", scene.family_id)).content.decode()
    offered, by_law = page.split('id="by-law"')
    assert cards[FAMILY_UNITY] in offered and cards[BY_LAW] not in offered
    assert cards[BY_LAW] in by_law
    assert "Propose to the family" not in by_law
