"""Emergency access: a record opened without an ordinary ground, with a reason, for hours, reviewed every time.

The families room finds the record and lets the review wait on the stewards' agenda.
"""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from solmu.access import gate
from solmu.access.actor import Actor
from solmu.access.classes import InformationClass as C
from solmu.access.deeds import Deed
from solmu.access.grants import Basis, close_grants, open_grant
from solmu.access.models import EmergencyAccess, Grant
from solmu.kernel.errors import InvalidInput, NotNow
from solmu.kernel.models import check_lengths, insert

CLASSES = C.IDENTITY | C.CASEWORK | C.SITUATION | C.PLAN  # never a young person's own part
PURPOSE = "emergency"
SHORTEST_REASON = 20  # characters of a sentence that a steward can judge
WORDS_OF_REASON = 4


class OwnEmergency(NotNow):
    """Nobody reviews what they opened themselves."""

    message = _("You opened this emergency access yourself. Another data protection officer reviews it.")


def check_reason(reason: str) -> str:
    """The reason without its edges; raises InvalidInput when it is less than a sentence."""
    reason = reason.strip()
    if len(reason) < SHORTEST_REASON or len(reason.split()) < WORDS_OF_REASON:
        words = _("Write in a sentence what has happened and why the record must be opened now.")
        raise InvalidInput({"reason": words})
    return reason


def open_record(actor: Actor, *, record_id: UUID, reason: str) -> EmergencyAccess:
    """Lets the actor read a record for SOLMU_EMERGENCY_HOURS; opened already, it stays open as it was."""
    with transaction.atomic():
        gate.require(actor, Deed.OPEN_IN_EMERGENCY)
        reason = check_reason(reason)
        if already := _open_now(actor).filter(record_id=record_id).first():
            return already
        until = actor.at + timedelta(hours=settings.SOLMU_EMERGENCY_HOURS)
        opened = insert(
            EmergencyAccess(
                account_id=actor.account_id,
                account_name=actor.name,
                unit_id=actor.unit_id,
                organisation_id=actor.organisation_id,
                record_id=record_id,
                reason=reason,
                opened_at=actor.at,
                valid_to=until,
            )
        )
        open_grant(
            subject=(Grant.Subject.PERSON, actor.account_id),
            record_id=record_id,
            classes=CLASSES,
            basis=Basis(Grant.Basis.EMERGENCY, opened.id),
            purpose=PURPOSE,
            valid_from=actor.at,
            valid_to=until,
        )
        gate.require(actor, Deed.OPEN_IN_EMERGENCY, record_id)  # writes the opening itself into the log
    return opened


def end_emergency(actor: Actor, *, emergency_id: UUID) -> EmergencyAccess:
    """Ends the actor's own emergency access before its time; ended already, it stays so."""
    with transaction.atomic():
        gate.require(actor, Deed.OPEN_IN_EMERGENCY)
        mine = EmergencyAccess.objects.select_for_update().filter(account_id=actor.account_id)
        emergency = mine.filter(pk=emergency_id).first()
        if emergency is None:
            raise NotNow
        _end(emergency, actor)
    return emergency


def end_expired(actor: Actor) -> int:
    """Ends every emergency access whose time is over; returns how many. For the clock."""
    with transaction.atomic():
        gate.require(actor, Deed.KEEP_UP)
        over = list(EmergencyAccess.objects.select_for_update().filter(ended_at=None, valid_to__lte=actor.at))
        for emergency in over:
            _end(emergency, actor)
    return len(over)


def record_review(actor: Actor, *, emergency_id: UUID, verdict: str, note: str) -> EmergencyAccess:
    """Notes what a steward of the same organisation found; an access that is judged unjustified ends at once."""
    with transaction.atomic():
        gate.require(actor, Deed.REVIEW_ACCESS)
        own = EmergencyAccess.objects.select_for_update().filter(organisation_id=actor.organisation_id)
        emergency = own.filter(pk=emergency_id).first()
        if emergency is None or emergency.reviewed_at:
            raise NotNow
        if emergency.account_id == actor.account_id:
            raise OwnEmergency
        _check_review(verdict, note)
        emergency.reviewed_at, emergency.reviewed_by = actor.at, actor.account_id
        emergency.verdict, emergency.review_note = verdict, note.strip()
        check_lengths(emergency, ["review_note"])
        emergency.save(update_fields=["reviewed_at", "reviewed_by", "verdict", "review_note"])
        if verdict == EmergencyAccess.Verdict.UNJUSTIFIED:
            _end(emergency, actor)
    return emergency


def _check_review(verdict: str, note: str) -> None:
    errors = {}
    if verdict not in EmergencyAccess.Verdict.values:
        errors["verdict"] = _("Choose one of the alternatives.")
    if not note.strip():
        errors["note"] = _("Write what you looked at and what follows from it.")
    if errors:
        raise InvalidInput(errors)


def _open_now(actor: Actor):
    return EmergencyAccess.objects.filter(account_id=actor.account_id, ended_at=None, valid_to__gt=actor.at)


def _end(emergency: EmergencyAccess, actor: Actor) -> None:
    if emergency.ended_at is None:
        emergency.ended_at = min(actor.at, emergency.valid_to)
        emergency.save(update_fields=["ended_at"])
        close_grants(basis_id=emergency.id, at=actor.at)
