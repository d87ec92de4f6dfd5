"""The life-situation map: knots and bonds by domain of life, from each one's own point of view, dated."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from solmu.families.models import Family, Person
from solmu.kernel.models import Identified, Versioned


class Domain(models.TextChoices):
    """The domains of life that the map has around the family."""

    FINANCES = "finances", _("Money")
    HOUSING = "housing", _("Home")
    HEALTH = "health", _("Health and sleep")
    MIND = "mind", _("Wellbeing of the mind")
    PARENTING = "parenting", _("Being a parent")
    CHILDREN = "children", _("Children and school")
    LEARNING = "learning", _("Language, work and studies")
    RELATIONS = "relations", _("People around us")


class Round(Versioned):
    """An occasion on which the map was drawn or looked at again."""

    family = models.ForeignKey(Family, models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    held_on = models.DateField()
    present = models.CharField(_("who were present"), max_length=240, blank=True)
    start_from = models.TextField(_("where the family wants to begin, in its own words"), blank=True)
    start_knot = models.ForeignKey("MapItem", models.PROTECT, null=True, blank=True, related_name="+")
    start_said_by = models.CharField(_("who said it"), max_length=120, blank=True)
    made_by = models.UUIDField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["family", "number"], name="round_numbered_once")]


class MapItem(Versioned):
    """A knot (what weighs) or a bond (what carries), of one person or of the whole family."""

    class Kind(models.TextChoices):
        KNOT = "knot", _("knot")
        BOND = "bond", _("bond")

    family = models.ForeignKey(Family, models.PROTECT, related_name="map_items")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="map_items")
    domain = models.CharField(_("domain of life"), max_length=10, choices=Domain)
    kind = models.CharField(_("knot or bond"), max_length=4, choices=Kind)
    words = models.CharField(_("in own words"), max_length=240)
    view_of = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="views")
    view_of_worker = models.BooleanField(_("the worker's view"), default=False)
    would_help = models.CharField(_("what would help"), max_length=240, blank=True)
    help_in_view_of = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="views_of_help")
    help_in_view_of_worker = models.BooleanField(default=False)
    own_part = models.BooleanField(_("the young person's own part"), default=False)
    first_round = models.ForeignKey(Round, models.PROTECT, related_name="first_items")
    removed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        indexes = [models.Index(fields=["family", "domain"], name="map_of_family")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(own_part=False) | models.Q(view_of__isnull=False), name="own_part_is_somebodys"
            ),
            models.CheckConstraint(
                condition=models.Q(view_of_worker=False) | models.Q(view_of=None), name="one_view_an_item"
            ),
        ]


class MapItemState(Identified):
    """How an item stood on one round."""

    class Weight(models.TextChoices):
        UNSAID = "unsaid", _("how tight is not said")
        LIGHT = "light", _("light")
        TENSE = "tense", _("tense")
        TIGHT = "tight", _("tight")
        OPENED = "opened", _("opened")  # a knot that has been opened
        CARRIES = "carries", _("carries")
        FADED = "faded", _("no longer carries")

    item = models.ForeignKey(MapItem, models.CASCADE, related_name="states")
    round = models.ForeignKey(Round, models.PROTECT, related_name="states")
    weight = models.CharField(max_length=8, choices=Weight)
    note = models.CharField(max_length=240, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "round"], name="one_state_a_round")]


class DomainFeeling(Identified):
    """The family's own 0–10 for a domain on one round. Never added up."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="feelings")
    domain = models.CharField(max_length=10, choices=Domain)
    value = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "domain"], name="one_feeling_a_domain"),
            models.CheckConstraint(condition=models.Q(value__lte=10), name="feeling_from_0_to_10"),
        ]


class OwnPartOpening(Identified):
    """A young person has let the family see the own part of the map; closed when the young person says so."""

    family = models.ForeignKey(Family, models.PROTECT, related_name="own_part_openings")
    person = models.ForeignKey(Person, models.PROTECT, related_name="own_part_openings")
    opened_at = models.DateTimeField()
    opened_by = models.UUIDField()
    said_at_opening = models.CharField(_("who said so, and how"), max_length=240)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.UUIDField(null=True)
    said_at_closing = models.CharField(max_length=240, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(closed_at=None), name="own_part_opened_once_at_a_time"
            )
        ]


class StatedFact(Versioned):
    """An answer to a question that an operating model asks and no other part of the record tells."""

    family = models.ForeignKey(Family, models.PROTECT, related_name="stated_facts")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="stated_facts")
    fact = models.CharField(max_length=80)
    value = models.JSONField(null=True)  # None: asked, and left unanswered
    protected = models.BooleanField(default=False)  # read and written only with the protected class
    said_by = models.CharField(max_length=120, blank=True)
    stated_at = models.DateTimeField()
    recorded_by = models.UUIDField()
    recorder_name = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["family", "person", "fact"], nulls_distinct=False, name="fact_stated_once")
        ]
