"""Work with a family stays on its version until it is moved on purpose; before that, what would change is told."""

import pytest
from django.utils import translation

from solmu.access import gate
from solmu.access.actor import system
from solmu.access.deeds import Deed
from solmu.accesslog.models import Entry
from solmu.agenda.models import Item
from solmu.casework.actions.engagements import move_engagement, move_engagements, move_phase
from solmu.casework.actions.proposals import propose_model, record_decision
from solmu.casework.models import Engagement, EngagementMove
from solmu.casework.queries.engagements import engagement_of, engagement_view, reference_of
from solmu.casework.queries.moving import movable, move_told
from solmu.casework.rules.moves import plan_move
from solmu.kernel.errors import Conflict, InvalidInput, NotNow
from solmu.operating_models.actions import adopt
from solmu.operating_models.overlay.addresses import look, put, take_out
from solmu.operating_models.queries import package_of
from tests.casework.test_leaving import leave
from tests.cast import later
from tests.models import FAMILY_UNITY, NETWORK, install, take_into_use
from tests.scenes import open_family
from tests.versions import another_version

pytestmark = pytest.mark.django_db
WHY = "Uusi versio otettiin käyttöön"


def engage(cast, name="Kallio", by="aino", pair="bertta", model=None):
    scene = open_family(cast, name=name, by=by, pair=pair)
    actor = cast.actor(by)
    proposal = propose_model(actor, case_id=scene.case_id, model_id=model.id, deviation_reason="Perhe toivoo")
    answers = {person.id: "yes" for name, person in scene.people.items() if name != "Eetu"}
    record_decision(actor, proposal_id=proposal.id, version=proposal.version, decision="yes", answers=answers)
    return scene, Engagement.objects.get(proposal=proposal)


@pytest.fixture
def network(cast):
    return take_into_use(cast, NETWORK)[NETWORK]


@pytest.fixture
def work(cast, network):
    return engage(cast, model=network)


def same(document):
    """Nothing but the version's name changes."""


def without_first_phase(document):
    phases = document["process"]["phases"]
    phases[1].setdefault("steps", [])[:0] = phases.pop(0)["steps"]


# The present phase


def view(cast, scene, row, who="aino"):
    access = gate.require(cast.actor(who), Deed.READ_FAMILY, scene.family_id)
    return engagement_view(access, engagement_of(access, row.id))


def test_the_course_is_shown_with_the_present_phase_marked(cast, work, network):
    scene, row = work
    shown = view(cast, scene, row)
    assert [phase.present for phase in shown.phases] == [True, *[False] * (len(shown.phases) - 1)]
    assert shown.may_mark and shown.may_move and shown.runs
    step = next(step for phase in shown.phases for step in phase.steps if step.guide)
    assert step.text and step.who


@pytest.mark.parametrize(
    ("least", "most", "said"),
    [(7, 7, "7 meetings"), (1, 1, "1 meeting"), (3, 5, "3–5 meetings"), (3, None, "meetings as agreed")],
)
def test_how_many_meetings_there_are_is_said_as_people_say_it(cast, network, least, most, said):
    def told(document):
        phase = document["process"]["phases"][0]
        phase["series"] = {"min": least, "max": most, "mark": "I"}

    version = another_version(NETWORK, "2", told)
    adopt(cast.kaisa, model_id=version.id)
    scene, row = engage(cast, model=version)
    assert view(cast, scene, row).phases[0].meetings == said


def test_the_pair_marks_the_present_phase(cast, work):
    scene, row = work
    second = view(cast, scene, row).phases[1]
    move_phase(later(cast.bertta, days=3), engagement_id=row.id, version=row.version, phase=second.id)
    shown = view(cast, scene, row)
    assert [phase.id for phase in shown.phases if phase.present] == [second.id]
    assert (shown.moves[0].by, shown.moves[0].said) == ("Bertta Niemi", f"the present phase: {second.title}")
    assert Entry.objects.filter(deed="write_case", record_id=scene.family_id).exists()


def test_a_phase_that_the_model_lacks_is_refused(cast, work):
    with pytest.raises(InvalidInput):
        move_phase(cast.aino, engagement_id=work[1].id, version=1, phase="somewhere")


def test_two_who_mark_at_once_see_each_other(cast, work):
    scene, row = work
    first, second, *_rest = view(cast, scene, row).phases
    move_phase(cast.aino, engagement_id=row.id, version=1, phase=second.id)
    with pytest.raises(Conflict):
        move_phase(cast.bertta, engagement_id=row.id, version=1, phase=first.id)


def test_the_same_phase_again_changes_nothing(cast, work):
    _scene, row = work
    move_phase(cast.aino, engagement_id=row.id, version=1, phase=row.phase)
    assert Engagement.objects.get(pk=row.id).version == 1 and not EngagementMove.objects.exists()


@pytest.mark.parametrize(("who", "refusal"), [("cecilia", gate.OutOfScope), ("kaisa", gate.OutOfScope)])
def test_others_mark_nothing(cast, work, who, refusal):
    with pytest.raises(refusal):
        move_phase(cast.actor(who), engagement_id=work[1].id, version=1, phase=work[1].phase)


# What a move would change


def plan(old, new, path=None):
    return plan_move(package_of(old), package_of(new), path, package_of(old).settings(), package_of(new).settings())


def test_a_version_that_says_the_same_changes_nothing(network):
    assert plan(network, another_version(NETWORK, "2", same)).changes_nothing


def test_everything_that_the_course_rests_on_is_told(network):
    first = package_of(network).process.phases[0].steps[0]

    def change(document):
        phases = document["process"]["phases"]
        phases[0]["steps"].append({**phases[0]["steps"][0], "id": "one-more"})
        take_out(document, f"process.phases.{phases[0]['id']}.steps.{first.id}")
        put(document, f"process.phases.{phases[0]['id']}.steps.one-more.clock", {"working_days": 3, "from": "contact"})
        document["process"]["closing_reasons"].pop()
        document["form_links"]["lapset-puheeksi"]["owner"] = "Somebody else"
        document["form_links"]["one-more"] = {**document["form_links"]["lapset-puheeksi"], "id": "one-more"}
        document["process"]["closing_reasons"][0]["id"] = "renamed"

    found = plan(network, another_version(NETWORK, "2", change))
    assert (found.steps_added, found.steps_removed) == (("one-more",), (first.id,))
    assert (found.forms_new, found.forms_changed) == (("one-more",), ("lapset-puheeksi",))
    assert len(found.reasons_gone) == 2 and found.reasons_new == ("renamed",) and not found.changes_nothing


def test_forms_and_reasons_are_told_by_their_titles(cast):
    older, newer = install(FAMILY_UNITY.replace("2022", "2021")), install(FAMILY_UNITY)
    with translation.override("fi"):
        told = move_told(older, newer, None, cast.kaisa.organisation_id)
        assert "Alkukartoitus" in told.forms_new
        assert "Alkukartoitus" in move_told(newer, older, None, cast.kaisa.organisation_id).forms_gone
    assert not told.plan.changes_nothing


def test_themes_that_are_met_in_another_phase_and_times_that_are_others_are_told(cast):
    model = take_into_use(cast, FAMILY_UNITY)[FAMILY_UNITY]

    def change(document):
        series = look(document, "process.phases.meetings.series")
        put(document, "process.phases.closing.series", {"min": 1, "max": 2, "themes": [series["themes"].pop()]})
        series["length"] = {"months": 6}

    found = plan(model, another_version(FAMILY_UNITY, "9", change))
    assert [(each.from_phase, each.to_phase) for each in found.themes_moved] == [("meetings", "closing")]
    ((then, now),) = [(each.then.months, each.now.months) for each in found.deadlines]
    assert (then, now) == (4, 6)


# A move of one's own


def test_the_pair_moves_its_own_work_and_the_other_is_told(cast, work):
    scene, row = work
    new = another_version(NETWORK, "2", same)
    assert view(cast, scene, row).others == [(new.id, "2")]
    move_engagement(cast.aino, engagement_id=row.id, version=1, to_model_id=new.id, reason=WHY)
    moved = Engagement.objects.get(pk=row.id)
    assert (moved.model_id, moved.phase) == (new.id, row.phase)
    (item,) = Item.objects.filter(kind=Item.Kind.MODEL_MOVED)
    assert (item.owner_account_id, item.record_id, item.about_id) == (cast.bertta.account_id, scene.family_id, row.id)
    (told, *_rest) = view(cast, scene, row).moves
    assert (told.by, told.said, told.reason) == ("Aino Salmi", "from version 1 to version 2", WHY)


def test_a_move_needs_a_reason(cast, work):
    new = another_version(NETWORK, "2", same)
    with pytest.raises(InvalidInput, match="why"):
        move_engagement(cast.aino, engagement_id=work[1].id, version=1, to_model_id=new.id, reason=" ")


def test_a_reason_that_is_too_long_is_refused_and_never_cut(cast, work):
    new = another_version(NETWORK, "2", same)
    with pytest.raises(InvalidInput, match="at most 240"):
        move_engagement(cast.aino, engagement_id=work[1].id, version=1, to_model_id=new.id, reason="x" * 241)
    with pytest.raises(InvalidInput, match="at most 240"):
        move_engagements(cast.kaisa, to_model_id=new.id, versions={work[1].id: 1}, phases={}, reason="x" * 241)


def test_a_phase_that_has_gone_is_chosen_by_a_person(cast, work):
    _scene, row = work
    new = another_version(NETWORK, "2", without_first_phase)
    with pytest.raises(InvalidInput, match="choose where the work goes on"):
        move_engagement(cast.aino, engagement_id=row.id, version=1, to_model_id=new.id, reason=WHY)
    on = package_of(new).process.phases[0].id
    move_engagement(cast.aino, engagement_id=row.id, version=1, to_model_id=new.id, phase=on, reason=WHY)
    assert Engagement.objects.get(pk=row.id).phase == on


def test_a_move_to_where_it_is_already_is_refused(cast, work, network):
    with pytest.raises(NotNow):
        move_engagement(cast.aino, engagement_id=work[1].id, version=1, to_model_id=network.id, reason=WHY)


def test_a_unit_that_takes_work_over_is_offered_only_what_it_may_do(cast, work):
    scene, row = work
    leave(cast, "aino", "bertta")
    cecilia = later(cast.cecilia, hours=2)
    access = gate.require(cecilia, Deed.READ_FAMILY, scene.family_id)
    shown = engagement_view(access, engagement_of(access, row.id))
    assert (shown.may_mark, shown.may_move) == (True, False)
    move_phase(cecilia, engagement_id=row.id, version=row.version, phase=shown.phases[1].id)
    with pytest.raises(gate.NotPermitted):
        move_engagement(cecilia, engagement_id=row.id, version=2, to_model_id=row.model_id, reason=WHY)


def test_another_unit_does_not_move_it(cast, work):
    new = another_version(NETWORK, "2", same)
    with pytest.raises(gate.OutOfScope):
        move_engagement(cast.outi, engagement_id=work[1].id, version=1, to_model_id=new.id, reason=WHY)


# A move of all


def versions(cast, new):
    return {each.id: each.version for group in movable(cast.kaisa, new.id).groups for each in group.engagements}


def move_all(actor, new, which, phases=None):
    return list(move_engagements(actor, to_model_id=new.id, versions=which, phases=phases or {}, reason=WHY))


def test_the_coordinator_sees_what_would_move_and_no_family(cast, work, network):
    scene, row = work
    new = another_version(NETWORK, "2", without_first_phase)
    (group,) = movable(cast.kaisa, new.id).groups
    (each,) = group.engagements
    assert (group.from_version, each.reference, each.unit) == ("1", reference_of(row.id), "Palveluneuvonta")
    assert (each.phase_after, group.phases_to_choose) == ("", [(row.phase, each.phase_title)])
    assert "Kallio" not in str(group) and str(scene.family_id) not in str(group)


def test_the_coordinator_moves_all_and_each_move_is_logged_on_its_family(cast, work, network):
    scene, row = work
    other, _row = engage(cast, "Kuusi", model=network)
    new = another_version(NETWORK, "2", same)
    before = Entry.objects.count()
    assert [each.moved for each in move_all(cast.kaisa, new, versions(cast, new))] == [True, True]
    logged = Entry.objects.filter(deed="move_engagements").order_by("sequence")
    assert [each.record_id for each in logged] == [scene.family_id, other.family_id]
    assert Entry.objects.count() == before + 2
    assert {(each.account_name, each.classes, each.basis) for each in logged} == {("Kaisa Ranta", "", "")}
    owners = Item.objects.filter(kind=Item.Kind.MODEL_MOVED, about_id=row.id).values_list("owner_account_id", flat=True)
    assert set(owners) == {cast.aino.account_id, cast.bertta.account_id}


def test_done_again_it_moves_nothing(cast, work):
    new = another_version(NETWORK, "2", same)
    which = versions(cast, new)
    move_all(cast.kaisa, new, which)
    assert move_all(cast.kaisa, new, which) == []
    assert EngagementMove.objects.count() == 1 and versions(cast, new) == {}


def test_what_was_changed_meanwhile_is_left_and_told(cast, work):
    scene, row = work
    new = another_version(NETWORK, "2", same)
    which = versions(cast, new)
    move_phase(cast.aino, engagement_id=row.id, version=1, phase=view(cast, scene, row).phases[1].id)
    (told,) = move_all(cast.kaisa, new, which)
    assert (told.moved, told.reference) == (False, reference_of(row.id)) and "changed meanwhile" in told.why
    assert Engagement.objects.get(pk=row.id).model_id != new.id
    assert not Entry.objects.filter(deed="move_engagements").exists()


def test_work_whose_phase_has_gone_waits_for_a_choice(cast, work):
    _scene, row = work
    new = another_version(NETWORK, "2", without_first_phase)
    (told,) = move_all(cast.kaisa, new, versions(cast, new))
    assert not told.moved and "choose where the work goes on" in told.why
    on = package_of(new).process.phases[0].id
    assert [each.moved for each in move_all(cast.kaisa, new, versions(cast, new), {row.phase: on})] == [True]


def test_another_organisations_work_is_not_moved(cast, work):
    new = another_version(NETWORK, "2", same)
    _scene, row = work
    lake = cast.unit("receivers").organisation_id
    assert movable(system(cast.aino.at), new.id, lake).groups == []
    moved = move_engagements(
        system(cast.aino.at), to_model_id=new.id, versions={row.id: 1}, phases={}, reason=WHY, organisation_id=lake
    )
    assert list(moved) == []


@pytest.mark.parametrize("who", ["aino", "ritva", "tapio", "hilla", "paula"])
def test_nobody_but_a_coordinator_moves_all(cast, work, who):
    new = another_version(NETWORK, "2", same)
    with pytest.raises(gate.NotPermitted):
        move_all(cast.actor(who), new, {work[1].id: 1})


def test_the_dry_run_costs_the_same_for_many_as_for_one(cast, network, django_assert_num_queries):
    new, kaisa = another_version(NETWORK, "2", same), cast.kaisa
    engage(cast, model=network)
    movable(kaisa, new.id)
    with django_assert_num_queries(5):
        movable(kaisa, new.id)
    for name in ("Kuusi", "Koivu", "Leppä"):
        engage(cast, name, model=network)
    with django_assert_num_queries(5):
        movable(kaisa, new.id)
