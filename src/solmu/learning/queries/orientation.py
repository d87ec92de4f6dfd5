"""A worker's own orientation: what is asked, what is done, and until when it holds."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.utils.translation import get_language

from solmu.access import gate
from solmu.access.actor import Actor
from solmu.access.deeds import Deed
from solmu.learning.models import Reminder, SignOff
from solmu.learning.queries.standings import RUNNERS, InUse, dones_of, in_use, one_in_use
from solmu.learning.rules.orientation import Stand, Standing
from solmu.operating_models.package.parts import Module


@dataclass(frozen=True)
class ModuleRow:
    """A module in the reader's language, and where its reader stands with it."""

    id: str
    title: str
    text: str
    kind: str
    stand: Stand
    minutes: int | None
    module: Module = field(repr=False)
    asked: SignOff | None = None
    """The sign-off that waits for a colleague."""
    returned: SignOff | None = None
    """The last one, when it came back unsigned."""

    @property
    def is_done(self) -> bool:
        """Whether it is gone through and holds."""
        return self.stand.state == "done"


@dataclass(frozen=True)
class ModelRow:
    """A model in use, and where its reader stands with it."""

    model_id: UUID
    title: str
    summary: str
    is_asked: bool
    """Asked of this reader: the organisation asks it, and the reader's role runs models."""
    now: Standing
    modules: tuple[ModuleRow, ...]
    own: InUse = field(repr=False)
    due_on: date | None = None
    """By which day it is to be gone through."""

    def row(self, module_id: str) -> ModuleRow | None:
        """One of its modules."""
        return next((each for each in self.modules if each.id == module_id), None)

    @property
    def next(self) -> ModuleRow | None:
        """The first module that is still to be gone through and waits for nobody else."""
        return next((each for each in self.modules if each.stand.is_left and not each.asked), None)

    def after(self, module_id: str) -> ModuleRow | None:
        """The first other module that is still to be gone through and waits for nobody else."""
        left = (each for each in self.modules if each.stand.is_left and not each.asked)
        return next((each for each in left if each.id != module_id), None)


def own_orientation(actor: Actor) -> list[ModelRow]:
    """Every model in use in the actor's organisation that has an orientation: first what is asked and not done."""
    gate.require(actor, Deed.OWN_ORIENTATION)
    dones = dones_of([actor.account_id])
    offs, due = _sign_offs(actor), _due(actor)
    rows = [
        _row(actor, own, dones.get((actor.account_id, own.slug), []), offs, due.get(own.slug))
        for own in in_use(actor.organisation_id)
    ]
    return sorted(rows, key=lambda row: (not row.is_asked, row.now.is_oriented, row.title))


def own_model(actor: Actor, model_id: UUID) -> ModelRow | None:
    """One of them."""
    return next((row for row in own_orientation(actor) if row.model_id == model_id), None)


def _due(actor: Actor) -> dict[str, date]:
    asked = Reminder.objects.filter(account_id=actor.account_id, organisation_id=actor.organisation_id, state="asked")
    return dict(asked.values_list("slug", "due_on"))


def _row(
    actor: Actor, own: InUse, dones: list, offs: dict[tuple[UUID, str], list[SignOff]], due_on: date | None
) -> ModelRow:
    language = get_language() or "fi"
    package, now = own.package, own.standing(dones, actor.today)
    settings = package.settings(own.model.settings)
    modules = []
    for module, stand in zip(package.orientation.modules, now.stands, strict=True):
        signs = offs.get((own.model_id, module.id), [])
        last = signs[-1] if signs else None
        modules.append(
            ModuleRow(
                module.id,
                package.text(module.title, language),
                package.text(module.text, language),
                module.way,
                stand,
                package.amount(module.minutes, settings) if module.minutes is not None else None,
                module,
                asked=last if last and last.state == SignOff.State.ASKED else None,
                returned=last if last and last.state == SignOff.State.RETURNED else None,
            )
        )
    asked = own.is_asked and now.asks and bool(actor.roles & RUNNERS)
    title, summary = package.title(language), package.text(package.model.summary, language)
    return ModelRow(own.model_id, title, summary, asked, now, tuple(modules), own, due_on)


def _sign_offs(actor: Actor) -> dict[tuple[UUID, str], list[SignOff]]:
    found: dict[tuple[UUID, str], list[SignOff]] = {}
    rows = SignOff.objects.filter(account_id=actor.account_id).select_related("asked_of")
    for row in rows.order_by("asked_at", "id"):
        found.setdefault((row.model_id, row.module_id), []).append(row)
    return found


def takes_reason(actor: Actor, model_id: UUID) -> bool:
    """Whether the actor may propose the model only with a recorded reason: it is asked, and orientation is lacking."""
    gate.require(actor, Deed.OWN_ORIENTATION)
    own = one_in_use(actor.organisation_id, model_id)
    return bool(own) and own.takes_reason(_now(actor.account_id, own, actor.today))


def is_oriented(actor: Actor, model_id: UUID) -> bool:
    """Whether the actor has gone through all that the model in use requires."""
    gate.require(actor, Deed.OWN_ORIENTATION)
    own = one_in_use(actor.organisation_id, model_id)
    return own is None or _now(actor.account_id, own, actor.today).is_oriented


def _now(account_id: UUID, own: InUse, today: date) -> Standing:
    return own.standing(dones_of([account_id]).get((account_id, own.slug), []), today)
