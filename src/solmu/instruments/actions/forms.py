"""Keeps forms: taken in unpublished, published with owner and licence, taken out of use. A version never changes."""

from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from solmu.access import gate
from solmu.access.actor import Actor
from solmu.access.deeds import Deed
from solmu.instruments.documents import as_text, hash_of, title_of
from solmu.instruments.models import Form
from solmu.instruments.questionnaire import Taken, languages_of
from solmu.kernel.errors import InvalidInput, NotNow, Refused
from solmu.kernel.models import insert_or, save_version

_PUBLISHED = ["title", "owner", "licence", "source", "state", "published_at", "published_by", "withdrawn_at"]


class FormKept(Refused):
    """The same form is there already."""

    message = _("This form has been imported already, with exactly the same content.")


@transaction.atomic
def add_form(actor: Actor, *, taken: Taken, origin: str, source: str = "", organisation_id: UUID | None = None) -> Form:
    """Keeps a form that was taken in, not yet offered to anybody; it is the actor's organisation's own.

    The system may add it for one organisation, or for all.
    """
    gate.require(actor, Deed.MANAGE_FORMS if actor.account_id else Deed.KEEP_UP)
    owner = actor.organisation_id if actor.account_id else organisation_id
    text = as_text(taken.document)
    kept = Form.objects.exclude(origin=Form.Origin.MODEL).filter(organisation_id=owner, content_hash=hash_of(text))
    if kept.exists():
        raise FormKept
    document = taken.document
    form = Form(
        organisation_id=owner,
        origin=origin,
        state=Form.State.DRAFT,
        content_hash=hash_of(text),
        document=text,
        identity=(document.get("url") or document.get("id") or "")[:255],
        title=title_of(document)[:240],
        owner=document.get("publisher", "")[:240],
        licence=document.get("copyright", ""),
        source=(source or document.get("url", ""))[:500],
        languages=list(languages_of(document)),
        report=[line.as_json() for line in taken.report],
        added_at=actor.at,
        added_by=actor.account_id,
    )
    return insert_or(form, FormKept)


@transaction.atomic
def publish_form(
    actor: Actor, *, form_id: UUID, version: int, title: str, owner: str, licence: str, source: str = ""
) -> Form:
    """Offers the form to workers; it replaces the form's earlier version in new work."""
    form = _own(actor, form_id)
    if form.identity:  # two versions of it take turns, so that the later one finds the earlier
        same = Form.objects.filter(organisation_id=form.organisation_id, identity=form.identity)
        list(same.select_for_update().order_by("pk").values_list("pk"))
    if form.state == Form.State.PUBLISHED:
        raise NotNow
    told = {"title": title.strip(), "owner": owner.strip(), "licence": licence.strip()}
    lacking = [name for name, said in told.items() if not said]
    if lacking:
        words = _("A form is offered only with its name, its owner and the licence that lets you use it.")
        raise InvalidInput(dict.fromkeys(lacking, words))
    form.title, form.owner, form.licence, form.source = *told.values(), source.strip()
    form.state, form.withdrawn_at = Form.State.PUBLISHED, None
    form.published_at, form.published_by = actor.at, actor.account_id
    save_version(form, expected=version, fields=_PUBLISHED)
    if form.identity:
        earlier = Form.objects.filter(
            organisation_id=form.organisation_id, identity=form.identity, state=Form.State.PUBLISHED
        ).exclude(pk=form.pk)
        for each in earlier.select_for_update():
            _withdraw(actor, each, each.version)
    return form


@transaction.atomic
def withdraw_form(actor: Actor, *, form_id: UUID, version: int) -> Form:
    """Stops offering the form; what was answered stays readable, and what was begun may be finished."""
    form = _own(actor, form_id)
    if form.state != Form.State.PUBLISHED:
        raise NotNow
    return _withdraw(actor, form, version)


def _withdraw(actor: Actor, form: Form, version: int) -> Form:
    form.state, form.withdrawn_at = Form.State.WITHDRAWN, actor.at
    save_version(form, expected=version, fields=["state", "withdrawn_at"])
    return form


@transaction.atomic
def remove_form(actor: Actor, *, form_id: UUID) -> None:
    """Takes away a form that was never offered to anybody."""
    form = _own(actor, form_id)
    gone, _rows = Form.objects.filter(pk=form.pk, state=Form.State.DRAFT).delete()  # it may be published meanwhile
    if not gone:
        raise NotNow


def _own(actor: Actor, form_id: UUID) -> Form:
    """A form that the actor may look after: the organisation's own, or one that is everybody's and not yet offered."""
    gate.require(actor, Deed.MANAGE_FORMS if actor.account_id else Deed.KEEP_UP)
    rows = Form.objects.exclude(origin=Form.Origin.MODEL)
    if actor.account_id:
        rows = rows.filter(Q(organisation_id=actor.organisation_id) & Q(organisation_id__isnull=False))
    form = rows.filter(pk=form_id).first()
    if form is None:
        raise NotNow
    return form
