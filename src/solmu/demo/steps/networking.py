"""The family gathers its network, meets it, and promises are made and kept; at the end the work is closed."""

from datetime import datetime, time, timedelta

from solmu.casework.actions import closing, network, promises
from solmu.casework.models import NetworkMeeting, NetworkMember, Promise
from solmu.casework.rules.closing import PromiseEnd
from solmu.demo.journey import Journey
from solmu.kernel.clock import HELSINKI, local_date
from solmu.organisations.rules import add_working_days


def gather(journey: Journey) -> None:
    """The family chooses whom to invite."""
    known = {worker.name: worker for worker in journey.office.accounts.values()}
    of_pair = {journey.office.account(key).name for key in journey.pair}  # they belong to it from the beginning
    for name, role in dict.fromkeys((who, role) for who, role, _deed in journey.story.promises):
        if name in of_pair:
            continue
        email = known[name].email if name in known else ""
        network.add_member(
            journey.act(), case_id=journey.family.case_id, kind="professional", name=name, in_role=role,
            account_email=email, sees_name=True,
        )  # fmt: skip
    network.add_member(
        journey.act(), case_id=journey.family.case_id, kind="close",
        name=journey.chance.choice(("Mummo", "Täti", "Naapuri Helena", "Kummi")), in_role="läheinen",
    )  # fmt: skip


def agree_meeting(journey: Journey, days: int) -> None:
    """A time and a place."""
    day = add_working_days(local_date(journey.calendar.at), days)
    starts = datetime.combine(day, time(journey.chance.choice((9, 13, 15)), 0), HELSINKI)
    booked = True if journey.plan.interpreter == "always" else None
    network.agree_meeting(
        journey.act(), case_id=journey.family.case_id, starts_at=starts, place="Perhekeskus", interpreter_booked=booked,
    )  # fmt: skip


def hold_meeting(journey: Journey) -> None:
    """The family and its network sit down, and everybody promises a deed."""
    meeting = NetworkMeeting.objects.get(case_id=journey.family.case_id, state="agreed")
    journey.calendar.at = max(journey.calendar.at, meeting.starts_at + timedelta(hours=1))
    members = [_let_join(journey, member) for member in journey.case.network.order_by("id")]
    ends = local_date(journey.calendar.at) + timedelta(weeks=8)
    network.hold_meeting(
        journey.act(), meeting_id=meeting.id, version=meeting.version, present_ids=[one.id for one in members],
        family_present=True, agreed="Tavataan uudelleen, kun jakso päättyy.", period_ends_on=ends,
        interpreter_booked=True if journey.plan.interpreter == "always" else None,
    )  # fmt: skip
    by_name = {member.name: member for member in members}
    for who, _role, deed in journey.story.promises:
        due = add_working_days(local_date(journey.calendar.at), journey.chance.randint(4, 20))
        promises.make_promise(
            journey.act(), case_id=journey.family.case_id, member_id=by_name[who].id, deed=deed, due_on=due,
            meeting_id=meeting.id,
        )  # fmt: skip


def _let_join(journey: Journey, member: NetworkMember) -> NetworkMember:
    for state in {"wished": ("invited", "joined"), "invited": ("joined",)}.get(member.state, ()):
        member = network.set_member_state(
            journey.act(), member_id=member.id, version=member.version, state=state, family_agrees=True
        )
    return member


def keep_promises(journey: Journey) -> None:
    """Most promises are kept, and the family says whether they helped."""
    for promise in Promise.objects.filter(case_id=journey.family.case_id, state="made"):
        state = "kept" if journey.chance.random() < 0.85 else "not_kept"
        word = "" if state == "kept" else "Ei ehtinyt, sovittiin uusi aika."
        kept = promises.settle_promise(
            journey.act(), promise_id=promise.id, version=promise.version, state=state, word=word
        )
        if state == "kept" and journey.chance.random() < 0.8:
            helped = journey.chance.choice(("yes", "yes", "somewhat"))
            promises.record_promise_view(journey.act(), promise_id=kept.id, version=kept.version, helped=helped)


def close(journey: Journey, follow_up_days: int | None = 60) -> None:
    """The work ends, and a follow-up is agreed."""
    case, today = journey.case, local_date(journey.calendar.at)
    left = {
        promise.id: PromiseEnd("released", "Ei enää tarpeen.")
        for promise in Promise.objects.filter(case=case, state="made")
    }
    closing.close_case(
        journey.act(), case_id=case.id, version=case.version, closing_reason="goals_reached",
        outcome="everyday_easier", what_changed="Arki on rauhoittunut, ja perhe tietää, keneltä kysyä.",
        family_told_how="kasvotusten", family_told_on=today, help_came="yes", promises=left,
        family_words="Meitä kuunneltiin.",
        follow_up_on=today + timedelta(days=follow_up_days) if follow_up_days else None,
        follow_up_note="" if follow_up_days else "Perhe ei halunnut seurantaa.",
    )  # fmt: skip
