"""Forms that others wrote open, are answered on the page, and are exported as FHIR that others read."""

import json
from pathlib import Path
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from solmu.instruments.actions import publish_form
from solmu.instruments.documents import read
from solmu.instruments.models import Form, Response
from solmu.instruments.questionnaire import Type, take
from solmu.instruments.questionnaire.conditions import walk
from solmu.instruments.rules.answers import Answers, occurrences
from solmu.instruments.rules.enabling import asked
from solmu.instruments.rules.response import from_items
from solmu.instruments.rules.typed import name_of
from solmu.interop.forms import read_form_file
from tests.house import ROOT
from tests.instruments.scenes import begin
from tests.interop.oracle import faults
from tests.scenes import open_family

FOLDER = Path(__file__).with_name("thirdparty")
FHIR = sorted(FOLDER.glob("*.json"), key=lambda path: path.name)
SHEETS = sorted(FOLDER.glob("*.xlsx"), key=lambda path: path.name)
TYPED = {
    Type.BOOLEAN: "true",
    Type.INTEGER: "3",
    Type.DECIMAL: "2,5",
    Type.DATE: "2026-03-14",
    Type.DATE_TIME: "2026-03-14T15:09",
    Type.TIME: "15:09",
    Type.URL: "https://example.org/",
    Type.QUANTITY: "4",
}


@pytest.fixture
def client(cast):
    client = Client(headers={"accept-language": "en"})
    client.force_login(cast.account("aino"))
    return client


def imported(cast, path: Path) -> Form:
    """The form as a coordinator imports it in the browser, and publishes it."""
    coordinator = Client(headers={"accept-language": "en"})
    coordinator.force_login(cast.account("kaisa"))
    with path.open("rb") as file:
        told = {"once": str(uuid4()), "file": file, "source": "thirdparty"}
        answer = coordinator.post(reverse("coordination:form_import"), told)
    assert answer.status_code == 302, answer.content.decode()
    form = Form.objects.get()
    assert coordinator.get(answer.headers["Location"]).status_code == 200
    assert coordinator.get(reverse("coordination:form_preview", args=[form.id])).status_code == 200
    told = {"title": form.title, "owner": "Others", "licence": "see README", "source": "thirdparty"}
    return publish_form(cast.kaisa, form_id=form.id, version=form.version, **told)


def fields(form, answers: Answers) -> dict:
    """Something in every field that is asked; yes, the first of a list, or words."""
    told = {}
    for number, path in sorted(asked(form, answers)):
        item, name = form.items[number], name_of((number, path))
        if item.repeats_group:
            told[f"n{name[1:]}"] = str(len(occurrences(item, path, answers)))
        elif item.asks and not item.read_only:
            told[name] = TYPED.get(item.type, "Some words")
            if item.options:
                told[name] = ["0"] if item.repeats else "0"
            elif item.type is Type.OPEN_CHOICE:
                told[f"{name}.o"] = told.pop(name)
            if item.type is Type.QUANTITY:
                told[f"{name}.u"] = "weeks"
    return told


@pytest.mark.django_db
@pytest.mark.parametrize("path", [*FHIR, *SHEETS], ids=lambda path: path.name)
def test_it_opens_is_answered_and_exported(cast, client, path):
    scene, form = open_family(cast), imported(cast, path)
    response = begin(cast, scene.family_id, form)
    whole = read(form.document, "")
    where = reverse("desk:form_answer", args=[scene.family_id, response.id])
    assert client.get(where).status_code == 200
    page, told = where, {}
    for _turn in range(30):  # answering opens more questions, and pages follow each other
        here = client.get(page)
        assert here.status_code == 200
        response.refresh_from_db()
        told = fields(whole, from_items(whole, response.answers))
        shown = " ".join(name.removesuffix(".o") for name in told)
        sent = {"once": str(uuid4()), "version": response.version, "shown": shown, **told}
        do = "finish" if "Finish the form" in here.content.decode() else "next"
        answer = client.post(page, sent | {"do": do})
        if answer.status_code == 200:  # something followed from the answers: they are kept, and the page is seen again
            answer = client.post(page, sent | {"do": "save", "once": str(uuid4())})
            assert answer.status_code == 302
            continue
        assert answer.status_code == 302, answer.content.decode()[:4000]
        page = answer.headers["Location"]
        response.refresh_from_db()
        if response.state == Response.State.COMPLETED:
            break
    assert response.state == Response.State.COMPLETED
    export = client.get(reverse("desk:form_export", args=[scene.family_id, response.id]))
    resource = json.loads(export.content)
    assert not faults(resource)
    assert_mirrors(resource, json.loads(form.document))


def assert_mirrors(resource: dict, document: dict) -> None:
    """Every entry stands where its item stands in the form, and in the form's order."""

    def check(entries: list, items: list) -> None:
        order = [item["linkId"] for item in items]
        places = [order.index(entry["linkId"]) for entry in entries]
        assert places == sorted(places)
        for entry in entries:
            item = items[order.index(entry["linkId"])]
            assert ("answer" in entry) is (item["type"] != "group")
            check(entry.get("item", []), item.get("item", []))
            for answer in entry.get("answer", []):
                check(answer.get("item", []), item.get("item", []))

    check(resource["item"], document["item"])


@pytest.mark.parametrize("path", FHIR, ids=lambda path: path.name)
def test_a_fhir_form_comes_through_unchanged_but_for_what_the_report_tells(path):
    original = json.loads(path.read_text())
    taken = read_form_file(path.read_bytes()).taken
    told = {line.place for line in taken.report if line.code != "taken"}
    assert take(taken.document).document == taken.document
    assert not faults(taken.document)
    kept = {item["linkId"]: item for _parent, item in walk(taken.document["item"])}
    for _parent, item in walk(original["item"]):
        assert item["linkId"] in kept, "every item is there"
        if item["linkId"] not in told:
            without = {name: value for name, value in item.items() if name != "item"}
            assert {name: value for name, value in kept[item["linkId"]].items() if name != "item"} == without


@pytest.mark.parametrize("path", [*FHIR, *SHEETS], ids=lambda path: path.name)
def test_every_item_is_in_the_report(path):
    taken = read_form_file(path.read_bytes()).taken
    told = {line.place for line in taken.report}
    assert {item["linkId"] for _parent, item in walk(taken.document["item"])} <= told


def test_what_a_sheet_says_and_fhir_cannot_is_told_row_by_row():
    report = read_form_file((FOLDER / "xlsform_spec_test.xlsx").read_bytes()).taken.report
    told = {(line.place, line.outcome.value, line.code) for line in report}
    assert {
        ("geopoint_test", "left_out", "type"),
        ("calculate_test", "left_out", "calculated"),
        ("a_decimal", "changed", "constraint"),
        ("email_note", "changed", "condition_words"),
        ("repeat_test", "changed", "count"),
        ("everything", "taken", "taken"),
    } <= told
    others = read_form_file((FOLDER / "or_other.xlsx").read_bytes()).taken
    assert others.document["item"][0]["type"] == "open-choice"
    assert [each["valueCoding"]["code"] for each in others.document["item"][0]["answerOption"]][-1] == "apricot"
    cascading = read_form_file((FOLDER / "choice_filter_test.xlsx").read_bytes()).taken.report
    assert ("county", "choice_filter") in {(line.place, line.code) for line in cascading}


@pytest.mark.parametrize("path", sorted(ROOT.glob("operating-models/*/*/forms/*.json")), ids=lambda path: path.stem)
def test_every_form_of_the_shipped_models_is_taken_as_it_is(path):
    taken = read_form_file(path.read_bytes()).taken
    assert {line.code for line in taken.report} == {"taken"}
    assert not faults(taken.document)
