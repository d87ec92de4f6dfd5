"""What waits: each thing with an owner (a person or a unit's queue) and a date."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from solmu.kernel.models import Identified


class Item(Identified):
    """Somebody has to do something by a day. Holds no content: the kind and what it is about say it all."""

    class Kind(models.TextChoices):
        CONTACT = "contact", _("Finish the contact")
        SAFETY = "safety", _("Ask again about safety")
        PAIR = "pair", _("Find a pair for the work with the family")
        MAP = "map", _("Draw the life-situation map with the family")
        NEXT_STEP = "next_step", _("The next step that was agreed with the family")
        NO_STEP = "no_step", _("Agree on the next step with the family")
        PROPOSAL = "proposal", _("Hear what the family decided")
        DRAFT = "draft", _("Finish the prepared contact")
        ANSWER = "answer", _("Answer a new contact")
        CLAIMED = "claimed", _("Decide on the contact you claimed")
        QUESTION = "question", _("Answer the receiver's question")
        HOLD = "hold", _("A contact on hold comes back")
        WORK = "work", _("Tell how the work goes")
        CHECK_BACK = "check_back", _("Check that help came")
        AWAIT_ANSWER = "await_answer", _("The receiver has not answered yet")
        RETURNED = "returned", _("The contact came back: decide what next")
        TELL_FAMILY = "tell_family", _("Tell the family and ask whether help came")
        MEETING = "meeting", _("Network meeting")
        PERIOD = "period", _("The action period ends: agree on looking together")
        PROMISE = "promise", _("A promise falls due")
        PROMISE_VIEW = "promise_view", _("Ask the family whether the promise helped")
        PERMISSION_ENDS = "permission_ends", _("A permission ends soon")
        PERMISSION_WITHDRAWN = "permission_withdrawn", _("The family withdrew its permission")
        PERMISSION_OVER = "permission_over", _("A permission ended, and the contact in your queue with it")
        ENDED_BY_SENDER = "ended_by_sender", _("A contact in your queue was ended by its sender")
        TELL_RECEIVER = "tell_receiver", _("Tell the receiver that the contact has ended")
        ANOTHER_UNIT = "another_unit", _("Another unit of your organisation began work with this family")
        FOLLOW_UP = "follow_up", _("Follow-up with the family")
        EMERGENCY = "emergency", _("Review an emergency access")
        ORIENTATION = "orientation", _("Orientation to an operating model is asked of you")
        ORIENTATION_ENDS = "orientation_ends", _("Your orientation to an operating model ends soon")
        SIGN_OFF = "sign_off", _("Sign that a colleague went along with your work")
        SIGN_OFF_BACK = "sign_off_back", _("A colleague could not sign: look at your orientation")
        COMMITMENT_STEP = "commitment_step", _("A next step of your organisation's commitment")
        MODEL_MOVED = "model_moved", _("The model under way was moved to another version")
        JOINING_STEP = "joining_step", _("A step of joining the work by collective impact")

    kind = models.CharField(max_length=24, choices=Kind)
    record_id = models.UUIDField(null=True)  # the family or contact
    about_id = models.UUIDField()  # the row that waits
    owner_account_id = models.UUIDField(null=True)
    owner_unit_id = models.UUIDField(null=True)
    due_on = models.DateField()
    put_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.UUIDField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["owner_account_id", "settled_at", "due_on"], name="waits_for_person"),
            models.Index(fields=["owner_unit_id", "settled_at", "due_on"], name="waits_for_unit"),
            models.Index(fields=["about_id", "kind"], name="waits_about"),
            models.Index(fields=["record_id"], name="waits_on_record"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(owner_account_id__isnull=False) | models.Q(owner_unit_id__isnull=False),
                name="item_has_an_owner",
            )
        ]


# Notices: nothing is to be done but to see them.
ENOUGH_TO_SEE = frozenset(
    {
        Item.Kind.PERMISSION_WITHDRAWN,
        Item.Kind.PERMISSION_OVER,
        Item.Kind.ENDED_BY_SENDER,
        Item.Kind.ANOTHER_UNIT,
        Item.Kind.MODEL_MOVED,
        Item.Kind.SIGN_OFF_BACK,
    }
)
