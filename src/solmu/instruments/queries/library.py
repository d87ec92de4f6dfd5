"""The forms that a coordinator keeps. No family is concerned."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from solmu.access import gate
from solmu.access.actor import Actor
from solmu.access.deeds import Deed
from solmu.instruments.models import Form
from solmu.instruments.questionnaire import Line


@dataclass(frozen=True)
class FormRow:
    """One version of a form."""

    id: UUID
    version: int
    title: str
    owner: str
    licence: str
    source: str
    origin: str
    state: str
    state_words: str
    added_at: datetime
    is_everybodys: bool
    content_hash: str
    report: tuple[Line, ...] = field(repr=False)
    document: str = field(default="", repr=False)


def forms(actor: Actor) -> list[FormRow]:
    """The forms of the actor's organisation and those that are everybody's: what is in use first, then by title."""
    gate.require(actor, Deed.MANAGE_FORMS if actor.account_id else Deed.KEEP_UP)
    rows = _seen(actor).defer("document").order_by("title", "-added_at", "id")
    order = [Form.State.PUBLISHED, Form.State.DRAFT, Form.State.WITHDRAWN]
    return [_row(each, with_document=False) for each in sorted(rows, key=lambda row: order.index(row.state))]


def form_row(actor: Actor, form_id: UUID) -> FormRow | None:
    """One of them, whole."""
    gate.require(actor, Deed.MANAGE_FORMS)
    found = _seen(actor).filter(pk=form_id).first()
    return _row(found, with_document=True) if found else None


def _seen(actor: Actor):
    rows = Form.objects.exclude(origin=Form.Origin.MODEL)
    if actor.account_id:
        rows = rows.filter(Q(organisation_id=actor.organisation_id) | Q(organisation_id=None))
    return rows


def _row(form: Form, *, with_document: bool) -> FormRow:
    return FormRow(
        form.id,
        form.version,
        form.title,
        form.owner,
        form.licence,
        form.source,
        Form.Origin(form.origin).label,
        form.state,
        Form.State(form.state).label,
        form.added_at,
        form.organisation_id is None,
        form.content_hash,
        tuple(Line.from_json(each) for each in form.report),
        form.document if with_document else "",
    )
