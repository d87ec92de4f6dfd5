"""Closing a case so that nothing is left waiting, and the follow-up after it."""

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from solmu.access.actor import Actor
from solmu.access.deeds import Deed
from solmu.access.grants import close_grants
from solmu.agenda import actions as agenda
from solmu.agenda.models import Item
from solmu.casework.actions.cases import reopen_case
from solmu.casework.actions.steps import drop_steps
from solmu.casework.models import Case, Engagement, HelpCame, NetworkMeeting, Promise
from solmu.casework.queries.closing import outcomes, packages_of, reasons, waiting_referrals
from solmu.casework.queries.records import owners_in, pair_of, require_open, require_own_unit, require_row
from solmu.casework.rules import closing as rules
from solmu.casework.rules.closing import PromiseEnd
from solmu.kernel.errors import InvalidInput, NotNow
from solmu.kernel.models import save_version
from solmu.operating_models.queries import package_of

_LEFT_OPEN = _(
    "End every prepared contact that waits. Only what its receiver has accepted can be left to the receiver."
)


def close_case(
    actor: Actor,
    *,
    case_id: UUID,
    version: int,
    closing_reason: str,
    outcome: str,
    what_changed: str,
    family_told_how: str,
    help_came: str,
    family_told_on: date | None = None,
    family_words: str = "",
    follow_up_on: date | None = None,
    follow_up_note: str = "",
    promises: Mapping[UUID, PromiseEnd] | None = None,
    referrals_left: Collection[UUID] = (),
) -> Case:
    """Ends the work: with a follow-up the pair keeps its access until then, without one it ends at once.

    `promises` says what becomes of each open promise, `referrals_left` which prepared contacts are left on purpose to
    their receivers, who must have said yes: what nobody has taken on would wait for nobody.
    """
    with transaction.atomic():
        _access, case = require_row(actor, Deed.CLOSE_CASE, Case, case_id)
        require_own_unit(case, actor)
        require_open(case)
        said = {
            "closing_reason": closing_reason,
            "outcome": outcome,
            "what_changed": what_changed.strip(),
            "family_told_on": family_told_on,
            "family_told_how": family_told_how.strip(),
            "help_came": help_came,
            "family_words": family_words,
            "follow_up_on": follow_up_on,
            "follow_up_note": follow_up_note,
        }
        ends = promises or {}
        open_promises = list(Promise.objects.filter(case=case, state=Promise.State.MADE).order_by("due_on", "id"))
        wrong = _said_wrong(actor, case, said) | _left_open(actor, case, open_promises, ends, referrals_left)
        if wrong:
            raise InvalidInput(wrong)
        _write_down(actor, case, said, expected=version)
        _end_engagements(actor, case)
        _settle_all(actor, case)
        kept = _end_promises(actor, open_promises, ends)
        if follow_up_on:
            _wait(actor, case, kept)
        else:
            _close_access(actor, case)
    return case


def _said_wrong(actor: Actor, case: Case, said: dict) -> dict:
    running = packages_of(case, state=Engagement.State.RUNNING)
    errors = {}
    if said["closing_reason"] not in reasons(running):
        errors["closing_reason"] = _("Choose why the work ends.")
    if said["outcome"] not in outcomes(running):
        errors["outcome"] = _("Choose what came of it.")
    if not said["what_changed"]:
        errors["what_changed"] = _("Write what changed, in the family's words if you can.")
    if not said["family_told_how"]:
        errors["family_told_how"] = _("Write how the family was told, or why it could not be.")
    if said["family_told_on"] and said["family_told_on"] > actor.today:
        errors["family_told_on"] = _("Tell the family first: the day cannot be in the future.")
    if said["help_came"] not in HelpCame.values:
        errors["help_came"] = _("Choose what the family answered.")
    lacks = rules.follow_up_lacks(said["follow_up_on"], said["follow_up_note"], actor.today)
    if lacks == "day":
        errors["follow_up_on"] = _("The follow-up is on a day to come.")
    elif lacks == "note":
        errors["follow_up_note"] = _("Write why no follow-up was agreed.")
    return errors


def _left_open(actor: Actor, case: Case, promises: list[Promise], ends: Mapping, referrals_left: Collection) -> dict:
    errors = {}
    if any(rules.promise_end_lacks(ends.get(promise.id), actor.today) for promise in promises):
        errors["promises"] = _("Say of every open promise to whom it goes, why it is released, or by when it is done.")
    if rules.not_decided(waiting_referrals(case.family_id), referrals_left):
        errors["referrals"] = _LEFT_OPEN
    if case.network_meetings.filter(state=NetworkMeeting.State.AGREED).exists():
        errors["meetings"] = _("A network meeting is still ahead: hold it first, or cancel it.")
    return errors


def _write_down(actor: Actor, case: Case, said: dict, *, expected: int) -> None:
    for name, value in said.items():
        setattr(case, name, value)
    case.closed_at = actor.at
    case.state = Case.State.FOLLOW_UP if case.follow_up_on else Case.State.CLOSED
    save_version(case, expected=expected, fields=[*said, "closed_at", "state"])


def _end_engagements(actor: Actor, case: Case) -> None:
    running = Engagement.objects.filter(case=case, state=Engagement.State.RUNNING).select_related("model")
    for engagement in running.defer("model__content"):
        process = package_of(engagement.model).process
        if case.closing_reason in {each.id for each in process.closing_reasons}:
            engagement.closing_reason = case.closing_reason
        if case.outcome in {each.id for each in process.outcomes}:
            engagement.outcome = case.outcome
        engagement.state, engagement.ended_at = Engagement.State.ENDED, actor.at
        fields = ["closing_reason", "outcome", "state", "ended_at"]
        save_version(engagement, expected=engagement.version, fields=fields)


def _end_promises(actor: Actor, promises: list[Promise], ends: Mapping[UUID, PromiseEnd]) -> list[Promise]:
    """Ends what is handed on or released; returns the promises that are left with a day."""
    left = []
    for promise in promises:
        end = ends[promise.id]
        if end.how == rules.LEFT:
            promise.due_on = end.due_on
            left.append(promise)
        else:
            note = _("handed on: %s") if end.how == rules.HANDED_ON else _("released: %s")
            promise.state, promise.settled_at = Promise.State.RELEASED, actor.at
            promise.state_note = (str(note) % end.word)[:240]
        save_version(promise, expected=promise.version, fields=["state", "state_note", "settled_at", "due_on"])
    return left


def _settle_all(actor: Actor, case: Case) -> None:
    about = [case.id]
    for rows in (case.promises, case.network_meetings, case.proposals):
        about += rows.values_list("id", flat=True)
    drop_steps(actor, case)
    agenda.settle_all(actor, about_ids=about)
    agenda.settle_record(actor, record_id=case.family_id, accounts=pair_of(case), unit_id=case.unit_id)


def _wait(actor: Actor, case: Case, promises: list[Promise]) -> None:
    ours = owners_in(case)
    common = {"record_id": case.family_id}
    agenda.put(actor, kind=Item.Kind.FOLLOW_UP, about_id=case.id, due_on=case.follow_up_on, **ours, **common)
    members = dict(case.network.values_list("id", "account_id"))
    for promise in promises:
        owners = {"accounts": [members[promise.member_id]]} if members[promise.member_id] else ours
        agenda.put(actor, kind=Item.Kind.PROMISE, about_id=promise.id, due_on=promise.due_on, **owners, **common)


def _close_access(actor: Actor, case: Case) -> None:
    close_grants(basis_id=case.id, at=actor.at)
    for member_id in case.network.exclude(account_id=None).values_list("id", flat=True):
        close_grants(basis_id=member_id, at=actor.at)


def record_follow_up(
    actor: Actor,
    *,
    case_id: UUID,
    version: int,
    help_came: str,
    words: str = "",
    reopen: bool = False,
    reopened_reason: str = "",
) -> Case:
    """Writes down how the family is now; the work is then closed for good, or taken up again with a reason."""
    with transaction.atomic():
        _access, case = require_row(actor, Deed.CLOSE_CASE, Case, case_id)
        require_own_unit(case, actor)
        if case.state != Case.State.FOLLOW_UP:
            raise NotNow
        if help_came not in HelpCame.values:
            raise InvalidInput({"help_came": _("Choose what the family answered.")})
        if reopen and not reopened_reason.strip():
            raise InvalidInput({"reopened_reason": _("Write why the work is taken up again.")})
        waiting = waiting_referrals(case.family_id)
        if not reopen and rules.not_decided(waiting, waiting):
            raise InvalidInput({"referrals": _LEFT_OPEN})
        case.followed_up_on, case.follow_up_help, case.follow_up_words = actor.today, help_came, words
        case.state = Case.State.FOLLOW_UP if reopen else Case.State.CLOSED
        fields = ["followed_up_on", "follow_up_help", "follow_up_words", "state"]
        save_version(case, expected=version, fields=fields)
        if reopen:
            return reopen_case(actor, case_id=case.id, expected=case.version, reason=reopened_reason)
        _settle_all(actor, case)
        _close_access(actor, case)
    return case
