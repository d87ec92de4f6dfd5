"""Promises: a concrete deed, in one's own role, by a day; then kept or not, and helped or not."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from solmu.access import gate
from solmu.access.actor import Actor
from solmu.access.classes import InformationClass as C
from solmu.access.deeds import Deed
from solmu.access.grants import Basis, live_grants, open_grant
from solmu.access.models import Grant
from solmu.agenda import actions as agenda
from solmu.agenda.models import Item
from solmu.casework.models import Case, NetworkMeeting, NetworkMember, Promise
from solmu.casework.queries.records import owners_in, pair_of, require_open, require_row
from solmu.casework.rules import network as rules
from solmu.kernel.errors import InvalidInput, NotNow
from solmu.kernel.models import insert, save_version

PURPOSE = "own promise"


def make_promise(
    actor: Actor,
    *,
    case_id: UUID,
    member_id: UUID,
    deed: str,
    due_on: date,
    meeting_id: UUID | None = None,
) -> Promise:
    """Writes a promise down; it waits for the promiser who uses Solmu, else for the pair."""
    with transaction.atomic():
        _access, case = require_row(actor, Deed.WRITE_NETWORK, Case, case_id)
        require_open(case)
        member, meeting = _check(actor, case, member_id, meeting_id, deed, due_on)
        promise = insert(
            Promise(
                case=case,
                meeting=meeting,
                member=member,
                deed=deed.strip(),
                due_on=due_on,
                made_at=actor.at,
                made_by=actor.account_id,
            )
        )
        owners = {"accounts": [member.account_id]} if member.account_id else owners_in(case)
        if member.account_id and member.account_id not in pair_of(case):
            _let_see(actor, member)
        agenda.put(
            actor,
            kind=Item.Kind.PROMISE,
            about_id=promise.id,
            due_on=due_on,
            record_id=case.family_id,
            **owners,
        )
    return promise


def _check(actor, case, member_id, meeting_id, deed, due_on) -> tuple[NetworkMember, NetworkMeeting | None]:
    errors = {}
    member = case.network.filter(pk=member_id, state=NetworkMember.State.JOINED).first()
    if member is None:
        errors["member"] = _("Choose somebody who has joined the network.")
    if not deed.strip():
        errors["deed"] = _("Write the deed so that everybody can see whether it has been done.")
    if due_on < actor.today:
        errors["due_on"] = _("A promise is for today or for a day to come.")
    if errors:
        raise InvalidInput(errors)
    return member, case.network_meetings.filter(pk=meeting_id).first() if meeting_id else None


def _let_see(actor: Actor, member: NetworkMember) -> None:
    """Opens the promiser's own promises, and nothing else of the record, once."""
    if live_grants(actor.at).filter(basis_id=member.id, subject_id=member.account_id).exists():
        return
    open_grant(
        subject=(Grant.Subject.PERSON, member.account_id),
        record_id=member.case.family_id,
        classes=C.OWN_PROMISES,
        basis=Basis(Grant.Basis.NETWORK, member.id),
        purpose=PURPOSE,
        valid_from=actor.at,
        may_write=True,
    )


def settle_promise(actor: Actor, *, promise_id: UUID, version: int, state: str, word: str = "") -> Promise:
    """Records for anybody in the network that a promise was kept, not kept, or is no longer needed."""
    with transaction.atomic():
        _access, promise = require_row(actor, Deed.WRITE_NETWORK, Promise, promise_id)
        return _settled(actor, promise, version, state, word)


def settle_own_promise(actor: Actor, *, promise_id: UUID, version: int, state: str, word: str = "") -> Promise:
    """Lets a promiser tell of the own promise; anybody else's does not exist for this actor."""
    with transaction.atomic():
        own = Promise.objects.filter(pk=promise_id, member__account_id=actor.account_id)
        record_id = own.values_list("case__family_id", flat=True).first()
        gate.require(actor, Deed.KEEP_OWN_PROMISE, record_id or promise_id)
        return _settled(actor, own.select_related("case").get(), version, state, word)


def _settled(actor: Actor, promise: Promise, version: int, state: str, word: str) -> Promise:
    if promise.state != Promise.State.MADE or state not in rules.PROMISE_ENDS:
        raise NotNow
    if rules.promise_needs_word(state, word):
        raise InvalidInput({"word": _("Write in a few words why.")})
    promise.state, promise.state_note, promise.settled_at = state, word, actor.at
    save_version(promise, expected=version, fields=["state", "state_note", "settled_at"])
    agenda.settle(actor, about_id=promise.id)
    if state != Promise.State.RELEASED and promise.case.state == Case.State.OPEN:
        agenda.put(
            actor,
            kind=Item.Kind.PROMISE_VIEW,
            about_id=promise.id,
            due_on=rules.ask_family_on(actor.today),
            record_id=promise.case.family_id,
            **owners_in(promise.case),
        )
    return promise


def record_promise_view(actor: Actor, *, promise_id: UUID, version: int, helped: str, words: str = "") -> Promise:
    """Records in the family's own words whether the deed helped."""
    with transaction.atomic():
        _access, promise = require_row(actor, Deed.WRITE_NETWORK, Promise, promise_id)
        if promise.state not in {Promise.State.KEPT, Promise.State.NOT_KEPT}:
            raise NotNow
        if helped not in Promise.Helped.values or helped == Promise.Helped.NOT_ASKED:
            raise InvalidInput({"helped": _("Choose what the family answered.")})
        promise.helped, promise.family_words = helped, words
        save_version(promise, expected=version, fields=["helped", "family_words"])
        agenda.settle(actor, about_id=promise.id)
    return promise
