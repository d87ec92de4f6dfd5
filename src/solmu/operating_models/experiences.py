"""Workers' experiences of a version: written and signed by one, published by a coordinator of the same organisation."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from solmu.access import gate
from solmu.access.actor import Actor
from solmu.access.deeds import Deed
from solmu.kernel.errors import InvalidInput, NotNow
from solmu.kernel.models import insert, save_version
from solmu.operating_models.models import Experience, InstalledModel
from solmu.operating_models.queries import open_to, package_of
from solmu.organisations.models import Organisation

LONGEST = 2000
_State = Experience.State


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
    organisation_name: str
    written_at: datetime
    writer_name: str
    """Shown to people of the region only."""
    state: str
    state_label: str
    reason: str
    own: bool
    """Whether the reader has written it."""


def public_experiences(slug: str, language: str, organisation_id: UUID | None = None) -> list[ExperienceRow]:
    """What has been published on the versions of a model that a reader of this organisation may see, newest first."""
    rows = Experience.objects.filter(open_to(organisation_id, "model__"), model__slug=slug, state=_State.PUBLIC)
    return [_row(each, None, language) for each in _read(rows)]


def own_experiences(actor: Actor, slug: str, language: str) -> list[ExperienceRow]:
    """What the actor has written on any version of a model and that has not been published or taken back."""
    gate.require(actor, Deed.SEE_MODELS)
    rows = Experience.objects.filter(model__slug=slug, written_by=actor.account_id)
    return [_row(each, actor, language) for each in _read(rows.filter(state__in=[_State.WAITING, _State.KEPT_BACK]))]


def to_decide(actor: Actor, language: str) -> list[ExperienceRow]:
    """What waits for a coordinator of the actor's organisation, the oldest first."""
    gate.require(actor, Deed.DECIDE_EXPERIENCE)
    rows = Experience.objects.filter(organisation_id=actor.organisation_id, state=_State.WAITING)
    return [_row(each, actor, language) for each in reversed(_read(rows))]


def decided(actor: Actor, language: str) -> list[ExperienceRow]:
    """What the coordinators of the actor's organisation have published or kept back lately."""
    gate.require(actor, Deed.DECIDE_EXPERIENCE)
    rows = Experience.objects.filter(organisation_id=actor.organisation_id)
    return [
        _row(each, actor, language) for each in _read(rows.filter(state__in=[_State.PUBLIC, _State.KEPT_BACK]))[:50]
    ]


def count_to_decide(actor: Actor) -> int:
    """How many wait for a coordinator of the actor's organisation."""
    gate.require(actor, Deed.DECIDE_EXPERIENCE)
    return Experience.objects.filter(organisation_id=actor.organisation_id, state=_State.WAITING).count()


def _read(rows) -> list[Experience]:
    return list(rows.select_related("model").defer("model__content", "model__overlay").order_by("-written_at", "-id"))


def _row(row: Experience, actor: Actor | None, language: str) -> ExperienceRow:
    return ExperienceRow(
        row.id,
        row.version,
        row.model_id,
        package_of(row.model).title(language),
        row.model.model_version,
        row.text,
        row.in_role,
        row.organisation_name,
        row.written_at,
        row.writer_name,
        row.state,
        str(row.get_state_display()),
        row.reason,
        actor is not None and row.written_by == actor.account_id,
    )


def write_experience(actor: Actor, *, model_id: UUID, text: str, in_role: str, names_nobody: bool) -> Experience:
    """Hands in an experience; it waits for a coordinator of the writer's organisation."""
    with transaction.atomic():
        gate.require(actor, Deed.WRITE_EXPERIENCE)
        model = (
            InstalledModel.objects.filter(open_to(actor.organisation_id), pk=model_id)
            .defer("content", "overlay")
            .first()
        )
        if model is None:
            raise NotNow
        errors = {}
        if not text.strip():
            errors["text"] = _("Write a few words on how the model has worked.")
        if not in_role.strip():
            errors["in_role"] = _("Say in which role you have used it.")
        if not names_nobody:
            errors["names_nobody"] = _("Read your words once more: nobody may be recognised in them.")
        if errors:
            raise InvalidInput(errors)
        return insert(
            Experience(
                model=model,
                text=text.strip(),
                in_role=in_role.strip(),
                organisation_id=actor.organisation_id,
                organisation_name=Organisation.objects.values_list("name", flat=True).get(pk=actor.organisation_id),
                written_at=actor.at,
                written_by=actor.account_id,
                writer_name=actor.name,
            )
        )


def decide_experience(
    actor: Actor, *, experience_id: UUID, version: int, publish: bool, reason: str = ""
) -> Experience:
    """Publishes an experience of the own organisation, or keeps it back with a reason that its writer reads."""
    with transaction.atomic():
        gate.require(actor, Deed.DECIDE_EXPERIENCE)
        row = Experience.objects.filter(pk=experience_id, organisation_id=actor.organisation_id).first()
        if row is None or row.state == _State.TAKEN_BACK:
            raise NotNow
        if not publish and not reason.strip():
            raise InvalidInput({"reason": _("Say why it is not published: its writer reads it.")})
        row.state = _State.PUBLIC if publish else _State.KEPT_BACK
        row.reason = "" if publish else reason.strip()
        row.decided_at, row.decided_by, row.decider_name = actor.at, actor.account_id, actor.name
        fields = ["state", "reason", "decided_at", "decided_by", "decider_name"]
        save_version(row, expected=version, fields=fields)
    return row


def take_back_experience(actor: Actor, *, experience_id: UUID, version: int) -> Experience:
    """Takes one's own words back, published or not."""
    with transaction.atomic():
        gate.require(actor, Deed.WRITE_EXPERIENCE)
        row = Experience.objects.filter(pk=experience_id, written_by=actor.account_id).first()
        if row is None or row.state == _State.TAKEN_BACK:
            raise NotNow
        row.state = _State.TAKEN_BACK
        save_version(row, expected=version, fields=["state"])
    return row
