"""A worker goes through the modules that need nobody else: reading, watching, practising, the short check."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import transaction

from solmu.access import gate
from solmu.access.actor import Actor
from solmu.access.deeds import Deed
from solmu.kernel.errors import NotNow
from solmu.kernel.models import insert
from solmu.learning.actions.finding import model_in_use, module_in_use
from solmu.learning.actions.reminding import renew
from solmu.learning.models import ModuleDone
from solmu.learning.rules.content import fingerprint
from solmu.learning.rules.orientation import check_answers
from solmu.operating_models.package import Package
from solmu.operating_models.package.parts import Module


def mark_done(actor: Actor, *, model_id: UUID, module_id: str) -> ModuleDone:
    """The worker has read, watched or practised it: the worker's own word is enough."""
    with transaction.atomic():
        gate.require(actor, Deed.OWN_ORIENTATION)
        own, module = module_in_use(actor.organisation_id, model_id, module_id, "read", "watch", "practice")
        done = record(actor, own.package, module, account_id=actor.account_id, done_on=actor.today)
        renew(actor, account_id=actor.account_id, own=own)
    return done


def take_back(actor: Actor, *, model_id: UUID, module_id: str) -> None:
    """Takes back what the worker marked by oneself; what a colleague has signed stays."""
    with transaction.atomic():
        gate.require(actor, Deed.OWN_ORIENTATION)
        own = model_in_use(actor.organisation_id, model_id)
        rows = ModuleDone.objects.filter(
            account_id=actor.account_id, slug=own.slug, module_id=module_id, taken_back_at=None, signed_by=None
        )
        if not rows.update(taken_back_at=actor.at):
            raise NotNow
        renew(actor, account_id=actor.account_id, own=own)


def answer_check(
    actor: Actor, *, model_id: UUID, module_id: str, answers: Mapping[str, frozenset[str]]
) -> dict[str, bool]:
    """Tells which answers are right; with all of them right the check is passed. Wrong answers are not kept."""
    with transaction.atomic():
        gate.require(actor, Deed.OWN_ORIENTATION)
        own, module = module_in_use(actor.organisation_id, model_id, module_id, "check")
        judged = check_answers({each.id: each.right for each in module.questions}, dict(answers))
        if all(judged.values()):
            record(actor, own.package, module, account_id=actor.account_id, done_on=actor.today)
            renew(actor, account_id=actor.account_id, own=own)
    return judged


def record(
    actor: Actor,
    package: Package,
    module: Module,
    *,
    account_id: UUID,
    done_on: date,
    signed_by_id: UUID | None = None,
) -> ModuleDone:
    """Keeps that a module was gone through as it now is. Part of the actions that have asked the gate."""
    return insert(
        ModuleDone(
            account_id=account_id,
            slug=package.slug,
            model_version=package.version,
            module_id=module.id,
            fingerprint=fingerprint(package, module),
            done_on=done_on,
            recorded_at=actor.at,
            signed_by_id=signed_by_id,
        )
    )
