"""The commitment as pages: talked through, saved, printed, laid side by side; a step is its owner's."""

from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.urls import reverse

from solmu.kernel import clock
from solmu.learning.models import Answer, Snapshot
from tests.cast import MONDAY
from tests.web.test_network_pages import client_of, send, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("an_hour_later")]
ITEM = "common-agenda"


def at(name: str, *args) -> str:
    return reverse(f"coordination:{name}", args=args)


def shown(client, address: str) -> str:
    return unescape(client.get(address).content.decode())


def answer(client, item: str = ITEM, **said):
    return send(client, at("commitment_item", item), **{"version": "0", "level": "partly", **said})


def save(client, **said):
    seen = shown(client, at("snapshot_save")).split('name="seen" value="')[1].split('"')[0]
    return send(client, at("snapshot_save"), **{"seen": seen, "made_on": "2026-11-02", "present": "Me", **said})


def test_an_organisation_that_has_said_nothing_is_invited_to_talk(cast):
    page = shown(client_of(cast, "kaisa"), at("commitment"))
    assert "Talk this through" in page
    assert "Nothing has been saved yet." in page
    assert at("snapshot_save") not in page
    assert page.count("not talked about") == 19


def test_an_installation_without_a_list_says_so(cast, settings, tmp_path):
    settings.SOLMU_COMMITMENT = tmp_path
    for name in ("commitment", "joining"):
        assert "This installation has no list" in shown(client_of(cast, "kaisa"), at(name))


def test_an_item_is_talked_through(cast):
    client = client_of(cast, "kaisa")
    page = shown(client, at("commitment_item", ITEM))
    assert "Are all who are concerned at the table?" in page
    assert "Community Tool Box" in page
    owner = str(cast.account("aino").id)
    said = {"evidence": "https://example.org/agenda", "next_step": "Kirjataan", "owner": owner, "due_on": "2026-11-16"}
    assert answer(client, **said).status_code == 302
    page = shown(client, at("commitment"))
    assert '<a href="https://example.org/agenda" rel="nofollow">' in page
    assert "10 working days" in page
    assert "A next step of your organisation's commitment" in shown(client_of(cast, "aino"), url("today"))


def test_what_lacks_an_owner_is_refused_with_everything_typed_kept(cast):
    refused = answer(client_of(cast, "kaisa"), next_step="Kirjataan tavoite")
    assert refused.status_code == 422
    page = unescape(refused.content.decode())
    assert "Choose whose the next step is." in page
    assert "Kirjataan tavoite" in page


def test_two_writers_see_both_versions(cast):
    answer(client_of(cast, "kaisa"), evidence="Sovittu keväällä.")
    second = answer(client_of(cast, "hilla"), evidence="Vielä auki.")
    assert second.status_code == 409
    page = unescape(second.content.decode())
    assert "Sovittu keväällä." in page
    assert "Vielä auki." in page
    assert answer(client_of(cast, "hilla"), version="1", evidence="Vielä auki.").status_code == 302


def test_the_owner_of_a_step_settles_it_without_other_rights(cast):
    kaisa, aino = client_of(cast, "kaisa"), client_of(cast, "aino")
    answer(kaisa, next_step="Kirjataan", owner=str(cast.account("aino").id), due_on="2026-11-16")
    page = shown(aino, at("commitment"))
    assert at("commitment_step", ITEM) in page
    assert f'href="{at("commitment_item", ITEM)}"' not in page
    assert aino.get(at("commitment_item", ITEM)).status_code == 403
    send(aino, at("commitment_step", ITEM), version="1", done="yes")
    assert "done 2 Nov 2026" in shown(aino, at("commitment"))
    send(aino, at("commitment_step", ITEM), version="2", done="no")
    assert Answer.objects.get().step_done_on is None
    assert send(client_of(cast, "bertta"), at("commitment_step", ITEM), version="3", done="yes").status_code == 403


def test_the_steps_of_joining_stand_in_words(cast):
    client = client_of(cast, "kaisa")
    assert "Next: A small core group starts" in shown(client, at("joining"))
    assert 'name="next_step"' not in shown(client, at("commitment_item", "core-group"))
    answer(client, "core-group", level="yes")
    page = shown(client, at("joining"))
    assert "Next: The group judges" in page
    assert "%" not in page.split("<main")[1].split("</main>")[0]


def test_a_state_is_saved_looked_at_and_printed(cast):
    client = client_of(cast, "kaisa")
    answer(client, evidence="Sovittu keväällä.")
    assert save(client, present="").status_code == 422
    save(client)
    row = Snapshot.objects.get()
    page = shown(client_of(cast, "paula"), at("snapshot", row.id))  # of another organisation
    assert "Sovittu" not in page
    page = shown(client_of(cast, "aino"), at("snapshot", row.id))
    assert "Sovittu keväällä." in page
    assert at("snapshot_share", row.id) not in page
    paper = client.get(at("snapshot_pdf", row.id))
    assert paper["Content-Type"] == "application/pdf"
    assert paper["Content-Disposition"] == 'inline; filename="2026-11-02.pdf"'
    assert paper.content.startswith(b"%PDF")


def test_what_changed_in_the_meantime_is_looked_at_once_more(cast):
    client = client_of(cast, "kaisa")
    answer(client)
    refused = save(client, seen="0")
    assert refused.status_code == 422
    assert 'name="seen" value="1"' in refused.content.decode()
    assert not Snapshot.objects.exists()


def test_then_and_now_lie_side_by_side(cast, monkeypatch):
    client = client_of(cast, "kaisa")
    assert "Two saved states are needed" in shown(client, at("compare"))
    answer(client, level="not_yet")
    save(client)
    answer(client, version="1", level="yes")
    answer(client, "backbone", level="partly")
    monkeypatch.setattr(clock, "now", lambda: MONDAY + timedelta(days=90))
    client = client_of(cast, "kaisa")
    save(client, made_on="2027-01-31")
    page = shown(client, at("compare"))
    assert page.count("has changed") == 2
    row = page.split("Common agenda")[1].split("</tr>")[0]
    assert row.index("not yet") < row.index("yes", row.index("not yet") + 8)
    first, second = Snapshot.objects.order_by("made_on")
    turned = shown(client, f"{at('compare')}?then={second.id}&now={first.id}")
    assert turned.count("has changed") == 2


def test_a_state_is_shared_and_no_longer(cast):
    client = client_of(cast, "kaisa")
    answer(client)
    save(client, is_shared="on")
    row = Snapshot.objects.get()
    assert row.is_shared
    send(client, at("snapshot_share", row.id), shared="no")
    row.refresh_from_db()
    assert not row.is_shared


def test_what_is_not_there_is_not_found(cast):
    client = client_of(cast, "kaisa")
    assert client.get(at("snapshot", uuid4())).status_code == 404
    assert client.get(at("snapshot_pdf", uuid4())).status_code == 404
    assert client.get(at("commitment_item", "no-such")).status_code == 404


@pytest.mark.parametrize("name", ["aino", "ritva", "paula", "tapio"])
def test_nobody_else_saves(cast, name):
    client = client_of(cast, name)
    assert client.get(at("snapshot_save")).status_code == 403
    assert send(client, at("commitment_item", ITEM), version="0", level="yes").status_code == 403
    assert not Answer.objects.exists()
