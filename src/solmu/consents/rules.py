"""Whose permission is needed for what, and whether it has been given. Pure: people, items and answers come in.

An adult answers for the own data. A child or young person who understands the matter does too; for another child a
guardian answers. What concerns the family as a whole may be permitted by any of its adults, as long as none refuses.
A young person's own part is permitted by nobody else.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True)
class Someone:
    """A member of the family, as far as permissions go."""

    id: UUID
    is_adult: bool
    decides_self: bool = False
    is_guardian: bool = False
    of_family: bool = True  # close people outside the home answer for themselves alone


@dataclass(frozen=True)
class Asked:
    """An item about which permission is asked: whose data it holds (nobody's alone: the whole family's)."""

    code: str
    about: frozenset[UUID] = frozenset()
    own_part: bool = False


@dataclass(frozen=True)
class Need:
    """These items need the yes of one of these people, and the no of none of them."""

    anyone_of: frozenset[UUID]
    codes: frozenset[str]


@dataclass(frozen=True)
class Answer:
    """A permission or a refusal, as it is recorded."""

    person_id: UUID
    state: str
    items: frozenset[str]
    refused: frozenset[str]
    valid_from: date
    valid_to: date | None
    answered_at: datetime
    id: UUID | None = None

    def holds(self, on: date) -> bool:
        """Whether it is a permission in force on a day."""
        return self.state == "given" and self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


def decides(person: Someone) -> bool:
    """Whether the person answers for the own data."""
    return person.is_adult or person.decides_self


def own_part_of(person_id: UUID) -> str:
    """The code of a person's own part among the items."""
    return f"own_part:{person_id}"


def may_answer(person: Someone, codes: Iterable[str]) -> bool:
    """Whether the person's word counts: for everything when the person decides, else for the own part alone."""
    return decides(person) or set(codes) == {own_part_of(person.id)}


def _answerers(people: dict[UUID, Someone], person_id: UUID | None, own_part: bool) -> frozenset[UUID]:
    person = people.get(person_id)
    if person and (own_part or decides(person)):
        return frozenset({person.id})
    adults = [one for one in people.values() if one.is_adult and one.of_family]
    guardians = [one for one in adults if one.is_guardian] if person else []
    elders = guardians or adults or [one for one in people.values() if decides(one)]
    return frozenset(one.id for one in elders)


def needed_answers(people: Iterable[Someone], items: Iterable[Asked]) -> list[Need]:
    """Who must answer for which of the items: one Need for each group of people of whom one is enough."""
    by_id = {person.id: person for person in people}
    codes: dict[frozenset[UUID], set[str]] = {}
    for item in items:
        for person_id in item.about or {None}:
            codes.setdefault(_answerers(by_id, person_id, item.own_part), set()).add(item.code)
    return [Need(anyone_of, frozenset(wanted)) for anyone_of, wanted in codes.items()]


def permitted(answers: Iterable[Answer], person_id: UUID, on: date) -> tuple[frozenset[str], frozenset[str]]:
    """What a person permits on a day, and what the person has refused since: the newest word counts."""
    yes: set[str] = set()
    no: set[str] = set()
    for answer in sorted(answers, key=lambda one: one.answered_at):
        if answer.person_id != person_id:
            continue
        if answer.state in {"given", "refused"}:
            yes -= answer.refused
            no |= answer.refused
        if answer.holds(on):
            yes |= answer.items
            no -= answer.items
    return frozenset(yes), frozenset(no)


def missing_answers(needs: Iterable[Need], answers: Iterable[Answer], on: date) -> list[Need]:
    """The needs that are not met, each with the items that still lack a yes or have met a no."""
    given = list(answers)
    missing = []
    for need in needs:
        words = [permitted(given, person_id, on) for person_id in need.anyone_of]
        yes = frozenset().union(*(word[0] for word in words))
        no = frozenset().union(*(word[1] for word in words))
        if lacking := (need.codes - yes) | (need.codes & no):
            missing.append(Need(need.anyone_of, lacking))
    return missing


def resting_on(needs: Iterable[Need], answers: Iterable[Answer], on: date) -> list[Answer]:
    """The permissions that the needs are met by: with any of them withdrawn, what rests on them falls."""
    found = {}
    for need in needs:
        for answer in answers:
            if answer.person_id in need.anyone_of and answer.holds(on) and need.codes & answer.items:
                found[answer.id] = answer
    return list(found.values())


TOLD = ("what_and_to_whom", "preview_read", "can_withdraw")
"""What is explained before a yes is asked; a permission without all three is not taken."""
TOLD_WITH_INTERPRETER = "interpreter_is_not_family"


def lacks_in_telling(told: Iterable[str], *, interpreter: bool) -> list[str]:
    """What has not been ticked as told; with an interpreter, also that it was no child or relative."""
    wanted = (*TOLD, TOLD_WITH_INTERPRETER) if interpreter else TOLD
    return [code for code in wanted if code not in set(told)]
