"""A young person's own part: hidden from guardians until the young person opens it, and again when closing it."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from solmu.access import gate
from solmu.access.actor import Actor
from solmu.access.deeds import Deed
from solmu.kernel.errors import InvalidInput, NotNow
from solmu.kernel.models import check_lengths, insert
from solmu.situations.actions.finding import check_young
from solmu.situations.models import OwnPartOpening


@transaction.atomic
def open_own_part(actor: Actor, *, family_id: UUID, person_id: UUID, said: str) -> OwnPartOpening:
    """Lets the family see a young person’s own part, as only the young person decides; `said`: who said so, and how."""
    gate.require(actor, Deed.WRITE_YOUNG_PART, family_id)
    if not said.strip():
        raise InvalidInput({"said": _("Write how the young person said it. Nobody else can open this part.")})
    check_young(family_id, person_id)
    if OwnPartOpening.objects.filter(person_id=person_id, closed_at=None).exists():
        raise NotNow(_("The own part is open already."))
    return insert(
        OwnPartOpening(
            family_id=family_id,
            person_id=person_id,
            opened_at=actor.at,
            opened_by=actor.account_id,
            said_at_opening=said.strip(),
        )
    )


@transaction.atomic
def close_own_part(actor: Actor, *, family_id: UUID, person_id: UUID, said: str = "") -> OwnPartOpening:
    """Hides a young person's own part from the family again, at once and without a reason asked."""
    gate.require(actor, Deed.WRITE_YOUNG_PART, family_id)
    opening = OwnPartOpening.objects.filter(family_id=family_id, person_id=person_id, closed_at=None).first()
    if opening is None:
        raise NotNow(_("The own part is closed already."))
    opening.closed_at, opening.closed_by, opening.said_at_closing = actor.at, actor.account_id, said.strip()
    check_lengths(opening, ["said_at_closing"])
    opening.save(update_fields=["closed_at", "closed_by", "said_at_closing"])
    return opening
