"""Who and what the invented families meet: organisations, units, workers, models in use, places to turn to."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import make_password

from solmu.access.actor import Actor, system
from solmu.accounts.models import Account
from solmu.casework.facts import CATALOGUE
from solmu.demo.region import PASSWORD, UNITS, WORKERS, email_of
from solmu.directory.actions import make_contact_points
from solmu.directory.models import ContactPoint
from solmu.kernel.clock import local_date
from solmu.operating_models.actions import adopt, install_package
from solmu.operating_models.models import InstalledModel
from solmu.operating_models.package import load_package
from solmu.organisations.models import Membership, Organisation, Unit
from solmu.organisations.queries import actor_for

GATHERING, FAMILY_UNITY, COUNSELLING = "yhteisovaikuttavuus", "perhe-yhtenaiseksi", "palveluneuvonta"
COORDINATORS = ("heli", "riikka")
"""Of the organisations where casework is done: the foundation and the town."""
AT_FIRST = {("riikka", FAMILY_UNITY): "2021"}
"""The version with which an organisation began, where it is not the newest."""
LONG_AGO = timedelta(days=390)


@dataclass
class Office:
    """Who and what the journeys meet; `models` are the versions that families' work begins with now."""

    accounts: dict[str, Account] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    models: dict[str, UUID] = field(default_factory=dict)
    versions: dict[tuple[str, str], UUID] = field(default_factory=dict)
    points: list[ContactPoint] = field(default_factory=list)
    forms: dict[str, UUID] = field(default_factory=dict)

    def account(self, key: str) -> Account:
        """Somebody's account."""
        return self.accounts[key]

    def unit(self, key: str) -> Unit:
        """A unit."""
        return self.units[key]

    def actor(self, key: str, at: datetime) -> Actor:
        """A worker at a moment of the story."""
        return actor_for(self.accounts[key], at=at)


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
    known = make_password(PASSWORD)  # once for all: hashing is slow on purpose
    for plan in WORKERS:
        account = Account.objects.create_user(email_of(plan.key), name=plan.name)
        account.password = known
        account.save(update_fields=["password"])
        office.accounts[plan.key] = account
        Membership.objects.create(
            account=account, unit=office.units[plan.unit], role=plan.role, title=plan.title, started_on=started
        )
    ContactPoint.objects.create(kind=ContactPoint.Kind.CRISIS, name="Sosiaalipäivystys")
    return office


def install_packages(office: Office, now: datetime) -> None:
    """Installs every shipped version; the coordinators take the newest of each model into use, or what was then."""
    newest: dict[str, InstalledModel] = {}
    for folder in sorted(settings.SOLMU_MODELS.glob("*/*/model.yaml")):
        model = install_package(system(now - timedelta(days=400)), load_package(folder.parent, CATALOGUE))
        newest[model.slug] = model
        office.versions[model.slug, model.model_version] = model.id
    for model in newest.values():
        office.models[model.slug] = model.id
        office.points += make_contact_points(system(now), model=model)
        for key in COORDINATORS:
            begun = AT_FIRST.get((key, model.slug), model.model_version)
            adopt(office.actor(key, now - LONG_AGO), model_id=office.versions[model.slug, begun])
