"""The recorded consideration of the child welfare notification: a person decides, and the list only grows."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from solmu.access import gate
from solmu.access.actor import Actor
from solmu.access.deeds import Deed
from solmu.casework.models import Contact, NotificationConsideration
from solmu.kernel.errors import InvalidInput
from solmu.kernel.models import insert

_DONE = {NotificationConsideration.Conclusion.JOINT_REQUEST, NotificationConsideration.Conclusion.NOTIFIED}


@transaction.atomic
def consider_notification(
    actor: Actor,
    *,
    record_id: UUID,
    conclusion: str,
    reason: str,
    contact_id: UUID | None = None,
    done_on: date | None = None,
    family_told: bool | None = None,
) -> NotificationConsideration:
    """Records what was concluded about a notification and why, on the record of a family or of a contact.

    Needs no permission of the family's. It sends nothing: a request or a notification is made by the worker.
    """
    gate.require(actor, Deed.WRITE_CONTACT, record_id)
    _check(conclusion, reason, done_on, actor.today)
    if contact_id:
        under = {"family_id": None} if record_id == contact_id else {"family_id": record_id}
        contact_id = Contact.objects.values_list("pk", flat=True).get(pk=contact_id, **under)
    return insert(
        NotificationConsideration(
            record_id=record_id,
            contact_id=contact_id,
            conclusion=conclusion,
            reason=reason.strip(),
            done_on=done_on,
            family_told=family_told,
            considered_at=actor.at,
            considered_by=actor.account_id,
            considered_by_name=actor.name,
        )
    )


def _check(conclusion: str, reason: str, done_on: date | None, today: date) -> None:
    errors = {}
    if conclusion not in NotificationConsideration.Conclusion.values:
        errors["conclusion"] = _("Choose one of these.")
    if not reason.strip():
        errors["reason"] = _("Write in a few words why.")
    if conclusion in _DONE and done_on is None:
        errors["done_on"] = _("Write the day on which it was made.")
    if done_on and done_on > today:
        errors["done_on"] = _("Choose today or an earlier day.")
    if errors:
        raise InvalidInput(errors)
