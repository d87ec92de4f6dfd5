"""The invented region: every room has something in it, made by the actions that people use, and nothing from later."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from solmu.access.models import EmergencyAccess
from solmu.accesslog import ledger
from solmu.accesslog.models import Entry
from solmu.casework.models import CaseWorker, Engagement, EngagementMove
from solmu.casework.queries.moving import movable
from solmu.demo import forms, simulation
from solmu.demo.office import COUNSELLING, FAMILY_UNITY, GATHERING, Office
from solmu.instruments.models import Form, Response
from solmu.kernel import clock
from solmu.operating_models.experiences import public_experiences, to_decide
from solmu.operating_models.models import Adaptation, Adoption, Experience, InstalledModel, Tick
from tests.cast import MONDAY

pytestmark = pytest.mark.django_db
NOW = MONDAY + timedelta(hours=4)
FAMILIES = 24


@pytest.fixture(scope="module")
def region(django_db_setup, django_db_blocker):
    """Made once for all tests of this file, and undone after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield simulation.run(families=FAMILIES, now=NOW)
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _now(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def seen(region):
    """What somebody of the region sees at an address."""

    def page(key: str, name: str, *args) -> str:
        client = Client(headers={"accept-language": "fi"})
        client.force_login(region.account(key))
        answer = client.get(reverse(name, args=args))
        assert answer.status_code == 200, f"{key}: {name} answered {answer.status_code}"
        return answer.content.decode()

    return page


def in_use(office: Office, key: str, slug: str) -> InstalledModel:
    organisation_id = office.actor(key, NOW).organisation_id
    return Adoption.objects.get(organisation_id=organisation_id, model__slug=slug, ended_at=None).model


def test_nothing_has_happened_later_than_now(region):
    assert not Entry.objects.filter(at__gt=NOW).exists()
    assert not Response.objects.filter(saved_at__gt=NOW).exists()
    assert not EngagementMove.objects.filter(moved_at__gt=NOW).exists()


def test_families_have_answered_forms_of_a_model_and_of_the_organisation(region):
    states = set(Response.objects.values_list("form__title", "state"))
    assert states >= {
        (forms.STARTING, "completed"),
        (forms.FEEDBACK, "in_progress"),
        (forms.WEEK, "completed"),
        (forms.WEEK, "in_progress"),
        (forms.WEEK, "amended"),
    }
    assert Form.objects.get(title=forms.STRENGTHS).report


def test_work_has_moved_to_another_version_and_some_waits(region):
    whys = EngagementMove.objects.exclude(reason="").values_list("moved_by_name", flat=True)
    assert set(whys) == {"Sanna Virkkula", "Heli Ranta"}
    for key, slug in (("riikka", FAMILY_UNITY), ("heli", GATHERING)):
        waiting = movable(region.actor(key, NOW), in_use(region, key, slug).id)
        assert waiting.total, slug
    assert Engagement.objects.exclude(phase="").values("phase").distinct().count() > 3


def test_the_foundation_uses_a_version_of_its_own_and_words_another(region):
    own = in_use(region, "heli", GATHERING)
    assert own.base_id == in_use(region, "riikka", GATHERING).id
    assert own.shared_at is None
    assert Adaptation.objects.get(ended_at=None).base.slug == COUNSELLING
    assert Tick.objects.exists()


@pytest.mark.parametrize("slug", [GATHERING, FAMILY_UNITY])
def test_families_and_workers_have_told_of_a_model(region, slug):
    assert public_experiences(slug, "fi").families
    assert {each.language for each in public_experiences(FAMILY_UNITY, "fi").families} == {"ar"}
    assert all(each.translation for each in public_experiences(FAMILY_UNITY, "fi").families)


def test_each_coordinator_has_experiences_to_read(region):
    for key in ("heli", "riikka"):
        assert to_decide(region.actor(key, NOW), "fi")
    assert set(Experience.objects.values_list("state", flat=True)) == {"public", "waiting", "kept_back"}


COORDINATION = [
    ("coordination:models", "Kokemu"),
    ("coordination:experiences", "Pelkäsimme ensin"),
    ("coordination:forms", forms.STRENGTHS),
    ("coordination:gaps", "Kuusiranta"),
    ("coordination:orientation", "Leena Hiltunen"),
    ("coordination:commitment", "Kysytään myös nuorilta"),
]


@pytest.mark.parametrize(("name", "words"), COORDINATION)
def test_each_page_of_coordination_has_something(seen, name, words):
    assert words in seen("heli", name)


def test_the_other_coordinator_has_forms_and_words_to_read(seen):
    assert forms.WEEK in seen("riikka", "coordination:forms")
    assert 'lang="uk"' in seen("riikka", "coordination:experiences")


def test_a_models_pages_have_something(region, seen):
    own = in_use(region, "heli", GATHERING)
    assert "En joutunut kertomaan samaa" in seen("heli", "coordination:model", own.id)
    assert "move_" in seen("heli", "coordination:upgrade", own.id)
    assert "perhekeskuksen olohuoneessa" in seen("heli", "coordination:version_compare", own.base_id, own.id)
    begun = Adaptation.objects.get(ended_at=None)
    assert "Perhekeskuksen aulassa" in seen("heli", "coordination:adaptation", begun.id)
    assert Tick.objects.first().ticker_name in seen("heli", "coordination:checklist", begun.base_id)


DESK = [
    ("anni", "desk:today"),
    ("anni", "desk:families"),
    ("anni", "desk:contacts"),
    ("anni", "desk:orientation"),
    ("ritva", "desk:queue"),
    ("kirsi", "desk:my_promises"),
    ("olli", "steward:log"),
    ("olli", "steward:emergencies"),
]


@pytest.mark.parametrize(("key", "name"), DESK)
def test_each_list_of_the_desk_has_something(seen, key, name):
    assert 'class="empty"' not in seen(key, name)


def family_with(**wanted) -> UUID:
    return Response.objects.filter(**wanted).order_by("started_at").values_list("family_id", flat=True).first()


def one_of_the_pair(region, family_id: UUID) -> str:
    account_id = CaseWorker.objects.filter(case__family_id=family_id).values_list("account_id", flat=True).first()
    return next(key for key, account in region.accounts.items() if account.id == account_id)


def test_a_familys_pages_have_something(region, seen):
    family_id = family_with(form__title=forms.WEEK, state="completed")
    key = one_of_the_pair(region, family_id)
    for tab in ("family", "people", "map", "proposals", "permissions", "referrals", "network", "case", "forms"):
        assert 'class="empty"' not in seen(key, f"desk:{tab}", family_id), tab


def test_a_steward_has_an_emergency_access_to_review(region):
    assert EmergencyAccess.objects.get().account_name == "Leena Hiltunen"


def test_the_log_is_whole(region):
    assert list(ledger.faults()) == []
