"""A family answers a form: begun, gone on with, finished, read, mended."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from solmu.access.emergency import open_record
from solmu.accesslog.models import Entry
from solmu.instruments.models import Response
from solmu.kernel import clock
from tests.instruments.forms import choices, document, group, item
from tests.instruments.scenes import Whose, begin, keep, sent
from tests.scenes import open_family

# Of `EVERYDAY`: the number of each item is its place in the form.
KIDS, CHILD, NAME, AGE, HELPS, HOW, SINCE, SLEEP, WORDS = (f"f{number}" for number in range(9))


@pytest.fixture
def scene(cast):
    return open_family(cast)


@pytest.fixture
def client(cast):
    return signed_in(cast, "aino")


def signed_in(cast, who: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(cast.account(who))
    return client


def page(name: str, scene, *ids) -> str:
    return reverse(f"desk:{name}", args=[scene.family_id, *ids])


def test_a_form_is_begun_with_whose_view_it_is(cast, scene, client):
    form = keep(cast)
    listed = client.get(page("forms", scene)).content.decode()
    assert "Everyday life" in listed and page("form_new", scene, form.id) in listed
    assert "CC BY 4.0" in client.get(page("form_new", scene, form.id)).content.decode()
    siiri = scene.people["Siiri"].id
    sent_on = client.post(page("form_new", scene, form.id), {**sent_once(), "person": siiri, "view": siiri})
    begun = Response.objects.get()
    assert sent_on.headers["Location"] == page("form_answer", scene, begun.id)
    assert (begun.person_id, begun.view_of_id, begun.form_id) == (siiri, siiri, form.id)
    assert "Siiri’s view" in client.get(sent_on.headers["Location"]).content.decode()


def sent_once() -> dict:
    from uuid import uuid4

    return {"once": str(uuid4())}


def test_questions_that_follow_are_shown_and_finished_only_when_they_have_been_seen(cast, scene, client):
    begun = begin(cast, scene.family_id, keep(cast))
    where = page("form_answer", scene, begun.id)
    assert "What is the child called?" not in client.get(where).content.decode()
    first = client.post(where, sent(begun, "finish", **{KIDS: "true"}, shown=KIDS))
    assert first.status_code == 200
    text = first.content.decode()
    assert "Your answers opened more questions" in text and "What is the child called?" in text
    followed = client.post(where, sent(begun, "refresh", **{KIDS: "true"})).content.decode()
    assert "What is the child called?" in followed
    begun.refresh_from_db()
    assert begun.answers == [], "nothing is saved by looking at what follows"


def test_what_is_lacking_is_told_at_the_field_and_what_was_typed_is_kept(cast, scene, client):
    begun = begin(cast, scene.family_id, keep(cast))
    where = page("form_answer", scene, begun.id)
    typed = {KIDS: "true", f"{NAME}-0": "", f"{AGE}-0": "300", WORDS: "Iltaisin luemme yhdessä"}
    answered = client.post(where, sent(begun, "finish", **typed))
    told = client.get(answered.headers["Location"]).content.decode()
    assert "This needs an answer." in told and "At most 25." in told
    assert 'href="#f2-0"' in told and 'aria-invalid="true"' in told
    assert "Iltaisin luemme yhdessä" in told and 'value="300"' in told
    begun.refresh_from_db()
    assert begun.state == "in_progress"


def test_what_cannot_be_read_is_told_with_what_was_typed(cast, scene, client):
    begun = begin(cast, scene.family_id, keep(cast))
    typed = {KIDS: "false", SINCE: "last spring", SLEEP: "plenty"}
    answered = client.post(page("form_answer", scene, begun.id), sent(begun, "save", **typed))
    assert answered.status_code == 422
    told = answered.content.decode()
    assert "Write a day of the calendar" in told and 'value="last spring"' in told and "Write a number." in told


def test_a_finished_form_holds_only_what_is_asked(cast, scene, client):
    begun = begin(cast, scene.family_id, keep(cast))
    where = page("form_answer", scene, begun.id)
    client.post(where, sent(begun, "save", **{KIDS: "true", f"{NAME}-0": "Eetu"}))
    begun.refresh_from_db()
    assert "Eetu" in json.dumps(begun.answers)
    typed = {
        KIDS: "false",
        f"{NAME}-0": "Eetu",
        HELPS: ["0", "o"],
        f"{HELPS}.o": "Sauna",
        SLEEP: "7,5",
        f"{SLEEP}.u": "0",
    }
    finished = client.post(where, sent(begun, "finish", **typed))
    assert finished.headers["Location"] == page("form_response", scene, begun.id)
    begun.refresh_from_db()
    assert begun.state == "completed" and "Eetu" not in json.dumps(begun.answers)
    told = client.get(finished.headers["Location"]).content.decode()
    assert "Walking" in told and "Sauna" in told and "7.5 hours" in told
    assert client.get(where).headers["Location"] == page("form_response", scene, begun.id)


def test_a_group_is_added_and_taken_away(cast, scene, client):
    begun = begin(cast, scene.family_id, keep(cast))
    where, typed = page("form_answer", scene, begun.id), {KIDS: "true", f"{NAME}-0": "Siiri"}
    two = client.post(where, sent(begun, "more:n1", **typed)).content.decode()
    assert 'name="f2-1"' in two and 'value="Siiri"' in two
    typed |= {"n1": "2", f"{NAME}-1": "Eetu"}
    one = client.post(where, sent(begun, "less:n1:0", **typed)).content.decode()
    assert 'name="f2-1"' not in one and 'value="Eetu"' in one and 'value="Siiri"' not in one
    client.post(where, sent(begun, "finish", **typed))
    begun.refresh_from_db()
    assert [entry["item"][0]["answer"][0]["valueString"] for entry in begun.answers[1:]] == ["Siiri", "Eetu"]


def test_two_workers_see_both_versions(cast, scene, client):
    begun = begin(cast, scene.family_id, keep(cast))
    where = page("form_answer", scene, begun.id)
    signed_in(cast, "bertta").post(where, sent(begun, "save", **{KIDS: "true", WORDS: "Bertan sanat"}))
    mine = client.post(where, sent(begun, "save", **{KIDS: "true", WORDS: "Ainon sanat"}))
    assert mine.status_code == 409
    told = mine.content.decode()
    assert "Bertan sanat" in told and "Ainon sanat" in told and 'name="version" value="2"' in told


def test_what_another_saved_meanwhile_is_not_lost_by_adding_a_field_or_by_a_draft(cast, scene, client):
    begun = begin(cast, scene.family_id, keep(cast))
    where, mine = page("form_answer", scene, begun.id), {KIDS: "true", WORDS: "Ainon sanat"}
    client.post(reverse("desk:draft", args=["answers-1", begun.id]), {**mine, "version": 1})
    signed_in(cast, "bertta").post(where, sent(begun, "save", **{KIDS: "true", WORDS: "Bertan sanat"}))
    seen_first = 'name="version" value="1"'
    assert seen_first in client.post(where, sent(begun, "more:n1", **mine)).content.decode()
    assert seen_first in client.post(where, sent(begun, "save", **mine, **{SINCE: "x"})).content.decode()
    assert seen_first in client.get(where).content.decode()
    assert client.post(where, sent(begun, "save", **mine)).status_code == 409


def test_mended_answers_need_a_reason_and_leave_the_earlier_ones_readable(cast, scene, client):
    begun = begin(cast, scene.family_id, keep(cast))
    client.post(page("form_answer", scene, begun.id), sent(begun, "finish", **{KIDS: "false", WORDS: "Ensin näin"}))
    begun.refresh_from_db()
    where, typed = page("form_amend", scene, begun.id), {KIDS: "false", WORDS: "Sitten näin"}
    without = client.post(where, sent(begun, "finish", **typed))
    assert without.status_code == 422 and "Say why the answers are mended." in without.content.decode()
    client.post(where, sent(begun, "finish", **typed, reason="Äiti muisti toisin"))
    read = client.get(page("form_response", scene, begun.id)).content.decode()
    assert "Sitten näin" in read and "Ensin näin" not in read and "Äiti muisti toisin" in read
    assert "Ensin näin" in client.get(page("form_response", scene, begun.id) + "?version=1").content.decode()


def test_the_answers_are_exported_as_fhir_without_a_name_and_logged_as_a_read(cast, scene, client):
    begun = begin(cast, scene.family_id, keep(cast))
    client.post(page("form_answer", scene, begun.id), sent(begun, "finish", **{KIDS: "false"}))
    before = Entry.objects.count()
    answer = client.get(page("form_export", scene, begun.id))
    assert Entry.objects.count() == before + 1
    assert Entry.objects.order_by("sequence").last().deed == "read_answers"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="answers.json"'
    resource = json.loads(answer.content)
    assert resource["questionnaire"] == "https://example.org/Questionnaire/everyday|1"
    assert resource["status"] == "completed"
    assert not any(each in answer.content.decode() for each in ("Kallio", "Minna"))


def test_a_form_begun_by_mistake_is_taken_away_but_a_finished_one_is_not(cast, scene, client):
    form = keep(cast)
    begun = begin(cast, scene.family_id, form)
    client.post(page("form_discard", scene, begun.id), {**sent_once(), "version": 1})
    assert not Response.objects.exists()
    begun = begin(cast, scene.family_id, form)
    client.post(page("form_answer", scene, begun.id), sent(begun, "finish", **{KIDS: "false"}))
    client.post(page("form_discard", scene, begun.id), {**sent_once(), "version": 3})
    assert Response.objects.exists()


def test_a_long_form_goes_by_pages_and_leads_back_to_what_is_lacking(cast, scene, client):
    parts = [
        group(f"g{part}", *(item(f"q{part}-{n}", required=part == 0 and n == 0) for n in range(8))) for part in range(3)
    ]
    begun = begin(cast, scene.family_id, keep(cast, document(*parts)))
    where = page("form_answer", scene, begun.id)
    first = client.get(where).content.decode()
    assert "Page 1 of 3" in first and "Question q0-0" in first and "Question q1-0" not in first
    second = client.post(where, sent(begun, "next", f2="toinen")).headers["Location"]
    assert second == f"{where}?page=2"
    begun.refresh_from_db()
    third = client.post(second, sent(begun, "next", f11="kolmas")).headers["Location"]
    begun.refresh_from_db()
    back = client.post(third, sent(begun, "finish", f20="neljäs")).headers["Location"]
    assert back == f"{where}?check=1"
    told = client.get(back).content.decode()
    assert 'href="#f1"' in told and 'value="toinen"' in told
    begun.refresh_from_db()
    assert all(word in json.dumps(begun.answers, ensure_ascii=False) for word in ("toinen", "kolmas", "neljäs"))


def test_half_typed_answers_are_kept_and_can_be_thrown_away(cast, scene, client):
    begun = begin(cast, scene.family_id, keep(cast))
    where = page("form_answer", scene, begun.id)
    client.post(reverse("desk:draft", args=["answers-1", begun.id]), {KIDS: "true", f"{NAME}-0": "Eet"})
    assert 'value="Eet"' in client.get(where).content.decode()
    client.post(where, sent(begun, "fresh"))
    assert 'value="Eet"' not in client.get(where).content.decode()


def test_a_form_out_of_use_stays_readable_and_what_was_begun_may_be_finished(cast, scene, client):
    from solmu.instruments.actions import withdraw_form

    form = keep(cast)
    begun = begin(cast, scene.family_id, form)
    withdraw_form(cast.kaisa, form_id=form.id, version=form.version)
    assert client.get(page("form_new", scene, form.id)).status_code == 404
    client.post(page("form_answer", scene, begun.id), sent(begun, "finish", **{KIDS: "false"}))
    begun.refresh_from_db()
    assert begun.state == "completed"


def test_texts_of_a_form_are_shown_as_text(cast, scene, client):
    hostile = document(item("a", text="<script>alert(1)</script>"), title="<img src=x onerror=alert(1)>")
    begun = begin(cast, scene.family_id, keep(cast, hostile))
    told = client.get(page("form_answer", scene, begun.id)).content.decode()
    assert "<script>alert" not in told and "&lt;script&gt;alert(1)" in told and "<img src=x" not in told


def test_nobody_without_a_grant_hears_of_a_form(cast, scene):
    begun = begin(cast, scene.family_id, keep(cast))
    for who in ("cecilia", "kaisa", "ritva"):
        for name in ("form_response", "form_answer", "form_export", "form_print"):
            assert signed_in(cast, who).get(page(name, scene, begun.id)).status_code == 404


def test_the_list_costs_as_many_queries_for_many_as_for_one(cast, scene, client, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    form = keep(cast)
    begin(cast, scene.family_id, form)
    client.get(page("forms", scene))
    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get(page("forms", scene))
    for _ in range(5):
        begin(cast, scene.family_id, form)
    keep(cast, document(item("x"), title="Another"))
    with django_assert_num_queries(len(one)):
        client.get(page("forms", scene))


@pytest.mark.parametrize(
    "typed",
    [
        {"f0": "1.1.99999999999999999999"},
        {"f1": "0001-01-01T00:00"},
        {"f1": "9999-12-31T23:59:59-14:00"},
        {"f2": "9" * 5000},
        {"f3": "1", "f3.u": "9" * 5000},
    ],
    ids=["a year", "the first hour", "the last hour", "a choice", "a unit"],
)
def test_what_nobody_can_mean_is_told_at_its_field(cast, scene, client, typed):
    hours = {
        "url": "http://hl7.org/fhir/StructureDefinition/questionnaire-unitOption",
        "valueCoding": {"code": "h", "display": "hours"},
    }
    choice = item("c", "choice", answerOption=choices("x", "y"))
    asked = document(item("d", "date"), item("m", "dateTime"), choice, item("q", "quantity", extension=[hours]))
    begun = begin(cast, scene.family_id, keep(cast, asked))
    where = page("form_answer", scene, begun.id)
    answered = client.post(where, sent(begun, "save", **typed))
    assert answered.status_code == 422 and "has-err" in answered.content.decode()
    assert client.get(where).status_code == 200


def test_taking_away_an_occurrence_that_no_list_has_takes_nothing(cast, scene, client):
    begun = begin(cast, scene.family_id, keep(cast))
    where = page("form_answer", scene, begun.id)
    for number in ("9" * 5000, "²", "7"):
        again = client.post(where, sent(begun, f"less:n1:{number}", **{KIDS: "true", "n1": "2"}))
        assert again.status_code == 200 and 'name="n1" value="2"' in again.content.decode()


def test_a_group_of_many_fields_is_sent_whole_and_stands_only_as_often_as_there_is_room(cast, scene, client):
    wide = document(group("g", *(item(f"q{number}") for number in range(99)), repeats=True))
    begun = begin(cast, scene.family_id, keep(cast, wide))
    where = page("form_answer", scene, begun.id)
    filled = {f"f{number}-{times}": "x" for number in range(1, 100) for times in range(20)}
    kept = client.post(where, sent(begun, "save", n0="20", **filled))
    assert kept.status_code == 302
    begun.refresh_from_db()
    assert len(begun.answers) == 20
    full = document(group("g", *(item(f"q{number}") for number in range(799)), repeats=True))
    begun = begin(cast, scene.family_id, keep(cast, full))
    where = page("form_answer", scene, begun.id)
    six = client.post(where, sent(begun, "refresh", n0="6")).content.decode()
    assert six.count('name="f1-') == 6 and "more:n0" not in six
    assert client.post(where, sent(begun, "more:n0", n0="6")).content.decode().count('name="f1-') == 6


def test_what_a_young_person_has_answered_does_not_open_in_an_emergency(cast, scene):
    siiri, minna = (Whose(view_of_id=scene.people[name].id) for name in ("Siiri", "Minna"))
    form = keep(cast)
    own, adults = begin(cast, scene.family_id, form, whose=siiri), begin(cast, scene.family_id, form, whose=minna)
    reason = "The child is at the door and nobody answers the phone."
    open_record(cast.actor("cecilia", clock.now()), record_id=scene.family_id, reason=reason)
    client = signed_in(cast, "cecilia")
    listed = client.get(page("forms", scene)).content.decode()
    assert page("form_response", scene, adults.id) in listed and str(own.id) not in listed
    assert client.get(page("form_response", scene, adults.id)).status_code == 200
    for name in ("form_response", "form_answer", "form_print", "form_export"):
        assert client.get(page(name, scene, own.id)).status_code == 404
    assert signed_in(cast, "aino").get(page("form_answer", scene, own.id)).status_code == 200
