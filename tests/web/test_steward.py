"""The data protection officer's pages, and the page by which a record is opened in an emergency."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse

from solmu.access import gate
from solmu.access.classes import InformationClass as C
from solmu.access.deeds import Deed
from solmu.access.grants import Basis, open_grant
from solmu.access.models import EmergencyAccess, Grant
from solmu.accesslog.models import Entry
from solmu.families.emergency import open_emergency
from solmu.families.models import Family
from solmu.kernel import clock
from solmu.kernel.ids import new_id
from solmu.web.hidden import hide

REASON = "The mother called, crying, and said that the father is at the door."


@pytest.fixture
def at_desk(cast, client):
    """Signs in as one of the cast; pages act at the present moment."""

    def sign_in(name):
        client.force_login(cast.account(name))
        return client

    return sign_in


@pytest.fixture
def now(cast):
    return lambda name: cast.actor(name, at=clock.now())


def make_family(cast, unit="counselling", name="Salo"):
    return Family.objects.create(name=name, organisation_id=cast.unit(unit).organisation_id, created_at=clock.now())


def use(actor, family, deed=Deed.READ_FAMILY):
    open_grant(
        subject=(Grant.Subject.PERSON, actor.account_id),
        record_id=family.id,
        classes=C.IDENTITY | C.CASEWORK,
        basis=Basis(Grant.Basis.CASE, new_id()),
        purpose="support",
        valid_from=actor.at,
    )
    gate.require(actor, deed, family.id)


def entries(response) -> int:
    return len(re.findall(r"<tr>", response.content.decode())) - 1


class TestLog:
    """Who used whose record."""

    def test_shows_uses_by_the_families_references_and_no_names(self, cast, at_desk, now):
        family = make_family(cast)
        use(now("aino"), family)
        page = at_desk("tapio").get(reverse("steward:log"), headers={"accept-language": "en"})
        text = page.content.decode()
        assert page.status_code == 200
        assert "Aino Salmi" in text and family.reference in text and "works with the family" in text
        assert "Salo" not in text

    def test_shows_refused_attempts(self, cast, at_desk, now):
        family = make_family(cast)
        client = at_desk("cecilia")
        assert client.get(reverse("desk:network", args=[family.id])).status_code == 404
        use(now("aino"), family)
        page = at_desk("tapio").get(reverse("steward:log"), {"refused": "on"}, headers={"accept-language": "en"})
        assert entries(page) == 1
        assert "Cecilia Korpi" in page.content.decode()

    def test_finds_by_worker_by_reference_and_by_day(self, cast, at_desk, now):
        first, second = make_family(cast), make_family(cast, name="Niitty")
        use(now("aino"), first)
        use(now("bertta"), second)
        client, address = at_desk("tapio"), reverse("steward:log")
        today = now("aino").today.isoformat()
        assert entries(client.get(address)) == 2
        assert entries(client.post(address, {"worker": "salmi"}, follow=True)) == 1
        assert entries(client.get(address, {"reference": second.reference.lower()})) == 1
        assert entries(client.get(address, {"day": today})) == 2
        assert "<table" not in client.get(address, {"day": "2020-01-01"}).content.decode()
        assert "<table" not in client.post(address, {"worker": "nobody"}, follow=True).content.decode()

    def test_a_workers_name_is_readable_in_no_address(self, at_desk):
        client = at_desk("tapio")
        answer = client.post(reverse("steward:log"), {"worker": "Salmi", "day": "2026-11-02", "refused": ""})
        assert answer.url == f"/steward/?worker={hide('Salmi')}&day=2026-11-02"
        page = client.get(answer.url).content.decode()
        assert 'value="Salmi"' in page

    def test_a_reference_of_another_organisation_is_unknown(self, cast, at_desk, now):
        theirs = make_family(cast, unit="receivers")
        page = at_desk("tapio").get(reverse("steward:log"), {"reference": theirs.reference})
        assert page.status_code == 422

    def test_leaves_out_what_other_organisations_do_to_their_own(self, cast, at_desk, now):
        Entry.objects.create(
            sequence=1,
            at=clock.now(),
            account_name="Ritva Halla",
            unit_id=now("ritva").unit_id,
            deed="read_packet",
            outcome="allowed",
            record_id=new_id(),
            hash="0",
        )
        assert "Ritva Halla" not in at_desk("tapio").get(reverse("steward:log")).content.decode()

    def test_is_paged_by_the_entries_numbers(self, cast, at_desk, now):
        family, actor = make_family(cast), now("aino")
        use(actor, family)
        for _time in range(59):
            gate.require(actor, Deed.READ_FAMILY, family.id)
        client = at_desk("tapio")
        first = client.get(reverse("steward:log"))
        older = re.search(r'href="(\?before=\d+)"', first.content.decode())[1]
        assert (entries(first), entries(client.get(reverse("steward:log") + older))) == (50, 10)

    @pytest.mark.parametrize("query", [{"before": "x"}, {"before": "9" * 40}, {"day": "soon"}])
    def test_survives_a_strange_address(self, cast, at_desk, query):
        assert at_desk("tapio").get(reverse("steward:log"), query).status_code in {200, 422}

    @pytest.mark.parametrize("name", ["aino", "ritva", "paula", "kaisa", "hilla"])
    @pytest.mark.parametrize("page", ["steward:log", "steward:emergencies"])
    def test_is_for_stewards_only(self, cast, at_desk, name, page):
        assert at_desk(name).get(reverse(page)).status_code == 403


class TestEmergencyPage:
    """The reason first, then the reference."""

    def send(self, client, **typed):
        return client.post(
            reverse("desk:emergency"), {"once": str(uuid4()), **typed}, headers={"accept-language": "en"}
        )

    def test_opens_the_familys_page_and_tells_it_on_every_page(self, cast, at_desk):
        family = make_family(cast)
        client = at_desk("outi")
        answer = self.send(client, reason=REASON, reference=family.reference)
        assert answer.status_code == 302 and answer["Location"] == reverse("desk:family", args=[family.id])
        page = client.get(reverse("desk:emergency"), headers={"accept-language": "en"}).content.decode()
        assert "emergency-bar" in page and REASON in page

    def test_a_short_reason_is_asked_again_and_what_was_typed_is_kept(self, cast, at_desk):
        family = make_family(cast)
        answer = self.send(at_desk("outi"), reason="hurry", reference=family.reference)
        assert answer.status_code == 422
        assert "hurry" in answer.content.decode() and family.reference in answer.content.decode()
        assert not EmergencyAccess.objects.exists()

    def test_ends_with_one_press(self, cast, at_desk):
        client = at_desk("outi")
        self.send(client, reason=REASON, reference=make_family(cast).reference)
        opened = EmergencyAccess.objects.get()
        client.post(reverse("desk:emergency_end", args=[opened.id]), {"once": str(uuid4())})
        opened.refresh_from_db()
        assert opened.ended_at
        assert "emergency-bar" not in client.get(reverse("desk:emergency")).content.decode()

    @pytest.mark.parametrize("name", ["ritva", "paula", "kaisa", "tapio", "hilla"])
    def test_is_not_there_for_others(self, cast, at_desk, name):
        assert at_desk(name).get(reverse("desk:emergency")).status_code == 403


class TestReview:
    """Every emergency access is looked at by somebody else."""

    @pytest.fixture
    def opened(self, cast, now):
        return open_emergency(now("outi"), reference=make_family(cast).reference, reason=REASON)

    def test_waits_in_the_list_and_is_reviewed_with_a_note(self, cast, at_desk, opened):
        client = at_desk("tapio")
        assert REASON in client.get(reverse("steward:emergencies")).content.decode()
        address = reverse("steward:emergency", args=[opened.id])
        assert REASON in client.get(address).content.decode()
        typed = {"verdict": "justified", "note": "Talked with Outi.", "once": str(uuid4())}
        assert client.post(address, typed).status_code == 302
        page = client.get(reverse("steward:emergencies")).content.decode()
        assert "Talked with Outi." in page

    def test_without_a_note_it_is_asked_again(self, cast, at_desk, opened):
        address = reverse("steward:emergency", args=[opened.id])
        answer = at_desk("tapio").post(address, {"verdict": "justified", "note": " ", "once": str(uuid4())})
        assert answer.status_code == 422

    def test_an_unknown_one_is_not_found(self, cast, at_desk):
        assert at_desk("tapio").get(reverse("steward:emergency", args=[new_id()])).status_code == 404
