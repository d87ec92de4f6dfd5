"""A worker goes through a model's orientation; a colleague signs; an update asks only for what changed."""

from datetime import timedelta

import pytest

from solmu.access.actor import system
from solmu.access.gate import NotPermitted
from solmu.agenda.models import Item
from solmu.kernel.errors import Conflict, InvalidInput, NotNow
from solmu.learning.actions.asking import set_orientation_rule
from solmu.learning.actions.modules import answer_check, mark_done, take_back
from solmu.learning.actions.reminding import remind_of_orientation
from solmu.learning.actions.signing import ask_sign_off, return_sign_off, sign, take_back_sign_off
from solmu.learning.models import ModuleDone, SignOff
from solmu.learning.queries.orientation import is_oriented, own_model, own_orientation, takes_reason
from solmu.learning.queries.overview import orientation_rules, overview
from solmu.learning.queries.signing import sign_offs_waiting
from solmu.operating_models.actions import end_adoption
from solmu.organisations.models import Membership
from tests.cast import MONDAY, later
from tests.learning.scenes import RIGHT, a_package, go_through, in_use_by, next_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def package(tmp_path):
    return a_package(tmp_path)


@pytest.fixture
def model(cast, package):
    return in_use_by(cast, package)


def stands(actor, model) -> dict[str, str]:
    return {row.id: str(row.stand.state) for row in own_model(actor, model.id).modules}


def waiting(cast, name: str) -> list[tuple]:
    items = Item.objects.filter(owner_account_id=cast.account(name).id, settled_at=None).order_by("due_on")
    return list(items.values_list("kind", "due_on"))


def shadow(cast, model, by: str = "kaisa") -> SignOff:
    return ask_sign_off(cast.aino, model_id=model.id, module_id="shadow-walk", asked_of_id=cast.account(by).id)


def test_everything_that_is_required_is_asked_first(cast, model):
    (row,) = own_orientation(cast.aino)
    assert row.is_asked
    assert [stand.part.id for stand in row.now.left] == ["read-idea", "practice-walk", "shadow-walk", "check-idea"]
    assert not is_oriented(cast.aino, model.id)


def test_whoever_does_not_run_models_is_asked_nothing(cast, model):
    (row,) = own_orientation(cast.paula)
    assert not row.is_asked


def test_going_through_all_of_it_orients(cast, model):
    go_through(cast.aino, model, signer=cast.kaisa)
    assert is_oriented(cast.aino, model.id)
    assert own_model(cast.aino, model.id).now.until == (MONDAY + timedelta(days=365)).date()
    assert not is_oriented(cast.bertta, model.id)


def test_it_is_gone_through_again_after_its_time(cast, model):
    go_through(cast.aino, model, signer=cast.kaisa)
    assert is_oriented(later(cast.aino, days=365), model.id)
    assert not is_oriented(later(cast.aino, days=366), model.id)


def test_what_was_marked_can_be_taken_back(cast, model):
    mark_done(cast.aino, model_id=model.id, module_id="read-idea")
    take_back(cast.aino, model_id=model.id, module_id="read-idea")
    assert stands(cast.aino, model)["read-idea"] == "asked"
    with pytest.raises(NotNow):
        take_back(cast.aino, model_id=model.id, module_id="read-idea")


@pytest.mark.parametrize("module_id", ["shadow-walk", "check-idea", "no-such"])
def test_what_takes_more_than_ones_own_word_cannot_be_marked(cast, model, module_id):
    with pytest.raises(NotNow):
        mark_done(cast.aino, model_id=model.id, module_id=module_id)


def test_a_check_is_passed_with_every_answer_right_and_keeps_nothing_of_the_wrong_ones(cast, model):
    of = {"model_id": model.id, "module_id": "check-idea"}
    assert answer_check(cast.aino, answers={"who": frozenset({"none"})}, **of) == {"who": False, "when": False}
    assert not ModuleDone.objects.exists()
    assert answer_check(cast.aino, answers=RIGHT, **of) == {"who": True, "when": True}
    assert ModuleDone.objects.get().done_on == MONDAY.date()


# Beside a colleague


def test_a_colleague_signs_with_the_day(cast, model):
    row = shadow(cast, model)
    assert waiting(cast, "kaisa")[0][0] == Item.Kind.SIGN_OFF
    sign(cast.kaisa, sign_off_id=row.id, version=row.version, met_on=MONDAY.date() - timedelta(days=3))
    done = ModuleDone.objects.get()
    assert (done.account, done.signed_by, done.done_on.day) == (cast.account("aino"), cast.account("kaisa"), 30)
    assert waiting(cast, "kaisa") == []


def test_an_oriented_colleague_may_sign_and_a_beginner_may_not(cast, model):
    with pytest.raises(InvalidInput):
        shadow(cast, model, by="bertta")
    go_through(cast.bertta, model, signer=cast.kaisa)
    assert shadow(cast, model, by="bertta").state == SignOff.State.ASKED


@pytest.mark.parametrize("name", ["aino", "ritva", "tapio"])
def test_nobody_signs_for_oneself_from_elsewhere_or_without_orientation(cast, model, name):
    with pytest.raises(InvalidInput):
        shadow(cast, model, by=name)


def test_only_the_one_who_was_asked_signs(cast, model):
    row = shadow(cast, model)
    for name in ("aino", "bertta", "ritva"):
        with pytest.raises(NotNow):
            sign(cast.actor(name), sign_off_id=row.id, version=1, met_on=MONDAY.date())
    assert sign_offs_waiting(cast.bertta) == []
    assert [asked.who for asked in sign_offs_waiting(cast.kaisa)] == ["Aino Salmi"]


@pytest.mark.parametrize("days", [None, 1])
def test_a_signature_has_a_day_that_has_come(cast, model, days):
    row = shadow(cast, model)
    met_on = MONDAY.date() + timedelta(days=days) if days else None
    with pytest.raises(InvalidInput):
        sign(cast.kaisa, sign_off_id=row.id, version=1, met_on=met_on)


def test_who_has_left_the_organisation_returns_and_does_not_sign(cast, model):
    row = ask_sign_off(cast.aino, model_id=model.id, module_id="shadow-walk", asked_of_id=cast.account("kaisa").id)
    left = Membership.objects.filter(account=cast.account("kaisa"))
    left.update(unit=cast.unit("school"))  # a coordinator still, elsewhere
    with pytest.raises(NotNow):
        sign(cast.kaisa, sign_off_id=row.id, version=row.version, met_on=cast.kaisa.today)
    assert not ModuleDone.objects.filter(module_id="shadow-walk").exists()
    assert return_sign_off(cast.kaisa, sign_off_id=row.id, version=row.version, words="Ask Bertta").state == "returned"


def test_what_is_not_signed_comes_back_with_a_word(cast, model):
    row = shadow(cast, model)
    with pytest.raises(InvalidInput):
        return_sign_off(cast.kaisa, sign_off_id=row.id, version=1, words=" ")
    return_sign_off(cast.kaisa, sign_off_id=row.id, version=1, words="Emme ehtineet vielä.")
    module = own_model(cast.aino, model.id).row("shadow-walk")
    assert (module.stand.state, module.returned.words) == ("asked", "Emme ehtineet vielä.")
    assert Item.Kind.SIGN_OFF_BACK in {kind for kind, _due in waiting(cast, "aino")}
    shadow(cast, model)
    assert Item.Kind.SIGN_OFF_BACK not in {kind for kind, _due in waiting(cast, "aino")}


def test_one_colleague_is_asked_at_a_time(cast, model):
    row = shadow(cast, model)
    with pytest.raises(NotNow):
        shadow(cast, model)
    take_back_sign_off(cast.aino, sign_off_id=row.id, version=1)
    assert waiting(cast, "kaisa") == []
    assert shadow(cast, model).pk != row.pk


def test_what_waits_for_a_colleague_is_not_the_next_to_go_through(cast, model):
    shadow(cast, model)
    row = own_model(cast.aino, model.id)
    assert row.after("shadow-walk").id == "read-idea"
    go_through(cast.aino, model, signer=cast.kaisa, but=("shadow-walk", "check-idea"))
    row = own_model(cast.aino, model.id)
    assert row.after("shadow-walk").id == "check-idea"
    assert row.after("check-idea") is None


def test_what_was_signed_stays_signed(cast, model):
    row = shadow(cast, model)
    sign(cast.kaisa, sign_off_id=row.id, version=1, met_on=MONDAY.date())
    with pytest.raises(NotNow):
        take_back(cast.aino, model_id=model.id, module_id="shadow-walk")
    with pytest.raises(NotNow):
        return_sign_off(cast.kaisa, sign_off_id=row.id, version=2, words="Sittenkään en.")


# A new version


def test_an_update_asks_only_for_what_changed(cast, package, model):
    go_through(cast.aino, model, signer=cast.kaisa)
    second = in_use_by(cast, next_version(package, guide={"idea": "# Ajatus\n\nKävellään ja levätään."}))
    assert stands(cast.aino, second) == {
        "read-idea": "changed",
        "watch-film": "asked",
        "practice-walk": "done",
        "shadow-walk": "done",
        "check-idea": "done",
    }
    mark_done(cast.aino, model_id=second.id, module_id="read-idea")
    assert is_oriented(cast.aino, second.id)


def test_an_update_asks_again_for_what_it_names(cast, package, model):
    go_through(cast.aino, model, signer=cast.kaisa)
    second = in_use_by(cast, next_version(package, orientation={"update_adds": ["practice-walk"]}))
    assert [stand.part.id for stand in own_model(cast.aino, second.id).now.left] == ["practice-walk"]


def test_another_question_makes_another_check(cast, package, model):
    go_through(cast.aino, model, signer=cast.kaisa)
    second = in_use_by(cast, next_version(package, texts={"who": "Ketkä saavat tulla mukaan?"}))
    assert stands(cast.aino, second)["check-idea"] == "changed"


def test_a_version_that_is_the_same_asks_nothing(cast, package, model):
    go_through(cast.aino, model, signer=cast.kaisa)
    assert is_oriented(cast.aino, in_use_by(cast, next_version(package)).id)


# What waits on agendas


def upkeep(days: int = 0) -> int:
    return remind_of_orientation(system(MONDAY + timedelta(days=days)))


def test_upkeep_asks_those_who_run_models_once(cast, model):
    assert upkeep() == 4  # Aino, Bertta, Cecilia and Outi
    assert waiting(cast, "aino") == [("orientation", (MONDAY + timedelta(days=30)).date())]
    assert waiting(cast, "kaisa") == waiting(cast, "paula") == []
    assert upkeep(days=5) == 0


def test_several_models_wait_as_one_thing(cast, package, model):
    upkeep()
    in_use_by(cast, next_version(package, model={"slug": "morning-walks"}))
    upkeep(days=3)
    assert waiting(cast, "aino") == [("orientation", (MONDAY + timedelta(days=30)).date())]


def test_the_agenda_is_clear_when_all_is_gone_through(cast, model):
    upkeep()
    go_through(cast.aino, model, signer=cast.kaisa)
    assert waiting(cast, "aino") == []
    take_back(cast.aino, model_id=model.id, module_id="read-idea")
    assert [kind for kind, _due in waiting(cast, "aino")] == ["orientation"]


def test_what_ends_soon_is_told_and_then_asked(cast, model):
    go_through(cast.aino, model, signer=cast.kaisa)
    last = (MONDAY + timedelta(days=365)).date()
    upkeep(days=334)
    assert waiting(cast, "aino") == []
    upkeep(days=335)
    assert waiting(cast, "aino") == [("orientation_ends", last)]
    upkeep(days=366)
    assert waiting(cast, "aino") == [("orientation", (MONDAY + timedelta(days=396)).date())]


def test_a_model_out_of_use_asks_nothing(cast, model):
    upkeep()
    end_adoption(cast.kaisa, model_id=model.id, version=1)
    upkeep()
    assert waiting(cast, "aino") == []


# What the coordinator decides and sees


def test_the_coordinator_may_leave_orientation_unasked(cast, model):
    upkeep()
    assert takes_reason(cast.aino, model.id)
    set_orientation_rule(cast.kaisa, model_id=model.id, version=0, is_asked=False, days=30)
    assert not takes_reason(cast.aino, model.id)
    assert not is_oriented(cast.aino, model.id)
    upkeep()
    assert waiting(cast, "aino") == []


def test_a_rule_is_saved_over_what_its_writer_has_seen(cast, model):
    set_orientation_rule(cast.kaisa, model_id=model.id, version=0, is_asked=True, days=10)
    with pytest.raises(Conflict):
        set_orientation_rule(cast.kaisa, model_id=model.id, version=0, is_asked=False, days=30)
    (row,) = orientation_rules(cast.kaisa)
    assert (row.days, row.version) == (10, 1)
    with pytest.raises(InvalidInput):
        set_orientation_rule(cast.kaisa, model_id=model.id, version=1, is_asked=True, days=0)


def test_the_overview_goes_by_unit_and_name(cast, model):
    go_through(cast.cecilia, model, signer=cast.kaisa)
    mark_done(cast.bertta, model_id=model.id, module_id="read-idea")
    units = overview(cast.kaisa)
    assert [(unit.name, [worker.name for worker in unit.workers]) for unit in units] == [
        ("Nuorten talo", ["Outi Laine"]),
        ("Palveluneuvonta", ["Aino Salmi", "Bertta Niemi", "Cecilia Korpi"]),
    ]
    aino, bertta, cecilia = units[1].workers
    assert (aino.oriented, aino.left) == ([], [("Iltakävelyt", [])])
    assert bertta.left == [("Iltakävelyt", ["Harjoittele", "Kollegan rinnalla", "Tarkista"])]
    assert (cecilia.oriented, cecilia.left) == ([("Iltakävelyt", (MONDAY + timedelta(days=365)).date())], [])


@pytest.mark.parametrize("name", ["aino", "ritva", "paula", "tapio", "hilla"])
def test_nobody_else_sees_who_is_oriented(cast, model, name):
    with pytest.raises(NotPermitted):
        overview(cast.actor(name))
    with pytest.raises(NotPermitted):
        set_orientation_rule(cast.actor(name), model_id=model.id, version=0, is_asked=False, days=30)
