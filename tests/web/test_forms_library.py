"""A coordinator imports a form, reads what became of it, sees it as it will look, and publishes it."""

import io
import json
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from solmu.instruments.models import Form
from tests.instruments.forms import document, item
from tests.instruments.scenes import EVERYDAY, keep
from tests.web.test_forms import signed_in


@pytest.fixture
def client(cast):
    return signed_in(cast, "kaisa")


def bring_in(client: Client, raw: dict | bytes, **more):
    held = io.BytesIO(raw if isinstance(raw, bytes) else json.dumps(raw).encode())
    held.name = "form.json"
    return client.post(reverse("coordination:form_import"), {"once": str(uuid4()), "file": held} | more)


def publish(client: Client, form: Form, **more):
    told = {"once": str(uuid4()), "version": form.version, "title": "Arki", "owner": "THL", "licence": "CC BY 4.0"}
    return client.post(reverse("coordination:form", args=[form.id]), told | more)


def test_a_form_is_imported_with_a_report_and_not_yet_offered(client):
    answer = bring_in(client, document(item("a"), item("b", "attachment")), source="example.org")
    form = Form.objects.get()
    assert answer.headers["Location"] == reverse("coordination:form", args=[form.id])
    assert (form.state, form.source) == ("draft", "example.org")
    told = client.get(answer.headers["Location"]).content.decode()
    assert "Solmu does not show this kind of item (attachment)" in told and "left out" in told


def test_a_large_form_is_kept_whole(client):
    bring_in(client, document(*(item(f"q{n}", text="Long words " * 50) for n in range(200))))
    assert len(json.loads(Form.objects.get().document)["item"]) == 200


@pytest.mark.parametrize("raw", [b"nonsense", b'{"resourceType": "Patient"}', b"PK\x03\x04"])
def test_a_refused_file_changes_nothing_and_says_why(client, raw):
    answer = bring_in(client, raw)
    assert answer.status_code == 422 and 'class="err"' in answer.content.decode()
    assert not Form.objects.exists()


def test_the_same_form_is_not_kept_twice(client):
    bring_in(client, EVERYDAY)
    assert "imported already" in bring_in(client, EVERYDAY).content.decode()
    assert Form.objects.count() == 1


def test_a_form_is_published_only_with_its_owner_and_licence(cast, client):
    form = keep(cast, published=False)
    assert publish(client, form, licence="").status_code == 422
    assert publish(client, form).status_code == 302
    form.refresh_from_db()
    assert (form.state, form.title, form.owner, form.licence) == ("published", "Arki", "THL", "CC BY 4.0")
    assert publish(client, form).status_code == 422, "it is published already"


def test_a_new_version_takes_the_place_of_the_one_before(cast, client):
    first = keep(cast)
    bring_in(client, {**EVERYDAY, "version": "2"})
    second = Form.objects.exclude(pk=first.pk).get()
    publish(client, second)
    first.refresh_from_db()
    assert first.state == "withdrawn"


def test_the_preview_follows_what_is_tried_and_keeps_nothing(cast, client):
    form = keep(cast, published=False)
    where = reverse("coordination:form_preview", args=[form.id])
    assert "What is the child called?" not in client.get(where).content.decode()
    assert "What is the child called?" in client.post(where, {"f0": "true", "do": "refresh"}).content.decode()


def test_two_coordinators_see_both_versions(cast, client):
    form = keep(cast, published=False)
    publish(client, form)
    form.refresh_from_db()
    client.post(reverse("coordination:form_withdraw", args=[form.id]), {"once": str(uuid4()), "version": form.version})
    late = publish(client, form, owner="Toinen")
    assert late.status_code == 409 and "Toinen" in late.content.decode() and "THL" in late.content.decode()


def test_another_organisations_form_is_not_there(cast, client):
    form = keep(cast, published=False)
    Form.objects.update(organisation_id=uuid4())
    for name in ("form", "form_preview", "form_download"):
        assert client.get(reverse(f"coordination:{name}", args=[form.id])).status_code == 404
    client.post(reverse("coordination:form_remove", args=[form.id]), {"once": str(uuid4())})
    assert Form.objects.exists()


def test_a_form_that_was_never_published_is_taken_away(cast, client):
    form = keep(cast, published=False)
    client.post(reverse("coordination:form_remove", args=[form.id]), {"once": str(uuid4())})
    assert not Form.objects.exists()
    form = keep(cast)
    client.post(reverse("coordination:form_remove", args=[form.id]), {"once": str(uuid4())})
    assert Form.objects.exists()


def test_the_form_is_had_as_fhir(cast, client):
    form = keep(cast, published=False)
    answer = client.get(reverse("coordination:form_download", args=[form.id]))
    assert json.loads(answer.content)["resourceType"] == "Questionnaire"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="questionnaire.json"'
