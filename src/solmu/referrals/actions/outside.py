"""Receivers that do not use Solmu: the sender calls, hands over, and records what they answer."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext, gettext_lazy as _

from solmu.access.actor import Actor
from solmu.access.deeds import Deed
from solmu.agenda.actions import settle
from solmu.agenda.models import Item
from solmu.kernel.errors import InvalidInput
from solmu.kernel.models import insert, save_version
from solmu.referrals.actions.following import day_or_refuse
from solmu.referrals.actions.moving import MovedOn, make_move, trace
from solmu.referrals.models import OutsideCall, Referral
from solmu.referrals.records import for_sender
from solmu.referrals.rules import TERMINAL, By, find_move

GIVEN = {
    "read": _("read aloud on the phone"),
    "handed": _("handed over on paper"),
    "posted": _("posted as a letter"),
    "not_given": _("not given yet"),
}
ANSWERS = ("accept", "reject", "start", "hold", "report", "complete", "fail")


def record_outside_call(
    actor: Actor,
    *,
    referral_id: UUID,
    version: int,
    answered_by: str,
    agreed: str,
    family_took_part: bool,
    packet_given: str,
    check_back_on: date | None,
    called_at: datetime | None = None,
) -> OutsideCall:
    """Records a contact to the receiver: who answered, what was agreed, and the day of checking that help came."""
    with transaction.atomic():
        _access, referral = for_sender(actor, Deed.WRITE_SENT_REFERRAL, referral_id)
        _only_outside(referral)
        errors = {}
        if not answered_by.strip():
            errors["answered_by"] = _("Write who answered.")
        if not agreed.strip():
            errors["agreed"] = _("Write what was agreed, even if it was only that you call again.")
        if packet_given not in GIVEN:
            errors["packet_given"] = _("Choose one of the alternatives.")
        if called_at and called_at > actor.at:
            errors["called_at"] = _("The call cannot be in the future.")
        if errors:
            raise InvalidInput(errors)
        call = insert(
            OutsideCall(
                referral=referral,
                called_at=called_at or actor.at,
                answered_by=answered_by.strip(),
                agreed=agreed.strip(),
                family_took_part=family_took_part,
                packet_given=packet_given,
                check_back_on=day_or_refuse(actor, check_back_on),
                by_name=actor.name,
            )
        )
        make_move(actor, referral, "call", by=By.SENDER, expected=version, due_on=check_back_on)
        return call


def record_outside_answer(
    actor: Actor,
    *,
    referral_id: UUID,
    version: int,
    answer: str,
    told_by: str,
    reason: str = "",
    outcome: str = "",
    check_back_on: date | None = None,
) -> Referral:
    """Moves the referral as the receiver has told it; the trace says who told."""
    with transaction.atomic():
        _access, referral = for_sender(actor, Deed.WRITE_SENT_REFERRAL, referral_id)
        _only_outside(referral)
        row = find_move(referral.state, answer, By.RECEIVER) if answer in ANSWERS else None
        if row is None:
            raise MovedOn
        if not told_by.strip():
            raise InvalidInput({"told_by": _("Write who told this.")})
        if answer == "complete" and not outcome.strip():
            raise InvalidInput({"outcome": _("Write what came of it, so that the family knows.")})
        changes = {"outcome": outcome.strip()} if outcome.strip() else {}
        if row.end not in TERMINAL:
            changes["due_on"] = day_or_refuse(actor, check_back_on)
        if row.start == "requested":
            changes["answered_at"] = actor.at
        note = gettext("Told by %(who)s") % {"who": told_by.strip()}
        make_move(actor, referral, answer, by=By.RECEIVER, expected=version, reason=reason, note=note, **changes)
        return referral


def record_receiver_told(
    actor: Actor, *, referral_id: UUID, version: int, answered_by: str = "", knew_nothing: bool = False
) -> Referral:
    """The receiver has heard that the contact ended; or it had never been told of it, and calling would tell it."""
    with transaction.atomic():
        _access, referral = for_sender(actor, Deed.WRITE_SENT_REFERRAL, referral_id)
        _only_outside(referral)
        if not knew_nothing and not answered_by.strip():
            raise InvalidInput({"answered_by": _("Write who answered, or that nothing had been told to the receiver.")})
        if not settle(actor, about_id=referral.id, kinds=[Item.Kind.TELL_RECEIVER]):
            raise MovedOn(_("This has already been recorded."))
        save_version(referral, expected=version, fields=[])
        told = gettext("Told to %(who)s") % {"who": answered_by.strip()}
        note = gettext("Nothing had been told to the receiver.") if knew_nothing else told
        trace(actor, referral, "tell_receiver", referral.state, note=note)
        return referral


def _only_outside(referral: Referral) -> None:
    if referral.to_unit_id is not None:
        raise MovedOn(_("This receiver uses Solmu and answers there itself."))
