"""The list and the search: nothing typed stands in an address, nothing found that is not open."""

from uuid import uuid4

import pytest
from django.urls import reverse

from solmu.access.classes import InformationClass as C
from solmu.access.models import Grant
from tests.families.household import make_family, open_to

pytestmark = pytest.mark.django_db


@pytest.fixture
def search(client, cast):
    """What one of the cast sees after searching."""

    def searching(name: str, text: str) -> str:
        client.force_login(cast.account(name))
        sent = client.post(reverse("desk:search"), {"q": text, "once": str(uuid4())})
        assert (sent.status_code, sent["Location"]) == (302, reverse("desk:search"))
        return client.get(reverse("desk:search")).content.decode()

    return searching


def test_a_search_finds_what_is_open_and_leads_there(search, cast):
    family = make_family(cast.aino, classes=C.IDENTITY)
    page = search("aino", "samir hadd")
    assert reverse("desk:family", args=[family.id]) in page


def test_a_colleague_sees_whom_to_ask_and_nothing_of_the_family(search, cast):
    family = make_family(cast.aino)
    page = search("cecilia", "rima haddad")
    assert "Palveluneuvonta" in page
    assert "Samir" not in page and family.reference not in page and str(family.id) not in page


def test_nothing_found_leads_to_a_new_contact_with_what_was_typed(search, client):
    page = search("aino", "Nobody Such")
    assert reverse("desk:contact_new") + "?from=search" in page
    assert 'value="Nobody Such"' in page


def test_an_old_link_with_the_text_in_it_is_answered_without_it(client, cast):
    client.force_login(cast.account("aino"))
    sent = client.get(reverse("desk:search"), {"q": "samir"})
    assert (sent.status_code, sent["Location"]) == (302, reverse("desk:search"))


def test_what_was_typed_is_sealed_in_the_session(search, client):
    search("aino", "Nobody Such")
    assert "Nobody" not in str(dict(client.session))


@pytest.mark.parametrize("page", ["families", "search"])
@pytest.mark.parametrize(
    ("who", "status"), [("aino", 200), ("cecilia", 200), ("paula", 403), ("ritva", 403), ("tapio", 403)]
)
def test_the_desk_s_lists_are_the_desk_s(client, cast, page, who, status):
    client.force_login(cast.account(who))
    assert client.get(reverse(f"desk:{page}")).status_code == status


def test_the_list_shows_own_families_and_apart_from_them_all(client, cast):
    make_family(cast.aino, classes=C.IDENTITY)
    shared = make_family(cast.bertta, classes=C.IDENTITY, name="Perhe Korpi")
    open_to(cast.aino, shared.id, C.IDENTITY, subject=(Grant.Subject.UNIT, cast.aino.unit_id))
    client.force_login(cast.account("aino"))
    mine = client.get(reverse("desk:families")).content.decode()
    everything = client.get(reverse("desk:families"), {"whose": "all"}).content.decode()
    assert "Perhe Haddad" in mine and "Perhe Korpi" not in mine
    assert "Perhe Haddad" in everything and "Perhe Korpi" in everything


def test_an_empty_list_says_what_to_do(client, cast):
    make_family(cast.aino)
    client.force_login(cast.account("cecilia"))
    page = client.get(reverse("desk:families")).content.decode()
    assert "Haddad" not in page and 'class="empty"' in page
