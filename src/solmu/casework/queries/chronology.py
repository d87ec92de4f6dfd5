"""The course of the work with a family: what happened when, from each part of the record open to the reader."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import F, Prefetch
from django.utils.translation import get_language, gettext as _

from solmu.access.classes import InformationClass as C
from solmu.access.gate import Access
from solmu.casework.models import Case, Contact, EngagementMove, NetworkMeeting, NextStep, Promise, Proposal
from solmu.consents.models import Permission
from solmu.instruments.models import ResponseVersion
from solmu.instruments.queries.responses import open_responses
from solmu.kernel.clock import HELSINKI
from solmu.operating_models.queries import package_of
from solmu.situations.models import Round


@dataclass(frozen=True)
class Event:
    """Something that happened; `detail` never names a model, a form, a receiver or a story that would reveal."""

    at: datetime
    icon: str
    title: str
    detail: str = ""
    page: str = ""
    """Name of the page's address that tells more; it takes the family."""


def chronology(access: Access, more: Iterable[Event] = ()) -> list[Event]:
    """The events of the family, the latest first; `more` are those that higher rooms add."""
    events = list(more)
    if access.covers(C.CASEWORK):
        events += [*_contacts(access), *_cases(access), *_proposals(access), *_moves(access), *_steps(access)]
    if access.covers(C.SITUATION):
        events += [*_rounds(access), *_forms(access)]
    if access.covers(C.PERMISSIONS):
        events += _permissions(access)
    if access.covers(C.NETWORK | C.PLAN):
        events += [*_meetings(access), *_promises(access)]
    return sorted(events, key=lambda event: event.at)[::-1]


def noon(day: date) -> datetime:
    """A moment for something of which only the day is known."""
    return datetime.combine(day, time(12), tzinfo=HELSINKI)


def _contacts(access: Access) -> Iterator[Event]:
    for row in Contact.objects.filter(family_id=access.record_id):
        yield Event(row.taken_at, "phone", _("Contact"), f"{row.get_channel_display()}, {row.get_by_display()}")


def _cases(access: Access) -> Iterator[Event]:
    for row in Case.objects.filter(family_id=access.record_id).select_related("unit"):
        yield Event(row.opened_at, "people", _("Work with the family began"), row.unit.name)
        if row.closed_at:
            yield Event(row.closed_at, "check", _("The work was closed"), row.what_changed, "case")
        if row.followed_up_on:
            yield Event(noon(row.followed_up_on), "heart", _("Follow-up"), row.follow_up_words, "case")


def _proposals(access: Access) -> Iterator[Event]:
    language = get_language() or "fi"
    rows = Proposal.objects.filter(case__family_id=access.record_id).select_related("model").defer("model__content")
    for row in rows:
        name = package_of(row.model).neutral_name(language)
        yield Event(row.proposed_at, "book", _("Proposed to the family"), name, "proposals")
        if row.decided_at:
            yield Event(row.decided_at, "talk", row.get_decision_display().capitalize(), name, "proposals")


def _moves(access: Access) -> Iterator[Event]:
    """Moves to another version; why, and by whom, stands on the engagement's own page."""
    models = [f"{side}_model__{large}" for side in ("from", "to") for large in ("content", "overlay")]
    rows = EngagementMove.objects.filter(engagement__case__family_id=access.record_id)
    rows = rows.exclude(from_model=F("to_model")).select_related("from_model", "to_model").defer(*models)
    for row in rows:
        versions = {"then": row.from_model.model_version, "now": row.to_model.model_version}
        said = _("from version %(then)s to version %(now)s") % versions
        name = package_of(row.to_model).neutral_name(get_language() or "fi")
        yield Event(row.moved_at, "swap", _("Moved to another version"), f"{name}: {said}")


def _steps(access: Access) -> Iterator[Event]:
    """What the pair agreed to do, by its days; its words stand on its own page."""
    for row in NextStep.objects.filter(case__family_id=access.record_id):
        yield Event(row.agreed_at, "pen", _("A next step was agreed"))
        if row.ended_at:
            done = row.state == NextStep.State.DONE
            yield Event(row.ended_at, "check", _("A next step was done") if done else _("A next step was dropped"))


def _forms(access: Access) -> Iterator[Event]:
    """Forms by whom they are about, never by their titles: a title may tell what the help is about.

    What the reader's right does not reach leaves no trace. The page's right never reaches a young person's own part.
    """
    history = ResponseVersion.objects.defer("answers").order_by("number")
    rows = open_responses(access).select_related("person").defer("answers")
    for row in rows.prefetch_related(Prefetch("versions", history)):
        about = row.person.called if row.person else ""
        if not row.completed_at:
            yield Event(row.started_at, "doc", _("A form began to be answered"), about, "forms")
        for version in row.versions.all():
            title = _("A form was finished") if version.number == 1 else _("The answers to a form were mended")
            yield Event(version.saved_at, "pen", title, about, "forms")


def _rounds(access: Access) -> Iterator[Event]:
    for row in Round.objects.filter(family_id=access.record_id):
        yield Event(noon(row.held_on), "pen", _("Life-situation map, round %(n)d") % {"n": row.number}, "", "map")


def _permissions(access: Access) -> Iterator[Event]:
    for row in Permission.objects.filter(family_id=access.record_id):
        given = row.state != Permission.State.REFUSED
        title = _("A permission was given") if given else _("A permission was refused")
        yield Event(row.answered_at, "shield", title, "", "permissions")
        if row.withdrawn_at:
            yield Event(row.withdrawn_at, "undo", _("A permission was withdrawn"), "", "permissions")


def _meetings(access: Access) -> Iterator[Event]:
    for row in NetworkMeeting.objects.filter(case__family_id=access.record_id).exclude(held_at=None):
        there = _("the family was there") if row.family_present else _("the family was not there")
        yield Event(row.starts_at, "people", _("Network meeting"), there, "network")


def _promises(access: Access) -> Iterator[Event]:
    for row in Promise.objects.filter(case__family_id=access.record_id).select_related("member"):
        said = f"{row.member.name}: {row.deed}"
        yield Event(row.made_at, "plus", _("Promise"), said, "network")
        if row.settled_at:
            title = _("Promise: %(state)s") % {"state": row.get_state_display()}
            yield Event(row.settled_at, "check", title, said, "network")
