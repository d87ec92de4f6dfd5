"""One invented family's way through the loop, walked with the same actions that people's pages call."""

import random
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

from solmu.access import gate
from solmu.access.actor import Actor
from solmu.access.deeds import Deed
from solmu.casework.actions import cases, closing, contacts, network, notifications, promises, proposals
from solmu.casework.models import Case, NetworkMeeting, NetworkMember, Promise, Proposal
from solmu.casework.queries.proposals import proposal_view
from solmu.casework.rules.closing import PromiseEnd
from solmu.consents.actions import give_permission
from solmu.consents.rules import TOLD, TOLD_WITH_INTERPRETER
from solmu.demo.people import FamilyPlan, PersonPlan
from solmu.demo.stories import PRESENT, Story
from solmu.families.models import Person
from solmu.kernel.clock import HELSINKI, local_date
from solmu.learning.actions.proposing import propose_when_oriented
from solmu.organisations.rules import add_working_days, is_working_day
from solmu.referrals import actions as referrals
from solmu.referrals.models import Referral
from solmu.referrals.readiness import prepare
from solmu.situations.actions import answers, items, rounds
from solmu.situations.models import MapItem

UNORIENTED = "Perehdytys on kesken; parini on perehtynyt ja oli mukana."
_TOLD_KINDS = ("contact", "calling", "language", "area", "ages", "words", "would_help", "wish", "network")


class Calendar:
    """The moments of one family's story: working days and office hours, never past the present."""

    def __init__(self, chance: random.Random, began: datetime):
        self.chance, self.at = chance, began

    def pass_days(self, least: int, most: int) -> datetime:
        """Goes on by some working days, to a moment in the office's hours."""
        day = add_working_days(local_date(self.at), self.chance.randint(least, most))
        clock = time(self.chance.randint(8, 15), self.chance.choice((0, 10, 20, 30, 40, 50)))
        self.at = max(datetime.combine(day, clock, HELSINKI), self.at + timedelta(minutes=7))
        return self.at


def days_back(today: datetime, working_days: int) -> datetime:
    """The morning some working days before."""
    day = local_date(today)
    while working_days > 0:
        day -= timedelta(days=1)
        working_days -= is_working_day(day)
    return datetime.combine(day, time(8, 10), HELSINKI)


@dataclass
class Family:
    """What has come about so far."""

    id: UUID | None = None
    case_id: UUID | None = None
    proposal_id: UUID | None = None
    referral_id: UUID | None = None
    permission_ids: tuple[UUID, ...] = ()


class Journey:
    """Walks a family from step to step; each method is a step that somebody takes."""

    def __init__(self, office, calendar: Calendar, plan: FamilyPlan, story: Story, pair: tuple[str, str]):
        self.office, self.calendar, self.plan, self.story, self.pair = office, calendar, plan, story, pair
        self.family = Family()
        self.chance = calendar.chance

    def act(self, key: str | None = None) -> Actor:
        """Somebody of the office, now; by default the first of the pair."""
        return self.office.actor(key or self.pair[0], self.calendar.at)

    @property
    def case(self) -> Case:
        return Case.objects.get(pk=self.family.case_id)

    @property
    def referral(self) -> Referral:
        return Referral.objects.get(pk=self.family.referral_id)

    def _moved(self) -> dict:
        return {"referral_id": self.family.referral_id, "version": self.referral.version}

    # The beginning

    def contact(self, **said):
        """Somebody calls."""
        caller = self.plan.people[0]
        fields = {
            "by": "person",
            "channel": self.chance.choice(("phone", "phone", "visit", "message")),
            "words": self.story.words,
            "words_read_back": True,
            "would_help": self.story.wish,
            "domains": list(self.story.domains),
            "caller_name": f"{caller.first_names} {caller.last_name}",
            "caller_phone": caller.phone,
            "language": self.plan.language,
            "interpreter": self.plan.interpreter,
            "calling": "times",
            "calling_note": self.chance.choice(("klo 12–13", "iltapäivisin", "tekstiviesti ensin")),
            "safety": "safe",
        }
        pair = self.office.account(self.pair[1]).id
        return contacts.take_contact(self.act(), pair_account_id=pair, **(fields | said))

    def advise(self) -> None:
        """The contact ends with advice, and that is a good ending."""
        contact = self.contact()
        self.calendar.at += timedelta(minutes=25)
        advice = self.story.advice or "Kävimme läpi, mistä apua saa, ja sovimme, että perhe soittaa itse."
        contacts.end_with_advice(self.act(), contact_id=contact.id, expected=contact.version, advice=advice)

    def begin(self) -> None:
        """The pair begins to work with the family."""
        contact = self.contact()
        self.calendar.at += timedelta(minutes=20)
        new = {
            "name": self.plan.name,
            "language": self.plan.language,
            "interpreter": self.plan.interpreter,
            "area": self.plan.area,
            "people": [_details(person, local_date(self.calendar.at)) for person in self.plan.people],
        }
        partner = self.office.account(self.pair[1]).id
        case = cases.open_case(self.act(), contact_id=contact.id, new_family=new, pair_account_id=partner)
        self.family.id, self.family.case_id = case.family_id, case.id

    def consider(self) -> None:
        """The child welfare notification is considered, and there was no ground for it."""
        notifications.consider_notification(
            self.act(),
            record_id=self.family.id,
            conclusion="not_needed",
            reason="Keskustelimme lasten arjesta. Turvallisuudessa ei noussut esiin huolta.",
        )

    # The life-situation map

    def draw_map(self) -> None:
        """The first round, at the kitchen table."""
        actor, family_id = self.act(), self.family.id
        first = rounds.start_round(actor, family_id=family_id, present=PRESENT)
        view = items.View(person_id=self._people()[0].id)
        for knot in self.story.knots:
            items.add_item(
                actor, family_id=family_id, domain=knot.domain, kind="knot", words=knot.words, weight=knot.weight,
                view=view, would_help=knot.helps,
            )  # fmt: skip
        for bond in self.story.bonds:
            items.add_item(actor, family_id=family_id, domain=bond.domain, kind="bond", words=bond.words, view=view)
        rounds.feel(
            actor, family_id=family_id, round_id=first.id,
            values={domain: self.chance.randint(2, 6) for domain in self.story.domains},
        )  # fmt: skip
        first.refresh_from_db()
        rounds.set_start_from(
            actor, family_id=family_id, round_id=first.id, version=first.version, words=self.story.begin,
            said_by=self._people()[0].called,
        )  # fmt: skip

    def draw_again(self) -> None:
        """A second round: some knots have eased, one has opened, a new bond carries."""
        actor, family_id = self.act(), self.family.id
        second = rounds.start_round(actor, family_id=family_id, present=PRESENT)
        knots = list(MapItem.objects.filter(family_id=family_id, kind="knot").order_by("id"))
        for number, knot in enumerate(knots):
            weight = "opened" if number == 0 and self.chance.random() < 0.6 else self.chance.choice(("light", "tense"))
            items.state_item(actor, family_id=family_id, item_id=knot.id, weight=weight)
        view = items.View(person_id=self._people()[0].id)
        words = self.chance.choice(("Perhekahvila", "Tuttu työntekijä", "Naapurin Helena", "Oma viikkohetki"))
        items.add_item(actor, family_id=family_id, domain="relations", kind="bond", words=words, view=view)
        values = {domain: self.chance.randint(4, 8) for domain in self.story.domains}
        rounds.feel(actor, family_id=family_id, round_id=second.id, values=values)

    def _people(self) -> list[Person]:
        return list(Person.objects.filter(family_id=self.family.id).order_by("id"))

    # Proposal and decision

    def ask(self) -> None:
        """What models ask and the map does not tell."""
        told = {
            "situation.acute_crisis": False,
            "situation.change_in_everyday_life": True,
            "family.wants_support": True,
            "family.refugee_background": self.story.shape == "refugee",
            "family.integration_plan_being_made": self.story.shape == "refugee",
        }
        who = self._people()[0].called
        for fact, value in told.items():
            answers.state_fact(self.act(), family_id=self.family.id, fact=fact, value=value, said_by=who)

    def propose(self, slug: str) -> bool:
        """Offers a model that may be offered; tells whether it could be."""
        access = gate.require(self.act(), Deed.READ_PROPOSAL, self.family.id)
        model = next((one for one in proposal_view(access) if one.model_id == self.office.models[slug]), None)
        if model is None or not model.verdicts:
            return False
        best = min(model.verdicts, key=lambda one: (one.needs_reason, one.kind != "fits"))
        reason = "Perhe toivoi tätä itse, ja arvioimme yhdessä, että nyt on hyvä hetki." if best.needs_reason else ""
        made = propose_when_oriented(
            self.act(), case_id=self.family.case_id, model_id=model.model_id, person_id=best.person_id,
            deviation_reason=reason, unoriented_reason=UNORIENTED,
        )  # fmt: skip
        self.family.proposal_id = made.id
        return True

    def decide(self, decision: str) -> None:
        """The family says what it wants."""
        proposal = Proposal.objects.get(pk=self.family.proposal_id)
        deciders = [person for person in self._people() if person.place in {"adult", "young"} or person.decides_self]
        later = add_working_days(local_date(self.calendar.at), 30) if decision == "later" else None
        proposals.record_decision(
            self.act(), proposal_id=proposal.id, version=proposal.version, decision=decision,
            answers={person.id: decision for person in deciders}, how=self._how(), ask_again_on=later,
        )  # fmt: skip

    def _how(self) -> str:
        return "interpreted" if self.plan.interpreter == "always" else "oral"

    # Permission and referral

    def prepare(self, unit: str | None = None, point_id: UUID | None = None) -> None:
        """A contact is prepared together with the family."""
        engagement = self.case.engagements.filter(state="running").first()
        receiver = {"to_unit_id": self.office.unit(unit).id} if unit else {"to_point_id": point_id}
        made = referrals.prepare_referral(
            self.act(), family_id=self.family.id, asked=_asked(self.story), wish=self.story.wish,
            engagement_id=engagement and engagement.id, **receiver,
        )  # fmt: skip
        self.family.referral_id = made.id
        on_offer = self._preparation().offers
        chosen = [one.code for one in on_offer if one.code.split(":")[0] in _TOLD_KINDS or one.code.startswith("bonds")]
        referrals.update_draft(
            self.act(), referral_id=made.id, version=made.version, asked=made.asked, priority=made.priority,
            items=chosen, wish=made.wish,
        )  # fmt: skip

    def _preparation(self):
        access = gate.require(self.act(), Deed.PREPARE_REFERRAL, self.family.id)
        return prepare(access, self.referral)

    def permit(self) -> None:
        """Everybody whose data would be told says yes."""
        wanted: dict[UUID, set[str]] = {}
        for need in self._preparation().missing:
            wanted.setdefault(min(need.anyone_of), set()).update(need.codes)
        referral, interpreted = self.referral, self._how() == "interpreted"
        told = (*TOLD, TOLD_WITH_INTERPRETER) if interpreted else TOLD
        until = local_date(self.calendar.at) + timedelta(days=180)
        given = [
            give_permission(
                self.act(),
                family_id=self.family.id,
                person_id=person,
                items=sorted(codes),
                told=told,
                purpose="Avun alkaminen ja verkoston kokoaminen",
                valid_to=until,
                how=self._how(),
                language=self.plan.language,
                interpreter_present=interpreted,
                receiver_unit_id=referral.to_unit_id,
                receiver_point_id=referral.to_point_id,
            )
            for person, codes in wanted.items()
        ]
        self.family.permission_ids = tuple(one.id for one in given)

    def send(self) -> None:
        """The preview has been read aloud; the contact leaves."""
        ask_back = None
        if self.referral.to_unit is None or self.referral.to_unit.answers_within is None:
            ask_back = add_working_days(local_date(self.calendar.at), 5)
        referrals.send_referral(self.act(), **self._moved(), read_aloud=True, ask_back_on=ask_back)

    def call_outside(self, answered_by: str) -> None:
        """The pair calls a receiver that does not use Solmu, the family beside them."""
        check_back = add_working_days(local_date(self.calendar.at), 5)
        referrals.record_outside_call(
            self.act(), **self._moved(), answered_by=answered_by, agreed="Soittavat perheelle ensi viikolla.",
            family_took_part=True, packet_given="read", check_back_on=check_back, called_at=self.calendar.at,
        )  # fmt: skip

    def withdraw(self) -> None:
        """The family takes a permission back."""
        referrals.withdraw_permission(self.act(), permission_id=self.family.permission_ids[0], how="oral")

    def claim(self, who: str) -> None:
        """One of the receivers takes the contact up."""
        referrals.claim_referral(self.act(who), **self._moved())

    def ask_more(self, who: str) -> None:
        """The receiver needs to know more."""
        referrals.ask_question(
            self.act(who), **self._moved(), text="Mihin aikaan perheelle sopii ensimmäinen tapaaminen?"
        )

    def hold(self, who: str) -> None:
        """The receiver has to wait."""
        until = add_working_days(local_date(self.calendar.at), 12)
        referrals.hold_referral(
            self.act(who), **self._moved(), reason="Ensimmäinen vapaa aika on vasta silloin.", until=until,
            waiting_list=True,
        )  # fmt: skip

    def reject(self, who: str) -> None:
        """The receiver cannot take it."""
        reason = "Perhe asuu alueella, jota toinen yksikkö palvelee."
        referrals.reject_referral(self.act(who), **self._moved(), reason=reason)

    def accept(self, who: str) -> None:
        """The receiver takes it on, and says when the next step is."""
        next_on = add_working_days(local_date(self.calendar.at), 8)
        referrals.accept_referral(self.act(who), **self._moved(), next_on=next_on)

    def complete(self, who: str) -> None:
        """The receiver has done its part."""
        outcome = "Verkosto toimii, ja perheellä on yhteyshenkilö."
        referrals.complete_referral(self.act(who), **self._moved(), outcome=outcome)

    def tell_family(self, help_came: str = "yes") -> None:
        """The loop closes at the family."""
        words = {"yes": "Nyt tiedämme, kenelle soittaa.", "partly": "Alku on hyvä."}.get(help_came, "")
        told_on = local_date(self.calendar.at)
        referrals.tell_family(self.act(), **self._moved(), told_on=told_on, help_came=help_came, words=words)

    # Network, promises, closing

    def gather(self) -> None:
        """The family chooses whom to invite."""
        known = {worker.name: worker for worker in self.office.workers.values()}
        of_pair = {self.office.account(key).name for key in self.pair}  # they belong to it from the beginning
        for name, role in dict.fromkeys((who, role) for who, role, _deed in self.story.promises):
            if name in of_pair:
                continue
            email = known[name].email if name in known else ""
            network.add_member(
                self.act(), case_id=self.family.case_id, kind="professional", name=name, in_role=role,
                account_email=email, sees_name=True,
            )  # fmt: skip
        network.add_member(
            self.act(), case_id=self.family.case_id, kind="close",
            name=self.chance.choice(("Mummo", "Täti", "Naapuri Helena", "Kummi")), in_role="läheinen",
        )  # fmt: skip

    def agree_meeting(self, days: int) -> None:
        """A time and a place."""
        day = add_working_days(local_date(self.calendar.at), days)
        starts = datetime.combine(day, time(self.chance.choice((9, 13, 15)), 0), HELSINKI)
        booked = True if self.plan.interpreter == "always" else None
        network.agree_meeting(
            self.act(), case_id=self.family.case_id, starts_at=starts, place="Perhekeskus", interpreter_booked=booked,
        )  # fmt: skip

    def hold_meeting(self) -> None:
        """The family and its network sit down, and everybody promises a deed."""
        meeting = NetworkMeeting.objects.get(case_id=self.family.case_id, state="agreed")
        self.calendar.at = max(self.calendar.at, meeting.starts_at + timedelta(hours=1))
        members = [self._let_join(member) for member in self.case.network.order_by("id")]
        ends = local_date(self.calendar.at) + timedelta(weeks=8)
        network.hold_meeting(
            self.act(), meeting_id=meeting.id, version=meeting.version, present_ids=[one.id for one in members],
            family_present=True, agreed="Tavataan uudelleen, kun jakso päättyy.", period_ends_on=ends,
            interpreter_booked=True if self.plan.interpreter == "always" else None,
        )  # fmt: skip
        by_name = {member.name: member for member in members}
        for who, _role, deed in self.story.promises:
            due = add_working_days(local_date(self.calendar.at), self.chance.randint(4, 20))
            promises.make_promise(
                self.act(), case_id=self.family.case_id, member_id=by_name[who].id, deed=deed, due_on=due,
                meeting_id=meeting.id,
            )  # fmt: skip

    def _let_join(self, member: NetworkMember) -> NetworkMember:
        for state in {"wished": ("invited", "joined"), "invited": ("joined",)}.get(member.state, ()):
            member = network.set_member_state(
                self.act(), member_id=member.id, version=member.version, state=state, family_agrees=True
            )
        return member

    def keep_promises(self) -> None:
        """Most promises are kept, and the family says whether they helped."""
        for promise in Promise.objects.filter(case_id=self.family.case_id, state="made"):
            state = "kept" if self.chance.random() < 0.85 else "not_kept"
            word = "" if state == "kept" else "Ei ehtinyt, sovittiin uusi aika."
            kept = promises.settle_promise(
                self.act(), promise_id=promise.id, version=promise.version, state=state, word=word
            )
            if state == "kept" and self.chance.random() < 0.8:
                helped = self.chance.choice(("yes", "yes", "somewhat"))
                promises.record_promise_view(self.act(), promise_id=kept.id, version=kept.version, helped=helped)

    def close(self, follow_up_days: int | None = 60) -> None:
        """The work ends, and a follow-up is agreed."""
        case, today = self.case, local_date(self.calendar.at)
        left = {
            promise.id: PromiseEnd("released", "Ei enää tarpeen.")
            for promise in Promise.objects.filter(case=case, state="made")
        }
        closing.close_case(
            self.act(), case_id=case.id, version=case.version, closing_reason="goals_reached",
            outcome="everyday_easier", what_changed="Arki on rauhoittunut, ja perhe tietää, keneltä kysyä.",
            family_told_how="kasvotusten", family_told_on=today, help_came="yes", promises=left,
            family_words="Meitä kuunneltiin.",
            follow_up_on=today + timedelta(days=follow_up_days) if follow_up_days else None,
            follow_up_note="" if follow_up_days else "Perhe ei halunnut seurantaa.",
        )  # fmt: skip


def _asked(story: Story) -> str:
    return (
        "Keskustelu perheen kanssa ja verkoston kokoaminen" if story.shape != "young" else "Joku, joka kulkee rinnalla"
    )


def _details(person: PersonPlan, today) -> dict:
    age = (today - person.born).days // 365
    return {
        "first_names": person.first_names,
        "last_name": person.last_name,
        "place": person.place,
        "sign": person.sign,
        "birth_date": person.born,
        "is_guardian": person.guardian,
        "decides_self": True if person.place == "young" and age >= 15 else None,
        "arrived_on": person.arrived_on,
        "together_since": person.together_since,
        "phone": person.phone,
        "calling": "safe" if person.phone else "",
    }
