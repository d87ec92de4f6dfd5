"""Families and the people in them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from solmu.families.lookups import Prefix
from solmu.kernel.ids import new_reference
from solmu.kernel.models import Identified, Versioned


class Family(Versioned):
    """A family as one record. Its keeper is the organisation that answers for the data."""

    class Interpreter(models.TextChoices):
        UNKNOWN = "unknown", _("not yet known")
        NO = "no", _("no interpreter needed")
        SOMETIMES = "sometimes", _("interpreter in difficult matters")
        ALWAYS = "always", _("interpreter always")

    reference = models.CharField(max_length=9, unique=True, default=new_reference, editable=False)
    name = models.CharField(_("family's name"), max_length=120)
    sort_name = models.CharField(max_length=120, blank=True, editable=False)
    organisation_id = models.UUIDField()
    language = models.CharField(_("language"), max_length=8, blank=True)
    interpreter = models.CharField(_("interpreter"), max_length=10, choices=Interpreter, default=Interpreter.UNKNOWN)
    interpreter_wish = models.CharField(_("wishes for the interpreter"), max_length=240, blank=True)
    area = models.CharField(_("area"), max_length=120, blank=True)
    restricted = models.BooleanField(_("restricted"), default=False)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["organisation_id"], name="family_of_keeper")]

    def __str__(self) -> str:
        return self.name


class Person(Versioned):
    """A member of the family, or somebody close to it."""

    class Place(models.TextChoices):
        ADULT = "adult", _("adult of the family")
        YOUNG = "young", _("young person")
        CHILD = "child", _("child")
        CLOSE = "close", _("close person outside the home")

    class Sign(models.TextChoices):
        UNKNOWN = "", _("not said")
        WOMAN = "woman", _("woman or girl")
        MAN = "man", _("man or boy")
        OTHER = "other", _("other")

    class Calling(models.TextChoices):
        UNKNOWN = "", _("not asked")
        SAFE = "safe", _("safe to call")
        AGREED_TIMES = "times", _("only at agreed times")
        NOT_SAFE = "not_safe", _("not safe to call")

    family = models.ForeignKey(Family, models.PROTECT, related_name="people")
    place = models.CharField(_("place in the family"), max_length=8, choices=Place)
    first_names = models.CharField(_("first names"), max_length=120)
    last_name = models.CharField(_("last name"), max_length=120, blank=True)
    call_name = models.CharField(_("name the person is called by"), max_length=60, blank=True)
    other_spellings = models.CharField(_("other spellings"), max_length=240, blank=True)
    sign = models.CharField(_("woman, man, other"), max_length=8, choices=Sign, blank=True)
    birth_date = models.DateField(_("date of birth"), null=True, blank=True)
    birth_date_estimated = models.BooleanField(_("estimated"), default=False)
    lives_at_home = models.BooleanField(_("lives at home"), default=True)
    is_guardian = models.BooleanField(_("guardian"), default=False)
    decides_self = models.BooleanField(_("understands and decides on own data"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=8, blank=True)
    needs_interpreter = models.BooleanField(_("needs an interpreter"), null=True, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    calling = models.CharField(_("calling"), max_length=10, choices=Calling, blank=True)
    calling_note = models.CharField(_("when and how to call"), max_length=240, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    address = models.CharField(_("address"), max_length=240, blank=True)
    address_protected = models.BooleanField(_("address under non-disclosure"), default=False)
    arrived_on = models.DateField(_("arrived in Finland"), null=True, blank=True)
    together_since = models.DateField(_("lives together with the family in Finland since"), null=True, blank=True)
    identity_code = models.BinaryField(null=True, editable=False)  # sealed
    identity_index = models.CharField(max_length=64, blank=True, editable=False, db_index=True)
    removed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        indexes = [models.Index(fields=["birth_date"], name="person_born")]

    def __str__(self) -> str:
        return f"{self.called} {self.last_name}".strip()

    @property
    def called(self) -> str:
        """The name to use when speaking of the person."""
        return self.call_name or self.first_names.split(" ")[0]


class SearchWord(models.Model):
    """A word of a name, or a telephone number, by which a family can be found."""

    organisation_id = models.UUIDField()
    word = models.CharField(max_length=64)
    word.register_lookup(Prefix)
    family_id = models.UUIDField()
    person = models.ForeignKey(
        Person, models.CASCADE, null=True, related_name="search_words"
    )  # none: the family's name

    class Meta:
        indexes = [
            # Among all that an organisation keeps, and within the families that somebody may open.
            models.Index(
                fields=["organisation_id", "word", "family_id"],
                opclasses=["uuid_ops", "varchar_pattern_ops", "uuid_ops"],
                name="search_word_in_keeper",
            ),
            models.Index(
                fields=["family_id", "word"],
                opclasses=["uuid_ops", "varchar_pattern_ops"],
                name="search_word_in_family",
            ),
        ]


class Tie(Identified):
    """A relation between two people, as the family has told it."""

    class Kind(models.TextChoices):
        PARTNER = "partner", _("partners")
        PARENT = "parent", _("parent and child")
        SIBLING = "sibling", _("siblings")
        OTHER = "other", _("other relation")

    family = models.ForeignKey(Family, models.CASCADE, related_name="ties")
    kind = models.CharField(max_length=8, choices=Kind)
    one = models.ForeignKey(Person, models.CASCADE, related_name="ties_from")
    other = models.ForeignKey(Person, models.CASCADE, related_name="ties_to")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "one", "other"], name="tie_told_once"),
            models.CheckConstraint(condition=~models.Q(one=models.F("other")), name="tie_has_two_ends"),
        ]
