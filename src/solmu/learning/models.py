"""What workers have gone through before running a model, and where an organisation stands. No family is here."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from solmu.kernel.models import Identified, Versioned
from solmu.operating_models.models import InstalledModel
from solmu.organisations.models import Unit

_ACCOUNT = settings.AUTH_USER_MODEL


class ModuleDone(Identified):
    """A worker has gone through a module as it then was: `fingerprint` is that of its content."""

    account = models.ForeignKey(_ACCOUNT, models.PROTECT, related_name="modules_done")
    slug = models.CharField(max_length=80)
    model_version = models.CharField(max_length=40)
    module_id = models.CharField(max_length=80)
    fingerprint = models.CharField(max_length=64)
    done_on = models.DateField()
    recorded_at = models.DateTimeField()
    signed_by = models.ForeignKey(_ACCOUNT, models.PROTECT, null=True, related_name="+")
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["account", "slug"], name="modules_of_worker")]


class SignOff(Versioned):
    """A worker asks a colleague to sign that they went along with the colleague's work."""

    class State(models.TextChoices):
        ASKED = "asked", _("asked")
        SIGNED = "signed", _("signed")
        RETURNED = "returned", _("returned unsigned")
        TAKEN_BACK = "taken_back", _("taken back")

    organisation_id = models.UUIDField()
    account = models.ForeignKey(_ACCOUNT, models.PROTECT, related_name="sign_offs_asked")
    asked_of = models.ForeignKey(_ACCOUNT, models.PROTECT, related_name="sign_offs")
    model = models.ForeignKey(InstalledModel, models.PROTECT, related_name="+")
    module_id = models.CharField(max_length=80)
    state = models.CharField(max_length=12, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField()
    met_on = models.DateField(null=True)
    words = models.CharField(max_length=400, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "model", "module_id"],
                condition=models.Q(state="asked"),
                name="sign_off_asked_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="signed") | models.Q(met_on__isnull=False), name="signed_with_its_day"
            ),
            models.CheckConstraint(
                condition=~models.Q(account=models.F("asked_of")), name="nobody_signs_for_themselves"
            ),
        ]


class OrientationRule(Versioned):
    """Whether an organisation asks for orientation to a model, and in how many days; without a row: yes, 30."""

    organisation_id = models.UUIDField()
    slug = models.CharField(max_length=80)
    is_asked = models.BooleanField(default=True)
    days = models.PositiveSmallIntegerField(default=30)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation_id", "slug"], name="one_orientation_rule")]


class Reminder(Identified):
    """What a worker is reminded of about one model; the agenda's items are about this row."""

    class State(models.TextChoices):
        NOTHING = "", _("nothing")
        ASKED = "asked", _("orientation is asked")
        ENDS = "ends", _("orientation ends soon")

    organisation_id = models.UUIDField()
    account = models.ForeignKey(_ACCOUNT, models.PROTECT, related_name="+")
    slug = models.CharField(max_length=80)
    state = models.CharField(max_length=8, choices=State, default=State.NOTHING, blank=True)
    due_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "account", "slug"], name="reminded_once_of_model")
        ]


class RanUnoriented(Identified):
    """A worker proposed a model before orientation to it, and why. Nothing tells to which family."""

    organisation_id = models.UUIDField()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    account = models.ForeignKey(_ACCOUNT, models.PROTECT, related_name="+")
    model = models.ForeignKey(InstalledModel, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=400)
    proposed_on = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["organisation_id", "-proposed_on"], name="ran_unoriented_by_day")]


class Answer(Versioned):
    """Where the organisation stands on one item of the commitment list: its working paper, item by item."""

    class Level(models.TextChoices):
        UNSAID = "", _("not talked about")
        NOT_YET = "not_yet", _("not yet")
        PARTLY = "partly", _("partly")
        YES = "yes", _("yes")

    organisation_id = models.UUIDField()
    item_id = models.CharField(max_length=80)
    level = models.CharField(max_length=8, choices=Level, blank=True)
    evidence = models.TextField(blank=True)
    next_step = models.CharField(max_length=400, blank=True)
    owner = models.ForeignKey(_ACCOUNT, models.PROTECT, null=True, related_name="+")
    due_on = models.DateField(null=True)
    step_done_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation_id", "item_id"], name="item_answered_once"),
            models.CheckConstraint(
                condition=models.Q(owner__isnull=True, due_on__isnull=True)
                | models.Q(owner__isnull=False, due_on__isnull=False),
                name="step_has_owner_and_day",
            ),
        ]


class Snapshot(Identified):
    """The working paper as it was agreed on a day. `content` holds the items' own texts, and never changes."""

    organisation_id = models.UUIDField()
    list_version = models.CharField(max_length=40)
    made_on = models.DateField()
    present = models.TextField()
    content = models.JSONField()
    is_shared = models.BooleanField(default=False)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(_ACCOUNT, models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["organisation_id", "-made_on"], name="snapshots_by_day")]
