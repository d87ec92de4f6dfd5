"""Where workers stand with the models in use: the one reading that pages, reminders and proposals share."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from uuid import UUID

from django.db.models import Q

from solmu.access.deeds import Deed
from solmu.learning.models import ModuleDone, OrientationRule
from solmu.learning.rules.content import parts_of
from solmu.learning.rules.orientation import Done, Part, Standing, needs_reason, standing
from solmu.operating_models.package import Package
from solmu.operating_models.package.parts import Module
from solmu.operating_models.queries import AdoptedModel, adopted_models
from solmu.organisations.models import Membership

RUNNERS = Deed.WRITE_PROPOSAL.rule.roles
"""Those who run models, and are asked to be oriented to them."""
DAYS = OrientationRule._meta.get_field("days").default  # noqa: SLF001


@dataclass(frozen=True)
class InUse:
    """A model that the organisation has in use, and what it asks of those who run it."""

    model: AdoptedModel = field(repr=False)
    is_asked: bool
    days: int
    rule_version: int
    """0 while the organisation has not said anything of its own."""

    @property
    def package(self) -> Package:
        return self.model.package

    @property
    def model_id(self) -> UUID:
        return self.model.model_id

    @property
    def slug(self) -> str:
        return self.model.package.slug

    def module(self, module_id: str) -> Module | None:
        """One of its modules."""
        return next((each for each in self.package.orientation.modules if each.id == module_id), None)

    def standing(self, dones: Iterable[Done], today: date) -> Standing:
        """Where somebody stands who has gone through `dones` of this model."""
        package = self.package
        valid_for = package.orientation.valid_for
        return standing(
            _parts(package),
            list(dones),
            version=package.version,
            valid_for=package.amount(valid_for, package.settings(self.model.settings)) if valid_for else None,
            today=today,
        )

    def takes_reason(self, now: Standing) -> bool:
        """Whether proposing it at this standing takes a recorded reason."""
        return needs_reason(now, is_asked=self.is_asked)


@lru_cache(maxsize=128)
def _parts(package: Package) -> tuple[Part, ...]:
    return parts_of(package)


def in_use(organisation_id: UUID | None) -> list[InUse]:
    """The models of an organisation that have an orientation, each with the organisation's rule."""
    rules = {rule.slug: rule for rule in OrientationRule.objects.filter(organisation_id=organisation_id)}
    found = []
    for model in adopted_models(organisation_id):
        rule = rules.get(model.package.slug)
        if model.package.orientation.modules:
            said = (rule.is_asked, rule.days, rule.version) if rule else (True, DAYS, 0)
            found.append(InUse(model, *said))
    return found


def one_in_use(organisation_id: UUID | None, model_id: UUID) -> InUse | None:
    """One of them, by its version."""
    return next((each for each in in_use(organisation_id) if each.model_id == model_id), None)


def dones_of(account_ids: Iterable[UUID]) -> dict[tuple[UUID, str], list[Done]]:
    """What each worker has gone through, by worker and model."""
    rows = ModuleDone.objects.filter(account_id__in=list(account_ids), taken_back_at=None)
    found: dict[tuple[UUID, str], list[Done]] = {}
    fields = ("account_id", "slug", "module_id", "model_version", "fingerprint", "done_on", "signed_by__name")
    for account_id, slug, *told, signed_by in rows.order_by("recorded_at", "id").values_list(*fields):
        found.setdefault((account_id, slug), []).append(Done(*told, signed_by or ""))
    return found


def _live(day: date) -> Q:
    return Q(ended_on=None) | Q(ended_on__gte=day)


def members(organisation_id: UUID, day: date):
    """The memberships in force in the organisation, by unit and name."""
    rows = Membership.objects.filter(
        _live(day), unit__organisation_id=organisation_id, started_on__lte=day, account__is_active=True
    )
    return rows.select_related("unit", "account").order_by("unit__name", "unit_id", "account__name", "id")


def runs_models(account_id: UUID, organisation_id: UUID, day: date) -> bool:
    """Whether the person works in the organisation in a role that runs models."""
    return members(organisation_id, day).filter(account_id=account_id, role__in=RUNNERS).exists()
