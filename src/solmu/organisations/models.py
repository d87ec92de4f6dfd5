"""Organisations that share the region, their units, and who works where."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from solmu.access.roles import Role
from solmu.kernel.models import Identified


class Organisation(Identified):
    """A municipality, a county, a foundation, an association: each keeps its own records."""

    class Kind(models.TextChoices):
        MUNICIPALITY = "municipality", _("municipality")
        COUNTY = "county", _("wellbeing services county")
        NGO = "ngo", _("civil-society organisation")
        PARISH = "parish", _("parish")
        STATE = "state", _("state authority")
        OTHER = "other", _("other")

    name = models.CharField(max_length=160, unique=True)
    kind = models.CharField(max_length=16, choices=Kind, default=Kind.OTHER)

    def __str__(self) -> str:
        return self.name


class Unit(Identified):
    """A desk, a team or a network inside an organisation; a referral goes to a unit, never to one person."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="units")
    name = models.CharField(max_length=160)
    area = models.CharField(max_length=120, blank=True)
    receives_referrals = models.BooleanField(default=False)
    answers_within = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text=_("Working days in which the unit answers; empty when not agreed.")
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="unit_named_once")]

    def __str__(self) -> str:
        return self.name


class Membership(Identified):
    """A person works in a unit in a role, from one day to another."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=16, choices=Role)
    title = models.CharField(max_length=120, blank=True)
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "unit", "role"], condition=models.Q(ended_on=None), name="one_live_role_in_unit"
            )
        ]
