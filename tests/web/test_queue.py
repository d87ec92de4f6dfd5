"""The receiver's pages: a queue without names, a packet word for word, and deeds that tell both sides."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from solmu.accesslog.models import Entry
from solmu.agenda.models import Item
from solmu.casework.actions.network import agree_meeting
from solmu.organisations.models import Unit
from solmu.referrals.actions import accept_referral, cancel_referral, withdraw_permission
from solmu.referrals.models import State
from tests.cast import MONDAY
from tests.referrals.scenes import ASKED, SOON, permit, sent
from tests.scenes import WORDS, open_family

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("an_hour_later")]


def item(told) -> str:
    return reverse("desk:queue_item", args=[told.referral.id])


def move(client, told, name: str, **fields):
    address = reverse("desk:queue_move", args=[told.referral.id, name])
    return client.post(address, {"once": str(uuid4()), "version": told.now().version} | fields)


def text_of(response) -> str:
    return response.content.decode()


def test_the_queue_names_nobody(by, cast):
    scene = open_family(cast, language="so", interpreter="always")
    told = sent(cast, items=[f"contact:{scene.people['Minna'].id}", "words", "language"], scene=scene)
    page = text_of(by("ritva").get(reverse("desk:queue")))
    assert ASKED in page and told.referral.reference in page and "Somali" in page and "interpreter" in page
    for secret in ("Minna", "Kallio", "040 1", WORDS, str(told.family_id)):
        assert secret not in page


def test_the_queue_is_logged_by_record(by, cast):
    told = sent(cast)
    by("ritva").get(reverse("desk:queue"))
    assert Entry.objects.filter(deed="list_queue", record_id=told.family_id).count() == 1


def test_a_unit_sees_its_own_queue_only(by, cast):
    told = sent(cast)
    page = text_of(by("tuula").get(reverse("desk:queue") + "?show=all"))
    assert told.referral.reference not in page and "Nothing waits here" in page


def test_the_receiver_reads_what_was_frozen_and_moves_it_on(by, cast):
    told, client = sent(cast), by("ritva")
    page = text_of(client.get(item(told)))
    assert WORDS in page and "040 1234567" in page
    assert move(client, told, "claim").url == item(told)
    assert move(client, told, "ask", text="Mihin aikaan voi soittaa?").status_code == 302
    assert move(client, told, "accept").status_code == 422
    assert move(client, told, "accept", next_on="2026-11-05").status_code == 302
    assert move(client, told, "hold", reason="", until="2026-11-20").status_code == 422
    assert move(client, told, "hold", reason="Jono", until="2026-11-20", waiting_list="on").status_code == 302
    assert "on the waiting list" in text_of(client.get(item(told)))
    assert move(client, told, "start", next_on="2026-11-25").status_code == 302
    assert move(client, told, "report", next_on="2026-11-30", note="Tavattu.").status_code == 302
    assert move(client, told, "complete", outcome="Valmis.").url == reverse("desk:queue")
    assert told.now().state == State.COMPLETED
    assert client.get(item(told)).status_code == 404


def test_a_move_that_is_not_there_is_refused_in_plain_words(by, cast):
    told, client = sent(cast), by("ritva")
    answer = move(client, told, "complete", outcome="Liian aikaisin")
    assert answer.status_code == 422 and "has moved on" in text_of(answer)
    assert move(client, told, "send").status_code == 404


def test_a_stale_page_says_that_the_contact_moved(by, cast):
    told, client = sent(cast), by("ritva")
    move(client, told, "claim")
    answer = move(client, told, "reject", reason="Ei kuulu meille", version=2)
    assert answer.status_code == 409
    assert "moved while this page was open" in text_of(answer) and "Ei kuulu meille" in text_of(answer)


def test_a_deed_after_which_the_contact_is_closed_is_pressed_twice(by, cast):
    """Without scripts the browser shows what the second press was answered."""
    told, client, key = sent(cast), by("ritva"), str(uuid4())
    first = move(client, told, "reject", reason="Jono on täynnä", once=key)
    again = move(client, told, "reject", reason="Jono on täynnä", once=key)
    assert (again.status_code, again.url) == (302, first.url) == (302, reverse("desk:queue"))


def test_the_own_unit_is_not_offered_as_a_better_receiver(by, cast):
    page = text_of(by("ritva").get(item(sent(cast))))
    assert f"unit:{cast.unit('other_receivers').id}" in page and f"unit:{cast.unit('receivers').id}" not in page


def test_another_receiver_is_proposed(by, cast):
    told, client = sent(cast), by("ritva")
    other = cast.unit("other_receivers")
    fields = {"reason": "He osaavat", "receiver": f"unit:{other.id}"}
    assert move(client, told, "redirect", **fields).status_code == 302
    assert told.now().successor.to_unit == other


def test_after_withdrawal_the_contact_is_gone_and_the_unit_is_told(by, cast):
    told, client = sent(cast), by("ritva")
    assert client.get(item(told)).status_code == 200
    withdraw_permission(cast.aino, permission_id=told.permission.id, how="oral")
    assert client.get(item(told)).status_code == 404
    assert move(client, told, "accept", next_on="2026-11-05").status_code == 404
    page = client.get(reverse("desk:queue"))
    assert "The family withdrew its permission" in text_of(page) and told.referral.reference in text_of(page)
    assert Entry.objects.filter(account_id=cast.ritva.account_id, outcome="out_of_scope").count() == 2


def test_a_contact_that_the_sender_ends_is_told_of_by_its_reference_alone(by, cast):
    told, client = sent(cast), by("ritva")
    cancel_referral(cast.aino, referral_id=told.referral.id, version=2, reason="Perhe sai apua muualta.")
    for name in ("desk:queue", "desk:today"):
        page = text_of(client.get(reverse(name)))
        assert "A contact in your queue was ended by its sender" in page and told.referral.reference in page
        for secret in ("Minna", "Kallio", ASKED, "muualta", str(told.family_id), str(told.referral.id)):
            assert secret not in page
    (notice,) = Item.objects.filter(kind="ended_by_sender", settled_at=None)
    client.post(reverse("desk:seen", args=[notice.id]), {"once": str(uuid4())})
    assert "ended by its sender" not in text_of(client.get(reverse("desk:today")))


def test_what_waits_in_the_unit_is_told_apart_by_its_reference(by, cast):
    told = [sent(cast, scene=open_family(cast, name=name)) for name in ("Kallio", "Lehto")]
    page = text_of(by("ritva").get(reverse("desk:today")))
    for each in told:
        assert each.referral.reference in page
    assert "Kallio" not in page and "Lehto" not in page
    elsewhere = text_of(by("tuula").get(reverse("desk:today")))
    assert not any(each.referral.reference in elsewhere for each in told)


def test_a_meeting_of_the_network_is_told_by_the_contact_that_brought_it(by, cast):
    scene = open_family(cast)
    told = accepted_with_network(cast, scene)
    agree_meeting(cast.ritva, case_id=scene.case_id, starts_at=MONDAY + timedelta(days=2))
    page = text_of(by("ritva").get(reverse("desk:today")))
    assert page.index("Network meeting") < page.index(told.referral.reference, page.index("Network meeting"))
    assert "Kallio" not in page


def test_the_menu_leads_to_a_queue_only_where_contacts_are_sent(by, cast):
    def menu(name: str) -> list[str]:
        return [str(one["label"]) for one in by(name).get(reverse("desk:today")).context["shell"]["nav"]]

    assert "Queue" in menu("ritva") and "Queue" not in menu("aino")
    Unit.objects.filter(pk=cast.unit("counselling").id).update(receives_referrals=True)
    assert "Queue" in menu("aino")


def test_only_the_unit_ticks_its_notice(by, cast):
    told = sent(cast)
    cancel_referral(cast.aino, referral_id=told.referral.id, version=2, reason="Turha")
    (notice,) = Item.objects.filter(kind="ended_by_sender")
    for who in ("tuula", "aino"):
        by(who).post(reverse("desk:seen", args=[notice.id]), {"once": str(uuid4())})
    assert Item.objects.get(pk=notice.pk).settled_at is None


@pytest.mark.parametrize(("who", "status"), [("tuula", 404), ("cecilia", 404), ("aino", 404), ("paula", 404)])
def test_nobody_else_opens_a_received_contact(by, cast, who, status):
    told, client = sent(cast), by(who)
    assert client.get(item(told)).status_code == status
    assert move(client, told, "accept", next_on="2026-11-05").status_code == status
    assert told.now().state == State.REQUESTED


def test_a_partner_has_no_queue(by, cast):
    assert by("paula").get(reverse("desk:queue")).status_code == 403


def test_a_permission_for_one_unit_shows_nothing_to_another(by, cast):
    told = sent(cast)
    permit(cast.aino, told.scene, ["words"], unit=cast.unit("other_receivers"))
    assert by("tuula").get(item(told)).status_code == 404


def links_on(page: str) -> set[str]:
    return set(re.findall(r'<a[^>]* href="(/[^"#]*)', page))


@pytest.mark.parametrize("which", ["today", "queue", "queue_item", "network", "promise_new"])
def test_every_link_on_the_receivers_pages_opens(by, cast, which):
    scene = open_family(cast)
    told = accepted_with_network(cast, scene)
    client = by("ritva")
    about = {"queue_item": told.referral.id, "network": scene.family_id, "promise_new": scene.family_id}
    page = client.get(reverse(f"desk:{which}", args=[about[which]] if which in about else []))
    assert page.status_code == 200
    refused = {
        link: answer.status_code for link in links_on(text_of(page)) if (answer := client.get(link)).status_code >= 400
    }
    assert refused == {}


def test_the_menu_shows_where_one_is(by, cast):
    scene = open_family(cast)
    told = accepted_with_network(cast, scene)
    places = {
        "ritva": [("network", scene.family_id, "Queue"), ("queue_item", told.referral.id, "Queue")],
        "aino": [("network", scene.family_id, "Families"), ("referral", told.referral.id, "Families")],
    }
    for who, pages in places.items():
        client = by(who)
        for name, about, entry in pages:
            page = client.get(reverse(f"desk:{name}", args=[about]))
            assert [one["label"] for one in page.context["shell"]["nav"] if one["current"]] == [entry]


def accepted_with_network(cast, scene):
    items = ["words", "network"]
    permit(cast.aino, scene, ["network"], who="Ville", unit=cast.unit("receivers"))
    told = sent(cast, items=items, scene=scene)
    accept_referral(cast.ritva, referral_id=told.referral.id, version=2, next_on=SOON)
    return told
