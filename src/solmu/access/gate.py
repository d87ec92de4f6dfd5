"""The one door to every family's record: it decides by role and grant, and it writes the log."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from solmu.access.actor import Actor
from solmu.access.classes import NONE, InformationClass, codes
from solmu.access.deeds import Deed
from solmu.access.grants import live_grants
from solmu.access.models import Grant
from solmu.accesslog import ledger
from solmu.accesslog.ledger import Line
from solmu.accesslog.models import Entry
from solmu.kernel.errors import Refused


class AccessRefused(Refused):
    """Not allowed; `line` is written to the log at the edge, after the transaction has been rolled back."""

    def __init__(self, line: Line):
        self.line = line
        super().__init__()


class OutOfScope(AccessRefused):
    """No grant reaches this record: answered as if it did not exist (404)."""

    message = _("This page was not found, or it is not open to you.")


class NotPermitted(AccessRefused):
    """The record may be known, but this deed is not the actor's to do (403)."""

    message = _("You do not have the right to do this. Ask the family's own worker or your administrator.")


@dataclass(frozen=True)
class Access:
    """The gate's yes. Queries take it as proof: they read only this record and only the classes it covers."""

    actor: Actor
    record_id: UUID | None
    classes: InformationClass
    writable: InformationClass
    basis: str = ""
    held: InformationClass = NONE  # what the grants open in all; for menus, nothing is shown by it

    def covers(self, classes: InformationClass) -> bool:
        """Whether all of `classes` may be shown."""
        return classes in self.classes

    def allows(self, deed: Deed) -> bool:
        """Whether the gate would let the actor do another deed on this record: for what a page offers to do."""
        return deed.rule.needs in (self.writable if deed.rule.writes else self.held) and _may_by_role(self.actor, deed)


def _line(actor: Actor, deed: Deed, record_id: UUID | None, outcome: str, **more) -> Line:
    return Line(
        at=actor.at,
        deed=deed.code,
        outcome=outcome,
        account_id=actor.account_id,
        account_name=actor.name,
        unit_id=actor.unit_id,
        record_id=record_id,
        writes=deed.rule.writes,
        purpose=actor.purpose,
        **more,
    )


def _may_by_role(actor: Actor, deed: Deed) -> bool:
    if deed is Deed.KEEP_UP or (deed.rule.blind and actor.account_id is None):
        return actor.account_id is None and actor.purpose == "upkeep"
    return bool(actor.roles & deed.rule.roles)


def _held(grants: list[Grant], *, writing: bool) -> InformationClass:
    held = NONE
    for grant in grants:
        if grant.may_write or not writing:
            held |= grant.opens
    return held


def _decide(actor: Actor, deed: Deed, record_id: UUID, grants: list[Grant]) -> Access:
    rule = deed.rule
    if not grants:
        raise OutOfScope(_line(actor, deed, record_id, Entry.Outcome.OUT_OF_SCOPE, classes=codes(rule.needs)))
    readable, writable = _held(grants, writing=False), _held(grants, writing=True)
    enough = rule.needs in (writable if rule.writes else readable)
    if not enough or not _may_by_role(actor, deed):
        raise NotPermitted(_line(actor, deed, record_id, Entry.Outcome.NOT_PERMITTED, classes=codes(rule.needs)))
    shown = readable & (rule.needs | rule.shows)
    return Access(actor, record_id, shown, writable, _ground(deed, grants).basis, readable)


def require(actor: Actor, deed: Deed, record_id: UUID | None = None) -> Access:
    """Lets the actor do the deed on the record, and logs it; raises OutOfScope or NotPermitted.

    Inside an action the log's row is part of the action's transaction. Before a read it is committed by itself,
    so nothing is shown that was not logged. A deed that concerns no record is decided by role and not logged; one that
    is blind is logged, and its yes opens nothing of the record.
    """
    actor.asked.append(deed.code)
    if deed.rule.blind:
        return _blind(actor, deed, record_id)
    if record_id is None:
        if deed.rule.needs or not _may_by_role(actor, deed):
            raise NotPermitted(_line(actor, deed, None, Entry.Outcome.NOT_PERMITTED))
        return Access(actor, None, NONE, NONE)
    with ledger.in_turn() as log:  # a withdrawal that was logged before has closed its grants
        grants = list(live_grants(actor.at).filter(record_id=record_id, subject_id__in=actor.subjects).order_by("id"))
        access = _decide(actor, deed, record_id, grants)
        log([_allowed(actor, deed, access, grants)])
    return access


def _blind(actor: Actor, deed: Deed, record_id: UUID | None) -> Access:
    if not _may_by_role(actor, deed):
        raise NotPermitted(_line(actor, deed, record_id, Entry.Outcome.NOT_PERMITTED))
    ledger.append([_line(actor, deed, record_id, Entry.Outcome.ALLOWED)])
    return Access(actor, None, NONE, NONE)


def _ground(deed: Deed, grants: list[Grant]) -> Grant:
    """The grant to name in the log: one that carries the deed alone, an ordinary one before an emergency."""

    def weight(grant: Grant) -> tuple[bool, bool]:
        return deed.rule.needs not in grant.opens, grant.basis == Grant.Basis.EMERGENCY

    return min(grants, key=weight)


def _allowed(actor: Actor, deed: Deed, access: Access, grants: list[Grant]) -> Line:
    ground = _ground(deed, grants)
    return _line(
        actor,
        deed,
        access.record_id,
        Entry.Outcome.ALLOWED,
        classes=codes(access.classes),
        basis=ground.basis,
        basis_id=ground.basis_id,
    )


def list_records(actor: Actor, deed: Deed, record_ids: Iterable[UUID]) -> set[UUID]:
    """Which of the records may stand in the actor's list; each one that may is logged. The rest leave no hint."""
    actor.asked.append(deed.code)
    if not _may_by_role(actor, deed):
        raise NotPermitted(_line(actor, deed, None, Entry.Outcome.NOT_PERMITTED))
    wanted = list(dict.fromkeys(record_ids))
    if not wanted:
        return set()
    with ledger.in_turn() as log:
        lines = list(_listed(actor, deed, wanted))
        if lines:
            log(lines)
    return {line.record_id for line in lines}


def _listed(actor: Actor, deed: Deed, wanted: list[UUID]) -> Iterator[Line]:
    by_record: dict[UUID, list[Grant]] = {}
    grants = live_grants(actor.at).filter(record_id__in=wanted, subject_id__in=actor.subjects).order_by("id")
    for grant in grants:
        by_record.setdefault(grant.record_id, []).append(grant)
    for record_id in wanted:
        held = by_record.get(record_id, [])
        if held and deed.rule.needs in _held(held, writing=False):
            shown = _held(held, writing=False) & (deed.rule.needs | deed.rule.shows)
            yield _allowed(actor, deed, Access(actor, record_id, shown, NONE), held)
