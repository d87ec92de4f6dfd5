"""Where a contact can be taken: units that use Solmu and contact points that do not."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from solmu.kernel.models import Versioned
from solmu.organisations.models import Unit


class ContactPoint(Versioned):
    """A phone number, a form or a desk. What is not known of it stays empty, with whom to ask."""

    class Kind(models.TextChoices):
        UNIT = "unit", _("unit that uses Solmu")
        PHONE = "phone", _("phone")
        FORM = "form", _("form or letter")
        CRISIS = "crisis", _("help at once")

    kind = models.CharField(max_length=8, choices=Kind)
    name = models.CharField(max_length=160)
    organisation_name = models.CharField(max_length=160, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="contact_points")
    model_slug = models.CharField(max_length=80, blank=True)  # the operating model that leads here
    model_point = models.CharField(max_length=80, blank=True)  # its name in the package
    phone = models.CharField(max_length=40, blank=True)
    hours = models.CharField(max_length=160, blank=True)
    address = models.CharField(max_length=240, blank=True)
    languages = models.CharField(max_length=160, blank=True)
    source = models.CharField(max_length=240, blank=True)
    checked_on = models.DateField(null=True, blank=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(kind="unit") | models.Q(unit__isnull=False), name="unit_point_has_unit"
            )
        ]

    def __str__(self) -> str:
        return self.name
