"""What a running operating model brings to a prepared contact: the judged criterion, both of the pair, a period."""

import copy
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from solmu.access.actor import system
from solmu.access.classes import InformationClass as C
from solmu.access.grants import Basis, open_grant
from solmu.access.models import Grant
from solmu.casework.models import Engagement
from solmu.kernel.errors import InvalidInput
from solmu.kernel.ids import new_id
from solmu.operating_models.actions import adopt, install_package
from solmu.operating_models.package import Package
from solmu.referrals.actions import prepare_referral, say_ready, send_referral, update_draft
from solmu.referrals.models import Referral
from solmu.referrals.readiness import permission_days
from tests.cast import MONDAY
from tests.models import COUNSELLING, TEAM, package
from tests.referrals.scenes import ASKED, items_of, permit, run_model
from tests.scenes import open_family

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("an_hour_later")]
JUDGED = "Meets the entry criterion"


@pytest.fixture
def scene(cast):
    return open_family(cast)


def begin(client, cast, scene, **fields):
    """Prepares a contact by its page."""
    said = {"receiver": f"unit:{cast.unit('receivers').id}", "asked": ASKED, "priority": "routine"} | fields
    return client.post(reverse("desk:referral_new", args=[scene.family_id]), {"once": str(uuid4())} | said)


def page_of(client, referral) -> str:
    return client.get(reverse("desk:referral", args=[referral.id])).content.decode()


def test_without_a_model_under_way_the_contact_belongs_to_none(by, cast, scene):
    client = by("aino")
    begin(client, cast, scene)
    referral = Referral.objects.get()
    assert referral.engagement is None and JUDGED not in page_of(client, referral)


def test_the_only_model_under_way_is_taken_without_asking(by, cast, scene):
    engagement, client = run_model(cast, scene), by("aino")
    new = client.get(reverse("desk:referral_new", args=[scene.family_id])).content.decode()
    assert 'name="engagement"' not in new
    begin(client, cast, scene)
    referral = Referral.objects.get()
    assert referral.engagement == engagement and JUDGED in page_of(client, referral)


def test_of_several_the_pair_chooses_by_neutral_names(by, cast, scene):
    first, client = run_model(cast, scene), by("aino")
    second = run_model(cast, scene, TEAM)
    new = client.get(reverse("desk:referral_new", args=[scene.family_id])).content.decode()
    for path in (COUNSELLING, TEAM):
        assert package(path).neutral_name("en") in new.replace("&#x27;", "'")
    assert begin(client, cast, scene).status_code == 422
    for chosen, expected in ((str(second.id), second), ("none", None), (str(first.id), first)):
        address = begin(client, cast, scene, engagement=chosen).url
        assert Referral.objects.get(pk=address.rstrip("/").split("/")[-1]).engagement == expected


def test_a_model_that_has_ended_or_runs_elsewhere_is_refused(cast, scene):
    engagement, other = run_model(cast, scene), open_family(cast, name="Toinen")
    fields = {"asked": ASKED, "to_unit_id": cast.unit("receivers").id, "engagement_id": engagement.id}
    with pytest.raises(InvalidInput):
        prepare_referral(cast.aino, family_id=other.family_id, **fields)
    Engagement.objects.update(state="ended")
    with pytest.raises(InvalidInput):
        prepare_referral(cast.aino, family_id=scene.family_id, **fields)


def prepared(cast, scene, engagement, items) -> Referral:
    return prepare_referral(
        cast.aino,
        family_id=scene.family_id,
        asked=ASKED,
        items=items,
        to_unit_id=cast.unit("receivers").id,
        engagement_id=engagement.id,
    )


def test_the_judged_criterion_leaves_only_with_a_permission_for_it(cast, scene):
    referral = prepared(cast, scene, run_model(cast, scene), [*items_of(scene), "entry"])
    unit = cast.unit("receivers")
    permit(cast.aino, scene, items_of(scene), unit=unit)
    with pytest.raises(InvalidInput) as refused:
        send_referral(cast.aino, referral_id=referral.id, version=1, read_aloud=True)
    assert "permission" in refused.value.errors
    permit(cast.aino, scene, ["entry"], unit=unit)
    send_referral(cast.aino, referral_id=referral.id, version=1, read_aloud=True)
    assert JUDGED in str(Referral.objects.get().packet)


def test_who_may_not_see_protected_facts_is_not_offered_the_judgement(by, cast, scene):
    referral = prepared(cast, scene, run_model(cast, scene), items_of(scene))
    open_grant(
        subject=(Grant.Subject.PERSON, cast.account("cecilia").id),
        record_id=scene.family_id,
        classes=C.IDENTITY | C.CASEWORK | C.PERMISSIONS,
        basis=Basis(Grant.Basis.CASE, new_id()),
        purpose="casework",
        valid_from=MONDAY,
        may_write=True,
    )
    page = page_of(by("cecilia"), referral)
    assert "Own words" in page and JUDGED not in page
    with pytest.raises(InvalidInput):
        update_draft(cast.cecilia, referral_id=referral.id, version=1, asked=ASKED, priority="routine", items=["entry"])


def test_where_the_model_asks_for_both_nothing_is_sent_before_both_have_said_so(by, cast, scene):
    referral = prepared(cast, scene, run_model(cast, scene, **{"both-of-pair": True}), items_of(scene))
    permit(cast.aino, scene, referral.items, unit=cast.unit("receivers"))
    assert "Both of the pair say first that the contact is ready." in page_of(by("aino"), referral)
    for worker in (cast.aino, cast.bertta):
        version = Referral.objects.get().version
        with pytest.raises(InvalidInput) as refused:
            send_referral(cast.aino, referral_id=referral.id, version=version, read_aloud=True)
        assert set(refused.value.errors) == {"pair_ready"}
        say_ready(worker, referral_id=referral.id, version=version)
    version = Referral.objects.get().version
    send_referral(cast.aino, referral_id=referral.id, version=version, read_aloud=True)


def test_the_period_that_is_proposed_is_the_models_else_the_installations(by, cast, scene, settings, monkeypatch):
    settings.SOLMU_PERMISSION_DAYS = 30
    referral = prepared(cast, scene, run_model(cast, scene), items_of(scene))
    assert permission_days(referral) == 30
    with_period = with_a_period(90)
    adopt(cast.kaisa, model_id=with_period.id)
    Engagement.objects.update(model=with_period)
    minna = scene.people["Minna"].id
    form = by("aino").get(reverse("desk:permission_ask", args=[referral.id, minna])).context["form"]
    assert form.initial["valid_to"] == MONDAY.date() + timedelta(days=90)


def with_a_period(days: int):
    document = copy.deepcopy(package(COUNSELLING).document)
    period = {"id": "permission-days", "type": "number", "unit": "days", "default": days, "says": "title", "mark": "I"}
    document["model"]["settings"].append(period)
    document["model"]["version"], document["content_hash"] = "2", "f" * 64
    return install_package(system(MONDAY), Package.from_json(document))
