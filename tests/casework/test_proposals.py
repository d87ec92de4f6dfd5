"""The worker proposes, the family decides, and what was read that day is kept."""

from dataclasses import replace

import pytest

from solmu.access import gate
from solmu.access.deeds import Deed
from solmu.agenda.models import Item
from solmu.casework.actions.proposals import note_gap, propose_model, record_decision
from solmu.casework.models import Engagement, Gap, Proposal
from solmu.casework.queries.criteria import KINDS
from solmu.casework.queries.network import case_here
from solmu.casework.queries.proposals import by_kind, first_question, proposal_view
from solmu.casework.queries.proposed import proposals_made
from solmu.consents.models import Participation
from solmu.kernel.errors import Conflict, InvalidInput, NotNow
from solmu.situations.actions.answers import state_fact
from tests.cast import MONDAY, later
from tests.models import COUNSELLING, FAMILY_UNITY, NETWORK, TEAM, take_into_use
from tests.scenes import open_family

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(cast):
    return open_family(cast)


@pytest.fixture
def models(cast):
    return take_into_use(cast, FAMILY_UNITY, COUNSELLING, NETWORK, TEAM)


def read(actor, scene):
    return gate.require(replace(actor, asked=[]), Deed.READ_PROPOSAL, scene.family_id)


def say(cast, scene, fact, value, person=None):
    person_id = scene.people[person].id if person else None
    state_fact(cast.aino, family_id=scene.family_id, fact=fact, value=value, person_id=person_id)


def waiting(proposal) -> list:
    return list(Item.objects.filter(about_id=proposal.id, settled_at=None).values_list("kind", "due_on").distinct())


def propose(actor, scene, model, **said) -> Proposal:
    return propose_model(actor, case_id=scene.case_id, model_id=model.id, **said)


def fitting(cast, scene):
    """Answers with which the network model fits the family."""
    for fact, value in [("family.wants_support", True), ("situation.worry_finances", True)]:
        say(cast, scene, fact, value)
    say(cast, scene, "situation.acute_crisis", False)


def everybody(scene, **answers):
    usual = {"Minna": "yes", "Ville": "yes", "Siiri": "yes"} | answers
    return {scene.people[name].id: answer for name, answer in usual.items()}


def test_every_model_in_use_has_a_verdict_and_a_next_question(cast, scene, models):
    views = {view.name: view for view in proposal_view(read(cast.aino, scene))}
    assert len(views) == 4
    network = views["The family's network"].verdicts[0]
    assert (network.kind, network.question.fact.name) == ("may_fit", "family.wants_support")
    children = next(each for each in network.criteria if each.id == "has-children")
    assert (children.state, children.tone, bool(children.where_from)) == ("met", "ok", True)


def test_an_answer_moves_the_verdict_on(cast, scene, models):
    fitting(cast, scene)
    views = {view.name: view for view in proposal_view(read(cast.aino, scene))}
    assert views["The family's network"].verdicts[0].kind == "fits"


def test_a_model_about_a_person_is_judged_for_each_of_them(cast, scene, models):
    views = {view.name: view for view in proposal_view(read(cast.aino, scene))}
    team = views["A young person's own support team"]
    kinds = {verdict.person_name: verdict.kind for verdict in team.verdicts}
    assert kinds == {"Minna": "does_not_fit", "Ville": "does_not_fit", "Siiri": "may_fit", "Eetu": "not_now"}


def paths_of(cast, scene, models, model=COUNSELLING):
    view = next(each for each in proposal_view(read(cast.aino, scene)) if each.model_id == models[model].id)
    return {path.id: path for path in view.paths}


def test_a_way_that_asks_only_of_the_family_is_judged_once_and_by_its_own_criteria(cast, scene, models):
    way = paths_of(cast, scene, models)["to-family-contact-point"]
    assert [verdict.person_id for verdict in way.shown] == [None]
    assert way.others == []
    assert [criterion.id for criterion in way.shown[0].criteria] == ["worry", "family-wants-contact"]


def test_a_way_about_a_person_is_shown_for_those_who_are_not_excluded_and_can_be_asked(cast, scene, models):
    way = paths_of(cast, scene, models)["to-young-peoples-team"]
    assert [verdict.person_name for verdict in way.shown] == ["Siiri"]
    why = {verdict.person_name: [each.id for each in verdict.against] for verdict in way.others}
    assert why == {"Minna": ["young-enough"], "Ville": ["young-enough"], "Eetu": []}


def test_what_fits_stands_first_and_equals_keep_the_order_of_the_packages(cast, scene, models):
    fitting(cast, scene)
    names = [view.name for view in by_kind(proposal_view(read(cast.aino, scene)))]
    kinds = [view.kind for view in by_kind(proposal_view(read(cast.aino, scene)))]
    assert kinds == ["fits", "fits", "may_fit", "may_fit"]
    packages = [view.name for view in proposal_view(read(cast.aino, scene))]
    assert sorted(names[:2], key=packages.index) == names[:2]


def test_the_question_for_which_the_most_models_wait_is_asked_first(cast, scene, models):
    first = first_question(proposal_view(read(cast.aino, scene)))
    assert (first.question.fact.name, len(first.waiting)) == ("family.wants_support", 4)
    say(cast, scene, "family.wants_support", True)
    assert first_question(proposal_view(read(cast.aino, scene))).question.fact.name != "family.wants_support"


def test_a_model_that_fits_by_one_way_asks_nothing_more(cast, scene, models):
    fitting(cast, scene)
    view = next(each for each in proposal_view(read(cast.aino, scene)) if each.model_id == models[COUNSELLING].id)
    assert (view.kind, view.asks) == ("fits", None)


def test_a_question_left_open_is_not_asked_again_but_can_be_answered(cast, scene, models):
    say(cast, scene, "family.wants_support", None)
    network = next(iter(paths_of(cast, scene, models, NETWORK).values())).shown[0]
    assert network.question.fact.name != "family.wants_support"
    asked = {question.fact.name: question.answer for question in network.asked}
    assert asked["family.wants_support"]
    assert asked["situation.acute_crisis"] == ""


def test_a_proposal_keeps_the_way_in_by_which_it_was_made(cast, scene, models):
    siiri = scene.people["Siiri"].id
    own = propose(cast.aino, scene, models[COUNSELLING], person_id=siiri, path="to-young-peoples-team")
    assert own.verdict_detail["path"] == "to-young-peoples-team"
    assert "worry" not in [each["id"] for each in own.verdict_detail["criteria"]]
    for person_id in (None, siiri):
        made = propose(cast.aino, scene, models[COUNSELLING], person_id=person_id, path="to-family-contact-point")
        assert (made.person_id, made.verdict_detail["path"]) == (person_id, "to-family-contact-point")


def test_a_way_about_a_person_is_not_proposed_to_the_family_as_a_whole(cast, scene, models):
    with pytest.raises(InvalidInput):
        propose(cast.aino, scene, models[COUNSELLING], path="to-young-peoples-team")
    with pytest.raises(InvalidInput):
        propose(cast.aino, scene, models[COUNSELLING], path="to-nowhere")


def test_a_crisis_is_told_by_the_criterion_that_leads_to_help(cast, scene, models):
    assert not any(view.crisis for view in proposal_view(read(cast.aino, scene)))
    say(cast, scene, "situation.acute_crisis", True)
    leads = {view.model_id for view in proposal_view(read(cast.aino, scene)) if view.crisis}
    assert leads == {models[FAMILY_UNITY].id, models[NETWORK].id}


def test_a_clear_fit_is_proposed_without_a_reason_and_waits_for_the_family(cast, scene, models):
    fitting(cast, scene)
    proposal = propose(cast.aino, scene, models[NETWORK])
    assert (proposal.verdict, proposal.decision) == ("fits", "pending")
    assert [kind for kind, _due in waiting(proposal)] == ["proposal"]


def test_what_departs_from_a_recommendation_needs_a_reason(cast, scene, models):
    fitting(cast, scene)
    say(cast, scene, "situation.acute_crisis", True)
    with pytest.raises(InvalidInput) as refused:
        propose(cast.aino, scene, models[NETWORK])
    assert "deviation_reason" in refused.value.errors
    proposal = propose(cast.aino, scene, models[NETWORK], deviation_reason="Perhe pyysi itse.")
    assert proposal.deviation_reason == "Perhe pyysi itse."


def test_a_model_that_does_not_fit_needs_a_reason(cast, scene, models):
    with pytest.raises(InvalidInput):
        propose(cast.aino, scene, models[TEAM], person_id=scene.people["Minna"].id)


def test_a_proposal_about_a_person_names_the_person(cast, scene, models):
    with pytest.raises(InvalidInput) as refused:
        propose(cast.aino, scene, models[TEAM])
    assert "person" in refused.value.errors


def test_the_verdict_stays_as_it_was_read(cast, scene, models):
    fitting(cast, scene)
    proposal = propose(cast.aino, scene, models[NETWORK])
    say(cast, scene, "situation.acute_crisis", True)
    access = read(cast.aino, scene)
    (made,) = proposals_made(access, case_here(access))
    crisis = next(each for each in made.criteria if each.id == "acute-crisis")
    assert (made.id, made.kind_label, crisis.state, crisis.tone) == (proposal.id, str(KINDS["fits"]), "not_met", "ok")


def test_the_protected_judgement_leaves_no_trace_in_what_is_kept(cast, scene, models):
    say(cast, scene, "person.protected_criterion", True, "Siiri")
    proposal = propose(cast.aino, scene, models[TEAM], person_id=scene.people["Siiri"].id)
    kept = next(each for each in proposal.verdict_detail["criteria"] if each["id"] == "protected-criterion")
    assert (kept["protected"], kept["from"]) == (True, [])


def test_the_same_is_not_proposed_twice_at_once(cast, scene, models):
    fitting(cast, scene)
    propose(cast.aino, scene, models[NETWORK])
    with pytest.raises(NotNow):
        propose(cast.bertta, scene, models[NETWORK])


def test_with_everybodys_yes_the_work_begins_on_that_version(cast, scene, models):
    fitting(cast, scene)
    proposal = propose(cast.aino, scene, models[NETWORK])
    record_decision(cast.bertta, proposal_id=proposal.id, version=1, decision="yes", answers=everybody(scene))
    engagement = Engagement.objects.get(proposal=proposal)
    assert (engagement.model_id, engagement.state) == (models[NETWORK].id, "running")
    assert waiting(proposal) == []
    assert Participation.objects.filter(about_id=proposal.id, answer="yes").count() == 3


def test_nothing_begins_without_the_young_persons_own_yes(cast, scene, models):
    fitting(cast, scene)
    proposal = propose(cast.aino, scene, models[NETWORK])
    with pytest.raises(InvalidInput, match="Siiri"):
        record_decision(
            cast.aino, proposal_id=proposal.id, version=1, decision="yes", answers=everybody(scene, Siiri="no")
        )
    assert not Engagement.objects.exists()
    assert not Participation.objects.exists()


def test_later_waits_for_its_day_and_can_still_become_yes(cast, scene, models):
    fitting(cast, scene)
    proposal = propose(cast.aino, scene, models[NETWORK])
    day = later(cast.aino, days=30).today
    record_decision(
        cast.aino,
        proposal_id=proposal.id,
        version=1,
        decision="later",
        answers=everybody(scene, Ville="later"),
        ask_again_on=day,
    )
    assert waiting(proposal) == [("proposal", day)]
    record_decision(
        later(cast.aino, days=30), proposal_id=proposal.id, version=2, decision="yes", answers=everybody(scene)
    )
    assert Engagement.objects.filter(proposal=proposal).exists()


def test_a_no_ends_the_waiting_and_a_wish_not_to_be_asked_is_kept(cast, scene, models):
    fitting(cast, scene)
    proposal = propose(cast.aino, scene, models[NETWORK])
    answers = {scene.people["Minna"].id: "no"}
    record_decision(
        cast.aino, proposal_id=proposal.id, version=1, decision="no", answers=answers, do_not_ask_again=True
    )
    assert waiting(proposal) == []
    with pytest.raises(InvalidInput) as refused:
        propose(cast.aino, scene, models[NETWORK])
    assert "deviation_reason" in refused.value.errors
    propose(cast.aino, scene, models[NETWORK], deviation_reason="Perhe otti asian puheeksi.")


def test_two_who_record_the_decision_learn_of_each_other(cast, scene, models):
    fitting(cast, scene)
    proposal = propose(cast.aino, scene, models[NETWORK])
    day = later(cast.aino, days=9).today
    said = {"decision": "later", "answers": everybody(scene), "ask_again_on": day}
    record_decision(cast.aino, proposal_id=proposal.id, version=1, **said)
    with pytest.raises(Conflict):
        record_decision(cast.bertta, proposal_id=proposal.id, version=1, **said)


@pytest.mark.parametrize("name", ["cecilia", "ritva", "paula", "kaisa"])
def test_nobody_else_proposes_or_reads_a_proposal(cast, scene, models, name):
    with pytest.raises(gate.AccessRefused):
        propose(cast.actor(name), scene, models[NETWORK], deviation_reason="x")
    with pytest.raises(gate.AccessRefused):
        read(cast.actor(name), scene)
    assert not Proposal.objects.exists()


def test_a_gap_tells_what_was_needed_and_never_for_whom(cast):
    note_gap(cast.aino, need="housing", area="Jokiranta", language="ar")
    gap = Gap.objects.get()
    assert (gap.unit_id, gap.need, gap.noted_on) == (cast.aino.unit_id, "housing", MONDAY.date())
    with pytest.raises(gate.NotPermitted):
        note_gap(cast.paula, need="housing")
    with pytest.raises(InvalidInput):
        note_gap(cast.aino, need="everything")


def test_a_page_of_proposals_asks_a_constant_number_of_questions(cast, scene, models, django_assert_max_num_queries):
    access = read(cast.aino, scene)
    proposal_view(access)
    with django_assert_max_num_queries(13):
        proposal_view(access)
