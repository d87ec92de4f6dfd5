"""A next step waits for the pair until its day, and no family that is worked with is left without anything."""

from datetime import timedelta

import pytest

from solmu.access.actor import system
from solmu.agenda.models import Item
from solmu.casework.actions.cases import open_case
from solmu.casework.actions.proposals import propose_model
from solmu.casework.actions.steps import agree_step, change_step, end_step, leave_nobody_unseen
from solmu.casework.models import NextStep
from solmu.casework.queries.records import AnotherUnits
from solmu.kernel.errors import Conflict, InvalidInput, NotNow
from solmu.situations.actions import start_round
from tests.casework.test_closing import NONE, close
from tests.cast import MONDAY, later
from tests.models import TEAM, take_into_use
from tests.scenes import a_contact, open_family

pytestmark = pytest.mark.django_db

FRIDAY = MONDAY.date() + timedelta(days=4)
CALL = "Soitamme koululle ja kerromme perheelle"


@pytest.fixture
def scene(cast):
    """The map has been begun, and nothing else was agreed."""
    made = open_family(cast)
    start_round(cast.aino, family_id=made.family_id)
    return made


def agree(actor, scene, words=CALL, due_on=FRIDAY) -> NextStep:
    return agree_step(actor, case_id=scene.case_id, words=words, due_on=due_on)


def waiting(scene) -> set[tuple]:
    rows = Item.objects.filter(record_id=scene.family_id, settled_at=None)
    return set(rows.values_list("kind", "owner_account_id", "due_on"))


def pass_the_clock(cast, **delta) -> int:
    return leave_nobody_unseen(system(later(cast.aino, **delta).at))


def of_both(cast, kind, due_on) -> set[tuple]:
    return {(kind, cast.account(name).id, due_on) for name in ("aino", "bertta")}


def test_a_step_waits_for_both_until_its_day_and_then_is_done(cast, scene):
    step = agree(cast.aino, scene)
    assert waiting(scene) == of_both(cast, "next_step", FRIDAY)
    done = end_step(cast.bertta, step_id=step.id, version=step.version, state="done")
    assert (done.state, done.ended_by_name) == ("done", "Bertta Niemi")
    assert waiting(scene) == set()


def test_a_family_for_whom_nothing_waits_waits_for_its_next_step(cast, scene, settings):
    settings.SOLMU_NEXT_STEP_WITHIN = 4
    assert waiting(scene) == set()
    assert pass_the_clock(cast) == 1
    assert waiting(scene) == of_both(cast, "no_step", FRIDAY)
    assert pass_the_clock(cast, days=1) == 0
    assert waiting(scene) == of_both(cast, "no_step", FRIDAY)


def test_whoever_agrees_on_a_step_has_been_asked(cast, scene):
    pass_the_clock(cast)
    step = agree(cast.aino, scene)
    assert {kind for kind, *_more in waiting(scene)} == {"next_step"}
    assert pass_the_clock(cast) == 0
    end_step(cast.aino, step_id=step.id, version=step.version, state="dropped")
    assert pass_the_clock(cast) == 1


def test_nothing_is_asked_once_something_else_waits(cast, scene):
    model = take_into_use(cast, TEAM)[TEAM]
    pass_the_clock(cast)
    propose_model(
        cast.aino,
        case_id=scene.case_id,
        model_id=model.id,
        person_id=scene.people["Siiri"].id,
        deviation_reason="Siirin toive",
    )
    assert pass_the_clock(cast) == 0
    assert {kind for kind, *_more in waiting(scene)} == {"proposal"}


def test_the_end_of_a_permission_is_no_step(cast, scene):
    Item.objects.create(
        kind="permission_ends",
        record_id=scene.family_id,
        about_id=scene.case_id,
        owner_account_id=cast.aino.account_id,
        due_on=FRIDAY,
        put_at=MONDAY,
    )
    assert pass_the_clock(cast) == 1


def test_a_closed_case_waits_for_nothing_and_its_steps_have_ended(cast, scene):
    agree(cast.aino, scene)
    close(later(cast.aino, hours=1), scene, **NONE)
    assert NextStep.objects.get().state == "dropped"
    assert pass_the_clock(cast, days=1) == 0
    assert waiting(scene) == set()


def test_a_step_that_says_nothing_or_lies_behind_is_refused(cast, scene):
    with pytest.raises(InvalidInput) as refused:
        agree(cast.aino, scene, words=" ", due_on=MONDAY.date() - timedelta(days=1))
    assert set(refused.value.errors) == {"words", "due_on"}
    assert not NextStep.objects.exists()


def test_a_late_step_may_be_reworded_or_given_a_new_day(cast, scene):
    step, bertta = agree(cast.aino, scene), later(cast.bertta, days=7)
    step = change_step(bertta, step_id=step.id, version=step.version, words="Käymme koululla", due_on=FRIDAY)
    with pytest.raises(InvalidInput):
        change_step(bertta, step_id=step.id, version=step.version, words=CALL, due_on=FRIDAY - timedelta(days=1))
    step = change_step(bertta, step_id=step.id, version=step.version, words=CALL, due_on=bertta.today)
    assert waiting(scene) == of_both(cast, "next_step", bertta.today)


def test_of_two_who_write_the_later_hears_of_the_other(cast, scene):
    step = agree(cast.aino, scene)
    change_step(cast.aino, step_id=step.id, version=step.version, words="Yksi", due_on=FRIDAY)
    with pytest.raises(Conflict):
        end_step(cast.bertta, step_id=step.id, version=step.version, state="done")


def test_what_has_ended_stays_as_it_ended(cast, scene):
    step = agree(cast.aino, scene)
    step = end_step(cast.aino, step_id=step.id, version=step.version, state="done")
    with pytest.raises(NotNow):
        end_step(cast.aino, step_id=step.id, version=step.version, state="dropped")
    with pytest.raises(NotNow):
        change_step(cast.aino, step_id=step.id, version=step.version, words=CALL, due_on=FRIDAY)


def test_another_unit_agrees_on_nothing_in_this_case(cast, scene):
    contact = a_contact(cast.outi, caller_name="Minna")
    open_case(cast.outi, contact_id=contact.id, family_id=scene.family_id, no_pair_yet=True)
    with pytest.raises(AnotherUnits):
        agree(cast.outi, scene)
