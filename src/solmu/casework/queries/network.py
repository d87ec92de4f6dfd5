"""The network as its pages show it: members, meetings and promises of one case, and a promiser's own promises."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import get_language

from solmu.access import gate
from solmu.access.actor import Actor
from solmu.access.classes import InformationClass as C
from solmu.access.deeds import Deed
from solmu.access.gate import Access
from solmu.access.grants import records_open_to
from solmu.casework.models import Case, Engagement, NetworkMeeting, NetworkMember, Promise
from solmu.casework.rules.network import MEMBER_MOVES
from solmu.families.models import Family, Person
from solmu.operating_models.queries import package_of

_MOST_OWN = 200
_PLACES = Person.Place.values


@dataclass(frozen=True)
class Member:
    """Somebody around the family."""

    id: UUID
    version: int
    kind: str
    kind_label: str
    name: str
    in_role: str
    organisation_name: str
    contact: str
    state: str
    state_label: str
    chosen_by_family: bool
    uses_solmu: bool
    moves: list[tuple[str, str]]


@dataclass(frozen=True)
class PromiseRow:
    """A promise as the network sees it."""

    id: UUID
    version: int
    who: str
    in_role: str
    deed: str
    due_on: date
    state: str
    state_label: str
    state_note: str
    helped: str
    helped_label: str
    family_words: str
    waits_for_family: bool


@dataclass(frozen=True)
class Meeting:
    """A meeting agreed, held or cancelled."""

    id: UUID
    version: int
    state: str
    state_label: str
    starts_at: datetime
    place: str
    chair: str
    interpreter_booked: bool | None
    family_present: bool | None
    family_absent_reason: str
    present: list[str]
    agreed: str
    period_ends_on: date | None
    cancelled_reason: str
    family_needed: str
    """What the running model says of the family's presence: required, recommended, or nothing."""


@dataclass(frozen=True)
class Network:
    """Everything on the network's page."""

    case_id: UUID
    open: bool
    """Whether the work goes on and the actor may write here."""
    members: list[Member]
    meetings: list[Meeting]
    promises: list[PromiseRow]
    needs_interpreter: bool | None
    """None when it is not known here."""
    engagements: list[tuple[UUID, str]]

    @property
    def joined(self) -> list[Member]:
        """Those who can promise something."""
        return [member for member in self.members if member.state == NetworkMember.State.JOINED]


def case_here(access: Access) -> Case | None:
    """The case that the family's pages speak of: the actor's own unit's, the open one, the latest."""
    cases = list(Case.objects.filter(family_id=access.record_id).select_related("unit").order_by("-opened_at", "-id"))
    closed, unit = Case.State.CLOSED, access.actor.unit_id
    return min(cases, key=lambda case: (case.state == closed, case.unit_id != unit), default=None)


def network(access: Access, case: Case) -> Network:
    """Members, meetings and promises of a case, in a constant number of queries."""
    members = case.network.select_related("person").order_by("added_at", "id")
    meetings = case.network_meetings.select_related("engagement__model").defer("engagement__model__content")
    return Network(
        case_id=case.id,
        open=case.state == Case.State.OPEN and access.allows(Deed.WRITE_NETWORK),
        members=[_member(row) for row in sorted(members, key=_place)],
        meetings=[_meeting(row) for row in meetings.prefetch_related("present").order_by("-starts_at", "-id")],
        promises=promises(access, case),
        needs_interpreter=_needs_interpreter(access),
        engagements=running_engagements(case),
    )


def promises(access: Access, case: Case) -> list[PromiseRow]:
    """Who promised what: open ones first, by their day."""
    rows = case.promises.select_related("member").order_by("due_on", "id")
    return sorted((_promise(row) for row in rows), key=lambda row: row.state != Promise.State.MADE)


def _place(row: NetworkMember) -> tuple:
    """The family first, its adults before its young; then the others as they came."""
    family = row.kind == NetworkMember.Kind.FAMILY and row.person is not None
    at_home = (_PLACES.index(row.person.place), row.person.birth_date or date.max) if family else (len(_PLACES),)
    return (not family, *at_home, row.added_at, row.id)


def _member(row: NetworkMember) -> Member:
    return Member(
        row.id,
        row.version,
        row.kind,
        row.get_kind_display(),
        str(row.person) if row.person else row.name,
        row.in_role,
        row.organisation_name,
        row.contact,
        row.state,
        row.get_state_display(),
        row.chosen_by_family,
        row.account_id is not None,
        [(state, NetworkMember.State(state).label) for state in MEMBER_MOVES[row.state]],
    )


def _meeting(row: NetworkMeeting) -> Meeting:
    rule = package_of(row.engagement.model).process.network if row.engagement else None
    return Meeting(
        row.id,
        row.version,
        row.state,
        row.get_state_display(),
        row.starts_at,
        row.place,
        row.chair,
        row.interpreter_booked,
        row.family_present,
        row.family_absent_reason,
        [member.name for member in row.present.all()],
        row.agreed,
        row.period_ends_on,
        row.cancelled_reason,
        rule.family_present if rule else "",
    )


def _promise(row: Promise) -> PromiseRow:
    settled = row.state in {Promise.State.KEPT, Promise.State.NOT_KEPT}
    return PromiseRow(
        row.id,
        row.version,
        row.member.name,
        row.member.in_role or row.member.organisation_name,
        row.deed,
        row.due_on,
        row.state,
        row.get_state_display(),
        row.state_note,
        row.helped,
        row.get_helped_display() if row.helped else "",
        row.family_words,
        settled and not row.helped,
    )


def _needs_interpreter(access: Access) -> bool | None:
    if not access.covers(C.IDENTITY):
        return None
    need = Family.objects.filter(pk=access.record_id).values_list("interpreter", flat=True).first()
    if need in {Family.Interpreter.ALWAYS, Family.Interpreter.SOMETIMES}:
        return True
    return Person.objects.filter(family_id=access.record_id, removed_at=None, needs_interpreter=True).exists()


def running_engagements(case: Case) -> list[tuple[UUID, str]]:
    """The models under way in a case by their neutral names, the oldest first."""
    running = case.engagements.filter(state=Engagement.State.RUNNING).select_related("model").defer("model__content")
    language = get_language() or "fi"
    return [(row.id, package_of(row.model).neutral_name(language)) for row in running.order_by("started_at", "id")]


def close_people(access: Access, case: Case) -> list[tuple[UUID, str]]:
    """People outside the home of whom the family has told and who are not yet in the network."""
    if not access.covers(C.IDENTITY):
        return []
    close = Person.objects.filter(family_id=access.record_id, removed_at=None, place=Person.Place.CLOSE)
    there = case.network.exclude(person=None).values("person_id")
    return [(person.id, str(person)) for person in close.exclude(id__in=there).order_by("id")]


@dataclass(frozen=True)
class OwnPromise:
    """A promise as its promiser sees it: nothing else of the family."""

    id: UUID
    version: int
    family: str
    deed: str
    in_role: str
    due_on: date
    state: str
    state_label: str
    state_note: str


def own_promises(actor: Actor) -> list[OwnPromise]:
    """The actor's own promises; the family by its name where the family lets it, else by its reference."""
    open_to = records_open_to(actor, C.OWN_PROMISES)
    own = Promise.objects.filter(member__account_id=actor.account_id, case__family_id__in=open_to)
    rows = own.select_related("member", "case__family").order_by("-due_on", "id")[:_MOST_OWN]
    allowed = gate.list_records(actor, Deed.READ_OWN_PROMISES, [row.case.family_id for row in rows])
    found = [
        OwnPromise(
            row.id,
            row.version,
            row.case.family.name if row.member.sees_name else row.case.family.reference,
            row.deed,
            row.member.in_role,
            row.due_on,
            row.state,
            row.get_state_display(),
            row.state_note,
        )
        for row in rows
        if row.case.family_id in allowed
    ]
    return sorted(found, key=lambda row: (row.state != Promise.State.MADE, row.due_on))
