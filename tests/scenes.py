"""Scenes that many tests begin from, made with the same actions that people's pages call."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from solmu.access.actor import Actor
from solmu.casework.actions.cases import open_case
from solmu.casework.actions.contacts import take_contact
from solmu.families.models import Person
from tests.cast import Cast

WORDS = "Rahat loppuvat joka kuussa ennen palkkapäivää, enkä uskalla avata kirjeitä."
PEOPLE = (
    {
        "place": "adult",
        "first_names": "Minna",
        "last_name": "Kallio",
        "birth_date": date(1990, 4, 12),
        "is_guardian": True,
        "phone": "040 123 4567",
    },
    {"place": "adult", "first_names": "Ville", "last_name": "Kallio", "birth_date": date(1988, 9, 3)},
    {"place": "young", "first_names": "Siiri", "last_name": "Kallio", "birth_date": date(2010, 2, 20)},
    {"place": "child", "first_names": "Eetu", "last_name": "Kallio", "birth_date": date(2019, 6, 1)},
)


@dataclass(frozen=True)
class Scene:
    """A family with which Aino and Bertta have begun to work; `people` by first name: `scene.people["Minna"]`."""

    family_id: UUID
    case_id: UUID
    contact_id: UUID
    people: dict[str, Person]


def a_contact(actor: Actor, **said):
    """Somebody has called; `said` are further fields of the contact."""
    return take_contact(actor, **{"by": "person", "channel": "phone", "words": WORDS} | said)


def open_family(
    cast: Cast,
    *,
    by: str = "aino",
    pair: str | None = "bertta",
    name: str = "Kallio",
    people=PEOPLE,
    actor: Actor | None = None,
    **family,
) -> Scene:
    """Somebody calls `by`, who begins work with the family together with `pair`; Cecilia is given nothing.

    `family` are further fields of the family (language, interpreter, area); `actor` stands for `by` at another time.
    """
    actor = actor or cast.actor(by)
    contact = a_contact(actor, caller_name="Minna")
    case = open_case(
        actor,
        contact_id=contact.id,
        new_family={"name": name, "people": people, **family},
        pair_account_id=cast.account(pair).id if pair else None,
        no_pair_yet=pair is None,
    )
    members = Person.objects.filter(family_id=case.family_id)
    return Scene(case.family_id, case.id, contact.id, {person.first_names: person for person in members})
