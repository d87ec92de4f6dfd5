"""A referral: help is asked from another. Its states follow the FHIR Gravity referral task."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from solmu.casework.models import Case, Engagement, HelpCame
from solmu.consents.models import Permission
from solmu.directory.models import ContactPoint
from solmu.kernel.ids import new_reference
from solmu.kernel.models import Identified, Versioned
from solmu.organisations.models import Unit


class State(models.TextChoices):
    """Where the asking stands (FHIR Task.status as SDOH Clinical Care uses it)."""

    DRAFT = "draft", _("being prepared")
    REQUESTED = "requested", _("sent, waits for an answer")
    ACCEPTED = "accepted", _("accepted")
    REJECTED = "rejected", _("could not be accepted")
    IN_PROGRESS = "in_progress", _("help is being given")
    ON_HOLD = "on_hold", _("waiting")
    COMPLETED = "completed", _("done")
    FAILED = "failed", _("could not be carried out")
    CANCELLED = "cancelled", _("cancelled")
    ENTERED_IN_ERROR = "entered_in_error", _("made by mistake")


class Referral(Versioned):
    """One contact prepared together with the family, to one receiver."""

    class Priority(models.TextChoices):
        ROUTINE = "routine", _("ordinary")
        URGENT = "urgent", _("urgent")

    reference = models.CharField(max_length=9, unique=True, default=new_reference, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="referrals")
    engagement = models.ForeignKey(Engagement, models.PROTECT, null=True, blank=True, related_name="referrals")
    from_unit = models.ForeignKey(Unit, models.PROTECT, related_name="sent_referrals")
    to_unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="received_referrals")
    to_point = models.ForeignKey(ContactPoint, models.PROTECT, null=True, blank=True, related_name="referrals")
    state = models.CharField(max_length=18, choices=State, default=State.DRAFT)
    priority = models.CharField(max_length=8, choices=Priority, default=Priority.ROUTINE)
    asked = models.CharField(_("what is asked"), max_length=240)
    language = models.CharField(max_length=8, blank=True)  # what the queue shows before the packet is opened
    interpreter = models.BooleanField(null=True)
    area = models.CharField(max_length=120, blank=True)
    wish = models.TextField(_("what the family wishes"), blank=True)
    already_done = models.TextField(_("what has been done already"), blank=True)
    items = models.JSONField(default=list)  # codes of the packet items chosen with the family
    packet = models.JSONField(null=True)  # frozen when sent
    packet_hash = models.CharField(max_length=64, blank=True)
    permissions = models.ManyToManyField(Permission, blank=True, related_name="referrals")
    read_aloud = models.BooleanField(default=False)
    pair_ready = models.JSONField(default=list)  # accounts of the pair that have said it is ready
    sent_at = models.DateTimeField(null=True)
    sent_by = models.UUIDField(null=True)
    due_on = models.DateField(null=True)  # when somebody must act next
    claimed_by = models.UUIDField(null=True)
    claimed_by_name = models.CharField(max_length=120, blank=True)
    answered_at = models.DateTimeField(null=True)
    state_reason = models.TextField(blank=True)
    outcome = models.TextField(blank=True)
    waiting_list = models.BooleanField(default=False)
    successor = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="predecessor")
    ended_at = models.DateTimeField(null=True)
    came_back = models.BooleanField(default=False)  # and nobody has decided with the family what next
    family_told_on = models.DateField(null=True)
    help_came = models.CharField(max_length=8, choices=HelpCame, blank=True)
    family_words = models.TextField(blank=True)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["to_unit", "state", "due_on"], name="queue_of_unit"),
            models.Index(fields=["case", "-created_at"], name="referrals_of_case"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(to_unit__isnull=False, to_point__isnull=True)
                | models.Q(to_unit__isnull=True, to_point__isnull=False),
                name="referral_has_one_receiver",
            ),
            models.CheckConstraint(
                condition=models.Q(state="draft")
                | models.Q(state="entered_in_error")
                | models.Q(state="cancelled")
                | models.Q(packet__isnull=False),
                name="sent_referral_has_packet",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["rejected", "cancelled", "on_hold", "failed"])
                | ~models.Q(state_reason=""),
                name="hard_states_have_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["completed", "failed", "cancelled", "rejected", "entered_in_error"])
                | models.Q(due_on__isnull=False),
                name="waiting_referral_has_date",
            ),
        ]

    @property
    def receiver(self):
        """The unit or the contact point outside Solmu."""
        return self.to_unit or self.to_point


class Move(Identified):
    """One step of a referral's way: who moved it, from where to where, and why. Never changed."""

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="moves")
    move = models.CharField(max_length=24)
    from_state = models.CharField(max_length=18, blank=True)
    to_state = models.CharField(max_length=18)
    reason = models.TextField(blank=True)
    note = models.TextField(blank=True)
    by_id = models.UUIDField(null=True)
    by_name = models.CharField(max_length=120)
    by_unit_name = models.CharField(max_length=160, blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["referral", "at"], name="moves_of_referral")]


class Question(Versioned):
    """The receiver asks for more; the sender answers within what the family permits."""

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="questions")
    text = models.TextField()
    asked_by_name = models.CharField(max_length=120)
    asked_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by_name = models.CharField(max_length=120, blank=True)
    answered_at = models.DateTimeField(null=True)


class OutsideCall(Identified):
    """A contact to a receiver that does not use Solmu: who answered, when, and what was agreed."""

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="calls")
    called_at = models.DateTimeField()
    answered_by = models.CharField(max_length=120)
    agreed = models.TextField()
    family_took_part = models.BooleanField()
    packet_given = models.CharField(max_length=12)  # read aloud, handed over, posted, not given
    check_back_on = models.DateField()
    by_name = models.CharField(max_length=120)
