"""Many invented families at once, for the benchmarks: rows as the actions would leave them, written in bulk.

No action runs and the log stays empty, so this is for a database that is measured and thrown away.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from solmu.access.classes import InformationClass
from solmu.access.models import Grant
from solmu.access.roles import Role
from solmu.accounts.models import Account
from solmu.agenda.models import Item
from solmu.casework.models import Case, CaseWorker, Contact
from solmu.casework.rules.classes import PAIR_CLASSES
from solmu.demo.copies import copy_rows
from solmu.demo.people import FamilyPlan, invent_family
from solmu.demo.stories import STORIES, Story
from solmu.families.models import Family, Person, SearchWord
from solmu.families.rules.names import sort_key, words
from solmu.kernel.clock import local_date
from solmu.kernel.planning import count_rows
from solmu.organisations.models import Membership, Organisation, Unit
from solmu.referrals.models import Referral, State
from solmu.situations.models import DomainFeeling, MapItem, MapItemState, Round, StatedFact

BATCH = 500
FIRST = 10_000
"""Larger worlds are copies of so many families."""
FAMILIES_A_WORKER = 100
FAMILIES_A_RECEIVING_UNIT = 1_000
_NO_PASSWORD = "!"
_ORDER = (
    Family,
    Person,
    SearchWord,
    Contact,
    Case,
    CaseWorker,
    Grant,
    Round,
    MapItem,
    MapItemState,
    DomainFeeling,
    StatedFact,
    Referral,
    Item,
)


@dataclass(frozen=True)
class World:
    """The people and units that the families belong to."""

    unit: Unit
    receiving: list[Unit]
    workers: list[Account]


def make_world(families: int, at: datetime) -> World:
    """An organisation with a worker for every hundred families, and a receiving unit for every thousand.

    So a worker and a queue have as much before them in a small region as in a large one. What a larger world has more
    comes with its copies.
    """
    families = _first(families)
    keeper = Organisation.objects.create(name="Mittaussäätiö", kind=Organisation.Kind.NGO)
    county = Organisation.objects.create(name="Mittauksen hyvinvointialue", kind=Organisation.Kind.COUNTY)
    unit = Unit.objects.create(organisation=keeper, name="Palveluneuvonta")
    receiving = [
        Unit.objects.create(organisation=county, name=f"Verkosto {n}", receives_referrals=True, answers_within=2)
        for n in range(max(1, families // FAMILIES_A_RECEIVING_UNIT))
    ]
    workers = _accounts("w", max(2, families // FAMILIES_A_WORKER), [unit], Role.COUNSELLOR, local_date(at))
    _accounts("r", len(receiving), receiving, Role.RECEIVER, local_date(at))
    return World(unit, receiving, workers)


def _accounts(letter: str, number: int, units: list[Unit], role: Role, today: date) -> list[Account]:
    """Accounts numbered from nought, each a member of the unit whose turn it is."""
    rows = [
        Account(email=f"{letter}{n}@example.org", name=f"Työntekijä {letter}{n}", password=_NO_PASSWORD)
        for n in range(number)
    ]
    Account.objects.bulk_create(rows, batch_size=BATCH)
    Membership.objects.bulk_create(
        (
            Membership(account=row, unit=units[n % len(units)], role=role, started_on=today - timedelta(days=900))
            for n, row in enumerate(rows)
        ),
        batch_size=BATCH,
    )
    return rows


def _first(families: int) -> int:
    return FIRST if families > FIRST and families % FIRST == 0 else families


def fill(world: World, families: int, at: datetime, *, seed: int = 1, told: Callable[[int], None] = lambda n: None):
    """Writes `families` families; calls `told` with how many are done after each batch."""
    first = _first(families)
    chance = random.Random(seed)
    for start in range(0, first, BATCH):
        rows: dict[type, list] = {model: [] for model in _ORDER}
        for number in range(start, min(start + BATCH, first)):
            for row in _family_rows(world, number, at, chance):
                rows[type(row)].append(row)
        with transaction.atomic():
            for model in _ORDER:
                model.objects.bulk_create(rows[model], batch_size=2000)
        told(min(start + BATCH, first))
    if first < families:
        shared = [world.unit.id, *Organisation.objects.values_list("pk", flat=True)]
        tables = (Account, Unit, Membership, *_ORDER)
        copy_rows(tables, shared, families // first - 1, lambda number: told((number + 1) * first))
    count_rows()


def _family_rows(world: World, number: int, at: datetime, chance: random.Random) -> Iterator:
    story = chance.choice(STORIES)
    plan = invent_family(chance, local_date(at), story.shape)
    began = at - timedelta(days=chance.randint(3, 400))
    family = Family(
        name=plan.name,
        sort_name=sort_key(plan.name),
        organisation_id=world.unit.organisation_id,
        language=plan.language,
        interpreter=plan.interpreter,
        area=plan.area,
        created_at=began,
    )
    yield family
    yield from _words(family, None, words(plan.name))
    people = list(_people(family, plan))
    for person in people:
        yield person
        yield from _words(family, person, words(f"{person.first_names} {person.last_name}"))
    pair = _pair(world, number)
    case = Case(family_id=family.id, unit_id=world.unit.id, opened_at=began)
    yield _contact(world, family, people[0], pair[0], story, began)
    yield case
    for account in pair:
        yield CaseWorker(case_id=case.id, account_id=account.id, name=account.name, since=began)
        yield _grant(account.id, "person", family.id, PAIR_CLASSES, Grant.Basis.CASE, case.id, began)
    yield from _map(family, people, pair[0].id, story, began, chance)
    yield StatedFact(
        family_id=family.id,
        fact="situation.acute_crisis",
        value=False,
        said_by=people[0].first_names,
        stated_at=began,
        recorded_by=pair[0].id,
        recorder_name=pair[0].name,
    )
    for account in pair:
        yield _item(Item.Kind.MAP, family.id, case.id, at, chance, owner_account_id=account.id)
    if number % 4 == 0:
        receiver = world.receiving[number // 4 % len(world.receiving)]
        yield from _referral(world, receiver, case, family, plan, story, at, chance)


def _pair(world: World, number: int) -> tuple[Account, Account]:
    first = number % len(world.workers)
    return world.workers[first], world.workers[(first + 1) % len(world.workers)]


def _people(family: Family, plan: FamilyPlan) -> Iterator[Person]:
    for person in plan.people:
        yield Person(
            family_id=family.id,
            place=person.place,
            first_names=person.first_names,
            last_name=person.last_name,
            sign=person.sign,
            birth_date=person.born,
            is_guardian=person.guardian,
            arrived_on=person.arrived_on,
            together_since=person.together_since,
        )


def _words(family: Family, person: Person | None, found: list[str]) -> Iterator[SearchWord]:
    for word in found:
        yield SearchWord(
            organisation_id=family.organisation_id, word=word, person_id=person and person.id, family_id=family.id
        )


def _contact(world, family, person, taker, story: Story, at: datetime) -> Contact:
    return Contact(
        unit_id=world.unit.id,
        family_id=family.id,
        state=Contact.State.CASE,
        channel="phone",
        by="person",
        caller_name=str(person),
        words=story.words,
        would_help=story.wish,
        domains=list(story.domains),
        language=family.language,
        safety="safe",
        taken_by=taker.id,
        taken_by_name=taker.name,
        taken_at=at,
    )


def _grant(subject: UUID, kind: str, record: UUID, classes, basis: str, basis_id: UUID, at: datetime) -> Grant:
    return Grant(
        subject_kind=kind,
        subject_id=subject,
        record_id=record,
        classes=int(classes),
        may_write=True,
        purpose="support",
        basis=basis,
        basis_id=basis_id,
        valid_from=at,
    )


def _map(family, people, worker: UUID, story: Story, at: datetime, chance) -> Iterator:
    first = Round(family_id=family.id, number=1, held_on=local_date(at), made_by=worker, made_at=at)
    yield first
    for kind, told in (("knot", story.knots), ("bond", story.bonds)):
        for one in told:
            item = MapItem(
                family_id=family.id,
                domain=one.domain,
                kind=kind,
                words=one.words,
                view_of_id=people[0].id,
                first_round_id=first.id,
            )
            yield item
            weight = one.weight if kind == "knot" else MapItemState.Weight.CARRIES
            yield MapItemState(item_id=item.id, round_id=first.id, weight=weight)
    for domain in story.domains:
        yield DomainFeeling(round_id=first.id, domain=domain, value=chance.randint(2, 8))


def _item(kind: str, family: UUID, about: UUID, at: datetime, chance, **owner) -> Item:
    due = local_date(at) + timedelta(days=chance.randint(-3, 40))
    return Item(kind=kind, record_id=family, about_id=about, due_on=due, put_at=at, **owner)


def _referral(world, receiver, case, family, plan, story: Story, at: datetime, chance) -> Iterator:
    sent = at - timedelta(days=chance.randint(1, 30))
    answered = chance.random() < 0.8  # the rest wait in the queue
    referral = Referral(
        case_id=case.id,
        from_unit_id=world.unit.id,
        to_unit_id=receiver.id,
        state=State.COMPLETED if answered else State.REQUESTED,
        asked=story.wish[:200],
        language=plan.language,
        area=plan.area,
        items=["own_words"],
        packet=[_section(story)],
        packet_hash="0",
        sent_at=sent,
        created_at=sent,
        due_on=local_date(at) + timedelta(days=2),
    )
    yield referral
    if not answered:
        classes = InformationClass.PACKET
        yield _grant(receiver.id, "unit", family.id, classes, Grant.Basis.REFERRAL, referral.id, sent)
        yield _item(Item.Kind.ANSWER, family.id, referral.id, at, chance, owner_unit_id=receiver.id)


def _section(story: Story) -> dict:
    """A packet's section as referrals.packet makes them."""
    return {"code": "words", "title": "Omin sanoin", "form": "said", "rows": [[story.words]], "classes": "casework"}


def clock_of_world() -> datetime:
    """The moment at which a benchmark looks at its database: fixed, so that runs compare."""
    from solmu.kernel.clock import HELSINKI

    return datetime(2026, 11, 23, 10, 0, tzinfo=HELSINKI)
