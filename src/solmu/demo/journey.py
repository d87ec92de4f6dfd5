"""One invented family's way through the loop, walked with the same actions that people's pages call."""

import random
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

from solmu.access.actor import Actor
from solmu.casework.models import Case
from solmu.demo.office import Office
from solmu.demo.people import FamilyPlan
from solmu.demo.stories import Story
from solmu.families.models import Person
from solmu.kernel.clock import HELSINKI, local_date
from solmu.organisations.rules import add_working_days, is_working_day
from solmu.referrals.models import Referral


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
    """A family on its way: who works with it, when it is, and what it tells. The steps are in `steps`."""

    def __init__(self, office: Office, calendar: Calendar, plan: FamilyPlan, story: Story, pair: tuple[str, str]):
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

    def people(self) -> list[Person]:
        """The family's people, as they were written down."""
        return list(Person.objects.filter(family_id=self.family.id).order_by("id"))

    def how(self) -> str:
        """How the family is spoken with."""
        return "interpreted" if self.plan.interpreter == "always" else "oral"
