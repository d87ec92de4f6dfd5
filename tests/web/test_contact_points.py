"""The administrator's contact points: what is missing is said, what is written survives, and who else is told no."""

from html import unescape

import pytest
from django.urls import reverse

from solmu.access.actor import system
from solmu.directory.actions import make_contact_points
from solmu.directory.models import ContactPoint
from solmu.directory.queries import help_at_once
from tests.cast import MONDAY
from tests.models import NETWORK, install, package
from tests.web.test_network_pages import client_of, send

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("an_hour_later")]
LIST, NEW = reverse("coordination:contact_points"), reverse("coordination:contact_point_new")


@pytest.fixture
def point() -> ContactPoint:
    return make_contact_points(system(MONDAY), model=install(NETWORK))[0]


def of(point: ContactPoint) -> str:
    return reverse("coordination:contact_point", args=[point.id])


def shown(client, address: str) -> str:
    return unescape(client.get(address).content.decode())


def test_an_empty_directory_says_what_fills_it(cast):
    assert "No contact points yet" in shown(client_of(cast, "hilla"), LIST)


def test_a_missing_number_and_the_model_that_leads_there_are_told(cast, point):
    page = shown(client_of(cast, "hilla"), LIST)
    own = package(NETWORK)
    source = next(each.title for each in own.model.sources if each.key == "YV1")
    assert point.name in page and own.title("en") in page and source in page
    assert "not found in the source" in page
    assert "Not recorded yet" in page and "1 contact point has no number yet" in page


def test_the_administrator_writes_a_number_with_where_it_was_read(cast, point):
    client, typed = client_of(cast, "hilla"), {"version": "1", "name": point.name, "phone": "08 123 456"}
    refused = send(client, of(point), **typed, is_active="on")
    assert refused.status_code == 422
    assert "08 123 456" in refused.content.decode()
    send(client, of(point), **typed, is_active="on", source="www.example.org", checked_on="2026-11-02")
    page = shown(client, LIST)
    assert "08 123 456" in page and "www.example.org" in page and "Checked 2" in page


def test_two_administrators_learn_of_each_other_and_nothing_typed_is_lost(cast, point):
    client = client_of(cast, "hilla")
    send(client, of(point), version="1", name="Yhteyspiste", is_active="on")
    later = send(client, of(point), version="1", name="Toinen nimi", is_active="on")
    page = unescape(later.content.decode())
    assert later.status_code == 409
    assert 'value="Toinen nimi"' in page and "<dd>Yhteyspiste</dd>" in page
    send(client, of(point), version="2", name="Toinen nimi", is_active="on")
    assert ContactPoint.objects.get(pk=point.id).name == "Toinen nimi"


def test_where_help_is_had_at_once_is_added_by_hand(cast):
    client = client_of(cast, "hilla")
    assert send(client, NEW, kind="unit", name="X", is_active="on").status_code == 422
    send(client, NEW, kind="crisis", name="Kriisipäivystys", is_active="on")
    assert [each.name for each in help_at_once()] == ["Kriisipäivystys"]
    send(client, of(ContactPoint.objects.get()), version="1", name="Kriisipäivystys")
    assert help_at_once() == []
    assert "Out of use" in shown(client, LIST)


def test_the_administrators_menu_leads_here_and_nobody_elses(cast):
    assert f'href="{LIST}"' in shown(client_of(cast, "hilla"), reverse("coordination:models"))
    assert f'href="{LIST}"' not in shown(client_of(cast, "kaisa"), reverse("coordination:models"))


@pytest.mark.parametrize("name", ["aino", "ritva", "paula", "kaisa", "tapio"])
def test_nobody_else_opens_the_pages(cast, point, name):
    client = client_of(cast, name)
    for address in (LIST, NEW, of(point)):
        assert client.get(address).status_code == 403
        assert send(client, address, version="1", name="X").status_code in {403, 405}
    assert ContactPoint.objects.get(pk=point.id).name == point.name
