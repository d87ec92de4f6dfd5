"""Reads about access itself."""

from solmu.access.actor import Actor
from solmu.access.models import EmergencyAccess


def has_open_emergency(actor: Actor) -> bool:
    """Whether the actor has emergency access to some record at this moment."""
    open_now = EmergencyAccess.objects.filter(account_id=actor.account_id, ended_at=None, valid_to__gt=actor.at)
    return open_now.exists()
