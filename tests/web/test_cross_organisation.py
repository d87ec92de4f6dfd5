"""What another organisation has begun, kept or written: to everybody else it does not exist, and it stays as it was."""

from copy import deepcopy
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.core import serializers
from django.db import transaction
from django.urls import reverse

from solmu.access.roles import Role
from solmu.accounts.models import Account
from solmu.casework.facts import CATALOGUE
from solmu.instruments.actions import add_form
from solmu.instruments.models import Form
from solmu.instruments.packages import form_faults
from solmu.instruments.questionnaire import take
from solmu.kernel import clock
from solmu.learning.actions.commitment import save_answer, save_snapshot
from solmu.learning.models import Answer, OrientationRule, SignOff, Snapshot
from solmu.operating_models.adaptations import begin_adaptation
from solmu.operating_models.experiences import write_experience, write_family_experience
from solmu.operating_models.models import Adaptation, Adoption, Experience, InstalledModel, PackageFile, Tick
from solmu.operating_models.package import pack
from solmu.operating_models.package.writing import files_of
from solmu.operating_models.receiving import receive_package
from solmu.organisations.models import Membership
from solmu.organisations.queries import actor_for
from tests.cast import MONDAY, PASSWORD, make_cast
from tests.instruments.scenes import EVERYDAY
from tests.models import TEAM, package, take_into_use
from tests.scenes import open_family
from tests.versions import another_version
from tests.web.states import World
from tests.web.test_cross_family import plain
from tests.web.test_permission_table import browser, routes, taken_back

pytestmark = pytest.mark.django_db
KEPT = (Adaptation, Adoption, Answer, Experience, Form, InstalledModel, OrientationRule, PackageFile, SignOff, Snapshot)
TYPED = {
    "version": "1",
    "title": "Minun",
    "owner": "Minä",
    "licence": "CC0",
    "publish": "yes",
    "reason": "Siksi",
    "shared": "yes",
    "answer": "return",
    "words": "En ehtinyt",
    "item": "licence:terms",
}
SAME_FOR_ALL = {"item": "common-agenda", "module": "read", "what": "innokyla", "page": "etusivu"}


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setattr(clock, "now", lambda: MONDAY + timedelta(hours=1))
        cast = make_cast()
        model = take_into_use(cast, TEAM)[TEAM]
        yield World(cast, {}, model)
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def theirs(world) -> dict[str, UUID]:
    """What Ilta, a coordinator of the county, has: each by the name that addresses give it."""
    cast, model = world.cast, world.model
    account = Account.objects.create_user("ilta@example.org", PASSWORD, name="Ilta Lahti")
    unit = cast.unit("receivers")
    Membership.objects.create(account=account, unit=unit, role=Role.COORDINATOR, started_on=date(2026, 1, 1))
    ilta = actor_for(account, at=MONDAY)
    own = another_version(
        TEAM, "1+laakea.1", lambda _d: None, base=model, organisation_id=ilta.organisation_id, overlay={"changes": []}
    )
    third = deepcopy(dict(package(TEAM).document))
    third["model"]["version"] = "3"
    file = receive_package(ilta, pack(model.slug, "3", files_of(third)), CATALOGUE, form_faults)
    save_answer(ilta, item_id="common-agenda", version=0, level="partly")
    said = {"model_id": model.id, "names_nobody": True}
    family = {"voice": "family", "language": "fi", "leave_given": True, "read_back": True}
    waiting = write_family_experience(ilta, text="Meitä kuultiin.", **family, **said)
    write_experience(ilta, text="Toimii hyvin.", in_role="verkoston kokoaja", **said)
    asked = {"organisation_id": ilta.organisation_id, "account_id": account.id, "asked_of_id": cast.ritva.account_id}
    signing = SignOff.objects.create(**asked, model=model, module_id="shadow", asked_at=MONDAY)
    return {
        "form_id": add_form(ilta, taken=take(EVERYDAY), origin=Form.Origin.FHIR).id,
        "adaptation_id": begin_adaptation(ilta, base_id=model.id).id,
        "model_id": own.id,
        "other_id": own.id,
        "file_id": file.id,
        "snapshot_id": save_snapshot(ilta, seen=1, made_on=ilta.today, present="Ilta ja Ritva").id,
        "experience_id": waiting.id,
        "sign_off_id": signing.id,
        "account_id": account.id,
    }


def kept() -> str:
    return serializers.serialize("json", [row for model in (*KEPT, Tick) for row in model.objects.order_by("pk")])


@pytest.mark.parametrize("who", ["kaisa", "hilla"])
def test_it_is_answered_like_what_does_not_exist_and_stays_as_it_was(world, theirs, who):
    before, tried = kept(), 0
    for name, takes in routes():
        if "family_id" in takes or not theirs.keys() & {*takes}:
            continue
        answers = []
        for ids in (theirs, {}):
            given = {each: ids.get(each) or SAME_FOR_ALL.get(each) or uuid4() for each in takes}
            where, client = reverse(name, kwargs=given), browser(world, who)
            with taken_back():
                answers.append(plain(client.get(where), *given.values()))
            with taken_back():
                said = client.post(where, {"once": str(uuid4()), **TYPED})
                answers.append(plain(said, *given.values()))
                assert kept() == before, (who, name)
        assert answers[:2] == answers[2:], (who, name)
        assert answers[0][0] in {403, 404, 405}, (who, name, answers[0][0])
        tried += 1
    assert tried > 30


@pytest.mark.parametrize(
    ("who", "page", "takes", "typed", "field", "key"),
    [
        ("kaisa", "coordination:commitment_item", {"item": "common-agenda"}, {"level": "yes"}, "owner", "account_id"),
        ("aino", "desk:orientation_module", {"module": "shadow"}, {}, "asked_of", "account_id"),
        (
            "aino",
            "desk:contact_new",
            {},
            {"by": "person", "channel": "phone", "words": "Hei"},
            "pair_account_id",
            "account_id",
        ),
    ],
)
def test_a_form_takes_nobody_of_another_organisation(world, theirs, who, page, takes, typed, field, key):
    modules = {module.way: module.id for module in package(TEAM).orientation.modules}
    given = {name: modules.get(value, value) for name, value in takes.items()}
    given |= {"model_id": world.model.id} if "module" in takes else {}
    fields = {"once": str(uuid4()), "version": "0", "interpreter": "unknown", "press": "save", **typed}
    with taken_back():
        answer = browser(world, who).post(reverse(page, kwargs=given), fields | {field: str(theirs[key])})
    assert answer.status_code == 422
    assert "Ilta" not in answer.content.decode()


def test_a_family_is_offered_nothing_of_another_organisation(world, theirs):
    aino, scene = browser(world, "aino"), open_family(world.cast, name="Omala")
    for name, key in (("propose", "model_id"), ("form_new", "form_id")):
        where = reverse(f"desk:{name}", args=[scene.family_id, theirs[key]])
        with taken_back():
            assert aino.get(where).status_code == 404, name
            assert aino.post(where, {"once": str(uuid4()), **TYPED}).status_code == 404, name
