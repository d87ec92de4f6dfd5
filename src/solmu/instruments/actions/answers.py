"""Writes down what a family answers: begun, gone on with, finished, and mended with a reason."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from solmu.access import gate
from solmu.access.actor import Actor
from solmu.access.deeds import Deed
from solmu.families.models import Person
from solmu.instruments import documents
from solmu.instruments.models import Form, Response, ResponseVersion
from solmu.instruments.queries.offers import Offer
from solmu.instruments.queries.responses import open_responses
from solmu.instruments.questionnaire import Form as ReadForm
from solmu.instruments.rules.answers import Answers, begin
from solmu.instruments.rules.checking import faults, lacking
from solmu.instruments.rules.enabling import asked
from solmu.instruments.rules.response import to_items
from solmu.instruments.rules.typed import name_of
from solmu.instruments.wording import fault_words
from solmu.kernel.errors import InvalidInput, NotNow
from solmu.kernel.models import insert, save_version

_SAVED = ["answers", "saved_at", "saved_by", "saver_name", "state", "completed_at"]


@dataclass(frozen=True)
class Whose:
    """Whom the answers are about and whose view they are; nobody: the whole family's."""

    person_id: UUID | None = None
    view_of_id: UUID | None = None
    view_of_worker: bool = False


@transaction.atomic
def begin_response(
    actor: Actor, *, family_id: UUID, offer: Offer, whose: Whose | None = None, language: str = ""
) -> Response:
    """Begins to answer a form that is offered to the family, with the values that the form begins with."""
    gate.require(actor, Deed.WRITE_ANSWERS, family_id)
    whose = whose or Whose()
    _check_people(family_id, whose)
    form = _pinned(actor, offer)
    read = documents.read(form.document, language)
    return insert(
        Response(
            family_id=family_id,
            form=form,
            person_id=whose.person_id,
            view_of_id=whose.view_of_id,
            view_of_worker=whose.view_of_worker,
            language=language,
            engagement_id=offer.engagement_id,
            step=offer.step,
            answers=to_items(read, begin(read)),
            started_at=actor.at,
            started_by=actor.account_id,
            saved_at=actor.at,
            saved_by=actor.account_id,
            saver_name=actor.name,
        )
    )


def _check_people(family_id: UUID, whose: Whose) -> None:
    if whose.view_of_id and whose.view_of_worker:
        raise InvalidInput({"view": _("Choose whose view it is.")})
    wanted = {"person": whose.person_id, "view": whose.view_of_id}
    members = Person.objects.filter(family_id=family_id, removed_at=None, pk__in=filter(None, wanted.values()))
    known = set(members.values_list("pk", flat=True))
    errors = {
        name: _("This person does not belong to the family. Choose another.")
        for name, id_ in wanted.items()
        if id_ and id_ not in known
    }
    if errors:
        raise InvalidInput(errors)


def _pinned(actor: Actor, offer: Offer) -> Form:
    """The very version that is offered; a form of an operating model is kept when it is first answered."""
    if offer.form_id:
        open_to = Q(organisation_id=actor.organisation_id) | Q(organisation_id=None)
        form = Form.objects.filter(open_to, pk=offer.form_id, state=Form.State.PUBLISHED).first()
        if form is None:
            raise NotNow(_("This form is no longer offered. Choose another."))
        return form
    form, _made = Form.objects.get_or_create(
        origin=Form.Origin.MODEL,
        content_hash=documents.hash_of(offer.document),
        defaults={
            "state": Form.State.PUBLISHED,
            "document": offer.document,
            "title": documents.title_of(documents.parsed(offer.document))[:240],  # not in the language of who was first
            "owner": offer.owner[:240],
            "licence": offer.licence,
            "source": offer.source[:500],
            "languages": list(offer.languages),
            "added_at": actor.at,
            "published_at": actor.at,
        },
    )
    return form


@transaction.atomic
def save_answers(actor: Actor, *, family_id: UUID, response_id: UUID, version: int, answers: Answers) -> Response:
    """Keeps what has been answered so far; nothing is required yet."""
    row, form = _row(actor, family_id, response_id)
    if row.state != Response.State.IN_PROGRESS:
        raise NotNow(_("These answers have been finished already. Open them and mend them with a reason."))
    row.answers = to_items(form, answers)
    return _save(actor, row, version)


@transaction.atomic
def complete_answers(actor: Actor, *, family_id: UUID, response_id: UUID, version: int, answers: Answers) -> Response:
    """Finishes the form: all that is required is there, and what is not asked is not kept."""
    row, form = _row(actor, family_id, response_id)
    if row.state != Response.State.IN_PROGRESS:
        raise NotNow(_("These answers have been finished already. Open them and mend them with a reason."))
    row.answers = _whole(form, answers)
    row.state, row.completed_at = Response.State.COMPLETED, actor.at
    _save(actor, row, version)
    _keep_version(actor, row, 1)
    return row


@transaction.atomic
def amend_answers(
    actor: Actor, *, family_id: UUID, response_id: UUID, version: int, answers: Answers, reason: str
) -> Response:
    """Mends finished answers; the earlier ones stay readable beside them."""
    row, form = _row(actor, family_id, response_id)
    if row.state == Response.State.IN_PROGRESS:
        raise NotNow
    if not reason.strip():
        raise InvalidInput({"reason": _("Say why the answers are mended.")})
    row.answers = _whole(form, answers)
    row.state = Response.State.AMENDED
    _save(actor, row, version)
    _keep_version(actor, row, row.versions.count() + 1, reason.strip())
    return row


@transaction.atomic
def discard_response(actor: Actor, *, family_id: UUID, response_id: UUID, version: int) -> None:
    """Takes away answers that were begun and never finished."""
    row, _form = _row(actor, family_id, response_id)
    if row.state != Response.State.IN_PROGRESS:
        raise NotNow
    _save(actor, row, version)
    row.delete()


def _row(actor: Actor, family_id: UUID, response_id: UUID) -> tuple[Response, ReadForm]:
    access = gate.require(actor, Deed.WRITE_ANSWERS, family_id)
    row = open_responses(access).select_related("form").filter(pk=response_id).first()
    if row is None:
        raise NotNow
    return row, documents.read(row.form.document, row.language)


def _whole(form: ReadForm, answers: Answers) -> list:
    """The answers of what is asked, when nothing is lacking or out of bounds."""
    open_now = asked(form, answers)
    found = {place: fault for place, fault in faults(form, answers).items() if place in open_now}
    found |= lacking(form, answers, open_now)
    if found:
        raise InvalidInput({name_of(place): fault_words(fault) for place, fault in found.items()})
    return to_items(form, answers, open_now)


def _save(actor: Actor, row: Response, version: int) -> Response:
    row.saved_at, row.saved_by, row.saver_name = actor.at, actor.account_id, actor.name
    save_version(row, expected=version, fields=_SAVED)
    return row


def _keep_version(actor: Actor, row: Response, number: int, reason: str = "") -> None:
    insert(
        ResponseVersion(
            response=row,
            number=number,
            answers=row.answers,
            reason=reason,
            saved_at=actor.at,
            saved_by=actor.account_id,
            saver_name=actor.name,
        )
    )
