"""Makes the demo region: an invented town whose families have been met over the last months."""

import random
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.utils import translation

from solmu.access.actor import system
from solmu.casework.actions import contacts, proposals
from solmu.casework.actions.steps import leave_nobody_unseen
from solmu.casework.facts import CATALOGUE
from solmu.demo import forms, learning, library
from solmu.demo.journey import Calendar, Journey, days_back
from solmu.demo.office import Office, install_packages, make_office
from solmu.demo.paths import EARLY, PATHS, go_on_in_the_new_version
from solmu.demo.people import invent_family
from solmu.demo.stories import ADVICE, STORIES
from solmu.families.emergency import open_emergency
from solmu.families.models import Family
from solmu.kernel.clock import local_date
from solmu.operating_models.actions import install_package
from solmu.operating_models.models import Adoption
from solmu.operating_models.package import load_package

PAIRS = (("anni", "mikko"), ("mikko", "anni"), ("leena", "yusra"), ("anni", "yusra"), ("sanna", "petteri"))
ONE_EARLY_IN = 12
"""One family in so many was met before the town took the newest version of its model into use."""
COLLEAGUE = "leena"
WHY_OPENED = "Lapsi soitti ja oli yksin kotona, eikä parista tavoitettu kumpaakaan. Etsin läheisen numeron."
UPDATED, MOVED = 22, 16  # working days ago


def run(
    *, families: int = 60, now: datetime, seed: int = 7, told: Callable[[int, int], None] = lambda n, of: None
) -> Office:
    """Makes the region and its families; `told` hears how many of how many are done."""
    with translation.override("fi"):
        office = make_office(now)
        install_packages(office, now)
        learning.orient_workers(office, now)
        learning.commit_organisation(office, now)
        forms.keep_forms(office, now)
        library.tell_experiences(office, now)
        chance = random.Random(seed)
        early = EARLY[: families // ONE_EARLY_IN]
        begun = _walk(early, office, chance, now, lambda done: told(done, families))
        _take_the_update(office, now, begun)
        later = [PATHS[number % len(PATHS)] for number in range(families - len(early))]
        begun = _walk(later, office, chance, now, lambda done: told(len(early) + done, families))
        _ask_advice(office, chance, now)
        _note_gaps(office, now)
        _look_after_the_library(office, now)
        _open_in_emergency(office, now, begun)
        leave_nobody_unseen(system(days_back(now, 1)))
    return office


def _walk(
    paths: Sequence[Callable], office: Office, chance: random.Random, now: datetime, told: Callable[[int], None]
) -> list[Journey]:
    """Walks a new family along each path; returns those that it is told of and that have become families."""
    journeys = []
    for number, path in enumerate(paths):
        journeys.append(path(_story_of(office, chance, now, number)))
        told(number + 1)
    return [journey for journey in journeys if journey is not None and journey.family.id is not None]


def _take_the_update(office: Office, now: datetime, early: list[Journey]) -> None:
    updated = days_back(now, UPDATED)
    library.update_the_town(office, updated)
    learning.learn_the_update(office, updated)
    for journey in early[:1]:
        go_on_in_the_new_version(journey, days_back(now, MOVED))


def _story_of(office: Office, chance: random.Random, now: datetime, number: int) -> Callable[..., Journey]:
    """A function that begins a new journey so many working days ago."""

    def begin(days: int, shape: str = "") -> Journey:
        fitting = [story for story in STORIES if not shape or story.shape == shape]
        story = fitting[number % len(fitting)] if shape else STORIES[number % len(STORIES)]
        pair = PAIRS[4] if story.shape == "refugee" else PAIRS[number % 4]
        calendar = Calendar(chance, days_back(now, days))
        plan = invent_family(chance, local_date(calendar.at), story.shape)
        return Journey(office, calendar, plan, story, pair)

    return begin


def _ask_advice(office: Office, chance: random.Random, now: datetime) -> None:
    for number, (question, advice) in enumerate(ADVICE):
        at = days_back(now, 3 + number * 4) + timedelta(minutes=chance.randint(5, 300))
        actor = office.actor(PAIRS[number][0], at)
        contact = contacts.take_contact(actor, by="professional", channel="phone", words=question)
        contacts.end_with_advice(actor, contact_id=contact.id, expected=contact.version, advice=advice)


def _note_gaps(office: Office, now: datetime) -> None:
    """The same has been missing many times, so that its number may be told; something else only once."""
    for number in range(6):
        actor = office.actor(PAIRS[number % 4][0], days_back(now, 8 + number * 9))
        proposals.note_gap(actor, need="parenting", area="Kuusiranta", language="fi")
    proposals.note_gap(office.actor("sanna", days_back(now, 15)), need="learning", area="Kuusiranta", language="so")


def _look_after_the_library(office: Office, now: datetime) -> None:
    yesterday = days_back(now, 1)
    library.see_to_what_it_needs(office, days_back(now, 42))
    library.make_own_version(office, yesterday)
    library.move_some_work(office, yesterday + timedelta(hours=3))


def _open_in_emergency(office: Office, now: datetime, begun: list[Journey]) -> None:
    """A colleague opened a family's record when nobody of its pair was reached; a steward reviews it."""
    yesterday_afternoon = days_back(now, 1) + timedelta(hours=7)
    for journey in [each for each in begun if "anni" in each.pair and COLLEAGUE not in each.pair][:1]:
        reference = Family.objects.values_list("reference", flat=True).get(pk=journey.family.id)
        open_emergency(office.actor(COLLEAGUE, yesterday_afternoon), reference=reference, reason=WHY_OPENED)


def install_models(organisation_id: UUID, at: datetime) -> None:
    """Installs the shipped packages for one organisation, as a benchmark's world needs them."""
    for folder in sorted(settings.SOLMU_MODELS.glob("*/*/model.yaml")):
        model = install_package(system(at), load_package(folder.parent, CATALOGUE))
        Adoption.objects.create(organisation_id=organisation_id, model=model, adopted_at=at)
