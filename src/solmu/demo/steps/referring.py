"""A contact is prepared with the family, permitted, sent, answered, and the loop is closed."""

from datetime import timedelta
from uuid import UUID

from solmu.access import gate
from solmu.access.deeds import Deed
from solmu.consents.actions import give_permission
from solmu.consents.rules import TOLD, TOLD_WITH_INTERPRETER
from solmu.demo.journey import Journey
from solmu.demo.stories import Story
from solmu.kernel.clock import local_date
from solmu.organisations.rules import add_working_days
from solmu.referrals import actions as referrals
from solmu.referrals.readiness import prepare as readiness

_TOLD_KINDS = ("contact", "calling", "language", "area", "ages", "words", "would_help", "wish", "network")


def _moved(journey: Journey) -> dict:
    return {"referral_id": journey.family.referral_id, "version": journey.referral.version}


def prepare(journey: Journey, unit: str | None = None, point_id: UUID | None = None) -> None:
    """A contact is prepared together with the family."""
    engagement = journey.case.engagements.filter(state="running").first()
    receiver = {"to_unit_id": journey.office.unit(unit).id} if unit else {"to_point_id": point_id}
    made = referrals.prepare_referral(
        journey.act(), family_id=journey.family.id, asked=_asked(journey.story), wish=journey.story.wish,
        engagement_id=engagement and engagement.id, **receiver,
    )  # fmt: skip
    journey.family.referral_id = made.id
    on_offer = _preparation(journey).offers
    chosen = [one.code for one in on_offer if one.code.split(":")[0] in _TOLD_KINDS or one.code.startswith("bonds")]
    referrals.update_draft(
        journey.act(), referral_id=made.id, version=made.version, asked=made.asked, priority=made.priority,
        items=chosen, wish=made.wish,
    )  # fmt: skip


def _preparation(journey: Journey):
    access = gate.require(journey.act(), Deed.PREPARE_REFERRAL, journey.family.id)
    return readiness(access, journey.referral)


def permit(journey: Journey) -> None:
    """Everybody whose data would be told says yes."""
    wanted: dict[UUID, set[str]] = {}
    for need in _preparation(journey).missing:
        wanted.setdefault(min(need.anyone_of), set()).update(need.codes)
    referral, interpreted = journey.referral, journey.how() == "interpreted"
    told = (*TOLD, TOLD_WITH_INTERPRETER) if interpreted else TOLD
    until = local_date(journey.calendar.at) + timedelta(days=180)
    given = [
        give_permission(
            journey.act(),
            family_id=journey.family.id,
            person_id=person,
            items=sorted(codes),
            told=told,
            purpose="Avun alkaminen ja verkoston kokoaminen",
            valid_to=until,
            how=journey.how(),
            language=journey.plan.language,
            interpreter_present=interpreted,
            receiver_unit_id=referral.to_unit_id,
            receiver_point_id=referral.to_point_id,
        )
        for person, codes in wanted.items()
    ]
    journey.family.permission_ids = tuple(one.id for one in given)


def send(journey: Journey) -> None:
    """The preview has been read aloud; the contact leaves."""
    ask_back = None
    if journey.referral.to_unit is None or journey.referral.to_unit.answers_within is None:
        ask_back = add_working_days(local_date(journey.calendar.at), 5)
    referrals.send_referral(journey.act(), **_moved(journey), read_aloud=True, ask_back_on=ask_back)


def call_outside(journey: Journey, answered_by: str) -> None:
    """The pair calls a receiver that does not use Solmu, the family beside them."""
    check_back = add_working_days(local_date(journey.calendar.at), 5)
    referrals.record_outside_call(
        journey.act(), **_moved(journey), answered_by=answered_by, agreed="Soittavat perheelle ensi viikolla.",
        family_took_part=True, packet_given="read", check_back_on=check_back, called_at=journey.calendar.at,
    )  # fmt: skip


def withdraw(journey: Journey) -> None:
    """The family takes a permission back."""
    referrals.withdraw_permission(journey.act(), permission_id=journey.family.permission_ids[0], how="oral")


def claim(journey: Journey, who: str) -> None:
    """One of the receivers takes the contact up."""
    referrals.claim_referral(journey.act(who), **_moved(journey))


def ask_more(journey: Journey, who: str) -> None:
    """The receiver needs to know more."""
    referrals.ask_question(
        journey.act(who), **_moved(journey), text="Mihin aikaan perheelle sopii ensimmäinen tapaaminen?"
    )


def hold(journey: Journey, who: str) -> None:
    """The receiver has to wait."""
    until = add_working_days(local_date(journey.calendar.at), 12)
    referrals.hold_referral(
        journey.act(who), **_moved(journey), reason="Ensimmäinen vapaa aika on vasta silloin.", until=until,
        waiting_list=True,
    )  # fmt: skip


def reject(journey: Journey, who: str) -> None:
    """The receiver cannot take it."""
    reason = "Perhe asuu alueella, jota toinen yksikkö palvelee."
    referrals.reject_referral(journey.act(who), **_moved(journey), reason=reason)


def accept(journey: Journey, who: str) -> None:
    """The receiver takes it on, and says when the next step is."""
    next_on = add_working_days(local_date(journey.calendar.at), 8)
    referrals.accept_referral(journey.act(who), **_moved(journey), next_on=next_on)


def complete(journey: Journey, who: str) -> None:
    """The receiver has done its part."""
    outcome = "Verkosto toimii, ja perheellä on yhteyshenkilö."
    referrals.complete_referral(journey.act(who), **_moved(journey), outcome=outcome)


def tell_family(journey: Journey, help_came: str = "yes") -> None:
    """The loop closes at the family."""
    words = {"yes": "Nyt tiedämme, kenelle soittaa.", "partly": "Alku on hyvä."}.get(help_came, "")
    told_on = local_date(journey.calendar.at)
    referrals.tell_family(journey.act(), **_moved(journey), told_on=told_on, help_came=help_came, words=words)


def _asked(story: Story) -> str:
    return (
        "Keskustelu perheen kanssa ja verkoston kokoaminen" if story.shape != "young" else "Joku, joka kulkee rinnalla"
    )
