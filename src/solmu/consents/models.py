"""Three yeses that are never one: taking part, and permission to disclose. The ground for keeping data is neither."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from solmu.directory.models import ContactPoint
from solmu.families.models import Family, Person
from solmu.kernel.models import Versioned
from solmu.organisations.models import Unit


class How(models.TextChoices):
    """In what way somebody said yes or no."""

    ORAL = "oral", _("orally, both of the pair heard it")
    INTERPRETED = "interpreted", _("through an interpreter")
    SIGNED = "signed", _("signed on paper")
    OWN_PAGE = "own_page", _("on the own page")


class Participation(Versioned):
    """A person wishes, or does not wish, to take part in something."""

    class Answer(models.TextChoices):
        YES = "yes", _("wants to take part")
        NO = "no", _("does not want to take part")
        LATER = "later", _("asked to be asked later")

    family = models.ForeignKey(Family, models.PROTECT, related_name="participations")
    person = models.ForeignKey(Person, models.PROTECT, related_name="participations")
    about_id = models.UUIDField()  # the proposal
    answer = models.CharField(max_length=8, choices=Answer)
    how = models.CharField(max_length=12, choices=How)
    ask_again_on = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)
    said_at = models.DateTimeField()
    recorded_by = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["about_id", "person"], name="one_answer_a_person")]


class Permission(Versioned):
    """One person permits, or refuses, that named items are told to one receiver, for a purpose and a time."""

    class State(models.TextChoices):
        GIVEN = "given", _("given")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("withdrawn")
        ENDED = "ended", _("ended")

    family = models.ForeignKey(Family, models.PROTECT, related_name="permissions")
    person = models.ForeignKey(Person, models.PROTECT, related_name="permissions")
    receiver_unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    receiver_point = models.ForeignKey(ContactPoint, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=State)
    items = models.JSONField(default=list)  # codes of packet items, see referrals.packet
    refused_items = models.JSONField(default=list)
    purpose = models.CharField(max_length=240)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    how = models.CharField(max_length=12, choices=How)
    language = models.CharField(max_length=8, blank=True)
    interpreter_present = models.BooleanField(default=False)
    told = models.JSONField(default=list)  # what was explained before the answer
    note = models.TextField(blank=True)
    asked_by = models.UUIDField()
    answered_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_how = models.CharField(max_length=12, choices=How, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(receiver_unit__isnull=False, receiver_point__isnull=True)
                | models.Q(receiver_unit__isnull=True, receiver_point__isnull=False),
                name="permission_has_one_receiver",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="given") | models.Q(valid_to__isnull=False),
                name="given_permission_ends",
            ),
            models.CheckConstraint(
                condition=models.Q(state="withdrawn", withdrawn_at__isnull=False)
                | (~models.Q(state="withdrawn") & models.Q(withdrawn_at__isnull=True)),
                name="withdrawal_has_its_moment",
            ),
        ]

    @property
    def receiver(self):
        """The unit or the contact point."""
        return self.receiver_unit or self.receiver_point
