"""What the sender does after sending: answers, takes back, mends mistakes, closes the loop at the family."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from solmu.access.actor import Actor
from solmu.access.deeds import Deed
from solmu.casework.models import HelpCame
from solmu.kernel.errors import InvalidInput
from solmu.kernel.models import save_version
from solmu.referrals.actions.moving import MovedOn, arrange, coming_day, make_move, trace
from solmu.referrals.models import Question, Referral, State
from solmu.referrals.records import for_receiver, for_sender
from solmu.referrals.rules import TERMINAL, By, answer_by_after_question


def answer_question(actor: Actor, *, referral_id: UUID, version: int, question_id: UUID, answer: str) -> Question:
    """The sender answers what the receiver asked; only what the family permits is told."""
    with transaction.atomic():
        _access, referral = for_sender(actor, Deed.WRITE_SENT_REFERRAL, referral_id)
        question = referral.questions.filter(pk=question_id, answered_at=None).first()
        if question is None:
            raise MovedOn(_("This question has already been answered."))
        if not answer.strip():
            raise InvalidInput({"answer": _("Write the answer, or that the family does not want it told.")})
        question.answer, question.answered_by_name, question.answered_at = answer.strip(), actor.name, actor.at
        save_version(question, expected=question.version, fields=["answer", "answered_by_name", "answered_at"])
        changes = {}
        if referral.state == State.REQUESTED and referral.to_unit:
            within = referral.to_unit.answers_within
            changes["due_on"] = answer_by_after_question(referral.due_on, actor.today, within)
        make_move(actor, referral, "answer", by=By.SENDER, expected=version, **changes)
        return question


def cancel_referral(actor: Actor, *, referral_id: UUID, version: int, reason: str, side: By = By.SENDER) -> Referral:
    """Takes the referral back (the sender, before its end) or calls it off (the receiver that had accepted)."""
    with transaction.atomic():
        if side is By.RECEIVER:
            _access, referral = for_receiver(actor, Deed.ANSWER_REFERRAL, referral_id)
        else:
            _access, referral = for_sender(actor, Deed.WRITE_SENT_REFERRAL, referral_id)
        make_move(actor, referral, "cancel", by=side, expected=version, reason=reason)
        return referral


def mark_entered_in_error(actor: Actor, *, referral_id: UUID, version: int, reason: str = "") -> Referral:
    """The referral was a mistake, of another family perhaps; it closes for the receiver at once and stays traceable."""
    with transaction.atomic():
        _access, referral = for_sender(actor, Deed.WRITE_SENT_REFERRAL, referral_id)
        make_move(actor, referral, "error", by=By.SENDER, expected=version, reason=reason)
        return referral


def tell_family(
    actor: Actor,
    *,
    referral_id: UUID,
    version: int,
    told_on: date | None,
    help_came: str = "",
    words: str = "",
    ask_again_on: date | None = None,
) -> Referral:
    """The family was told how it went and says whether help came, or a day is agreed on which it is asked again."""
    with transaction.atomic():
        _access, referral = for_sender(actor, Deed.WRITE_SENT_REFERRAL, referral_id)
        if referral.state not in TERMINAL or referral.sent_at is None or referral.state == State.ENTERED_IN_ERROR:
            raise MovedOn
        errors = {}
        if told_on is None or told_on > actor.today:
            errors["told_on"] = _("Choose the day on which the family was told: today or earlier.")
        if help_came and help_came not in HelpCame.values:
            errors["help_came"] = _("Choose one of the alternatives.")
        if not help_came and (ask_again_on is None or ask_again_on < actor.today):
            errors["ask_again_on"] = _("Write whether help came, or the day on which you ask the family again.")
        if errors:
            raise InvalidInput(errors)
        referral.family_told_on, referral.help_came, referral.family_words = told_on, help_came, words.strip()
        referral.due_on = None if help_came else ask_again_on
        referral.came_back = referral.came_back and not help_came
        fields = ["family_told_on", "help_came", "family_words", "due_on", "came_back"]
        save_version(referral, expected=version, fields=fields)
        trace(actor, referral, "tell_family", referral.state)
        arrange(actor, referral)
        return referral


def day_or_refuse(actor: Actor, day: date | None) -> date:
    """The day on which the sender checks back; there is always one."""
    return coming_day(actor, day, "check_back_on", _("Choose the day on which you check that help came."))
