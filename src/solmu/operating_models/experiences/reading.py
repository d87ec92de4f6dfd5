"""Reads experiences: what is public, what the reader has written, what waits for a coordinator."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from solmu.access import gate
from solmu.access.actor import Actor
from solmu.access.deeds import Deed
from solmu.access.roles import Role
from solmu.operating_models.models import Experience
from solmu.operating_models.queries import open_to, package_of

_State = Experience.State
A_PAGE = 10
_NEWEST_FIRST = ("-written_at", "-id")


@dataclass(frozen=True)
class ExperienceRow:
    """Somebody's words on a version."""

    id: UUID
    version: int
    model_id: UUID
    title: str
    model_version: str
    text: str
    in_role: str
    """A worker's; empty when the words are a family's."""
    voice: str
    """Whose words they are; empty when they are the worker's own."""
    voice_label: str
    language: str
    translation: str
    translated_to: str
    organisation_name: str
    written_at: datetime
    writer_name: str
    """Shown to people of the region only."""
    state: str
    state_label: str
    reason: str
    may_take_back: bool
    """Whether the reader has written it, or coordinates the organisation to which a family told it."""


@dataclass(frozen=True)
class Told:
    """What has been told of a model, by whose words they are: a page of rows of each, newest first."""

    families: Page
    workers: Page


def public_experiences(
    slug: str, language: str, actor: Actor | None = None, *, families: object = 1, workers: object = 1
) -> Told:
    """What has been published on the versions of a model that a reader may see: the pages that are asked for."""
    versions = open_to(actor.organisation_id if actor else None, "model__")
    found = Experience.objects.filter(versions, model__slug=slug, state=_State.PUBLIC)
    of_families, of_workers = found.exclude(voice=""), found.filter(voice="")
    return Told(_page(of_families, families, actor, language), _page(of_workers, workers, actor, language))


def own_experiences(actor: Actor, slug: str, language: str) -> list[ExperienceRow]:
    """What the actor has written down on any version of a model and that is not public, nor taken back."""
    gate.require(actor, Deed.SEE_MODELS)
    rows = Experience.objects.filter(model__slug=slug, written_by=actor.account_id)
    rows = _with_models(rows.filter(state__in=[_State.WAITING, _State.KEPT_BACK])).order_by(*_NEWEST_FIRST)
    return [_row(each, actor, language) for each in rows]


def to_decide(actor: Actor, language: str, page: object = 1) -> Page:
    """What waits for a coordinator of the actor's organisation, the oldest first."""
    return _page(_waiting(actor), page, actor, language, ("written_at", "id"))


def count_to_decide(actor: Actor) -> int:
    """How many wait for a coordinator of the actor's organisation."""
    return _waiting(actor).count()


def _waiting(actor: Actor):
    gate.require(actor, Deed.DECIDE_EXPERIENCE)
    return Experience.objects.filter(organisation_id=actor.organisation_id, state=_State.WAITING)


def decided(actor: Actor, language: str, page: object = 1) -> Page:
    """What the coordinators of the actor's organisation have published or kept back, newest first."""
    gate.require(actor, Deed.DECIDE_EXPERIENCE)
    rows = Experience.objects.filter(organisation_id=actor.organisation_id)
    return _page(rows.filter(state__in=[_State.PUBLIC, _State.KEPT_BACK]), page, actor, language)


def _page(found: QuerySet, number: object, actor: Actor | None, language: str, order=_NEWEST_FIRST) -> Page:
    page = Paginator(_with_models(found).order_by(*order), A_PAGE).get_page(number)
    page.object_list = [_row(each, actor, language) for each in page.object_list]
    return page


def _with_models(found: QuerySet) -> QuerySet:
    return found.select_related("model").defer("model__content", "model__overlay")


def _row(row: Experience, actor: Actor | None, language: str) -> ExperienceRow:
    return ExperienceRow(
        id=row.id,
        version=row.version,
        model_id=row.model_id,
        title=package_of(row.model).title(language),
        model_version=row.model.model_version,
        text=row.text,
        in_role=row.in_role,
        voice=row.voice,
        voice_label=str(row.get_voice_display()),
        language=row.language,
        translation=row.translation,
        translated_to=row.translated_to,
        organisation_name=row.organisation_name,
        written_at=row.written_at,
        writer_name=row.writer_name,
        state=row.state,
        state_label=str(row.get_state_display()),
        reason=row.reason,
        may_take_back=actor is not None and _may_take_back(row, actor),
    )


def _may_take_back(row: Experience, actor: Actor) -> bool:
    coordinates = Role.COORDINATOR in actor.roles and row.organisation_id == actor.organisation_id
    return row.written_by == actor.account_id or bool(row.voice and coordinates)
