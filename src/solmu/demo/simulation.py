"""Makes the demo region: an invented town whose families have been met over the last months."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.utils import translation

from solmu.access.actor import Actor, system
from solmu.accounts.models import Account
from solmu.casework.actions import contacts, proposals
from solmu.casework.facts import CATALOGUE
from solmu.demo import learning
from solmu.demo.journey import Calendar, Journey, days_back
from solmu.demo.people import invent_family
from solmu.demo.region import PASSWORD, UNITS, WORKERS, email_of
from solmu.demo.stories import ADVICE, STORIES
from solmu.directory.actions import make_contact_points
from solmu.directory.models import ContactPoint
from solmu.kernel.clock import local_date
from solmu.operating_models.actions import install_package
from solmu.operating_models.models import Adoption
from solmu.operating_models.package import load_package
from solmu.organisations.models import Membership, Organisation, Unit
from solmu.organisations.queries import actor_for

PAIRS = (("anni", "mikko"), ("mikko", "anni"), ("leena", "yusra"), ("anni", "yusra"), ("sanna", "petteri"))
GATHERING, FAMILY_UNITY, YOUNG = "yhteisovaikuttavuus", "perhe-yhtenaiseksi", "nurri"


@dataclass
class Office:
    """Who and what the journeys meet."""

    accounts: dict[str, Account] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    models: dict[str, UUID] = field(default_factory=dict)
    points: list[ContactPoint] = field(default_factory=list)

    @property
    def workers(self) -> dict[str, Account]:
        return self.accounts

    def account(self, key: str) -> Account:
        return self.accounts[key]

    def unit(self, key: str) -> Unit:
        return self.units[key]

    def actor(self, key: str, at: datetime) -> Actor:
        """A worker at a moment of the story."""
        return actor_for(self.accounts[key], at=at)


def is_empty() -> bool:
    """Whether nothing has been put into the installation yet."""
    return not Organisation.objects.exists()


def run(
    *, families: int = 60, now: datetime, seed: int = 7, told: Callable[[int, int], None] = lambda n, of: None
) -> Office:
    """Makes the region and its families; `told` hears how many of how many are done."""
    with translation.override("fi"):
        office = make_office(now)
        install_packages(office, now)
        learning.orient_workers(office, now)
        learning.commit_organisation(office, now)
        chance = random.Random(seed)
        for number in range(families):
            path = _PATHS[number % len(_PATHS)]
            path(_story_of(office, chance, now, number))
            told(number + 1, families)
        _ask_advice(office, chance, now)
    return office


def make_office(now: datetime) -> Office:
    """The organisations, units and workers of the region."""
    office = Office()
    for key, plan in UNITS.items():
        organisation, _new = Organisation.objects.get_or_create(name=plan.organisation, defaults={"kind": plan.kind})
        office.units[key] = Unit.objects.create(
            organisation=organisation,
            name=plan.name,
            area=plan.area,
            receives_referrals=plan.receives,
            answers_within=plan.answers_within,
        )
    started = local_date(now) - timedelta(days=800)
    for plan in WORKERS:
        account = Account.objects.create_user(email_of(plan.key), PASSWORD, name=plan.name)
        office.accounts[plan.key] = account
        Membership.objects.create(
            account=account, unit=office.units[plan.unit], role=plan.role, title=plan.title, started_on=started
        )
    ContactPoint.objects.create(kind=ContactPoint.Kind.CRISIS, name="Sosiaalipäivystys")
    return office


def install_packages(office: Office, now: datetime) -> None:
    """Installs every shipped version, and takes the newest of each model into use where casework is done."""
    newest = {}
    for folder in sorted(settings.SOLMU_MODELS.glob("*/*/model.yaml")):
        model = install_package(system(now - timedelta(days=400)), load_package(folder.parent, CATALOGUE))
        newest[model.slug] = model
    for model in newest.values():
        office.models[model.slug] = model.id
        office.points += make_contact_points(system(now), model=model)
        for key in ("counselling", "integration"):
            Adoption.objects.create(
                organisation_id=office.units[key].organisation_id,
                model=model,
                adopted_at=now - timedelta(days=390),
            )


def _story_of(office: Office, chance: random.Random, now: datetime, number: int) -> Callable[[int], Journey]:
    """A function that begins a new journey so many working days ago."""

    def begin(days: int, shape: str = "") -> Journey:
        fitting = [story for story in STORIES if not shape or story.shape == shape]
        story = fitting[number % len(fitting)] if shape else STORIES[number % len(STORIES)]
        pair = PAIRS[4] if story.shape == "refugee" else PAIRS[number % 4]
        calendar = Calendar(chance, days_back(now, days))
        plan = invent_family(chance, local_date(calendar.at), story.shape)
        return Journey(office, calendar, plan, story, pair)

    return begin


# Where families stand. Each path begins far enough in the past for all its steps.


def _new_contact(begin) -> None:
    begin(1).contact(safety="")


def _unsure(begin) -> None:
    begin(2).contact(safety="unsure")


def _advised(begin) -> None:
    begin(9).advise()


def _begun(begin) -> Journey:
    journey = begin(4)
    journey.begin()
    return journey


def _with_map(begin, days: int = 6) -> Journey:
    journey = begin(days)
    journey.begin()
    journey.consider()
    journey.calendar.pass_days(2, 4)
    journey.draw_map()
    return journey


def _asked(begin, days: int) -> Journey:
    journey = _with_map(begin, days)
    journey.calendar.pass_days(1, 2)
    journey.ask()
    return journey


def _model_of(journey: Journey) -> str:
    return FAMILY_UNITY if journey.story.shape == "refugee" else GATHERING


def _proposed(begin, days: int = 8) -> Journey:
    journey = _asked(begin, days)
    journey.propose(_model_of(journey))
    return journey


def _declined(begin) -> None:
    journey = _proposed(begin, 12)
    journey.calendar.pass_days(2, 3)
    journey.decide("no")


def _later(begin) -> None:
    journey = _proposed(begin, 12)
    journey.calendar.pass_days(2, 3)
    journey.decide("later")


def _nothing_fits(begin) -> None:
    journey = _asked(begin, 9)
    domain = journey.story.domains[0]
    proposals.note_gap(journey.act(), need=domain, area=journey.plan.area, language=journey.plan.language)


def _working(begin, days: int) -> Journey:
    journey = _asked(begin, days)
    if journey.propose(GATHERING):
        journey.calendar.pass_days(1, 2)
        journey.decide("yes")
    return journey


def _draft(begin) -> None:
    journey = _working(begin, 9)
    journey.prepare("network")


def _sent(begin, days: int = 12, unit: str = "network") -> Journey:
    journey = _working(begin, days)
    journey.calendar.pass_days(1, 2)
    journey.prepare(unit)
    journey.permit()
    journey.send()
    return journey


def _sent_to_young(begin) -> None:
    journey = _working(lambda days: begin(days, "young"), 12)
    journey.calendar.pass_days(1, 2)
    journey.prepare("young")
    journey.permit()
    journey.send()


def _claimed(begin) -> None:
    journey = _sent(begin)
    journey.calendar.pass_days(1, 1)
    journey.claim("ritva")


def _questioned(begin) -> None:
    journey = _sent(begin, 12)
    journey.calendar.pass_days(1, 1)
    journey.claim("jari")
    journey.ask_more("jari")


def _held(begin) -> None:
    journey = _sent(begin, 13)
    journey.calendar.pass_days(1, 1)
    journey.accept("ritva")
    journey.calendar.pass_days(1, 1)
    journey.hold("ritva")


def _came_back(begin) -> None:
    journey = _sent(begin, 12)
    journey.calendar.pass_days(1, 1)
    journey.reject("jari")


def _accepted(begin, days: int = 14) -> Journey:
    journey = _sent(begin, days)
    journey.calendar.pass_days(1, 2)
    journey.claim("ritva")
    journey.accept("ritva")
    return journey


def _gathered(begin) -> None:
    journey = _accepted(begin, 17)
    journey.calendar.pass_days(1, 3)
    journey.gather()
    journey.agree_meeting(14)


def _met(begin, days: int = 24) -> Journey:
    journey = _accepted(begin, days)
    journey.calendar.pass_days(1, 2)
    journey.gather()
    journey.agree_meeting(5)
    journey.hold_meeting()
    return journey


def _kept(begin, days: int = 48) -> Journey:
    journey = _met(begin, days)
    journey.calendar.pass_days(20, 24)
    journey.keep_promises()
    journey.draw_again()
    return journey


def _to_look_together(begin) -> None:
    _kept(begin).agree_meeting(12)


def _completed(begin) -> None:
    journey = _kept(begin, 52)
    journey.calendar.pass_days(2, 4)
    journey.complete("ritva")


def _closed(begin, follow_up_days: int | None = 60) -> None:
    journey = _kept(begin, 66)
    journey.calendar.pass_days(2, 4)
    journey.complete("ritva")
    journey.calendar.pass_days(1, 2)
    journey.tell_family("yes")
    journey.calendar.pass_days(3, 6)
    journey.close(follow_up_days)


def _closed_without_follow_up(begin) -> None:
    _closed(begin, None)


def _called_outside(begin) -> None:
    journey = _working(begin, 10)
    point = next((one for one in journey.office.points if one.kind == ContactPoint.Kind.PHONE), None)
    journey.prepare(point_id=point.id)
    journey.permit()
    journey.send()
    journey.call_outside("päivystävä palveluohjaaja")


def _withdrawn(begin) -> None:
    journey = _sent(begin, 13)
    journey.calendar.pass_days(1, 1)
    journey.withdraw()


_PATHS: tuple[Callable, ...] = (
    _met, _sent, _with_map, _proposed, _new_contact, _to_look_together, _claimed, _closed, _called_outside, _gathered,
    _begun, _questioned, _advised, _draft, _held, _completed, _sent_to_young, _came_back, _later, _withdrawn,
    _met, _unsure, _accepted, _closed_without_follow_up, _with_map, _nothing_fits, _declined, _sent, _proposed, _to_look_together,
)  # fmt: skip


def _ask_advice(office: Office, chance: random.Random, now: datetime) -> Iterator | None:
    for number, (question, advice) in enumerate(ADVICE):
        at = days_back(now, 3 + number * 4) + timedelta(minutes=chance.randint(5, 300))
        actor = office.actor(PAIRS[number][0], at)
        contact = contacts.take_contact(actor, by="professional", channel="phone", words=question)
        contacts.end_with_advice(actor, contact_id=contact.id, expected=contact.version, advice=advice)


def install_models(organisation_id: UUID, at: datetime) -> None:
    """Installs the shipped packages for one organisation, as a benchmark's world needs them."""
    for folder in sorted(settings.SOLMU_MODELS.glob("*/*/model.yaml")):
        model = install_package(system(at), load_package(folder.parent, CATALOGUE))
        Adoption.objects.create(organisation_id=organisation_id, model=model, adopted_at=at)
