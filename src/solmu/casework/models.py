"""The work with a family: contact, case, proposal, engagement, network, promises, closing."""

from django.db import models
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from solmu.families.models import Family, Person
from solmu.kernel.ids import new_reference
from solmu.kernel.models import Identified, Versioned
from solmu.operating_models.models import InstalledModel
from solmu.organisations.models import Unit
from solmu.situations.models import Domain


class Contact(Versioned):
    """Somebody reached out. One contact is enough: it may end with advice or become work with the family."""

    class Channel(models.TextChoices):
        PHONE = "phone", _("phone")
        VISIT = "visit", _("visit")
        MESSAGE = "message", _("message")
        PARTNER = "partner", _("through a partner")
        FORM = "form", _("own request")

    class By(models.TextChoices):
        PERSON = "person", _("somebody about their own life or family")
        CLOSE = "close", _("somebody close")
        PROFESSIONAL = "professional", _("a professional asks for advice")

    class Safety(models.TextChoices):
        NOT_ASKED = "", _("not asked yet")
        SAFE = "safe", _("yes, everybody is safe")
        UNSURE = "unsure", _("not sure")
        DANGER = "danger", _("no, somebody is afraid or in danger")
        CANNOT_TALK = "cannot_talk", _("cannot talk now")

    class State(models.TextChoices):
        OPEN = "open", _("open")
        ADVISED = "advised", _("ended with advice")
        CASE = "case", _("work with the family began")

    reference = models.CharField(max_length=9, unique=True, default=new_reference, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="contacts")
    family = models.ForeignKey(Family, models.PROTECT, null=True, blank=True, related_name="contacts")
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    channel = models.CharField(_("channel"), max_length=8, choices=Channel)
    by = models.CharField(_("who contacts"), max_length=12, choices=By)
    caller_name = models.CharField(_("name, as heard"), max_length=120, blank=True)
    caller_phone = models.CharField(_("phone"), max_length=40, blank=True)
    words = models.TextField(_("in own words"))
    words_read_back = models.BooleanField(default=False)
    would_help = models.TextField(_("what would help"), blank=True)
    domains = models.JSONField(default=list)
    language = models.CharField(_("language"), max_length=8, blank=True)
    interpreter = models.CharField(max_length=10, choices=Family.Interpreter, default=Family.Interpreter.UNKNOWN)
    calling = models.CharField(max_length=10, choices=Person.Calling, blank=True)
    calling_note = models.CharField(max_length=240, blank=True)
    safety = models.CharField(max_length=12, choices=Safety, blank=True)
    safety_ask_on = models.DateField(null=True, blank=True)
    advice = models.TextField(blank=True)
    taken_by = models.UUIDField()
    taken_by_name = models.CharField(max_length=120)
    pair_id = models.UUIDField(null=True)  # the other of the pair
    pair_name = models.CharField(max_length=120, blank=True)
    taken_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["unit", "state", "-taken_at"], name="contact_of_unit")]

    @property
    def record_id(self):
        """Under which record the gate knows this contact: the family's once there is one."""
        return self.family_id or self.id


class NotificationConsideration(Identified):
    """The recorded consideration of the child welfare notification. A person decides; nothing is automatic."""

    class Conclusion(models.TextChoices):
        NOT_NEEDED = "not_needed", _("no ground for a notification")
        JOINT_REQUEST = "joint_request", _("a request made together with the family")
        NOTIFIED = "notified", _("notification made")
        ALREADY = "already", _("already made by somebody else")
        UNSURE = "unsure", _("advice asked without naming the child")

    record_id = models.UUIDField()  # the family or the contact
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, blank=True, related_name="considerations")
    conclusion = models.CharField(max_length=16, choices=Conclusion)
    reason = models.TextField()
    family_told = models.BooleanField(null=True)
    done_on = models.DateField(null=True, blank=True)
    considered_at = models.DateTimeField()
    considered_by = models.UUIDField()
    considered_by_name = models.CharField(max_length=120)

    class Meta:
        indexes = [models.Index(fields=["record_id"], name="consideration_on_record")]


class Case(Versioned):
    """A unit works with a family: a pair of equals answers for it."""

    class State(models.TextChoices):
        OPEN = "open", _("under way")
        FOLLOW_UP = "follow_up", _("closed, follow-up agreed")
        CLOSED = "closed", _("closed")

    family = models.ForeignKey(Family, models.PROTECT, related_name="cases")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="cases")
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, blank=True, related_name="cases")
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closing_reason = models.CharField(max_length=40, blank=True)  # code from the package or the common list
    outcome = models.CharField(max_length=40, blank=True)
    what_changed = models.TextField(blank=True)
    family_told_on = models.DateField(null=True, blank=True)
    family_told_how = models.CharField(max_length=120, blank=True)
    help_came = models.CharField(max_length=8, blank=True)  # HelpCame
    family_words = models.TextField(blank=True)
    follow_up_on = models.DateField(null=True, blank=True)
    follow_up_note = models.TextField(blank=True)  # what will be asked, or why no follow-up was agreed
    followed_up_on = models.DateField(null=True, blank=True)
    follow_up_help = models.CharField(max_length=8, blank=True)  # HelpCame
    follow_up_words = models.TextField(blank=True)
    reopened_reason = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["family", "state"], name="case_of_family")]


class NextStep(Versioned):
    """What a pair has agreed with the family to do next, and by which day."""

    class State(models.TextChoices):
        AGREED = "agreed", _("agreed")
        DONE = "done", _("done")
        DROPPED = "dropped", _("no longer needed")

    case = models.ForeignKey(Case, models.PROTECT, related_name="next_steps")
    words = models.CharField(_("what"), max_length=240)
    due_on = models.DateField(_("by when"))
    state = models.CharField(max_length=8, choices=State, default=State.AGREED)
    agreed_at = models.DateTimeField()
    agreed_by = models.UUIDField()
    agreed_by_name = models.CharField(max_length=120)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)
    ended_by_name = models.CharField(max_length=120, blank=True)


class HelpCame(models.TextChoices):
    """What the family answers when it is asked whether help came."""

    YES = "yes", _("yes")
    PARTLY = "partly", _("partly")
    NO = "no", _("no")
    NOT_SAID = "not_said", _("did not want to say")


class CaseWorker(Identified):
    """One of the pair; both are equals, the label says only what each has agreed to look after."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="workers")
    account_id = models.UUIDField()
    name = models.CharField(max_length=120)
    looks_after = models.CharField(max_length=160, blank=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["account_id", "until"], name="cases_of_worker")]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "account_id"], condition=models.Q(until=None), name="in_the_pair_once"
            )
        ]


class Proposal(Versioned):
    """A worker offers an operating model to the family; the verdict is kept as it was read that day."""

    class Decision(models.TextChoices):
        PENDING = "pending", _("the family is thinking")
        YES = "yes", _("the family wants it")
        NO = "no", _("the family does not want it")
        LATER = "later", _("the family asked to be asked later")

    case = models.ForeignKey(Case, models.PROTECT, related_name="proposals")
    model = models.ForeignKey(InstalledModel, models.PROTECT, related_name="proposals")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="proposals")
    verdict = models.CharField(max_length=16)
    verdict_detail = models.JSONField()
    deviation_reason = models.TextField(blank=True)
    proposed_at = models.DateTimeField()
    proposed_by = models.UUIDField()
    decision = models.CharField(max_length=8, choices=Decision, default=Decision.PENDING)
    decided_at = models.DateTimeField(null=True)
    ask_again_on = models.DateField(null=True, blank=True)
    do_not_ask_again = models.BooleanField(default=False)
    note = models.TextField(blank=True)


class Gap(Identified):
    """Nothing fitted: what would have been needed, where and in which language. Counted, never about a person."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="gaps")
    need = models.CharField(max_length=10, choices=Domain)
    area = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=8, blank=True)
    note = models.CharField(max_length=240, blank=True)
    noted_on = models.DateField()


class Engagement(Versioned):
    """A version of an operating model runs for a family, from the family's yes to its end."""

    class State(models.TextChoices):
        RUNNING = "running", _("under way")
        ENDED = "ended", _("ended")

    case = models.ForeignKey(Case, models.PROTECT, related_name="engagements")
    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="engagement")
    model = models.ForeignKey(InstalledModel, models.PROTECT, related_name="engagements")
    phase = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.RUNNING)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    closing_reason = models.CharField(max_length=80, blank=True)
    outcome = models.CharField(max_length=80, blank=True)


class EngagementMove(Identified):
    """A step in the course of an engagement: to another phase, or on purpose to another version of its model."""

    engagement = models.ForeignKey(Engagement, models.PROTECT, related_name="moves")
    from_model = models.ForeignKey(InstalledModel, models.PROTECT, related_name="+")
    to_model = models.ForeignKey(InstalledModel, models.PROTECT, related_name="+")
    from_phase = models.CharField(max_length=80, blank=True)
    to_phase = models.CharField(max_length=80, blank=True)
    moved_at = models.DateTimeField()
    moved_by = models.UUIDField(null=True)
    moved_by_name = models.CharField(max_length=120)
    reason = models.CharField(max_length=240, blank=True)

    class Meta:
        indexes = [models.Index(fields=["engagement", "moved_at"], name="moves_of_engagement")]


class NetworkMember(Versioned):
    """Somebody around the family: a professional or a close person, in one list, chosen by the family."""

    class Kind(models.TextChoices):
        PROFESSIONAL = "professional", _("professional")
        CLOSE = "close", _("close person")
        FAMILY = "family", _("member of the family")

    class State(models.TextChoices):
        WISHED = "wished", _("the family wishes to invite")
        INVITED = "invited", _("invited")
        JOINED = "joined", _("joined")
        DECLINED = "declined", _("declined")
        LEFT = "left", _("left")

    case = models.ForeignKey(Case, models.PROTECT, related_name="network")
    kind = models.CharField(max_length=12, choices=Kind)
    name = models.CharField(max_length=120)
    organisation_name = models.CharField(max_length=160, blank=True)
    in_role = models.CharField(_("in which role"), max_length=120, blank=True)
    contact = models.CharField(_("how to reach"), max_length=120, blank=True)
    account_id = models.UUIDField(null=True)  # somebody who uses Solmu
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    chosen_by_family = models.BooleanField(default=True)
    sees_name = models.BooleanField(default=False)  # the family lets its name stand beside the member's own promises
    state = models.CharField(max_length=8, choices=State, default=State.WISHED)
    added_at = models.DateTimeField()


class NetworkMeeting(Versioned):
    """The family and the people who can help sit down together; what is agreed holds for an action period."""

    class State(models.TextChoices):
        AGREED = "agreed", _("agreed")
        HELD = "held", _("held")
        CANCELLED = "cancelled", pgettext_lazy("network meeting", "cancelled")

    case = models.ForeignKey(Case, models.PROTECT, related_name="network_meetings")
    engagement = models.ForeignKey(Engagement, models.PROTECT, null=True, blank=True, related_name="meetings")
    state = models.CharField(max_length=10, choices=State, default=State.AGREED)
    starts_at = models.DateTimeField()
    place = models.CharField(max_length=160, blank=True)
    chair = models.CharField(max_length=120, blank=True)
    interpreter_booked = models.BooleanField(null=True)
    family_present = models.BooleanField(null=True)
    family_absent_reason = models.TextField(blank=True)
    present = models.ManyToManyField(NetworkMember, blank=True, related_name="meetings")
    agreed = models.TextField(blank=True)
    period_ends_on = models.DateField(null=True, blank=True)
    made_at = models.DateTimeField()
    held_at = models.DateTimeField(null=True)
    cancelled_reason = models.TextField(blank=True)


class Promise(Versioned):
    """A concrete deed that a member promised to do, in their own role, by a day."""

    class State(models.TextChoices):
        MADE = "made", _("promised")
        KEPT = "kept", _("kept")
        NOT_KEPT = "not_kept", _("not kept")
        RELEASED = "released", _("released, no longer needed")

    class Helped(models.TextChoices):
        NOT_ASKED = "", _("not asked yet")
        YES = "yes", _("helped")
        SOMEWHAT = "somewhat", _("helped somewhat")
        NO = "no", _("did not help")
        NOT_SAID = "not_said", _("did not want to say")

    case = models.ForeignKey(Case, models.PROTECT, related_name="promises")
    meeting = models.ForeignKey(NetworkMeeting, models.PROTECT, null=True, blank=True, related_name="promises")
    member = models.ForeignKey(NetworkMember, models.PROTECT, related_name="promises")
    deed = models.CharField(max_length=240)
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=State, default=State.MADE)
    state_note = models.CharField(max_length=240, blank=True)
    settled_at = models.DateTimeField(null=True)
    helped = models.CharField(max_length=10, choices=Helped, blank=True)
    family_words = models.CharField(max_length=240, blank=True)
    made_at = models.DateTimeField()
    made_by = models.UUIDField()
