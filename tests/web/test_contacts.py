"""The pages of contacts: taken in a few answers, nothing lost, and no hint for those who were given nothing."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse

from solmu.access.models import Grant
from solmu.accesslog.models import Entry
from solmu.agenda.models import Item
from solmu.casework.actions.contacts import update_contact
from solmu.casework.models import Case, Contact, NotificationConsideration
from solmu.directory.models import ContactPoint
from solmu.families.models import Family
from solmu.kernel import clock
from tests.scenes import WORDS, a_contact, open_family

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(cast):
    """The cast's actors at this moment, as the pages will see them."""
    return lambda name: cast.actor(name, at=clock.now())


def said(**more) -> dict:
    return {
        "once": str(uuid4()),
        "press": "save",
        "words": WORDS,
        "by": "person",
        "channel": "phone",
        "interpreter": "unknown",
    } | more


def take(client, **more):
    return client.post(reverse("desk:contact_new"), said(**more))


def text_of(response) -> str:
    return response.content.decode()


def test_three_answers_take_a_contact(by):
    response = take(by("aino"))
    contact = Contact.objects.get()
    assert response.url == reverse("desk:contact", args=[contact.id])
    assert WORDS in text_of(by("aino").get(response.url))


def test_a_second_press_takes_nothing_twice(by):
    once = str(uuid4())
    first, second = take(by("aino"), once=once), take(by("aino"), once=once)
    assert first.url == second.url
    assert Contact.objects.count() == 1


def test_what_lacks_is_told_and_everything_typed_is_kept(by):
    response = take(by("aino"), words="", caller_name="Minna Kallio")
    assert response.status_code == 422
    assert "Minna Kallio" in text_of(response)
    assert 'id="errors"' in text_of(response)


def test_danger_leads_to_what_to_do_now(by):
    ContactPoint.objects.create(kind="crisis", name="Sosiaalipäivystys", phone="")
    response = take(by("aino"), safety="danger")
    assert response.url == reverse("desk:contact_safety", args=[Contact.objects.get().id])
    page = text_of(by("aino").get(response.url))
    assert 'href="tel:112"' in page
    assert "Sosiaalipäivystys" in page


def test_searching_keeps_everything_typed_and_leaves_no_name_in_the_address(by, cast):
    open_family(cast, actor=cast.actor("aino", at=clock.now()), name="Kallio")
    response = by("aino").post(reverse("desk:contact_new"), said(press="look", q="Kallio", would_help="Joku tueksi."))
    page = text_of(response)
    assert "Joku tueksi." in page
    assert 'name="choose"' in page
    assert "Kallio" not in response.request["QUERY_STRING"]
    assert Contact.objects.count() == 1


def test_a_family_found_by_search_gets_the_contact(by, cast, here):
    scene = open_family(cast, actor=here("aino"))
    chosen = by("aino").post(reverse("desk:contact_new"), said(press="", choose=str(scene.family_id)))
    assert str(scene.family_id) in text_of(chosen)
    take(by("aino"), family_id=str(scene.family_id))
    assert Contact.objects.filter(family_id=scene.family_id, state="open").count() == 1


def test_a_family_that_is_not_open_cannot_be_slipped_into_the_form(by, cast, here):
    scene = open_family(cast, actor=here("aino"))
    assert take(by("cecilia"), family_id=str(scene.family_id)).status_code == 404
    assert Entry.objects.filter(account_id=cast.cecilia.account_id, outcome="out_of_scope").exists()


def test_a_draft_survives_a_closed_tab_and_goes_when_the_form_is_sent(by):
    client = by("aino")
    client.post(reverse("desk:draft", args=["contact"]), {"words": "Puhelu katkesi", "domains": ["finances", "mind"]})
    page = text_of(client.get(reverse("desk:contact_new")))
    assert "Puhelu katkesi" in page
    assert len(re.findall(r'name="domains"[^>]* checked', page)) == 2
    assert 'value="discard"' in page
    take(client)
    assert "Puhelu katkesi" not in text_of(client.get(reverse("desk:contact_new")))


def test_a_draft_that_was_on_its_way_when_the_form_was_sent_is_not_kept(by):
    client, key = by("aino"), str(uuid4())
    take(client, once=key)
    client.post(reverse("desk:draft", args=["contact"]), {"words": "Puhelu katkesi", "once": key})
    assert "Puhelu katkesi" not in text_of(client.get(reverse("desk:contact_new")))


def test_a_draft_can_be_discarded(by):
    client = by("aino")
    client.post(reverse("desk:draft", args=["contact"]), {"words": "Puhelu katkesi"})
    client.post(reverse("desk:contact_new"), {"press": "discard", "once": str(uuid4())})
    assert "Puhelu katkesi" not in text_of(client.get(reverse("desk:contact_new")))


def test_a_draft_is_its_writers_alone(by):
    by("aino").post(reverse("desk:draft", args=["contact"]), {"words": "Puhelu katkesi"})
    assert "Puhelu katkesi" not in text_of(by("bertta").get(reverse("desk:contact_new")))


def test_a_conflict_shows_both_versions(by, cast, here):
    contact = a_contact(here("aino"), pair_account_id=cast.bertta.account_id)
    update_contact(here("bertta"), contact_id=contact.id, expected=1, would_help="Berttan versio")
    response = by("aino").post(
        reverse("desk:contact_edit", args=[contact.id]),
        said(version=1, would_help="Ainon versio", pair_account_id=str(cast.bertta.account_id)),
    )
    page = text_of(response)
    assert response.status_code == 409
    assert "Berttan versio" in page and "Ainon versio" in page
    assert re.search(r'name="version" value="2"', page)


def test_a_contact_ends_with_advice_and_is_taken_up_again(by, here):
    contact, client = a_contact(here("aino")), by("aino")
    address = reverse("desk:contact_advice", args=[contact.id])
    client.post(address, {"once": str(uuid4()), "version": 1, "advice": "Velkaneuvonta auttaa maksutta."})
    assert "Velkaneuvonta auttaa" in text_of(client.get(reverse("desk:contact", args=[contact.id])))
    client.post(reverse("desk:contact_reopen", args=[contact.id]), {"once": str(uuid4()), "version": 2})
    assert Contact.objects.get().state == "open"


def test_a_consideration_is_recorded_from_the_contact_and_from_the_family(by, cast, here):
    contact, scene = a_contact(here("aino")), open_family(cast, actor=here("aino"))
    for page, key in (("contact_safety", contact.id), ("family_safety", scene.family_id)):
        form = {"once": str(uuid4()), "press": "consider", "conclusion": "not_needed", "reason": "Turvallista kotona."}
        response = by("aino").post(reverse(f"desk:{page}", args=[key]), form)
        assert "Turvallista kotona." in text_of(by("aino").get(response.url))
    assert NotificationConsideration.objects.count() == 2


def begin(client, contact, **more):
    form = {
        "once": str(uuid4()),
        "press": "save",
        "rows": "3",
        "name": "Kallio",
        "interpreter": "unknown",
        "people-0-place": "adult",
        "people-0-first_names": "Minna",
        "people-2-place": "child",
        "people-2-first_names": "Eetu",
    }
    return client.post(reverse("desk:contact_begin", args=[contact.id]), form | more)


def test_the_callers_name_and_language_are_not_asked_twice(by, here):
    contact = a_contact(here("aino"), caller_name="Minna Kallio", language="so", caller_phone="0401234567")
    page = text_of(by("aino").get(reverse("desk:contact_begin", args=[contact.id])))
    assert 'value="Minna"' in page and 'value="Kallio"' in page and 'value="040 1234567"' in page
    assert re.search(r'value="so" selected', page)


@pytest.mark.parametrize(("who", "other"), [("aino", "bertta"), ("bertta", "aino")])
def test_each_of_the_contacts_two_is_offered_the_other_as_the_pair(by, cast, here, who, other):
    contact = a_contact(here("aino"), pair_account_id=cast.bertta.account_id)
    page = text_of(by(who).get(reverse("desk:contact_begin", args=[contact.id])))
    assert re.search(rf'value="{cast.account(other).id}" selected', page)


def test_what_the_caller_said_of_calling_goes_along_to_the_family(by, cast, here):
    said = {"caller_phone": "0401234567", "calling": "times", "calling_note": "Kello yhden jälkeen"}
    contact = a_contact(here("aino"), **said)
    begin(by("aino"), contact, pair_account_id=str(cast.bertta.account_id), **{"people-0-phone": "040 123 4567"})
    called = {person.first_names: person.calling for person in Case.objects.get().family.people.all()}
    assert called == {"Minna": "times", "Eetu": ""}


def test_work_with_a_new_family_begins_with_the_pair(by, cast, here):
    contact = a_contact(here("aino"))
    response = begin(by("aino"), contact, pair_account_id=str(cast.bertta.account_id))
    case = Case.objects.get()
    assert response.url == reverse("desk:family", args=[case.family_id])
    assert {person.first_names for person in case.family.people.all()} == {"Minna", "Eetu"}
    assert Grant.objects.filter(basis="case", basis_id=case.id).count() == 2


def test_a_missing_pair_is_asked_for_and_nothing_typed_is_lost(by, here):
    response = begin(by("aino"), a_contact(here("aino")))
    assert response.status_code == 422
    assert 'value="Eetu"' in text_of(response)
    assert not Case.objects.exists()


def test_a_fault_of_a_person_stands_at_the_row_where_it_was_written(by, here):
    response = begin(by("aino"), a_contact(here("aino")), **{"people-2-phone": "ei ole", "no_pair_yet": "on"})
    assert 'id="id_people-2-phone_error"' in text_of(response)


def test_perhaps_the_same_family_is_shown_before_another_is_made(by, cast, here):
    open_family(cast, actor=here("aino"))
    contact = a_contact(here("aino"))
    people = {"people-0-last_name": "Kallio", "people-0-phone": "040 123 4567", "no_pair_yet": "on"}
    asked = begin(by("aino"), contact, **people)
    assert asked.status_code == 422
    assert 'name="another"' in text_of(asked)
    assert begin(by("aino"), contact, another="on", **people).status_code == 302
    assert Family.objects.count() == 2


def test_a_colleague_passes_the_contact_to_the_familys_own_pair(by, cast, here):
    scene = open_family(cast, actor=here("aino"))
    contact = a_contact(here("cecilia"))
    number = Family.objects.get(pk=scene.family_id).reference
    asked = begin(by("cecilia"), contact, reference=number, no_pair_yet="on")
    assert 'value="pass"' in text_of(asked)
    passed = begin(by("cecilia"), contact, reference=number, press="pass")
    assert passed.url == reverse("desk:contacts")
    assert by("cecilia").get(reverse("desk:contact", args=[contact.id])).status_code == 404
    owners = Item.objects.filter(about_id=contact.id, kind="contact", settled_at=None)
    assert set(owners.values_list("owner_account_id", flat=True)) == {cast.aino.account_id, cast.bertta.account_id}


def test_the_pairs_page_changes_the_pair_only_when_the_family_knows(by, cast, here):
    scene = open_family(cast, actor=here("aino"))
    address = reverse("desk:pair", args=[scene.family_id])
    form = {
        "press": "change",
        "leaves_account_id": str(cast.bertta.account_id),
        "joins_account_id": str(cast.cecilia.account_id),
    }
    assert by("aino").post(address, form | {"once": str(uuid4())}).status_code == 422
    assert by("aino").post(address, form | {"once": str(uuid4()), "agreed": "on"}).status_code == 302
    assert by("cecilia").get(address).status_code == 200
    assert by("bertta").get(address).status_code == 404


PAGES = ("contact", "contact_edit", "contact_safety", "contact_advice", "contact_begin")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("name", ["cecilia", "ritva", "paula", "kaisa", "tapio", "hilla"])
def test_a_contact_does_not_exist_for_others_and_the_attempt_is_logged(by, cast, here, page, name):
    contact = a_contact(here("aino"), pair_account_id=cast.bertta.account_id)
    assert by(name).get(reverse(f"desk:{page}", args=[contact.id])).status_code == 404
    refused = Entry.objects.get(account_id=cast.account(name).id)
    assert (refused.outcome, refused.record_id) == ("out_of_scope", contact.id)


@pytest.mark.parametrize("page", ["family_safety", "pair"])
@pytest.mark.parametrize("name", ["cecilia", "ritva"])
def test_a_familys_safety_and_pair_do_not_exist_for_others(by, cast, here, page, name):
    scene = open_family(cast, actor=here("aino"))
    assert by(name).get(reverse(f"desk:{page}", args=[scene.family_id])).status_code == 404


@pytest.mark.parametrize("name", ["aino", "bertta"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_to_both_of_the_pair_and_each_reading_is_logged(by, cast, here, page, name):
    contact = a_contact(here("aino"), pair_account_id=cast.bertta.account_id)
    before = Entry.objects.count()
    assert by(name).get(reverse(f"desk:{page}", args=[contact.id])).status_code == 200
    read = Entry.objects.get(sequence=before + 1)
    assert (read.account_id, read.record_id, read.deed) == (cast.account(name).id, contact.id, "read_contact")


@pytest.mark.parametrize(("name", "status"), [("aino", 200), ("ritva", 403), ("paula", 403), ("kaisa", 403)])
def test_contacts_are_the_desks_to_take_and_list(by, name, status):
    assert by(name).get(reverse("desk:contacts")).status_code == status
    assert by(name).get(reverse("desk:contact_new")).status_code == status


def test_the_list_shows_no_words_that_were_said(by, here):
    a_contact(here("aino"), caller_name="Minna")
    page = text_of(by("aino").get(reverse("desk:contacts")))
    assert "Minna" in page
    assert WORDS not in page
