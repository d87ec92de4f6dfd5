"""Grants, the only basis of access, and emergency access, which is a grant with a reason and a short life."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from solmu.access.classes import InformationClass
from solmu.kernel.models import Identified


class Grant(Identified):
    """A subject may use classes of a record for a purpose, on a basis, for a time.

    Subject and record are bare identifiers: higher rooms open and close grants together with what they rest on.
    """

    class Subject(models.TextChoices):
        PERSON = "person"
        UNIT = "unit"

    class Basis(models.TextChoices):
        CASE = "case", _("works with the family")
        CONTACT = "contact", _("took the contact")
        PERMISSION = "permission", _("the family's permission")
        REFERRAL = "referral", _("accepted referral")
        NETWORK = "network", _("member of the network")
        OWN_DATA = "own_data", _("own data")
        EMERGENCY = "emergency", _("emergency access")

    subject_kind = models.CharField(max_length=8, choices=Subject)
    subject_id = models.UUIDField()
    record_id = models.UUIDField()
    classes = models.PositiveIntegerField()
    may_write = models.BooleanField(default=False)
    purpose = models.CharField(max_length=80)
    basis = models.CharField(max_length=16, choices=Basis)
    basis_id = models.UUIDField()
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["record_id", "subject_id"], name="grant_on_record"),
            models.Index(fields=["subject_id", "closed_at", "record_id"], name="grant_of_subject"),
            models.Index(fields=["basis_id"], name="grant_on_basis"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(classes__gt=0), name="grant_opens_something"),
            models.CheckConstraint(
                condition=models.Q(valid_to=None) | models.Q(valid_to__gt=models.F("valid_from")),
                name="grant_ends_after_it_begins",
            ),
        ]

    @property
    def opens(self) -> InformationClass:
        """The classes as a set."""
        return InformationClass(self.classes)


class EmergencyAccess(Identified):
    """Somebody opened a record without a grant to prevent harm; a steward reviews every one."""

    class Verdict(models.TextChoices):
        JUSTIFIED = "justified", _("justified")
        UNJUSTIFIED = "unjustified", _("not justified")

    account_id = models.UUIDField()
    account_name = models.CharField(max_length=120)
    unit_id = models.UUIDField(null=True)
    organisation_id = models.UUIDField(null=True)
    record_id = models.UUIDField()
    reason = models.TextField()
    opened_at = models.DateTimeField()
    valid_to = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.UUIDField(null=True)
    verdict = models.CharField(max_length=12, choices=Verdict, blank=True)
    review_note = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["organisation_id", "reviewed_at"], name="emergency_to_review")]
