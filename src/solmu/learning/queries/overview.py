"""Who is oriented to what in the coordinator's organisation: by unit and name, never by who has done more."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.utils.translation import get_language

from solmu.access import gate
from solmu.access.actor import Actor
from solmu.access.deeds import Deed
from solmu.learning.models import RanUnoriented
from solmu.learning.queries.standings import RUNNERS, InUse, dones_of, in_use, members
from solmu.operating_models.queries import package_of
from solmu.organisations.models import Membership

_PAGE = 20


@dataclass
class WorkerRow:
    """One worker: the models whose orientation holds, and what is still asked of each other."""

    name: str
    runs_models: bool
    oriented: list[tuple[str, date | None]] = field(default_factory=list)
    """The model, and the last day of the orientation."""
    left: list[tuple[str, list[str]]] = field(default_factory=list)
    """The model, and its modules that are still to be gone through; none are named where nothing is begun."""


@dataclass
class UnitRow:
    """A unit and its workers."""

    name: str
    workers: list[WorkerRow] = field(default_factory=list)


def overview(actor: Actor) -> list[UnitRow]:
    """Every unit of the organisation that has somebody who runs models or is oriented to one."""
    gate.require(actor, Deed.SEE_ORIENTATION)
    models = in_use(actor.organisation_id)
    rows = list(members(actor.organisation_id, actor.today))
    dones = dones_of({row.account_id for row in rows})
    units: dict[UUID, UnitRow] = {}
    for together in _by_person_in_unit(rows):
        first, runs = together[0], any(row.role in RUNNERS for row in together)
        worker = _worker(first.account, runs, models, dones, actor.today)
        if worker.runs_models or worker.oriented:
            units.setdefault(first.unit_id, UnitRow(first.unit.name)).workers.append(worker)
    return list(units.values())


def _by_person_in_unit(rows: list[Membership]) -> Iterable[list[Membership]]:
    together: dict[tuple[UUID, UUID], list[Membership]] = {}
    for row in rows:
        together.setdefault((row.unit_id, row.account_id), []).append(row)
    return together.values()


def _worker(account, runs: bool, models: list[InUse], dones: dict, today: date) -> WorkerRow:
    language, row = get_language() or "fi", WorkerRow(account.name, runs)
    for own in models:
        now, title = own.standing(dones.get((account.id, own.slug), []), today), own.package.title(language)
        if now.asks and now.is_oriented:
            row.oriented.append((title, now.until))
        elif now.asks and runs and own.is_asked:
            left = [_title(own, stand.part.id, language) for stand in now.left] if now.is_begun else []
            row.left.append((title, left))
    return row


def _title(own: InUse, module_id: str, language: str) -> str:
    return own.package.text(own.module(module_id).title, language)


@dataclass(frozen=True)
class RuleRow:
    """What the organisation asks before a model is run."""

    model_id: UUID
    title: str
    is_asked: bool
    days: int
    version: int
    valid_for: bool
    """Whether the model says after how long its orientation is gone through again."""
    required: list[str]


def orientation_rules(actor: Actor) -> list[RuleRow]:
    """The organisation's own rule of each model in use."""
    gate.require(actor, Deed.SEE_ORIENTATION)
    language = get_language() or "fi"
    return [
        RuleRow(
            own.model_id,
            own.package.title(language),
            own.is_asked,
            own.days,
            own.rule_version,
            own.package.orientation.valid_for is not None,
            [own.package.text(each.title, language) for each in own.package.orientation.modules if each.required],
        )
        for own in in_use(actor.organisation_id)
    ]


@dataclass(frozen=True)
class ReasonRow:
    """A model was proposed before orientation to it."""

    on: date
    who: str
    unit: str
    model: str
    reason: str


def reasons(actor: Actor, page: int = 1) -> Page:
    """Why models were proposed before orientation in the organisation, the newest first; no family is told.

    Each was proposed to somebody on a day: the model has its neutral name here.
    """
    gate.require(actor, Deed.SEE_ORIENTATION)
    rows = RanUnoriented.objects.filter(organisation_id=actor.organisation_id)
    rows = rows.select_related("account", "unit", "model").defer("model__content").order_by("-proposed_on", "-id")
    found = Paginator(rows, _PAGE).get_page(page)
    language = get_language() or "fi"
    found.object_list = [
        ReasonRow(
            row.proposed_on, row.account.name, row.unit.name, package_of(row.model).neutral_name(language), row.reason
        )
        for row in found.object_list
    ]
    return found
