"""Installed versions of operating models, and which organisation has taken which into use."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from solmu.kernel.models import Identified, Versioned


class InstalledModel(Identified):
    """One version of a package, whole and unchangeable: `content` is the package as one document."""

    slug = models.CharField(max_length=80)
    model_version = models.CharField(max_length=40)
    content_hash = models.CharField(max_length=64)
    content = models.JSONField()
    installed_at = models.DateTimeField()
    installed_by = models.UUIDField(null=True)
    brought_by = models.UUIDField(null=True)  # the organisation that brought it in; none: the installation itself
    # An organisation's own version: what it stands on, whose it is, what it changes, and since when others may use it.
    base = models.ForeignKey("self", models.PROTECT, null=True, related_name="adapted")
    organisation_id = models.UUIDField(null=True)
    overlay = models.JSONField(null=True)
    shared_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["slug", "model_version"], name="model_version_installed_once"),
            models.CheckConstraint(
                condition=models.Q(base=None, organisation_id=None, overlay__isnull=True, shared_at=None)
                | models.Q(base__isnull=False, organisation_id__isnull=False, overlay__isnull=False),
                name="adapted_version_is_somebodys",
            ),
        ]


class PackageFile(Identified):
    """A package as one file: received and not yet installed, or what an installed version was read from."""

    model = models.OneToOneField(InstalledModel, models.CASCADE, null=True, related_name="file")
    slug = models.CharField(max_length=80)
    model_version = models.CharField(max_length=40)
    data = models.BinaryField()
    received_at = models.DateTimeField()
    received_by = models.UUIDField(null=True)

    class Meta:
        indexes = [models.Index(fields=["model", "received_by"], name="files_received")]


class Adaptation(Versioned):
    """An organisation is changing a version for its own use; when it is ready it becomes a version that stays."""

    organisation_id = models.UUIDField()
    base = models.ForeignKey(InstalledModel, models.PROTECT, related_name="+")
    continues = models.ForeignKey(InstalledModel, models.PROTECT, null=True, related_name="+")
    changes = models.JSONField(default=list)
    conflicts = models.JSONField(default=list)  # changes of the version that it continues, not yet decided on
    begun_at = models.DateTimeField()
    begun_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)
    made = models.ForeignKey(InstalledModel, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "base"], condition=models.Q(ended_at=None), name="adapted_once_at_a_time"
            )
        ]


class Adoption(Versioned):
    """An organisation has a version in use, with its own values for the package's settings."""

    organisation_id = models.UUIDField()
    model = models.ForeignKey(InstalledModel, models.PROTECT, related_name="adoptions")
    settings = models.JSONField(default=dict)
    adopted_at = models.DateTimeField()
    adopted_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "model"],
                condition=models.Q(ended_at=None),
                name="version_in_use_once",
            )
        ]


class Card(Identified):
    """What the library shows and searches of a version for readers of one language, so that no package is opened."""

    model = models.ForeignKey(InstalledModel, models.CASCADE, related_name="cards")
    language = models.CharField(max_length=8)
    said_in = models.CharField(max_length=8)  # the language of its words, where the package lacks the reader's
    title = models.CharField(max_length=240)
    summary = models.TextField()
    words = models.TextField()  # each word of title, summary and headings once, in small letters, after a blank
    order = models.CharField(max_length=240)  # the version, written so that text sorts it as numbers

    class Meta:
        constraints = [models.UniqueConstraint(fields=["model", "language"], name="one_card_a_language")]
        indexes = [models.Index(fields=["language", "title"], name="cards_by_title")]


class Mark(Identified):
    """One thing by which the library finds a version: a fact that it asks about, whom it is for, its evidence."""

    class Kind(models.TextChoices):
        FACT = "fact", "fact"
        TARGET = "target", "target"
        EVIDENCE = "evidence", "evidence"

    model = models.ForeignKey(InstalledModel, models.CASCADE, related_name="marks")
    kind = models.CharField(max_length=8, choices=Kind)
    code = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["model", "kind", "code"], name="one_mark_of_a_kind")]
        indexes = [models.Index(fields=["kind", "code"], name="models_by_mark")]


class Tick(Identified):
    """Something that taking a version into use needs has been seen to."""

    adoption = models.ForeignKey(Adoption, models.CASCADE, related_name="ticks")
    item = models.CharField(max_length=120)  # a kind and a name in the package: `role:lead`
    note = models.CharField(max_length=160, blank=True)
    ticked_at = models.DateTimeField()
    ticked_by = models.UUIDField()
    ticker_name = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["adoption", "item"], name="ticked_once")]


class Experience(Versioned):
    """Words on a version of a model, a worker's own or a family's; public only when a coordinator says so.

    A family's words have a voice and a language, and nothing that leads to the family: no record, no work, no name.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waits for the coordinator")
        PUBLIC = "public", _("public")
        KEPT_BACK = "kept_back", _("not published")
        TAKEN_BACK = "taken_back", _("taken back")

    class Voice(models.TextChoices):
        FAMILY = "family", _("a family")
        PARENT = "parent", _("a parent")
        YOUNG = "young", _("a young person")

    model = models.ForeignKey(InstalledModel, models.PROTECT, related_name="experiences")
    state = models.CharField(max_length=12, choices=State, default=State.WAITING)
    text = models.TextField(max_length=2000)
    in_role = models.CharField(max_length=120, blank=True)  # a worker's
    voice = models.CharField(max_length=8, choices=Voice, blank=True)  # whose words a worker wrote down
    language = models.CharField(max_length=16, blank=True)  # of a family's words
    translation = models.TextField(max_length=2000, blank=True)
    translated_to = models.CharField(max_length=8, blank=True)
    organisation_id = models.UUIDField()
    organisation_name = models.CharField(max_length=160)
    written_at = models.DateTimeField()
    written_by = models.UUIDField()
    writer_name = models.CharField(max_length=120)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)
    decider_name = models.CharField(max_length=120, blank=True)
    reason = models.CharField(max_length=240, blank=True)  # why it was not published

    class Meta:
        indexes = [
            models.Index(fields=["model", "state"], name="experiences_of_model"),
            models.Index(fields=["organisation_id", "state"], name="experiences_to_decide"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=(models.Q(voice="", language="", translation="") & ~models.Q(in_role=""))
                | (models.Q(in_role="") & ~models.Q(voice="") & ~models.Q(language="")),
                name="experience_is_a_workers_or_a_familys",
            ),
            models.CheckConstraint(
                condition=models.Q(voice="") | ~models.Q(state="taken_back") | models.Q(text="", translation=""),
                name="family_words_taken_back_are_gone",
            ),
            models.CheckConstraint(
                condition=models.Q(translation="", translated_to="")
                | (~models.Q(translation="") & ~models.Q(translated_to="")),
                name="translation_has_its_language",
            ),
        ]
