"""What is offered to a family: the forms of the models under way, by their steps, and the organisation's own."""

import json
from importlib import import_module
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import translation

from solmu.access import gate
from solmu.access.actor import system
from solmu.access.deeds import Deed
from solmu.casework.actions.proposals import propose_model, record_decision
from solmu.casework.models import Engagement
from solmu.instruments.actions import add_form, begin_response, publish_form, remove_form, withdraw_form
from solmu.instruments.models import Form, Response
from solmu.instruments.queries import Link, Running, offer, offers, response, step_key
from solmu.instruments.questionnaire import take
from solmu.kernel.errors import NotNow
from tests.cast import MONDAY
from tests.instruments.forms import document, item
from tests.instruments.scenes import begin, keep
from tests.models import NETWORK, take_into_use
from tests.scenes import open_family
from tests.web.test_forms import signed_in

pytestmark = pytest.mark.django_db


def a_package(**questionnaires):
    """As much of a package as has to do with forms."""
    steps = [SimpleNamespace(id="ask", text="steps.ask", form="own"), SimpleNamespace(id="look", text="x", form="away")]
    link = SimpleNamespace(id="away", title="Linked", owner="Them", licence=None, url="https://example.org/", says="")
    return SimpleNamespace(
        content_hash=uuid4().hex,
        process=SimpleNamespace(phases=[SimpleNamespace(steps=steps)]),
        questionnaires={"own": document(item("a"), publisher="We", copyright="CC0"), **questionnaires},
        form_links=[link],
        text=lambda key, language: key,
    )


def test_a_model_offers_its_forms_at_their_steps_and_links_what_may_not_be_copied(cast):
    scene, running = open_family(cast), Running(uuid4(), a_package(loose=document(item("b"))))
    access = gate.require(cast.aino, Deed.READ_ANSWERS, scene.family_id)
    found = offers(access, [running])
    assert [(each.at_step, each.step) for each in found.forms] == [("steps.ask", "ask"), ("", "")]
    assert [link.url for link in found.links] == ["https://example.org/"]
    at_step = offer(access, [running], step_key(running.engagement_id, "ask"))
    assert (at_step.owner, at_step.licence) == ("We", "CC0")
    assert isinstance(offer(access, [running], step_key(running.engagement_id, "look")), Link)
    assert offer(access, [], step_key(running.engagement_id, "ask")) is None


def test_a_form_that_is_offered_again_is_no_longer_withdrawn(cast):
    form = keep(cast)
    form = withdraw_form(cast.kaisa, form_id=form.id, version=form.version)
    assert form.withdrawn_at
    told = {"title": form.title, "owner": form.owner, "licence": form.licence}
    again = publish_form(cast.kaisa, form_id=form.id, version=form.version, **told)
    assert Form.objects.get(pk=again.pk).withdrawn_at is None


def test_a_form_that_another_organisation_keeps_is_not_begun_even_when_it_is_named(cast):
    scene, form = open_family(cast), keep(cast)
    named = offer(gate.require(cast.aino, Deed.READ_ANSWERS, scene.family_id), [], form.id)
    Form.objects.filter(pk=form.pk).update(organisation_id=cast.unit("school").organisation_id)
    with pytest.raises(NotNow, match="no longer offered"):
        begin_response(cast.aino, family_id=scene.family_id, offer=named)


def test_an_answer_is_pinned_to_the_form_as_it_was_when_it_was_begun(cast):
    scene, package = open_family(cast), a_package()
    running = Running(uuid4(), package)
    access = gate.require(cast.aino, Deed.READ_ANSWERS, scene.family_id)
    key = step_key(running.engagement_id, "ask")
    first = begin_response(cast.aino, family_id=scene.family_id, offer=offer(access, [running], key))
    again = begin_response(cast.aino, family_id=scene.family_id, offer=offer(access, [running], key))
    assert first.form_id == again.form_id and (first.engagement_id, first.step) == (running.engagement_id, "ask")
    package.questionnaires["own"] = document(item("a", text="Asked otherwise"))
    package.content_hash = uuid4().hex
    later = begin_response(cast.aino, family_id=scene.family_id, offer=offer(access, [running], key))
    assert later.form_id != first.form_id
    assert "Question a" in Form.objects.get(pk=first.form_id).document


def everybodys(raw: dict) -> Form:
    """The system offers a form to all, under a name, an owner and a licence that a person has typed."""
    form = add_form(system(MONDAY), taken=take(raw), origin=Form.Origin.FHIR)
    told = {"title": "Renamed", "owner": "Somebody else", "licence": "Only for some"}
    return publish_form(system(MONDAY), form_id=form.id, version=form.version, **told)


def begun_of_model(cast, scene, package) -> Response:
    running = Running(uuid4(), package)
    access = gate.require(cast.aino, Deed.READ_ANSWERS, scene.family_id)
    found = offer(access, [running], step_key(running.engagement_id, "ask"))
    return begin_response(cast.aino, family_id=scene.family_id, offer=found)


def told_of(cast, scene, begun: Response) -> tuple[str, str, str]:
    view = response(gate.require(cast.aino, Deed.READ_ANSWERS, scene.family_id), begun.id)
    return view.row.title, view.owner, view.licence


@pytest.mark.parametrize("first", ["everybody's", "the model's"])
def test_a_models_form_and_everybodys_of_the_same_content_are_told_each_by_its_own(cast, first):
    scene, package = open_family(cast), a_package()
    raw = package.questionnaires["own"]
    earlier = begun_of_model(cast, scene, package) if first == "the model's" else None
    form = everybodys(raw)
    begun, other = earlier or begun_of_model(cast, scene, package), begin(cast, scene.family_id, form)
    assert begun.form.content_hash == other.form.content_hash
    assert told_of(cast, scene, begun) == (raw["title"], "We", "CC0")
    assert told_of(cast, scene, other) == ("Renamed", "Somebody else", "Only for some")
    withdraw_form(system(MONDAY), form_id=form.id, version=form.version)
    assert begun_of_model(cast, scene, package).form_id == begun.form_id
    assert Form.objects.get(pk=begun.form_id).state == Form.State.PUBLISHED


def test_everybodys_form_that_was_never_offered_goes_though_a_model_has_the_same(cast):
    scene, package = open_family(cast), a_package()
    form = add_form(system(MONDAY), taken=take(package.questionnaires["own"]), origin=Form.Origin.FHIR)
    begun = begun_of_model(cast, scene, package)
    remove_form(system(MONDAY), form_id=form.id)
    assert list(Form.objects.values_list("pk", flat=True)) == [begun.form_id]


def test_a_models_form_is_called_what_it_calls_itself_whoever_was_the_first_to_read_it(cast):
    scene, package = open_family(cast), a_package()
    in_swedish = [{"url": "lang", "valueCode": "sv"}, {"url": "content", "valueString": "Vardagen"}]
    url = "http://hl7.org/fhir/StructureDefinition/translation"
    package.questionnaires["own"] |= {"_title": {"extension": [{"url": url, "extension": in_swedish}]}}
    with translation.override("sv"):
        begun = begun_of_model(cast, scene, package)
    assert begun.form.title == package.questionnaires["own"]["title"]


def test_answers_that_shared_a_row_with_everybodys_form_are_parted_from_it(cast):
    scene, package = open_family(cast), a_package()
    form = everybodys(package.questionnaires["own"])
    begun, other = (begin(cast, scene.family_id, form) for _ in range(2))
    Response.objects.filter(pk=begun.pk).update(engagement_id=uuid4())
    import_module("solmu.instruments.migrations.0002_a_models_form_has_a_row_of_its_own").part_rows(apps, None)
    assert told_of(cast, scene, begun) == (package.questionnaires["own"]["title"], "We", "CC0")
    assert told_of(cast, scene, other) == ("Renamed", "Somebody else", "Only for some")


def test_a_model_whose_form_cannot_be_shown_offers_the_others(cast):
    scene, running = open_family(cast), Running(uuid4(), a_package(ring={"resourceType": "Patient"}))
    access = gate.require(cast.aino, Deed.READ_ANSWERS, scene.family_id)
    assert len(offers(access, [running]).forms) == 1


def test_another_organisations_forms_are_not_offered(cast):
    scene, form = open_family(cast), keep(cast)
    Form.objects.update(organisation_id=uuid4())
    client = signed_in(cast, "aino")
    assert client.get(reverse("desk:form_new", args=[scene.family_id, form.id])).status_code == 404


def test_a_person_of_another_family_is_refused(cast):
    scene, other, form = open_family(cast), open_family(cast, name="Toinen"), keep(cast)
    client = signed_in(cast, "aino")
    told = {"once": str(uuid4()), "person": other.people["Siiri"].id}
    assert client.post(reverse("desk:form_new", args=[scene.family_id, form.id]), told).status_code == 422
    assert not Response.objects.exists()


def test_answers_of_one_family_are_not_reached_through_another(cast):
    scene, other, form = open_family(cast), open_family(cast, name="Toinen"), keep(cast)
    access = gate.require(cast.aino, Deed.READ_ANSWERS, scene.family_id)
    begun = begin_response(cast.aino, family_id=scene.family_id, offer=offer(access, [], form.id))
    client = signed_in(cast, "aino")
    for name in ("form_response", "form_answer", "form_amend", "form_print", "form_export"):
        assert client.get(reverse(f"desk:{name}", args=[other.family_id, begun.id])).status_code == 404
    assert json.dumps(begun.answers) == "[]"


def test_a_step_of_a_model_under_way_leads_to_its_form(cast):
    scene = open_family(cast)
    model = take_into_use(cast, NETWORK)[NETWORK]
    proposal = propose_model(cast.aino, case_id=scene.case_id, model_id=model.id, deviation_reason="Perheen toive")
    adults = [person.id for person in scene.people.values() if person.place != "child"]
    answers = dict.fromkeys(adults, "yes")
    record_decision(cast.aino, proposal_id=proposal.id, version=proposal.version, decision="yes", answers=answers)
    engagement = Engagement.objects.get()
    key = step_key(engagement.id, "map-everyday-life")
    where = reverse("desk:form_new", args=[scene.family_id, key])
    client = signed_in(cast, "aino")
    page = client.get(reverse("desk:engagement", args=[scene.family_id, engagement.id])).content.decode()
    assert where in page and where in client.get(reverse("desk:forms", args=[scene.family_id])).content.decode()
    linked = client.get(where).content.decode()
    assert "does not let it be copied" in linked and "https://mieli.fi/" in linked
