"""Reads experiences: what is public, what the reader has written, what waits for a coordinator."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from solmu.access import gate
from solmu.access.actor import Actor
from solmu.access.deeds import Deed
from solmu.access.roles import Role
from solmu.operating_models.models import Experience
from solmu.operating_models.queries import open_to, package_of

_State = Experience.State
_LATELY = 50


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
    """What has been told of a model, by whose words they are; newest first."""

    families: tuple[ExperienceRow, ...]
    workers: tuple[ExperienceRow, ...]


def public_experiences(slug: str, language: str, actor: Actor | None = None) -> Told:
    """What has been published on the versions of a model that a reader may see."""
    versions = open_to(actor.organisation_id if actor else None, "model__")
    rows = _rows(Experience.objects.filter(versions, model__slug=slug, state=_State.PUBLIC), actor, language)
    return Told(tuple(row for row in rows if row.voice), tuple(row for row in rows if not row.voice))


def own_experiences(actor: Actor, slug: str, language: str) -> list[ExperienceRow]:
    """What the actor has written down on any version of a model and that is not public, nor taken back."""
    gate.require(actor, Deed.SEE_MODELS)
    rows = Experience.objects.filter(model__slug=slug, written_by=actor.account_id)
    return _rows(rows.filter(state__in=[_State.WAITING, _State.KEPT_BACK]), actor, language)


def to_decide(actor: Actor, language: str) -> list[ExperienceRow]:
    """What waits for a coordinator of the actor's organisation, the oldest first."""
    return _rows(_waiting(actor), actor, language)[::-1]


def count_to_decide(actor: Actor) -> int:
    """How many wait for a coordinator of the actor's organisation."""
    return _waiting(actor).count()


def _waiting(actor: Actor):
    gate.require(actor, Deed.DECIDE_EXPERIENCE)
    return Experience.objects.filter(organisation_id=actor.organisation_id, state=_State.WAITING)


def decided(actor: Actor, language: str) -> list[ExperienceRow]:
    """What the coordinators of the actor's organisation have published or kept back lately."""
    gate.require(actor, Deed.DECIDE_EXPERIENCE)
    rows = Experience.objects.filter(organisation_id=actor.organisation_id)
    return _rows(rows.filter(state__in=[_State.PUBLIC, _State.KEPT_BACK]), actor, language, _LATELY)


def _rows(found, actor: Actor | None, language: str, most: int | None = None) -> list[ExperienceRow]:
    found = found.select_related("model").defer("model__content", "model__overlay").order_by("-written_at", "-id")
    return [_row(each, actor, language) for each in found[:most]]


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
