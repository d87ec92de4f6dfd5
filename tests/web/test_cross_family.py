"""Identifiers of another family, and keys of another person, given where one's own are expected."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from solmu.agenda.models import Item
from solmu.casework.actions.network import agree_meeting, set_member_state
from solmu.casework.models import NetworkMember
from solmu.families.models import Family
from solmu.kernel import clock
from solmu.organisations.models import Membership
from solmu.referrals.actions import withdraw_permission
from solmu.situations.actions import start_round
from solmu.web.models import Draft, Submission
from tests.cast import MONDAY, later, make_cast
from tests.scenes import PEOPLE, Scene, a_contact, open_family
from tests.web.states import Home, make_world
from tests.web.test_permission_table import NOW, address, browser, routes, taken_back

pytestmark = pytest.mark.django_db
OF_THE_ORGANISATION = {"form_key"}  # the same form is offered to every family


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setattr(clock, "now", lambda: MONDAY + timedelta(hours=1))
        yield make_world(make_cast())
        transaction.set_rollback(True)


@pytest.fixture
def own(world) -> Scene:
    """Cecilia's own family; the others of the world are not open to her."""
    people = [person | {"last_name": "Omala"} for person in PEOPLE]
    scene = open_family(world.cast, by="cecilia", pair=None, name="Omala", people=people)
    start_round(world.cast.cecilia, family_id=scene.family_id)
    return scene


@pytest.fixture
def cecilia(world, own) -> Client:
    return browser(world, "cecilia")


@pytest.fixture
def other(world) -> Home:
    return world.homes["live"]


def at(name: str, *args) -> str:
    return reverse(f"desk:{name}", args=args)


def post(client: Client, where: str, **fields):
    with taken_back():
        return client.post(where, {"once": str(uuid4())} | fields)


def plain(answer, *ids) -> tuple[int, str, str]:
    """What was answered, without what differs in every page."""
    text = b"".join(answer).decode() + answer.headers.get("Location", "")
    for each in ids:
        text = text.replace(str(each), "id")
    return answer.status_code, re.sub(r'(csrf\w+" value=)"\w+"', r"\1", text)


def test_what_belongs_to_another_family_is_unknown_under_ones_own(world, own, other):
    """In every address that takes a family and something of it."""
    for name, takes in routes():
        if "family_id" not in takes or len({*takes} - OF_THE_ORGANISATION) == 1:
            continue
        pages = []
        for known in (True, False):
            there = address(world, "live", name, takes, known=known)
            where = re.sub(r"(?<=/families/)[0-9a-f-]{36}", str(own.family_id), there, count=1)
            ids, client = re.findall(r"[0-9a-f-]{36}", where)[1:], browser(world, "cecilia")
            pages += [plain(client.get(where), *ids), plain(post(client, where, version="1", state="kept"), *ids)]
        assert pages[:2] == pages[2:], name
        assert all(page[0] < 500 for page in pages), name
        assert not [secret for secret in other.secrets for page in pages if secret in page[1]], name


@pytest.mark.parametrize(
    ("page", "typed", "field", "key"),
    [
        ("map_add", {"kind": "knot", "domain": "finances", "words": "Laskut"}, "person", "person_id"),
        ("map_add", {"kind": "knot", "domain": "finances", "words": "Laskut"}, "view", "person_id"),
        ("map_add", {"kind": "knot", "domain": "finances", "words": "Laskut"}, "help_view", "person_id"),
        ("map_start", {"version": "1", "words": "Laskuista"}, "knot", "item_id"),
        ("network_member_new", {"kind": "close"}, "person", "adult_id"),
        ("promise_new", {"deed": "Soittaa", "due_on": "2026-11-20"}, "member", "member_id"),
        ("network_meeting_new", {"day": "2026-11-20", "time": "10:00"}, "engagement", "proposal_id"),
    ],
)
def test_a_form_takes_nobody_and_nothing_of_another_family(own, cecilia, other, page, typed, field, key):
    answer = post(cecilia, at(page, own.family_id), **typed, **{field: str(other.ids[key])})
    assert answer.status_code == 422
    assert other.name not in answer.content.decode()


def test_a_contact_is_not_tied_to_a_family_that_is_not_open(world, cecilia, other):
    family_id = str(other.ids["family_id"])
    said = {"by": "person", "channel": "phone", "words": "Hei", "interpreter": "unknown", "press": "save"}
    assert post(cecilia, at("contact_new"), **said, family_id=family_id).status_code == 404
    assert cecilia.get(at("contact_new"), {"family": family_id}).status_code == 404
    assert post(cecilia, at("contact_new"), choose=family_id).status_code == 404
    taken = a_contact(world.cast.cecilia)
    for fields in ({"choose": family_id}, {"family_id": family_id, "press": "save", "no_pair_yet": "on"}):
        answer = post(cecilia, at("contact_begin", taken.id), **fields)
        assert answer.status_code in {404, 422}
        assert other.name not in answer.content.decode()


def test_a_receiver_moves_nobody_of_another_familys_network(world, other):
    """Ritva works in the network of one family; of another she has only the packet."""
    ritva, accepted = browser(world, "ritva"), world.homes["accepted"].ids
    where = at("network_member_state", accepted["family_id"], other.ids["member_id"])
    assert post(ritva, where, version="2", state="left").status_code == 403
    where = at("network_meeting_cancel", accepted["family_id"], other.ids["meeting_id"])
    assert post(ritva, where, version="1", reason="Ei").status_code == 403


def test_a_contact_prepared_for_another_unit_is_not_in_the_queue(world, other):
    tuula, referral = browser(world, "tuula"), other.ids["referral_id"]
    assert other.name not in tuula.get(at("queue"), {"show": "all"}).content.decode()
    assert tuula.get(at("queue_item", referral)).status_code == 404
    for move in ("claim", "accept", "ask", "reject", "complete", "release"):
        assert post(tuula, at("queue_move", referral, move), version="2").status_code == 404


def test_after_the_end_no_day_of_the_family_stays_on_the_receivers_agenda(world):
    """A meeting was agreed while the receiver belonged to the network; then the permission is withdrawn."""
    cast, home = world.cast, world.homes["accepted"]
    with taken_back():
        agreed = agree_meeting(later(cast.aino, minutes=30), case_id=home.scene.case_id, starts_at=NOW)
        waiting = Item.objects.filter(about_id=agreed.id, owner_unit_id=cast.unit("receivers").id, settled_at=None)
        assert waiting.exists()
        withdraw_permission(later(cast.aino, minutes=40), permission_id=home.ids["permission_id"], how="oral")
        assert not waiting.exists()


def test_who_left_the_network_sees_the_own_promises_no_more(world, other):
    paula = browser(world, "paula")
    reference = Family.objects.get(pk=other.ids["family_id"]).reference
    assert reference in paula.get(at("my_promises")).content.decode()
    with taken_back():
        member = NetworkMember.objects.get(pk=other.ids["member_id"])
        set_member_state(world.cast.aino, member_id=member.id, version=member.version, state="left")
        assert reference not in paula.get(at("my_promises")).content.decode()
        answer = paula.post(at("my_promise", other.ids["promise_id"]), {"once": str(uuid4()), "state": "kept"})
        assert answer.status_code == 404


# Keys, drafts, units and addresses


def test_the_key_of_somebody_elses_form_tells_nothing_and_does_nothing(world, own, cecilia, other):
    key = uuid4()
    led_to = at("family", other.ids["family_id"])
    Submission.objects.create(key=key, account=world.cast.account("aino"), led_to=led_to, sent_at=MONDAY)
    answer = post(cecilia, at("map_begin", own.family_id), held_on="2026-11-02", once=str(key))
    assert answer.status_code == 422
    assert str(other.ids["family_id"]) not in answer.content.decode()
    pressed = post(cecilia, at("map_own_close", own.family_id, own.people["Siiri"].id), once=str(key))
    assert pressed.url == at("map_own", own.family_id, own.people["Siiri"].id)


def test_a_draft_is_its_writers_alone(world, own, cecilia):
    with taken_back():
        cecilia.post(at("draft", "contact"), {"words": "Kesken jäänyt lause"})
        assert "Kesken jäänyt lause" in cecilia.get(at("contact_new")).content.decode()
        assert "Kesken jäänyt lause" not in browser(world, "bertta").get(at("contact_new")).content.decode()
        kept = bytes(Draft.objects.get().sealed)
        assert b"Kesken" not in kept


def test_nobody_acts_in_a_unit_of_somebody_else(world):
    outi = browser(world, "outi")
    outi.post(reverse("public:unit"), {"unit": str(world.cast.unit("receivers").id)})
    assert outi.session["unit"] == str(world.cast.unit("other_desk").id)
    for unit in ("", "not-a-unit", "²"):
        assert outi.post(reverse("public:unit"), {"unit": unit}).status_code == 302


def test_a_membership_that_has_ended_and_an_account_that_is_closed_open_nothing(world, other):
    aino, family = browser(world, "aino"), at("family", other.ids["family_id"])
    account = world.cast.account("aino")
    with taken_back():
        Membership.objects.filter(account=account).update(ended_on=(MONDAY - timedelta(days=1)).date())
        assert aino.get(family).status_code == 403
        assert aino.get(at("today")).status_code == 403
    with taken_back():
        type(account).objects.filter(pk=account.pk).update(is_active=False)
        assert aino.get(family).url.startswith("/accounts/login/")


@pytest.mark.parametrize(
    "wanted", ["https://evil.example/", "//evil.example", r"/\evil.example", "javascript:alert(1)"]
)
def test_nothing_leads_to_another_site(world, wanted):
    client = browser(world, "cecilia")
    assert client.post(reverse("public:language"), {"language": "sv", "next": wanted}).url == "/"
    assert client.post(reverse("public:theme"), {"theme": "dark", "next": wanted}).url == "/"


def test_a_line_break_in_an_address_makes_no_header(world):
    answer = browser(world, "cecilia").post(reverse("public:theme"), {"theme": "dark", "next": "/\r\nX-Mark: 1"})
    assert "X-Mark" not in answer.headers and "\n" not in answer.url


def test_a_nul_is_refused_before_anything_is_done(cecilia, own):
    assert post(cecilia, at("family_edit", own.family_id), name="Om\x00ala").status_code == 422
    assert cecilia.get(at("search"), {"q": "a\x00"}).status_code == 422


def test_a_text_without_end_is_refused_in_plain_words(cecilia):
    said = {"by": "person", "channel": "phone", "interpreter": "unknown", "press": "save"}
    answer = post(cecilia, at("contact_new"), **said, words="sana " * 40_000)
    assert answer.status_code == 422
    assert "Shorten it to at most" in answer.content.decode()


@pytest.mark.parametrize("number", ["²", "9" * 30, "-1", "٣", "1e9", ""])
def test_a_number_that_is_none_breaks_no_page(world, own, cecilia, number):
    for page in ("today", "families", "contacts", "queue"):
        assert cecilia.get(at(page), {"page": number}).status_code == 200
    assert cecilia.get(at("map", own.family_id), {"then": number, "now": number}).status_code == 200
    assert cecilia.get(at("family_log", own.family_id), {"before": number, "who": number}).status_code == 200


def test_own_words_are_words_and_never_markup(world, own, cecilia):
    evil = '<img src=x onerror="alert(1)">'
    with taken_back():
        typed = {"kind": "knot", "domain": "finances", "words": evil, "would_help": evil}
        cecilia.post(at("map_add", own.family_id), {"once": str(uuid4()), **typed})
        cecilia.post(at("family_edit", own.family_id), {"once": str(uuid4()), "version": "1", "name": evil})
        for page in ("map", "map_print", "family", "people", "case", "network", "proposals"):
            assert "<img" not in cecilia.get(at(page, own.family_id)).content.decode(), page


def test_before_signing_in_nothing_is_asked_of_the_gate_and_nothing_is_logged(world, other):
    answer = Client().get(at("family", other.ids["family_id"]))
    assert answer.url == f"/accounts/login/?next={at('family', other.ids['family_id'])}"
    assert Client().post(at("draft", "contact"), {"words": "x"}).status_code == 302
