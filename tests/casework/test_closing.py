"""Closing: nothing is left waiting, nothing is left open, and the family has been heard."""

from datetime import date, timedelta

import pytest

from solmu.access import gate
from solmu.access.deeds import Deed
from solmu.access.models import Grant
from solmu.agenda import actions as agenda
from solmu.agenda.models import Item
from solmu.casework.actions.cases import open_case
from solmu.casework.actions.closing import close_case, record_follow_up
from solmu.casework.actions.network import add_member, agree_meeting, set_member_state
from solmu.casework.actions.promises import make_promise
from solmu.casework.models import Case
from solmu.casework.queries.closing import COMMON_REASONS, to_close
from solmu.casework.queries.records import AnotherUnits
from solmu.casework.rules.closing import PromiseEnd
from solmu.kernel.errors import Conflict, InvalidInput, NotNow
from solmu.kernel.ids import new_id
from solmu.operating_models.actions import adopt
from solmu.operating_models.models import Adoption
from tests.casework.test_moves import engage
from tests.cast import MONDAY, later
from tests.models import FAMILY_UNITY, NETWORK, package, take_into_use
from tests.scenes import a_contact, open_family
from tests.versions import another_version

pytestmark = pytest.mark.django_db

SAID = {
    "closing_reason": "goals_reached",
    "outcome": "everyday_easier",
    "what_changed": "Kirjeet on avattu.",
    "family_told_how": "Kerroimme kotikäynnillä.",
    "help_came": "yes",
}
FOLLOW_UP = {"follow_up_on": MONDAY.date() + timedelta(days=90)}
NONE = {"follow_up_note": "Perhe ei halua."}


@pytest.fixture
def scene(cast):
    return open_family(cast)


def close(actor, scene, **said) -> Case:
    case = Case.objects.get(pk=scene.case_id)
    return close_case(actor, case_id=case.id, **{"version": case.version, **SAID, **said})


def refused(actor, scene, **said) -> set[str]:
    with pytest.raises(InvalidInput) as error:
        close(actor, scene, **said)
    return set(error.value.errors)


def still_waiting(scene) -> set[str]:
    return set(Item.objects.filter(record_id=scene.family_id, settled_at=None).values_list("kind", flat=True))


def offered(actor, scene) -> list[str]:
    case = Case.objects.get(pk=scene.case_id)
    return list(to_close(gate.require(actor, Deed.CLOSE_CASE, scene.family_id), case).reasons)


def test_where_a_model_has_its_own_reasons_the_common_ones_are_not_offered_beside_them(cast, scene):
    assert offered(cast.aino, scene) == list(COMMON_REASONS)
    model = take_into_use(cast, NETWORK)[NETWORK]
    with_model, _engagement = engage(cast, name="Lehto", model=model)
    own = [each.id for each in package(NETWORK).process.closing_reasons]
    assert offered(cast.aino, with_model) == [*own, "other_reason"]


def test_the_follow_up_is_proposed_by_the_values_of_the_own_organisation_alone(cast):
    """Also when another version has taken the place of the one that runs."""
    model = take_into_use(cast, FAMILY_UNITY, **{"follow-up-months": 6})[FAMILY_UNITY]
    scene, _engagement = engage(cast, name="Lehto", model=model)
    theirs = {"organisation_id": cast.ritva.organisation_id, "model": model, "adopted_at": MONDAY}
    Adoption.objects.create(**theirs, settings={"follow-up-months": 1})
    adopt(cast.kaisa, model_id=another_version(FAMILY_UNITY, "2099", lambda document: None).id)
    access = gate.require(cast.aino, Deed.CLOSE_CASE, scene.family_id)
    assert to_close(access, Case.objects.get(pk=scene.case_id)).follow_up_on == date(2027, 5, 2)


def a_promise(cast, scene, email=""):
    member = add_member(cast.aino, case_id=scene.case_id, kind="professional", name="Opettaja", account_email=email)
    set_member_state(cast.aino, member_id=member.id, version=1, state="joined")
    due_on = MONDAY.date() + timedelta(days=7)
    return make_promise(cast.aino, case_id=scene.case_id, member_id=member.id, deed="Soittaa", due_on=due_on)


def test_without_a_follow_up_no_grant_stays_open_and_nothing_waits(cast, scene):
    promise = a_promise(cast, scene, "paula@example.org")
    close(cast.aino, scene, **NONE, promises={promise.id: PromiseEnd("left", due_on=MONDAY.date())})
    assert not Grant.objects.filter(record_id=scene.family_id, closed_at=None).exists()
    assert still_waiting(scene) == set()
    for actor in (cast.aino, cast.bertta):
        with pytest.raises(gate.OutOfScope):
            gate.require(later(actor, minutes=1), Deed.READ_FAMILY, scene.family_id)


def test_a_follow_up_waits_for_the_pair_which_keeps_its_access(cast, scene):
    case = close(cast.aino, scene, **FOLLOW_UP)
    assert (case.state, still_waiting(scene)) == ("follow_up", {"follow_up"})
    owners = Item.objects.filter(about_id=case.id, settled_at=None).values_list("owner_account_id", flat=True)
    assert set(owners) == {cast.aino.account_id, cast.bertta.account_id}
    assert gate.require(later(cast.bertta, days=1), Deed.READ_FAMILY, scene.family_id)


def test_after_the_follow_up_nothing_is_open_or_waits(cast, scene):
    promise = a_promise(cast, scene, "paula@example.org")
    left = PromiseEnd("left", due_on=MONDAY.date() + timedelta(days=30))
    case = close(cast.aino, scene, **FOLLOW_UP, promises={promise.id: left})
    assert still_waiting(scene) == {"follow_up", "promise"}
    then = later(cast.bertta, days=90)
    record_follow_up(then, case_id=case.id, version=case.version, help_came="partly", words="Vähän parempi.")
    assert still_waiting(scene) == set()
    assert not Grant.objects.filter(record_id=scene.family_id, closed_at=None).exists()


def test_at_the_follow_up_the_work_is_taken_up_again_with_a_reason(cast, scene):
    case = close(cast.aino, scene, **FOLLOW_UP)
    then = later(cast.aino, days=90)
    with pytest.raises(InvalidInput):
        record_follow_up(then, case_id=case.id, version=case.version, help_came="no", reopen=True)
    record_follow_up(
        then, case_id=case.id, version=case.version, help_came="no", reopen=True, reopened_reason="Rahat loppuvat taas."
    )
    case.refresh_from_db()
    assert (case.state, case.closed_at, case.follow_up_help) == ("open", None, "no")
    assert "follow_up" not in still_waiting(scene)
    assert gate.require(later(then, minutes=1), Deed.READ_FAMILY, scene.family_id)


def test_a_pair_of_another_unit_closes_nothing_of_this_one(cast, scene):
    contact = a_contact(cast.outi)
    open_case(cast.outi, contact_id=contact.id, family_id=scene.family_id, no_pair_yet=True)
    with pytest.raises(AnotherUnits):
        close(cast.outi, scene, **FOLLOW_UP)
    case = close(cast.aino, scene, **FOLLOW_UP)
    then = later(cast.outi, days=90)
    with pytest.raises(AnotherUnits):
        record_follow_up(then, case_id=case.id, version=case.version, help_came="yes")


def test_everything_that_closing_asks_is_named_at_its_field(cast, scene):
    empty = dict.fromkeys(SAID, "")
    assert refused(cast.aino, scene, **empty) == {*SAID, "follow_up_note"}


def test_every_open_promise_is_decided_on(cast, scene):
    promise = a_promise(cast, scene)
    assert refused(cast.aino, scene, **NONE) == {"promises"}
    close(cast.aino, scene, **NONE, promises={promise.id: PromiseEnd("handed_on", "koulun kuraattorille")})
    promise.refresh_from_db()
    assert promise.state == "released"
    assert "koulun kuraattorille" in promise.state_note


def waits_for_a_contact(cast, scene, **owners):
    """A prepared contact about which these kinds wait, each for its owner."""
    about, on_record = new_id(), {"due_on": MONDAY.date(), "record_id": scene.family_id}
    for kind, name in owners.items():
        owner = {"unit_id": cast.ritva.unit_id} if name == "ritva" else {"accounts": [cast.account(name).id]}
        agenda.put(cast.aino, kind=kind, about_id=about, **on_record, **owner)
    return about


def test_a_contact_that_its_receiver_has_accepted_is_left_on_purpose_or_not_at_all(cast, scene):
    referral = waits_for_a_contact(cast, scene, work="ritva")
    assert refused(cast.aino, scene, **NONE) == {"referrals"}
    close(cast.aino, scene, **NONE, referrals_left=[referral])
    assert still_waiting(scene) == {"work"}  # the receiver's own work goes on with the receiver's own access


@pytest.mark.parametrize(
    "waits", [{"answer": "ritva", "await_answer": "aino"}, {"draft": "aino"}, {"returned": "aino"}]
)
def test_what_nobody_has_taken_on_is_left_to_nobody(cast, scene, waits):
    referral = waits_for_a_contact(cast, scene, **waits)
    assert refused(cast.aino, scene, **FOLLOW_UP, referrals_left=[referral]) == {"referrals"}


def test_what_came_back_before_the_follow_up_is_decided_on_first(cast, scene):
    case = close(cast.aino, scene, **FOLLOW_UP)
    waits_for_a_contact(cast, scene, returned="aino")
    said = {"case_id": case.id, "version": case.version, "help_came": "yes"}
    with pytest.raises(InvalidInput) as error:
        record_follow_up(cast.aino, **said)
    assert set(error.value.errors) == {"referrals"}
    assert record_follow_up(cast.aino, **said, reopen=True, reopened_reason="Palasi").state == "open"


def test_a_meeting_ahead_is_held_or_cancelled_first(cast, scene):
    agree_meeting(cast.aino, case_id=scene.case_id, starts_at=MONDAY + timedelta(days=3))
    assert refused(cast.aino, scene, **NONE) == {"meetings"}


def test_what_ended_does_not_end_again(cast, scene):
    case = close(cast.aino, scene, **FOLLOW_UP)
    with pytest.raises(NotNow):
        close(cast.bertta, scene, **NONE)
    record_follow_up(cast.aino, case_id=case.id, version=case.version, help_came="yes")
    with pytest.raises(gate.OutOfScope):
        record_follow_up(later(cast.aino, minutes=1), case_id=case.id, version=case.version, help_came="yes")


def test_an_older_version_does_not_close_over_a_newer_one(cast, scene):
    with pytest.raises(Conflict):
        close(cast.aino, scene, **NONE, version=7)
    assert Case.objects.get(pk=scene.case_id).state == "open"


@pytest.mark.parametrize("name", ["cecilia", "ritva", "paula", "kaisa"])
def test_nobody_else_closes_the_work(cast, scene, name):
    with pytest.raises(gate.AccessRefused):
        close(cast.actor(name), scene, **NONE)
    assert Case.objects.get(pk=scene.case_id).state == "open"
