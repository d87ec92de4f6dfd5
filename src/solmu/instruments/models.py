"""Forms by version, and what families have answered to them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from solmu.families.models import Family, Person
from solmu.instruments.questionnaire.limits import BYTES
from solmu.kernel.models import Identified, Versioned


class Form(Versioned):
    """One version of a form, whole and unchangeable: `document` is a FHIR R4 Questionnaire as it was taken in."""

    class Origin(models.TextChoices):
        MODEL = "model", _("operating model")
        FHIR = "fhir", "FHIR Questionnaire"
        XLSFORM = "xlsform", "XLSForm"

    class State(models.TextChoices):
        DRAFT = "draft", _("not published")
        PUBLISHED = "published", _("in use")
        WITHDRAWN = "withdrawn", _("out of use")

    organisation_id = models.UUIDField(null=True)  # none: everybody's, or of an operating model
    origin = models.CharField(max_length=8, choices=Origin)
    state = models.CharField(max_length=10, choices=State)
    content_hash = models.CharField(max_length=64)
    document = models.TextField(max_length=2 * BYTES)  # a sheet unpacks to more than its file
    identity = models.CharField(max_length=255, blank=True)  # the same in every version of the form
    title = models.CharField(_("title"), max_length=240)
    owner = models.CharField(_("owner"), max_length=240, blank=True)
    licence = models.TextField(_("licence"), blank=True)
    source = models.CharField(_("where it comes from"), max_length=500, blank=True)
    languages = models.JSONField(default=list)
    report = models.JSONField(default=list)
    added_at = models.DateTimeField()
    added_by = models.UUIDField(null=True)
    published_at = models.DateTimeField(null=True)
    published_by = models.UUIDField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["organisation_id", "state"], name="forms_of_organisation")]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "content_hash"],
                condition=models.Q(organisation_id__isnull=False),
                name="form_of_organisation_kept_once",
            ),
            models.UniqueConstraint(
                fields=["content_hash"],
                condition=models.Q(organisation_id=None) & ~models.Q(origin="model"),
                name="form_of_everybody_kept_once",
            ),
            models.UniqueConstraint(  # never everybody's row: there a person says owner, licence and name
                fields=["content_hash"], condition=models.Q(origin="model"), name="form_of_model_kept_once"
            ),
            models.CheckConstraint(
                condition=models.Q(origin="model")  # whose package says it
                | ~models.Q(state="published")
                | (~models.Q(owner="") & ~models.Q(licence="")),
                name="published_form_has_owner_and_licence",
            ),
        ]


class Response(Versioned):
    """A family's answers to one version of a form. `answers` are the items of a FHIR R4 QuestionnaireResponse."""

    class State(models.TextChoices):
        IN_PROGRESS = "in_progress", _("not finished")
        COMPLETED = "completed", _("finished")
        AMENDED = "amended", _("mended afterwards")

    family = models.ForeignKey(Family, models.PROTECT, related_name="form_responses")
    form = models.ForeignKey(Form, models.PROTECT, related_name="responses")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="form_responses")
    view_of = models.ForeignKey(Person, models.PROTECT, null=True, related_name="form_views")
    view_of_worker = models.BooleanField(default=False)
    language = models.CharField(max_length=16, blank=True)
    engagement_id = models.UUIDField(null=True)
    step = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=12, choices=State, default=State.IN_PROGRESS)
    answers = models.JSONField(default=list)
    started_at = models.DateTimeField()
    started_by = models.UUIDField()
    saved_at = models.DateTimeField()
    saved_by = models.UUIDField()
    saver_name = models.CharField(max_length=120)
    completed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["family", "-started_at"], name="responses_of_family")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(view_of_worker=False) | models.Q(view_of=None), name="one_view_a_response"
            ),
            models.CheckConstraint(
                condition=models.Q(state="in_progress", completed_at=None)
                | (~models.Q(state="in_progress") & models.Q(completed_at__isnull=False)),
                name="finished_response_has_its_day",
            ),
        ]


class ResponseVersion(Identified):
    """The answers as they were finished, and as they were each time they were mended: nothing is overwritten."""

    response = models.ForeignKey(Response, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    answers = models.JSONField()
    reason = models.CharField(max_length=500, blank=True)
    saved_at = models.DateTimeField()
    saved_by = models.UUIDField()
    saver_name = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["response", "number"], name="response_version_numbered_once")]
