"""The network around a family: who belongs to it, when it meets, what was agreed."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from solmu.access.actor import Actor
from solmu.access.classes import InformationClass as C
from solmu.access.deeds import Deed
from solmu.access.gate import Access
from solmu.access.grants import close_grants
from solmu.accounts.models import Account
from solmu.agenda import actions as agenda
from solmu.agenda.models import Item
from solmu.casework.models import Case, CaseWorker, Engagement, NetworkMeeting, NetworkMember, Promise
from solmu.casework.queries.records import owners_in, require_open, require_row, units_open_to
from solmu.casework.rules import network as rules
from solmu.families.models import Person
from solmu.kernel.clock import local_date
from solmu.kernel.errors import InvalidInput, NotNow
from solmu.kernel.models import insert, save_version
from solmu.operating_models.queries import package_of

_AT_HOME = (Person.Place.ADULT, Person.Place.YOUNG, Person.Place.CHILD)


def add_member(
    actor: Actor,
    *,
    case_id: UUID,
    kind: str,
    name: str = "",
    organisation_name: str = "",
    in_role: str = "",
    contact: str = "",
    account_email: str = "",
    person_id: UUID | None = None,
    chosen_by_family: bool = True,
    sees_name: bool = False,
) -> NetworkMember:
    """Writes down somebody whom the family wishes to have around it; nobody is told anything yet.

    `sees_name`: the family lets its name stand beside the member's own promises in Solmu; else its reference stands.
    """
    with transaction.atomic():
        access, case = require_row(actor, Deed.WRITE_NETWORK, Case, case_id)
        require_open(case)
        _begin(actor, access, case)
        person = _close_person(access, person_id)
        account = _account(account_email)
        name = name.strip() or (str(person) if person else "") or (account.name if account else "")
        if not name:
            raise InvalidInput({"name": _("Write the name of the person.")})
        if account and case.network.filter(account_id=account.id).exists():
            raise InvalidInput({"account_email": _("This person is already in the network.")})
        return insert(
            NetworkMember(
                case=case,
                kind=kind,
                name=name,
                organisation_name=organisation_name,
                in_role=in_role,
                contact=contact,
                account_id=account.id if account else None,
                person=person,
                chosen_by_family=chosen_by_family,
                sees_name=sees_name,
                added_at=actor.at,
            )
        )


def _begin(actor: Actor, access: Access, case: Case) -> None:
    """The pair and the people of the family belong to the network from its beginning."""
    known = set(case.network.exclude(account_id=None).values_list("account_id", flat=True))
    workers = CaseWorker.objects.filter(case=case, until=None).exclude(account_id__in=known)
    rows = [
        NetworkMember(kind=NetworkMember.Kind.PROFESSIONAL, name=worker.name, account_id=worker.account_id)
        for worker in workers
    ]
    if access.covers(C.IDENTITY):
        there = case.network.exclude(person=None).values_list("person_id", flat=True)
        people = Person.objects.filter(family_id=access.record_id, removed_at=None, place__in=_AT_HOME)
        rows += [
            NetworkMember(kind=NetworkMember.Kind.FAMILY, name=str(person), person=person)
            for person in people.exclude(id__in=there).order_by("id")
        ]
    for row in rows:
        row.case, row.state, row.added_at = case, NetworkMember.State.JOINED, actor.at
    NetworkMember.objects.bulk_create(rows)


def _close_person(access: Access, person_id: UUID | None) -> Person | None:
    if person_id is None:
        return None
    close = Person.objects.filter(pk=person_id, family_id=access.record_id, removed_at=None)
    person = close.first() if access.covers(C.IDENTITY) else None
    if person is None:
        raise InvalidInput({"person": _("Choose somebody of whom the family has told.")})
    return person


def _account(email: str) -> Account | None:
    if not email.strip():
        return None
    account = Account.objects.filter(email__iexact=email.strip(), is_active=True).first()
    if account is None:
        sentence = _("Nobody uses Solmu with this address. Leave it empty: the network works without it too.")
        raise InvalidInput({"account_email": sentence})
    return account


def set_member_state(
    actor: Actor, *, member_id: UUID, version: int, state: str, family_agrees: bool = False
) -> NetworkMember:
    """Moves a member on: invited, joined, declined, or struck out by the family, which closes the member's access."""
    with transaction.atomic():
        _access, member = require_row(actor, Deed.WRITE_NETWORK, NetworkMember, member_id)
        require_open(member.case)
        if not rules.may_become(member.state, state):
            raise NotNow
        if rules.needs_familys_yes(state) and not (member.chosen_by_family or family_agrees):
            raise InvalidInput({"family_agrees": _("The family chooses whom to invite. Ask the family first.")})
        member.chosen_by_family = member.chosen_by_family or family_agrees
        member.state = state
        save_version(member, expected=version, fields=["state", "chosen_by_family"])
        if state == NetworkMember.State.LEFT:
            _let_go(actor, member)
    return member


def _let_go(actor: Actor, member: NetworkMember) -> None:
    close_grants(basis_id=member.id, at=actor.at)
    for promise in Promise.objects.filter(member=member, state=Promise.State.MADE):
        agenda.put(
            actor,
            kind=Item.Kind.PROMISE,
            about_id=promise.id,
            due_on=promise.due_on,
            record_id=member.case.family_id,
            **owners_in(member.case),
        )


def agree_meeting(
    actor: Actor,
    *,
    case_id: UUID,
    starts_at: datetime,
    place: str = "",
    chair: str = "",
    interpreter_booked: bool | None = None,
    engagement_id: UUID | None = None,
) -> NetworkMeeting:
    """Agrees on a day; it then waits for both of the pair, and for a receiver that works in the same network."""
    with transaction.atomic():
        access, case = require_row(actor, Deed.WRITE_NETWORK, Case, case_id)
        require_open(case)
        _begin(actor, access, case)
        engagement = _engagement(case, engagement_id)
        meeting = insert(
            NetworkMeeting(
                case=case,
                engagement=engagement,
                starts_at=starts_at,
                place=place,
                chair=chair,
                interpreter_booked=interpreter_booked,
                made_at=actor.at,
            )
        )
        held = case.network_meetings.filter(state=NetworkMeeting.State.HELD).values_list("id", flat=True)
        agenda.settle_all(actor, about_ids=list(held))  # the end of the earlier action period has been thought of
        _wait_for(actor, meeting, local_date(starts_at))
    return meeting


def _engagement(case: Case, engagement_id: UUID | None) -> Engagement | None:
    running = case.engagements.filter(state=Engagement.State.RUNNING)
    if engagement_id is None:
        return None
    engagement = running.filter(pk=engagement_id).first()
    if engagement is None:
        raise InvalidInput({"engagement": _("Choose something that is under way.")})
    return engagement


def _wait_for(actor: Actor, meeting: NetworkMeeting, on: date, kind: str = Item.Kind.MEETING) -> None:
    agenda.put(
        actor,
        kind=kind,
        about_id=meeting.id,
        due_on=on,
        record_id=meeting.case.family_id,
        **owners_in(meeting.case),
        units=units_open_to(meeting.case.family_id, actor.at, C.NETWORK | C.PLAN),
    )


def hold_meeting(
    actor: Actor,
    *,
    meeting_id: UUID,
    version: int,
    present_ids: Iterable[UUID],
    family_present: bool,
    family_absent_reason: str = "",
    interpreter_booked: bool | None = None,
    agreed: str,
    period_ends_on: date | None = None,
) -> NetworkMeeting:
    """Records that the network met: who was there, what was agreed, until when the action period lasts."""
    with transaction.atomic():
        _access, meeting = require_row(actor, Deed.WRITE_NETWORK, NetworkMeeting, meeting_id)
        require_open(meeting.case)
        if meeting.state != NetworkMeeting.State.AGREED:
            raise NotNow
        _check_held(actor, meeting, family_present, family_absent_reason, agreed, period_ends_on)
        meeting.state, meeting.held_at = NetworkMeeting.State.HELD, actor.at
        meeting.family_present, meeting.family_absent_reason = family_present, family_absent_reason
        meeting.interpreter_booked, meeting.agreed = interpreter_booked, agreed
        meeting.period_ends_on = period_ends_on
        fields = ["state", "held_at", "family_present", "family_absent_reason", "interpreter_booked", "agreed"]
        save_version(meeting, expected=version, fields=[*fields, "period_ends_on"])
        meeting.present.set(NetworkMember.objects.filter(case=meeting.case, id__in=list(present_ids)))
        agenda.settle(actor, about_id=meeting.id)
        if period_ends_on:
            _wait_for(actor, meeting, period_ends_on, Item.Kind.PERIOD)
    return meeting


def _check_held(actor, meeting, family_present, reason, agreed, period_ends_on) -> None:
    errors = {}
    if rules.absence_needs_reason(family_present, presence_rule(meeting)) and not reason.strip():
        errors["family_absent_reason"] = _("Write why the family was not there: nothing is agreed about it unheard.")
    if not agreed.strip():
        errors["agreed"] = _("Write what was agreed, even if it was to meet again.")
    if period_ends_on and period_ends_on < actor.today:
        errors["period_ends_on"] = _("The action period ends today or later.")
    if local_date(meeting.starts_at) > actor.today:
        errors[""] = _("This meeting is still ahead. If it was held earlier, cancel it and agree on the right day.")
    if errors:
        raise InvalidInput(errors)


def presence_rule(meeting: NetworkMeeting) -> str | None:
    """What the running model says of the family's presence: required, recommended, or nothing."""
    if meeting.engagement is None:
        return None
    network = package_of(meeting.engagement.model).process.network
    return network.family_present if network else None


def cancel_meeting(actor: Actor, *, meeting_id: UUID, version: int, reason: str) -> NetworkMeeting:
    """Cancels an agreed meeting; nothing about it waits any longer."""
    with transaction.atomic():
        _access, meeting = require_row(actor, Deed.WRITE_NETWORK, NetworkMeeting, meeting_id)
        if meeting.state != NetworkMeeting.State.AGREED:
            raise NotNow
        if not reason.strip():
            raise InvalidInput({"reason": _("Write why the meeting was cancelled.")})
        meeting.state, meeting.cancelled_reason = NetworkMeeting.State.CANCELLED, reason
        save_version(meeting, expected=version, fields=["state", "cancelled_reason"])
        agenda.settle(actor, about_id=meeting.id)
    return meeting
