"""The roles: few, readable, and only half of a right. The other half is a grant on the record."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What a person does in a unit."""

    COUNSELLOR = "counsellor", _("service counsellor")
    FAMILY_WORKER = "family_worker", _("family worker")
    RECEIVER = "receiver", _("receiving network")
    PARTNER = "partner", _("partner")
    COORDINATOR = "coordinator", _("coordinator")
    STEWARD = "steward", _("data protection officer")
    ADMINISTRATOR = "administrator", _("administrator")
