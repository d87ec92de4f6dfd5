"""Reads of the life-situation map. A young person's own part is read apart, unless the young person has opened it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef

from solmu.access.classes import InformationClass as C
from solmu.access.gate import Access
from solmu.families.models import Person
from solmu.situations.models import Domain, DomainFeeling, MapItem, MapItemState, OwnPartOpening, Round
from solmu.situations.rules import Change, compare, count_changes, is_open, standing
from solmu.situations.words import tell_changes, tell_standing, whose_view


@dataclass(frozen=True)
class RoundRow:
    """An occasion on which the map was drawn or looked at."""

    id: UUID
    version: int
    number: int
    held_on: date
    present: str
    start_from: str
    start_knot_id: UUID | None
    start_said_by: str


@dataclass(frozen=True)
class PersonRow:
    """Somebody whose knot, bond or view an item may be."""

    id: UUID
    name: str
    is_young: bool


@dataclass(frozen=True)
class ItemRow:
    """A knot or a bond as it stood on one or two rounds; `seen`: it was looked at on the later one."""

    id: UUID
    version: int
    domain: str
    kind: str
    words: str
    about_id: UUID | None
    about: str
    view_of_id: UUID | None
    view_of_worker: bool
    view: str
    would_help: str
    help_view_of_id: UUID | None
    help_view_of_worker: bool
    help_view: str
    own_part: bool
    first_round: int
    then: str | None
    now: str
    change: Change | None
    seen: bool
    note: str
    seen_on: date


@dataclass(frozen=True)
class DomainRow:
    """A domain of life with its items and what the family felt, 0–10."""

    domain: str
    label: str
    items: tuple[ItemRow, ...]
    felt_then: int | None
    felt_now: int | None


@dataclass(frozen=True)
class FamilyMap:
    """The map on the round `now`, beside the round `then` when there are two."""

    rounds: tuple[RoundRow, ...]
    then: RoundRow | None
    now: RoundRow | None
    domains: tuple[DomainRow, ...]
    start: RoundRow | None
    """The round on which the family last said where it wants to begin."""
    start_knot: str

    @property
    def items(self) -> tuple[ItemRow, ...]:
        """Every item of every domain."""
        return tuple(item for domain in self.domains for item in domain.items)

    @property
    def is_latest(self) -> bool:
        """Is `now` the newest round, the one that may still be written on?"""
        return self.now is not None and self.now == self.rounds[-1]

    @property
    def summary(self) -> str:
        """The map in one sentence."""
        if self.now is None:
            return ""
        if self.then is None:
            return tell_standing([(item.kind, item.now) for item in self.items])
        return tell_changes(count_changes((item.kind, item.change) for item in self.items), self.then.held_on)


def rounds(access: Access) -> tuple[RoundRow, ...]:
    """The rounds of the family, the first one first."""
    if not access.covers(C.SITUATION):
        return ()
    return tuple(_round(row) for row in Round.objects.filter(family_id=access.record_id).order_by("number"))


def family_map(access: Access, then: int | None = None, now: int | None = None) -> FamilyMap:
    """The map that the family may see, by the numbers of two rounds; else the newest beside the first."""
    every = rounds(access)
    later = _numbered(every, now) or (every[-1] if every else None)
    earlier = _numbered(every, then) if then is not None else (every[0] if every else None)
    if later is None or earlier is None or earlier.number >= later.number:
        earlier = None
    shown = _shown(access, every, earlier, later)
    felt = _felt([one.id for one in (earlier, later) if one])
    domains = tuple(
        DomainRow(
            domain=domain.value,
            label=str(domain.label),
            items=tuple(row for row in shown if row.domain == domain),
            felt_then=felt.get((earlier.id, domain.value)) if earlier else None,
            felt_now=felt.get((later.id, domain.value)) if later else None,
        )
        for domain in Domain
    )
    start = _start(every, later)
    knot = next((row.words for row in shown if start and row.id == start.start_knot_id), "")
    return FamilyMap(every, earlier, later, domains, start, knot)


def standing_now(access: Access, rows: Iterable[Person] | None = None) -> tuple[RoundRow | None, list[ItemRow]]:
    """The newest round and what stands on the shared map: the map without its feelings and without a then."""
    every = rounds(access)
    newest = every[-1] if every else None
    return newest, _shown(access, every, None, newest, rows)


def to_review(access: Access) -> tuple[ItemRow, ...]:
    """What was there before the newest round and has not been looked at on it, in the order it came to the map."""
    drawn = family_map(access)
    waiting = [item for item in drawn.items if not item.seen and is_open(item.now)]
    return tuple(sorted(waiting, key=lambda item: item.id))


def map_item(access: Access, item_id: UUID) -> ItemRow | None:
    """One item of the shared map as it stands now; None when it is not on it."""
    return next((item for item in family_map(access).items if item.id == item_id), None)


@dataclass(frozen=True)
class OwnPart:
    """A young person's own part; `opened`: the family may see it, because the young person has said so."""

    person: PersonRow
    opened: bool
    said: str
    now: RoundRow | None
    items: tuple[ItemRow, ...]


def own_part(access: Access, person_id: UUID) -> OwnPart | None:
    """The own part of a young person of the family; None without the right to it, or for anybody else."""
    person = next((person for person in people(access) if person.id == person_id), None)
    if person is None or not access.covers(C.YOUNG_PART):
        return None
    items = [said for said in _items(access) if said.item.own_part and said.item.view_of_id == person_id]
    if not person.is_young and not items:
        return None
    every = rounds(access)
    later = every[-1] if every else None
    opening = OwnPartOpening.objects.filter(person_id=person_id, closed_at=None).first()
    rows = tuple(row for row in _rows(items, every, None, later, people(access)) if row is not None)
    return OwnPart(person, opening is not None, opening.said_at_opening if opening else "", later, rows)


def people(access: Access, rows: Iterable[Person] | None = None) -> tuple[PersonRow, ...]:
    """The people of the family by age, each by the name they are called, or by their place without that right.

    `rows`: the people in any order, when they have been read already; their order is then kept.
    """
    members = rows
    if rows is None:
        kept = Person.objects.filter(family_id=access.record_id, removed_at=None).order_by("birth_date", "id")
        members = kept.only("place", "first_names", "call_name")
    named = access.covers(C.IDENTITY)
    return tuple(
        PersonRow(one.id, one.called if named else str(one.get_place_display()), one.place == Person.Place.YOUNG)
        for one in members
    )


# The parts that these are put together from


class _Said(NamedTuple):
    """An item with how it stood on each round; `is_opened`: whoever's own part it is has opened it."""

    item: MapItem
    states: list[MapItemState]
    is_opened: bool


def _shown(access: Access, every, earlier, later, members: Iterable[Person] | None = None) -> list[ItemRow]:
    items = [said for said in _items(access) if not said.item.own_part or said.is_opened]
    return [row for row in _rows(items, every, earlier, later, people(access, members)) if row is not None]


def _numbered(every: Iterable[RoundRow], number: int | None) -> RoundRow | None:
    return next((one for one in every if one.number == number), None)


def _start(every: Iterable[RoundRow], later: RoundRow | None) -> RoundRow | None:
    said = [one for one in every if later and one.number <= later.number and (one.start_from or one.start_knot_id)]
    return said[-1] if said else None


def _round(row: Round) -> RoundRow:
    return RoundRow(
        id=row.id,
        version=row.version,
        number=row.number,
        held_on=row.held_on,
        present=row.present,
        start_from=row.start_from,
        start_knot_id=row.start_knot_id,
        start_said_by=row.start_said_by,
    )


def _items(access: Access) -> list[_Said]:
    if not access.covers(C.SITUATION):
        return []
    opened = OwnPartOpening.objects.filter(
        family_id=access.record_id, person_id=OuterRef("item__view_of_id"), closed_at=None
    )  # by the young person whose own part it is
    kept = MapItemState.objects.filter(item__family_id=access.record_id, item__removed_at=None)
    said = kept.annotate(is_opened=Exists(opened)).select_related("item").order_by("item_id")
    by_item = [list(states) for _id, states in groupby(said, key=lambda state: state.item_id)]
    return [_Said(states[0].item, states, states[0].is_opened) for states in by_item]


def _felt(round_ids: list[UUID]) -> dict[tuple[UUID, str], int]:
    said = DomainFeeling.objects.filter(round_id__in=round_ids)
    return {(one.round_id, one.domain): one.value for one in said}


def _rows(items, every, earlier, later, members) -> Iterable[ItemRow | None]:
    by_id = {one.id: one for one in every}
    names = {person.id: person.name for person in members}
    for each in items:
        yield _row(each.item, each.states, by_id, earlier, later, names)


def _row(
    item: MapItem, states: list[MapItemState], by_id: dict[UUID, RoundRow], earlier, later, names: dict[UUID, str]
) -> ItemRow | None:
    said: dict[int, MapItemState] = {by_id[state.round_id].number: state for state in states}
    weights = {number: state.weight for number, state in said.items()}
    now = standing(weights, later.number) if later else None
    if now is None:
        return None
    then = standing(weights, earlier.number) if earlier else None
    last = max(number for number in said if number <= later.number)
    return ItemRow(
        id=item.id,
        version=item.version,
        domain=item.domain,
        kind=item.kind,
        words=item.words,
        about_id=item.person_id,
        about=names.get(item.person_id, ""),
        view_of_id=item.view_of_id,
        view_of_worker=item.view_of_worker,
        view=whose_view(names.get(item.view_of_id, ""), worker=item.view_of_worker),
        would_help=item.would_help,
        help_view_of_id=item.help_in_view_of_id,
        help_view_of_worker=item.help_in_view_of_worker,
        help_view=whose_view(names.get(item.help_in_view_of_id, ""), worker=item.help_in_view_of_worker),
        own_part=item.own_part,
        first_round=by_id[item.first_round_id].number,
        then=then,
        now=now,
        change=compare(then, now) if earlier else None,
        seen=last == later.number,
        note=said[last].note,
        seen_on=by_id[said[last].round_id].held_on,
    )
