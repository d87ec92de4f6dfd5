"""A model is proposed, and the family decides."""

from solmu.access import gate
from solmu.access.deeds import Deed
from solmu.agenda.actions import settle_seen
from solmu.agenda.models import Item
from solmu.casework.actions import engagements, proposals
from solmu.casework.actions.steps import agree_step
from solmu.casework.models import Engagement, Proposal
from solmu.casework.queries.proposals import proposal_view
from solmu.demo.journey import Journey
from solmu.kernel.clock import local_date
from solmu.learning.actions.proposing import propose_when_oriented
from solmu.organisations.rules import add_working_days
from solmu.situations.actions import answers

UNORIENTED = "Perehdytys on kesken; parini on perehtynyt ja oli mukana."


def ask(journey: Journey) -> None:
    """What models ask and the map does not tell."""
    told = {
        "situation.acute_crisis": False,
        "situation.change_in_everyday_life": True,
        "family.wants_support": True,
        "family.refugee_background": journey.story.shape == "refugee",
        "family.integration_plan_being_made": journey.story.shape == "refugee",
    }
    who = journey.people()[0].called
    for fact, value in told.items():
        answers.state_fact(journey.act(), family_id=journey.family.id, fact=fact, value=value, said_by=who)


def agree_next(journey: Journey, words: str, days: int) -> None:
    """The pair agrees with the family what it does next, by so many working days from now."""
    due_on = add_working_days(local_date(journey.calendar.at), days)
    agree_step(journey.act(), case_id=journey.family.case_id, words=words, due_on=due_on)


def propose(journey: Journey, slug: str) -> bool:
    """Offers a model that may be offered; tells whether it could be."""
    access = gate.require(journey.act(), Deed.READ_PROPOSAL, journey.family.id)
    model = next((one for one in proposal_view(access) if one.slug == slug), None)
    if model is None or not model.verdicts:
        return False
    best = min(model.verdicts, key=lambda one: (one.needs_reason, one.kind != "fits"))
    reason = "Perhe toivoi tätä itse, ja arvioimme yhdessä, että nyt on hyvä hetki." if best.needs_reason else ""
    made = propose_when_oriented(
        journey.act(), case_id=journey.family.case_id, model_id=model.model_id, person_id=best.person_id,
        deviation_reason=reason, unoriented_reason=UNORIENTED,
    )  # fmt: skip
    journey.family.proposal_id = made.id
    return True


def decide(journey: Journey, decision: str) -> None:
    """The family says what it wants."""
    proposal = Proposal.objects.get(pk=journey.family.proposal_id)
    deciders = [person for person in journey.people() if person.place in {"adult", "young"} or person.decides_self]
    later = add_working_days(local_date(journey.calendar.at), 30) if decision == "later" else None
    proposals.record_decision(
        journey.act(), proposal_id=proposal.id, version=proposal.version, decision=decision,
        answers={person.id: decision for person in deciders}, how=journey.how(), ask_again_on=later,
    )  # fmt: skip


def mark_phase(journey: Journey, phase: str) -> None:
    """The pair marks in which phase the work is now, when a model runs."""
    running = _running(journey)
    if running is not None:
        engagements.move_phase(journey.act(), engagement_id=running.id, version=running.version, phase=phase)


def move_on(journey: Journey, slug: str, reason: str) -> None:
    """The pair moves its work to the version that the organisation has taken into use since."""
    running = _running(journey)
    target = journey.office.models[slug]
    told = {"engagement_id": running.id, "version": running.version, "to_model_id": target, "reason": reason}
    engagements.move_engagement(journey.act(), **told)


def see_the_move(journey: Journey) -> None:
    """The other of the pair has read that the work has moved."""
    actor = journey.act(journey.pair[1])
    waiting = Item.objects.filter(kind=Item.Kind.MODEL_MOVED, about_id=_running(journey).id, settled_at=None)
    for item in waiting.filter(owner_account_id=actor.account_id):
        settle_seen(actor, item_id=item.id)


def _running(journey: Journey) -> Engagement | None:
    return journey.case.engagements.filter(state=Engagement.State.RUNNING).first()
