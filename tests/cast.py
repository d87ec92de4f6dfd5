"""The same people in every test. Aino and Bertta are a pair; Cecilia works beside them and was given nothing."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from solmu.access.actor import Actor
from solmu.access.roles import Role
from solmu.accounts.models import Account
from solmu.kernel.clock import HELSINKI
from solmu.organisations.models import Membership, Organisation, Unit
from solmu.organisations.queries import actor_for

MONDAY = datetime(2026, 11, 2, 9, 0, tzinfo=HELSINKI)
PASSWORD = "kolme-kuusta-rannalla"

_UNITS = {
    # key: (organisation, kind, unit, receives referrals, answers within working days)
    "counselling": ("Rantasäätiö", "ngo", "Palveluneuvonta", False, None),
    "other_desk": ("Rantasäätiö", "ngo", "Nuorten talo", False, None),
    "receivers": ("Lakean hyvinvointialue", "county", "Perheiden verkosto", True, 2),
    "other_receivers": ("Lakean hyvinvointialue", "county", "Nuorten tiimi", True, None),
    "school": ("Lakean kunta", "municipality", "Jokirannan koulu", False, None),
    "office": ("Rantasäätiö", "ngo", "Toimisto", False, None),
}
_PEOPLE = {
    "aino": ("Aino Salmi", "counselling", Role.COUNSELLOR),
    "bertta": ("Bertta Niemi", "counselling", Role.COUNSELLOR),
    "cecilia": ("Cecilia Korpi", "counselling", Role.COUNSELLOR),
    "outi": ("Outi Laine", "other_desk", Role.COUNSELLOR),
    "ritva": ("Ritva Halla", "receivers", Role.RECEIVER),
    "roope": ("Roope Aalto", "receivers", Role.RECEIVER),
    "tuula": ("Tuula Virta", "other_receivers", Role.RECEIVER),
    "paula": ("Paula Mäki", "school", Role.PARTNER),
    "kaisa": ("Kaisa Ranta", "office", Role.COORDINATOR),
    "tapio": ("Tapio Suo", "office", Role.STEWARD),
    "hilla": ("Hilla Joki", "office", Role.ADMINISTRATOR),
}


@dataclass
class Cast:
    """The people and units; `cast.aino` is an actor at MONDAY, `cast.account('aino')` the account behind it."""

    accounts: dict[str, Account]
    units: dict[str, Unit]

    def __getattr__(self, name: str) -> Actor:
        if name not in _PEOPLE:
            raise AttributeError(name)
        return self.actor(name)

    def actor(self, name: str, at: datetime = MONDAY) -> Actor:
        return actor_for(self.accounts[name], at=at)

    def account(self, name: str) -> Account:
        return self.accounts[name]

    def unit(self, key: str) -> Unit:
        return self.units[key]


def later(actor: Actor, **delta) -> Actor:
    """The same actor after some days, hours or minutes."""
    return replace(actor, at=actor.at + timedelta(**delta), asked=[])


def make_cast() -> Cast:
    """Creates the organisations, units and people in the test's database."""
    organisations, units, accounts = {}, {}, {}
    for key, (organisation, kind, unit, receives, within) in _UNITS.items():
        if organisation not in organisations:
            organisations[organisation] = Organisation.objects.create(name=organisation, kind=kind)
        units[key] = Unit.objects.create(
            organisation=organisations[organisation], name=unit, receives_referrals=receives, answers_within=within
        )
    for key, (name, unit, role) in _PEOPLE.items():
        accounts[key] = Account.objects.create_user(f"{key}@example.org", PASSWORD, name=name)
        Membership.objects.create(account=accounts[key], unit=units[unit], role=role, started_on=date(2026, 1, 1))
    return Cast(accounts, units)
