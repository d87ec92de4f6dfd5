"""Who may sign that a colleague went along, and what waits to be signed."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import get_language

from solmu.access import gate
from solmu.access.actor import Actor
from solmu.access.deeds import Deed
from solmu.access.roles import Role
from solmu.kernel.clock import local_date
from solmu.learning.models import SignOff
from solmu.learning.queries.standings import InUse, dones_of, members
from solmu.operating_models.queries import package_of


@dataclass(frozen=True)
class Signer:
    """A colleague who may sign."""

    account_id: UUID
    name: str
    coordinates: bool


def signers(organisation_id: UUID, own: InUse, *, but: UUID, today: date) -> list[Signer]:
    """The colleagues who are oriented to the model, and the coordinators, of one organisation, by name."""
    rows = [row for row in members(organisation_id, today) if row.account_id != but]
    coordinators = {row.account_id for row in rows if row.role == Role.COORDINATOR}
    names = {row.account_id: row.account.name for row in rows}
    dones = dones_of(names)
    able = {
        account_id
        for account_id in names
        if own.standing(dones.get((account_id, own.slug), []), today).is_oriented or account_id in coordinators
    }
    found = [Signer(account_id, names[account_id], account_id in coordinators) for account_id in able]
    return sorted(found, key=lambda signer: signer.name)


@dataclass(frozen=True)
class Asked:
    """A colleague asks the reader to sign."""

    id: UUID
    version: int
    state: str
    who: str
    model: str
    module: str
    text: str
    asked_on: date
    met_on: date | None
    words: str


def sign_offs_waiting(actor: Actor) -> list[Asked]:
    """What waits for the actor's signature, the oldest first."""
    gate.require(actor, Deed.SIGN_ORIENTATION)
    return [_asked(row) for row in _mine(actor).filter(state=SignOff.State.ASKED).order_by("asked_at", "id")]


def sign_off_row(actor: Actor, sign_off_id: UUID) -> Asked | None:
    """One that was asked of the actor, answered or not."""
    gate.require(actor, Deed.SIGN_ORIENTATION)
    row = _mine(actor).filter(pk=sign_off_id).first()
    return _asked(row) if row else None


def _mine(actor: Actor):
    return (
        SignOff.objects.filter(asked_of_id=actor.account_id).select_related("account", "model").defer("model__content")
    )


def _asked(row: SignOff) -> Asked:
    package, language = package_of(row.model), get_language() or "fi"
    module = next(each for each in package.orientation.modules if each.id == row.module_id)
    return Asked(
        row.id,
        row.version,
        row.state,
        row.account.name,
        package.title(language),
        package.text(module.title, language),
        package.text(module.text, language),
        local_date(row.asked_at),
        row.met_on,
        row.words,
    )
