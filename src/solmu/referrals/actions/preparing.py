"""The pair prepares a contact together with the family, and sends it."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from solmu.access import gate
from solmu.access.actor import Actor
from solmu.access.classes import InformationClass as C
from solmu.access.deeds import Deed
from solmu.access.gate import Access
from solmu.casework.models import Case, Engagement
from solmu.directory.models import ContactPoint
from solmu.families.models import Family
from solmu.kernel.errors import Conflict, InvalidInput, NotNow
from solmu.kernel.models import insert, save_version
from solmu.organisations.models import Unit
from solmu.referrals.actions.moving import (
    MovedOn,
    arrange,
    coming_day,
    last_day_of,
    make_move,
    open_to_receiver,
    trace,
)
from solmu.referrals.models import Referral, State
from solmu.referrals.packet import offers
from solmu.referrals.readiness import Preparation, draft_of, permissions_of, prepare
from solmu.referrals.records import for_sender
from solmu.referrals.rules import By, answer_by

_LACKS = {
    "items": ("items", _("Write what is asked, and choose with the family at least one item to tell.")),
    "read_aloud": ("read_aloud", _("Read the preview aloud to the family before sending.")),
    "permission": ("permission", _("A permission is missing for something that would be told.")),
    "ask_back_on": ("ask_back_on", _("The receiver has not agreed on a time to answer: choose the day you ask back.")),
    "pair_ready": ("pair_ready", _("Both of the pair say first that the contact is ready.")),
}


class PreviewChanged(InvalidInput):
    """What would leave is no longer what was read aloud."""

    def __init__(self):
        super().__init__({"read_aloud": _("The contact has changed since it was read aloud. Read the new preview.")})


def prepare_referral(
    actor: Actor,
    *,
    family_id: UUID,
    asked: str,
    to_unit_id: UUID | None = None,
    to_point_id: UUID | None = None,
    priority: str = Referral.Priority.ROUTINE,
    items: Iterable[str] = (),
    wish: str = "",
    already_done: str = "",
    engagement_id: UUID | None = None,
    finish_on: date | None = None,
    after_id: UUID | None = None,
) -> Referral:
    """Begins a contact to one receiver; `after_id` is the referral that came back and of which this is the next try."""
    with transaction.atomic():
        access = gate.require(actor, Deed.PREPARE_REFERRAL, family_id)
        to_unit_id, to_point_id = _receiver(to_unit_id, to_point_id)
        case = _open_case(actor, family_id)
        referral = Referral(
            case=case,
            engagement=_engagement(case, engagement_id),
            from_unit_id=actor.unit_id,
            to_unit_id=to_unit_id,
            to_point_id=to_point_id,
            due_on=max(finish_on or actor.today, actor.today),
            created_at=actor.at,
        )
        _write(access, referral, asked=asked, priority=priority, items=items, wish=wish, already_done=already_done)
        insert(referral)
        trace(actor, referral, "prepare", "")
        arrange(actor, referral)
        if after_id:
            follow_after(actor, family_id, after_id, referral)
        return referral


def update_draft(
    actor: Actor,
    *,
    referral_id: UUID,
    version: int,
    asked: str,
    priority: str,
    items: Iterable[str],
    wish: str = "",
    already_done: str = "",
) -> Referral:
    """Changes a draft; what the pair had said of its being ready was said of another text, and is taken back."""
    with transaction.atomic():
        access, referral = for_sender(actor, Deed.PREPARE_REFERRAL, referral_id)
        if referral.state != State.DRAFT:
            raise MovedOn
        _write(access, referral, asked=asked, priority=priority, items=items, wish=wish, already_done=already_done)
        referral.pair_ready = []
        fields = ["asked", "priority", "items", "wish", "already_done", "pair_ready"]
        save_version(referral, expected=version, fields=fields)
        return referral


def say_ready(actor: Actor, *, referral_id: UUID, version: int) -> Referral:
    """One of the pair says that the contact is ready as it stands."""
    with transaction.atomic():
        _access, referral = for_sender(actor, Deed.PREPARE_REFERRAL, referral_id)
        if referral.state != State.DRAFT:
            raise MovedOn
        referral.pair_ready = sorted({*referral.pair_ready, str(actor.account_id)})
        save_version(referral, expected=version, fields=["pair_ready"])
        return referral


def send_referral(
    actor: Actor,
    *,
    referral_id: UUID,
    version: int,
    read_aloud: bool,
    ask_back_on: date | None = None,
    read_packet: str | None = None,
) -> Referral:
    """Freezes the packet and gives it to the receiver; `read_packet` is the hash of the preview that was read aloud.

    A receiver outside Solmu gets nothing from here: the packet is then ready to be told, handed over or printed.
    """
    with transaction.atomic():
        access, referral = for_sender(actor, Deed.PREPARE_REFERRAL, referral_id)
        if referral.state != State.DRAFT:
            raise MovedOn
        if referral.version != version:
            raise Conflict(referral)
        if ask_back_on is not None:
            coming_day(actor, ask_back_on, "ask_back_on", _("The day cannot be in the past."))
        ready = prepare(access, referral, read_aloud=read_aloud, ask_back_on=ask_back_on)
        _check(ready, read_packet)
        due_on = answer_by(actor.today, draft_of(referral).answers_within, ask_back_on)
        changes = {
            "packet": ready.sections,
            "packet_hash": ready.hash,
            "read_aloud": True,
            "sent_at": actor.at,
            "sent_by": actor.account_id,
            "due_on": due_on,
            **_shown_in_queue(referral),
        }
        referral.permissions.set(permissions_of(ready.resting))
        make_move(actor, referral, "send", by=By.SENDER, expected=version, **changes)
        if referral.to_unit_id:
            open_to_receiver(actor, referral, C.PACKET, last_day_of(referral), may_write=True)
        for before in Referral.objects.select_related("case").filter(successor=referral, came_back=True):
            _decide_return(actor, before, referral)
        return referral


def _check(ready: Preparation, read_packet: str | None) -> None:
    if ready.gone:
        raise InvalidInput({"items": _("Something chosen is no longer in the record. Look at the items again.")})
    if errors := dict(_LACKS[code] for code in ready.lacking):
        raise InvalidInput(errors)
    if read_packet is not None and read_packet != ready.hash:
        raise PreviewChanged


def _shown_in_queue(referral: Referral) -> dict:
    """What the unit sees of the contact before somebody opens it; only what was permitted."""
    family: Family = referral.case.family
    shown: dict = {}
    if "language" in referral.items:
        needs = {Family.Interpreter.NO: False, Family.Interpreter.UNKNOWN: None}
        shown |= {"language": family.language, "interpreter": needs.get(family.interpreter, True)}
    if "area" in referral.items:
        shown["area"] = family.area
    return shown


def _write(access: Access, referral: Referral, *, asked, priority, items, wish, already_done) -> None:
    errors = {}
    if not asked.strip():
        errors["asked"] = _("Write in one sentence what is asked. No names: the whole unit sees this sentence.")
    if priority not in Referral.Priority.values:
        errors["priority"] = _("Choose one of the alternatives.")
    referral.asked, referral.priority = asked.strip(), priority
    referral.wish, referral.already_done = wish.strip(), already_done.strip()
    on_offer = [offer.code for offer in offers(access, draft_of(referral))]
    wanted = set(items)
    if unknown := wanted - {*on_offer, "wish", "already_done"}:
        errors["items"] = _("%(n)s of the chosen items is not in the record any more. Choose again.") % {
            "n": len(unknown)
        }
    if errors:
        raise InvalidInput(errors)
    referral.items = [code for code in on_offer if code in wanted]


def _receiver(unit_id: UUID | None, point_id: UUID | None) -> tuple[UUID | None, UUID | None]:
    """The unit, or the contact point outside; a point that stands for a unit in Solmu becomes that unit."""
    if point_id:
        point = ContactPoint.objects.filter(pk=point_id, is_active=True).first()
        if point and point.unit_id:
            unit_id, point_id = point.unit_id, None
        elif point is None:
            point_id = None
    if unit_id and not Unit.objects.filter(pk=unit_id, receives_referrals=True).exists():
        unit_id = None
    if (unit_id is None) == (point_id is None):
        raise InvalidInput({"receiver": _("Choose one receiver from the list.")})
    return unit_id, point_id


def _open_case(actor: Actor, family_id: UUID) -> Case:
    cases = Case.objects.filter(family_id=family_id, state=Case.State.OPEN)
    mine = cases.filter(workers__account_id=actor.account_id, workers__until=None).order_by("-opened_at").first()
    case = mine or cases.order_by("-opened_at").first()
    if case is None:
        raise NotNow(_("The work with the family has been closed. Open it again before preparing a contact."))
    return case


def _engagement(case: Case, engagement_id: UUID | None) -> Engagement | None:
    running = Engagement.objects.filter(case__family_id=case.family_id, state=Engagement.State.RUNNING)
    found = running.filter(pk=engagement_id).first()
    if found is None and engagement_id is not None:
        raise InvalidInput({"engagement": _("This operating model is not under way with the family.")})
    return found


def follow_after(actor: Actor, family_id: UUID, after_id: UUID, successor: Referral) -> None:
    """Ties the next try to the referral that came back, whose return is thereby decided."""
    before = Referral.objects.select_related("case").filter(pk=after_id, case__family_id=family_id).first()
    if before is None or before.successor_id:
        return
    _decide_return(actor, before, successor)


def _decide_return(actor: Actor, before: Referral, successor: Referral) -> None:
    before.successor, before.came_back = successor, False
    save_version(before, expected=before.version, fields=["successor", "came_back"])
    arrange(actor, before)
