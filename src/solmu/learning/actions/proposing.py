"""Proposing a model to a family: by those who are oriented to it, or with a recorded reason. Pages call only this."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from solmu.access.actor import Actor
from solmu.casework.actions.proposals import propose_model
from solmu.casework.models import Proposal
from solmu.kernel.errors import InvalidInput
from solmu.kernel.models import insert
from solmu.learning.models import RanUnoriented
from solmu.learning.queries.orientation import takes_reason


def propose_when_oriented(
    actor: Actor, *, case_id: UUID, model_id: UUID, unoriented_reason: str = "", **offered
) -> Proposal:
    """Proposes as `propose_model` does. Where orientation is asked and lacking, a reason is needed, and is recorded.

    The reason stands beside the worker and the model, never beside the family.
    """
    with transaction.atomic():
        proposal = propose_model(actor, case_id=case_id, model_id=model_id, **offered)
        if takes_reason(actor, model_id):
            if not unoriented_reason.strip():
                sentence = _("Write why you propose this before your orientation to it. Do not name the family.")
                raise InvalidInput({"unoriented_reason": sentence})
            insert(
                RanUnoriented(
                    organisation_id=actor.organisation_id,
                    unit_id=actor.unit_id,
                    account_id=actor.account_id,
                    model_id=model_id,
                    reason=unoriented_reason.strip(),
                    proposed_on=actor.today,
                )
            )
    return proposal
