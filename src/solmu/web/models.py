"""What pages need to remember: half-typed drafts and forms already sent."""

from django.conf import settings
from django.db import models

from solmu.kernel.models import Identified


class Draft(Identified):
    """A form that its writer has not sent yet, kept on the server for the writer alone."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="drafts")
    form = models.CharField(max_length=60)
    about = models.CharField(max_length=60, blank=True)  # the row that the form is about
    sealed = models.BinaryField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "form", "about"], name="one_draft_a_form")]


class Submission(models.Model):
    """A form that has been carried out; sending it again leads to the same result and does nothing twice."""

    key = models.UUIDField(primary_key=True)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    led_to = models.CharField(max_length=240)
    sent_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["sent_at"], name="submission_age")]
