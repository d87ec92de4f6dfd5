"""Reads what a family has answered, each with the very version of the form that it was answered in."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from solmu.access.classes import InformationClass as C
from solmu.access.gate import Access
from solmu.families.models import Person
from solmu.instruments import documents
from solmu.instruments.models import Form, Response
from solmu.instruments.questionnaire import Form as ReadForm
from solmu.situations.words import whose_view


@dataclass(frozen=True)
class ResponseRow:
    """One answered form in a list."""

    id: UUID
    title: str
    about: str
    view: str
    state: str
    state_words: str
    started_at: datetime
    saved_at: datetime
    saver_name: str
    completed_at: datetime | None


@dataclass(frozen=True)
class VersionRow:
    """The answers as they were finished or mended once."""

    number: int
    reason: str
    saved_at: datetime
    saver_name: str
    answers: list[dict[str, Any]] = field(repr=False)


@dataclass(frozen=True)
class ResponseView:
    """One answered form with its answers and their history."""

    row: ResponseRow
    version: int
    family_id: UUID
    person_id: UUID | None
    view_of_id: UUID | None
    view_of_worker: bool
    language: str
    step: str
    owner: str
    licence: str
    source: str
    content_hash: str
    document: str = field(repr=False)
    answers: list[dict[str, Any]] = field(repr=False)
    versions: tuple[VersionRow, ...]

    @property
    def form(self) -> ReadForm:
        """The form that was answered, in the language in which it was answered."""
        return documents.read(self.document, self.language)

    @property
    def is_open(self) -> bool:
        """Whether it has not been finished yet."""
        return self.row.state == Response.State.IN_PROGRESS


def open_responses(access: Access) -> QuerySet[Response]:
    """The family's answers that the right reaches; a young person's view is the young person's own part."""
    rows = Response.objects.filter(family_id=access.record_id)
    return rows if access.covers(C.YOUNG_PART) else rows.exclude(view_of__place=Person.Place.YOUNG)


def responses(access: Access) -> list[ResponseRow]:
    """What the family has answered, the latest first."""
    if not access.covers(C.SITUATION):
        return []
    rows = open_responses(access).select_related("form", "person", "view_of")
    rows = rows.defer("answers", "form__document", "form__report")
    return [_row(each) for each in rows.order_by("-started_at", "-id")]


def response(access: Access, response_id: UUID) -> ResponseView | None:
    """One of them, whole."""
    if not access.covers(C.SITUATION):
        return None
    rows = open_responses(access).select_related("form", "person", "view_of")
    found = rows.prefetch_related("versions").filter(pk=response_id).first()
    return _view(found) if found else None


def _view(found: Response) -> ResponseView:
    form: Form = found.form
    history = sorted(found.versions.all(), key=lambda each: each.number)
    return ResponseView(
        row=_row(found),
        version=found.version,
        family_id=found.family_id,
        person_id=found.person_id,
        view_of_id=found.view_of_id,
        view_of_worker=found.view_of_worker,
        language=found.language,
        step=found.step,
        owner=form.owner,
        licence=form.licence,
        source=form.source,
        content_hash=form.content_hash,
        document=form.document,
        answers=found.answers,
        versions=tuple(VersionRow(v.number, v.reason, v.saved_at, v.saver_name, v.answers) for v in history),
    )


def _row(found: Response) -> ResponseRow:
    return ResponseRow(
        found.id,
        found.form.title,
        found.person.called if found.person else "",
        whose_view(found.view_of.called if found.view_of else "", worker=found.view_of_worker),
        found.state,
        Response.State(found.state).label,
        found.started_at,
        found.saved_at,
        found.saver_name,
        found.completed_at,
    )
