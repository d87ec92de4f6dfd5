"""What the receiving unit does with a referral."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from solmu.access.actor import Actor
from solmu.access.classes import InformationClass as C
from solmu.access.deeds import Deed
from solmu.kernel.errors import InvalidInput, NotNow
from solmu.kernel.models import insert
from solmu.referrals.actions.moving import arrange, coming_day, last_day_of, make_move, open_to_receiver, trace
from solmu.referrals.actions.preparing import _receiver
from solmu.referrals.models import Question, Referral, State
from solmu.referrals.packet.catalogue import NETWORK
from solmu.referrals.records import for_receiver, owners_at_sender
from solmu.referrals.rules import By

_NEXT_DAY = _("Choose the day by which the next step is taken, so that nobody waits unseen.")


class NotYours(NotNow):
    """Only who has claimed a referral releases it."""

    message = _("Somebody else has claimed this contact, or nobody has.")


class NobodyHears(NotNow):
    """The sender's work with the family has ended, so that nobody there would answer."""

    message = _("The sender has ended its work with the family: nobody there would read this. Speak with the family.")


def claim_referral(actor: Actor, *, referral_id: UUID, version: int) -> Referral:
    """The actor takes the referral on; from a colleague who had it, too, and the trace tells so."""
    with transaction.atomic():
        _access, referral = for_receiver(actor, Deed.ANSWER_REFERRAL, referral_id)
        note = referral.claimed_by_name if referral.claimed_by not in {None, actor.account_id} else ""
        make_move(actor, referral, "claim", by=By.RECEIVER, expected=version, note=note, **_claimed(actor))
        return referral


def release_claim(actor: Actor, *, referral_id: UUID, version: int) -> Referral:
    """The actor gives the referral back to the unit's queue."""
    with transaction.atomic():
        _access, referral = for_receiver(actor, Deed.ANSWER_REFERRAL, referral_id)
        if referral.claimed_by != actor.account_id:
            raise NotYours
        nobody = {"claimed_by": None, "claimed_by_name": ""}
        make_move(actor, referral, "release", by=By.RECEIVER, expected=version, **nobody)
        return referral


def accept_referral(actor: Actor, *, referral_id: UUID, version: int, next_on: date | None, note: str = "") -> Referral:
    """The unit takes the matter on; `next_on` is when it begins. Opens the network, if that is permitted."""
    with transaction.atomic():
        _access, referral = for_receiver(actor, Deed.ANSWER_REFERRAL, referral_id)
        coming_day(actor, next_on, "next_on", _NEXT_DAY)
        changes = {"due_on": next_on, "answered_at": actor.at, **_taken(actor, referral)}
        make_move(actor, referral, "accept", by=By.RECEIVER, expected=version, note=note, **changes)
        if NETWORK in referral.items:
            open_to_receiver(actor, referral, C.NETWORK | C.PLAN, last_day_of(referral), may_write=True)
        return referral


def ask_question(actor: Actor, *, referral_id: UUID, version: int, text: str) -> Question:
    """The unit asks for more; the sender answers within what the family permits."""
    with transaction.atomic():
        _access, referral = for_receiver(actor, Deed.ANSWER_REFERRAL, referral_id)
        _need_a_reader(referral)
        if not text.strip():
            raise InvalidInput({"text": _("Write what you need to know.")})
        question = Question(referral=referral, text=text.strip(), asked_by_name=actor.name, asked_at=actor.at)
        insert(question)
        make_move(actor, referral, "ask", by=By.RECEIVER, expected=version, **_taken(actor, referral))
        return question


def reject_referral(actor: Actor, *, referral_id: UUID, version: int, reason: str) -> Referral:
    """The unit cannot take the matter on; it goes back to the sender."""
    with transaction.atomic():
        _access, referral = for_receiver(actor, Deed.ANSWER_REFERRAL, referral_id)
        changes = {"answered_at": actor.at, **_taken(actor, referral)}
        make_move(actor, referral, "reject", by=By.RECEIVER, expected=version, reason=reason, **changes)
        return referral


def hold_referral(
    actor: Actor, *, referral_id: UUID, version: int, reason: str, until: date | None, waiting_list: bool = False
) -> Referral:
    """The matter waits until a day, on a waiting list or for another reason."""
    with transaction.atomic():
        _access, referral = for_receiver(actor, Deed.ANSWER_REFERRAL, referral_id)
        coming_day(actor, until, "until", _("Choose the day on which you come back to this."))
        changes = {"due_on": until, "waiting_list": waiting_list, **_taken(actor, referral)}
        make_move(actor, referral, "hold", by=By.RECEIVER, expected=version, reason=reason, **changes)
        return referral


def start_work(actor: Actor, *, referral_id: UUID, version: int, next_on: date | None, note: str = "") -> Referral:
    """Help begins; `next_on` is the day by which the unit tells how it goes."""
    return _go_on(actor, "start", referral_id, version, next_on, note)


def report_work(actor: Actor, *, referral_id: UUID, version: int, next_on: date | None, note: str) -> Referral:
    """The unit tells the sender how it goes, and when it tells again."""
    if not note.strip():
        raise InvalidInput({"note": _("Write in a sentence or two how it goes.")})
    return _go_on(actor, "report", referral_id, version, next_on, note)


def _go_on(actor: Actor, move: str, referral_id: UUID, version: int, next_on: date | None, note: str) -> Referral:
    with transaction.atomic():
        _access, referral = for_receiver(actor, Deed.ANSWER_REFERRAL, referral_id)
        coming_day(actor, next_on, "next_on", _NEXT_DAY)
        changes = {"due_on": next_on, "waiting_list": False, **_taken(actor, referral)}
        make_move(actor, referral, move, by=By.RECEIVER, expected=version, note=note, **changes)
        return referral


def redirect_referral(
    actor: Actor,
    *,
    referral_id: UUID,
    version: int,
    reason: str,
    to_unit_id: UUID | None = None,
    to_point_id: UUID | None = None,
) -> Referral:
    """The unit proposes another receiver: this referral ends, and the pair gets a draft. Returns the draft.

    Nothing reaches the other receiver before the pair has asked the family, even where an earlier permission would
    cover it: the preview for that receiver has not been read to the family.
    """
    with transaction.atomic():
        _access, referral = for_receiver(actor, Deed.ANSWER_REFERRAL, referral_id)
        _need_a_reader(referral)
        unit_id, point_id = _receiver(to_unit_id, to_point_id)
        if unit_id and unit_id == referral.to_unit_id:
            raise InvalidInput({"receiver": _("Choose another receiver than your own unit.")})
        draft = Referral(
            case=referral.case,
            engagement=referral.engagement,
            from_unit=referral.from_unit,
            to_unit_id=unit_id,
            to_point_id=point_id,
            state=State.DRAFT,
            priority=referral.priority,
            asked=referral.asked,
            wish=referral.wish,
            already_done=referral.already_done,
            items=referral.items,
            due_on=actor.today,
            created_at=actor.at,
        )
        insert(draft)
        changes = {"successor": draft, "answered_at": referral.answered_at or actor.at, **_taken(actor, referral)}
        make_move(actor, referral, "redirect", by=By.RECEIVER, expected=version, reason=reason, **changes)
        trace(actor, draft, "propose", "", reason=reason.strip())
        arrange(actor, draft)
        return draft


def complete_referral(actor: Actor, *, referral_id: UUID, version: int, outcome: str) -> Referral:
    """The matter is done; the sender hears what came of it and tells the family."""
    with transaction.atomic():
        _access, referral = for_receiver(actor, Deed.ANSWER_REFERRAL, referral_id)
        if not outcome.strip():
            raise InvalidInput({"outcome": _("Write what came of it, so that the family and the sender know.")})
        changes = {"outcome": outcome.strip(), **_taken(actor, referral)}
        make_move(actor, referral, "complete", by=By.RECEIVER, expected=version, **changes)
        return referral


def fail_referral(actor: Actor, *, referral_id: UUID, version: int, reason: str) -> Referral:
    """What was begun could not be carried out; it goes back to the sender."""
    with transaction.atomic():
        _access, referral = for_receiver(actor, Deed.ANSWER_REFERRAL, referral_id)
        make_move(actor, referral, "fail", by=By.RECEIVER, expected=version, reason=reason, **_taken(actor, referral))
        return referral


def _need_a_reader(referral: Referral) -> None:
    if not owners_at_sender(referral):
        raise NobodyHears


def _claimed(actor: Actor) -> dict:
    return {"claimed_by": actor.account_id, "claimed_by_name": actor.name}


def _taken(actor: Actor, referral: Referral) -> dict:
    """Who acts on an unclaimed referral has claimed it."""
    return {} if referral.claimed_by else _claimed(actor)
