"""The sender's pages: prepare, ask, send, follow, close the loop at the family; nobody else sees any of it."""

from uuid import uuid4

import pytest
from django.urls import reverse

from solmu.access.models import Grant
from solmu.accesslog.models import Entry
from solmu.consents.models import Permission
from solmu.referrals.actions import (
    accept_referral,
    ask_question,
    complete_referral,
    redirect_referral,
    reject_referral,
    withdraw_permission,
)
from solmu.referrals.models import Referral, State
from solmu.referrals.queries.receivers import receivers
from tests.cast import later
from tests.referrals.scenes import ASKED, SOON, draft, items_of, outside_point, permit, sent, sent_outside
from tests.scenes import WORDS, open_family

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("an_hour_later")]


def at(name: str, *args) -> str:
    return reverse(f"desk:{name}", args=args)


def post(client, name: str, *args, **fields):
    return client.post(at(name, *args), {"once": str(uuid4())} | fields)


def text_of(response) -> str:
    return response.content.decode()


def test_a_contact_is_prepared_asked_and_sent_by_its_pages(by, cast):
    scene, client = open_family(cast), by("aino")
    minna = scene.people["Minna"]
    unit = cast.unit("receivers")
    assert "Perheiden verkosto" in text_of(client.get(at("referral_new", scene.family_id)))
    post(client, "referral_new", scene.family_id, receiver=f"unit:{unit.id}", asked=ASKED, priority="routine")
    referral = Referral.objects.get()
    here = at("referral", referral.id)
    said = {"asked": ASKED, "priority": "routine", "items": items_of(scene), "version": 1}
    assert post(client, "referral_draft", referral.id, **said).url == here
    page = text_of(client.get(here))
    assert WORDS in page and "040 1234567" in page and "Missing" in page

    asking = at("permission_ask", referral.id, minna.id)
    assert WORDS in text_of(client.get(asking))
    answer = {"purpose": "Apu", "how": "oral", "word-0": "yes", "word-1": "yes", "valid_to": "2027-04-30"}
    lacking = client.post(asking, {"once": str(uuid4()), "told": ["what_and_to_whom"], **answer})
    assert lacking.status_code == 422 and not Permission.objects.exists()
    assert text_of(lacking).count("Tick this when you have told it") == 2
    told = ["what_and_to_whom", "preview_read", "can_withdraw"]
    assert client.post(asking, {"once": str(uuid4()), "told": told, **answer}).url == here

    form = client.get(here).context["sending"]
    ready = {"version": form.initial["version"], "read_packet": form.initial["read_packet"]}
    not_read = post(client, "referral_send", referral.id, **ready)
    assert not_read.status_code == 422 and Referral.objects.get().state == State.DRAFT
    once = str(uuid4())
    for _press in range(2):
        assert post(client, "referral_send", referral.id, once=once, read_aloud="on", **ready).url == here
    assert Referral.objects.get().state == State.REQUESTED
    assert Grant.objects.filter(basis_id=referral.id).count() == 1


def test_what_changed_after_the_reading_is_read_again(by, cast):
    scene, referral = draft(cast)
    permit(cast.aino, scene, referral.items, unit=cast.unit("receivers"))
    client = by("aino")
    read = client.get(at("referral", referral.id)).context["sending"].initial["read_packet"]
    minna = scene.people["Minna"]
    minna.phone = "+358409999999"
    minna.save()
    answer = post(client, "referral_send", referral.id, version=1, read_packet=read, read_aloud="on")
    assert answer.status_code == 422
    assert answer.context["sending"].data["read_packet"] != read
    assert "read_aloud" not in answer.context["sending"].data


def test_a_refusal_is_kept_item_by_item(by, cast):
    scene, referral = draft(cast)
    client, minna = by("aino"), scene.people["Minna"]
    told = ["what_and_to_whom", "preview_read", "can_withdraw"]
    said = {"purpose": "Apu", "how": "oral", "told": told, "valid_to": "2027-04-30"}
    post(client, "permission_ask", referral.id, minna.id, **{"word-0": "yes", "word-1": "no"}, **said)
    row = Permission.objects.get()
    assert (len(row.items), row.refused_items) == (1, ["words"])
    post(client, "permission_ask", referral.id, minna.id, **{"word-0": "no", "word-1": "no"}, **said)
    assert Permission.objects.filter(state="refused").count() == 1
    assert "Does not permit" in text_of(client.get(at("referral", referral.id)))
    assert client.get(at("permission_ask", referral.id, scene.people["Eetu"].id)).status_code == 404


def test_a_stale_draft_shows_both_versions(by, cast):
    _scene, referral = draft(cast)
    client = by("bertta")
    said = {"asked": "Toinen kysymys", "priority": "routine", "items": referral.items, "version": 9}
    answer = post(client, "referral_draft", referral.id, **said)
    assert answer.status_code == 409
    assert "Toinen kysymys" in text_of(answer) and ASKED in text_of(answer)


def test_the_list_tells_where_each_contact_is_and_with_whom(by, cast):
    told = sent(cast)
    page = text_of(by("bertta").get(at("referrals", told.family_id)))
    assert "Perheiden verkosto, not claimed yet" in page and 'aria-current="step"' in page


def test_a_question_is_answered_on_the_page(by, cast):
    told = sent(cast)
    question = ask_question(cast.ritva, referral_id=told.referral.id, version=2, text="Milloin voi soittaa?")
    client = by("aino")
    assert "Milloin voi soittaa?" in text_of(client.get(at("referral", told.referral.id)))
    said = {"version": told.now().version, "question_id": question.id}
    assert post(client, "referral_answer", told.referral.id, answer="", **said).status_code == 422
    assert post(client, "referral_answer", told.referral.id, answer="Kello 12.", **said).status_code == 302


def test_what_came_back_is_tried_elsewhere_and_told_to_the_family(by, cast):
    told = sent(cast)
    reject_referral(cast.ritva, referral_id=told.referral.id, version=2, reason="Ei kuulu meille.")
    client, here = by("aino"), at("referral", told.referral.id)
    assert "Try another receiver" in text_of(client.get(here))
    other = cast.unit("other_receivers")
    new = f"{at('referral_new', told.family_id)}?after={told.referral.id}"
    fields = {"once": str(uuid4()), "receiver": f"unit:{other.id}", "asked": ASKED, "priority": "routine"}
    client.post(new, fields)
    assert told.now().successor.to_unit == other
    said = {"version": told.now().version, "told_on": "2026-11-02", "help_came": "partly", "words": "Vähän."}
    assert post(client, "referral_tell", told.referral.id, **said).url == here
    assert "partly" in text_of(client.get(here))


def test_a_redirect_is_shown_as_a_proposal(by, cast):
    told = sent(cast)
    other = cast.unit("other_receivers")
    redirect_referral(cast.ritva, referral_id=told.referral.id, version=2, reason="He osaavat.", to_unit_id=other.id)
    assert "Look at the proposal" in text_of(by("aino").get(at("referral", told.referral.id)))


def test_taking_back_and_a_mistake_need_one_form_each(by, cast):
    client, told = by("aino"), sent(cast)
    assert post(client, "referral_cancel", told.referral.id, version=2, reason="").status_code == 422
    assert post(client, "referral_cancel", told.referral.id, version=1, reason="Turha").status_code == 409
    assert post(client, "referral_cancel", told.referral.id, version=2, reason="Turha").status_code == 302
    assert post(client, "referral_error", told.referral.id, version=3, reason="").status_code == 302
    assert told.now().state == State.ENTERED_IN_ERROR


def test_a_receiver_outside_is_called_and_answers(by, cast):
    told, client = sent_outside(cast), by("aino")
    here = at("referral", told.referral.id)
    assert "08 123 456" in text_of(client.get(here))
    call = {"version": 2, "answered_by": "Neuvoja", "agreed": "Aika torstaina", "packet_given": "read"}
    assert post(client, "referral_call", told.referral.id, **call).status_code == 422
    assert post(client, "referral_call", told.referral.id, check_back_on="2026-11-12", **call).status_code == 302
    answer = {"version": told.now().version, "answer": "complete", "told_by": "Neuvoja", "outcome": "Selvisi"}
    assert post(client, "referral_outside", told.referral.id, **answer).status_code == 422  # not accepted yet
    answer |= {"answer": "accept", "check_back_on": "2026-11-20"}
    assert post(client, "referral_outside", told.referral.id, **answer).status_code == 302


def test_a_number_that_nobody_has_recorded_is_not_made_up(by, cast):
    told = sent_outside(cast, phone="", source="Lakean kunnan vaihde")
    page = text_of(by("aino").get(at("referral", told.referral.id)))
    assert "The number has not been recorded." in page and "Ask: Lakean kunnan vaihde." in page


def test_the_paper_carries_only_the_reference_in_its_name(by, cast):
    told, client = sent(cast), by("aino")
    assert WORDS in text_of(client.get(at("packet_print", told.referral.id)))
    answer = client.get(at("packet_pdf", told.referral.id))
    assert answer["Content-Disposition"] == f'inline; filename="{told.referral.reference}.pdf"'
    assert answer.content.startswith(b"%PDF")
    accept_referral(cast.ritva, referral_id=told.referral.id, version=2, next_on=SOON)
    complete_referral(cast.ritva, referral_id=told.referral.id, version=3, outcome="Valmis")
    assert client.get(at("packet_pdf", told.referral.id)).status_code == 404


@pytest.mark.parametrize(
    ("who", "status"), [("cecilia", 404), ("tuula", 404), ("ritva", 403), ("paula", 404), ("kaisa", 404)]
)
def test_nobody_else_opens_the_senders_pages(by, cast, who, status):
    told = sent(cast)
    client = by(who)
    for name in ("referral", "packet_print", "packet_pdf"):
        assert client.get(at(name, told.referral.id)).status_code == status, name
    for name in ("referrals", "referral_new", "permissions"):
        assert client.get(at(name, told.family_id)).status_code == status, name
    moves = ("cancel", "send", "draft", "answer", "call", "receiver_told")
    for name in (f"referral_{move}" for move in moves):
        assert post(client, name, told.referral.id, version=2).status_code == status, name
    refusals = Entry.objects.filter(account_id=cast.account(who).id).exclude(outcome="allowed")
    assert refusals.count() >= 10


def test_what_does_not_exist_and_what_is_not_open_look_the_same(by, cast):
    told = sent(cast)
    client = by("cecilia")
    missing, closed = client.get(at("referral", uuid4())), client.get(at("referral", told.referral.id))
    assert (missing.status_code, closed.status_code) == (404, 404)


def test_an_outside_point_is_offered_among_the_receivers(by, cast):
    scene = open_family(cast)
    outside_point()
    assert "does not use Solmu" in text_of(by("aino").get(at("referral_new", scene.family_id)))


def test_later_days_show_what_is_late(by, cast, monkeypatch):
    told = sent(cast)
    monkeypatch.setattr("solmu.kernel.clock.now", lambda: later(cast.aino, days=7).at)
    assert "working days late" in text_of(by("aino").get(at("referrals", told.family_id)))


def test_the_loop_does_not_say_that_help_began_when_it_did_not(by, cast):
    told = sent(cast)
    page = reverse("desk:referral", args=[told.referral.id])
    withdraw_permission(cast.aino, permission_id=told.permission.id, how="oral")
    steps = by("aino").get(page).context["loop"]
    assert [step["done"] for step in steps] == [True, True, False, False, True, False]
    assert [step["detail"] for step in steps[2:4]] == ["it did not come to this"] * 2


def test_two_models_that_lead_to_the_same_desk_show_it_once(cast):
    for slug in ("one", "other"):
        outside_point(name="Nuorten tiimi", organisation_name="", phone="", model_slug=slug, model_point="team")
    outside_point(name="Nuorten tiimi", organisation_name="", phone="08 111 222")
    names = [row.name for row in receivers() if row.outside]
    assert names == ["Nuorten tiimi"] * 2
