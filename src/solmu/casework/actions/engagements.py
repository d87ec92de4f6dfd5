"""The course of a model under way: its present phase, and a move to another version, always on purpose."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from solmu.access import gate
from solmu.access.actor import Actor
from solmu.access.deeds import Deed
from solmu.agenda import actions as agenda
from solmu.agenda.models import Item
from solmu.casework.models import Engagement, EngagementMove
from solmu.casework.queries.engagements import path_of, reference_of
from solmu.casework.queries.records import pair_of, require_open, require_own_unit, require_row
from solmu.casework.rules.moves import phases_on
from solmu.kernel.errors import Conflict, InvalidInput, NotNow, Refused
from solmu.kernel.models import insert, save_version, too_long
from solmu.operating_models.models import InstalledModel
from solmu.operating_models.queries import open_to, package_of, versions_open_to

_LONGEST_REASON = EngagementMove._meta.get_field("reason").max_length  # noqa: SLF001


def move_phase(actor: Actor, *, engagement_id: UUID, version: int, phase: str) -> Engagement:
    """Marks in which phase of the model the work with the family is now."""
    with transaction.atomic():
        _access, row = require_row(actor, Deed.WRITE_CASE, Engagement, engagement_id)
        _require_running(actor, row)
        if phase not in {each.id for each in phases_on(package_of(row.model), path_of(row))}:
            raise InvalidInput({"phase": _("Choose one of the model's phases.")})
        if phase != row.phase:
            _note(actor, row, row.model, phase, "")
            row.phase = phase
            save_version(row, expected=version, fields=["phase"])
    return row


def move_engagement(
    actor: Actor, *, engagement_id: UUID, version: int, to_model_id: UUID, phase: str = "", reason: str = ""
) -> Engagement:
    """The pair moves its own work with a family to another version; the phase is chosen where it has gone."""
    with transaction.atomic():
        _access, row = require_row(actor, Deed.WRITE_PROPOSAL, Engagement, engagement_id)
        _require_running(actor, row)
        target = versions_open_to(actor.organisation_id, row.model.slug).filter(pk=to_model_id).first()
        if target is None or target.id == row.model_id:
            raise NotNow(_("The work is on this version already, or the version is not there."))
        _move(actor, row, target, version, _phase_in(target, row, {row.phase: phase}), _reason(reason))
    return row


def _require_running(actor: Actor, row: Engagement) -> None:
    require_own_unit(row.case, actor)
    require_open(row.case)
    if row.state != Engagement.State.RUNNING:
        raise NotNow


def _reason(reason: str) -> str:
    told = reason.strip()
    if not told:
        raise InvalidInput({"reason": _("Write why the work moves to another version.")})
    if len(told) > _LONGEST_REASON:
        raise InvalidInput({"reason": too_long(_LONGEST_REASON)})
    return told


def _phase_in(target: InstalledModel, row: Engagement, chosen: Mapping[str, str]) -> str:
    """The same phase where the other version has it, else the chosen one."""
    there = [each.id for each in phases_on(package_of(target), path_of(row))]
    if row.phase in there or not row.phase:
        return row.phase
    phase = chosen.get(row.phase, "")
    if phase not in there:
        raise InvalidInput(
            {"phase": _("The present phase is not in the other version: choose where the work goes on.")}
        )
    return phase


def _move(actor: Actor, row: Engagement, target: InstalledModel, version: int, phase: str, reason: str) -> None:
    _note(actor, row, target, phase, reason)
    row.model, row.phase = target, phase
    save_version(row, expected=version, fields=["model", "phase"])
    others = [each for each in pair_of(row.case) if each != actor.account_id]
    if others:
        agenda.put(
            actor,
            kind=Item.Kind.MODEL_MOVED,
            about_id=row.id,
            due_on=actor.today,
            record_id=row.case.family_id,
            accounts=others,
        )


def _note(actor: Actor, row: Engagement, target: InstalledModel, phase: str, reason: str) -> None:
    insert(
        EngagementMove(
            engagement=row,
            from_model=row.model,
            to_model=target,
            from_phase=row.phase,
            to_phase=phase,
            moved_at=actor.at,
            moved_by=actor.account_id,
            moved_by_name=actor.name,
            reason=reason,
        )
    )


@dataclass(frozen=True)
class Moved:
    """What became of one engagement."""

    reference: str
    moved: bool
    why: str = ""
    """Why it was left where it was."""


def move_engagements(
    actor: Actor,
    *,
    to_model_id: UUID,
    versions: Mapping[UUID, int],
    phases: Mapping[str, str],
    reason: str,
    organisation_id: UUID | None = None,
) -> Iterable[Moved]:
    """A coordinator moves the organisation's work to another version: each engagement by itself, logged on its family.

    `versions` says which engagements, each as it was when the move was looked at: one that has changed since is left
    and told. `phases` says where work goes on that is in a phase which the other version lacks. Done again, it moves
    what is left. The coordinator learns nothing of the families. Each result is given as soon as it stands.
    """
    gate.require(actor, Deed.ADOPT_MODEL if actor.account_id else Deed.KEEP_UP)
    organisation_id = organisation_id if actor.account_id is None else actor.organisation_id
    target = InstalledModel.objects.filter(open_to(organisation_id), pk=to_model_id).defer("content", "overlay").first()
    if target is None:
        raise NotNow(_("This version is not there."))
    told = _reason(reason)
    elsewhere = Engagement.objects.filter(pk__in=list(versions), model__slug=target.slug).exclude(model=target)
    own = elsewhere.filter(case__unit__organisation_id=organisation_id).order_by("started_at", "id")
    ids = list(own.values_list("pk", flat=True))
    return (_move_one(actor, each, target, versions[each], phases, told) for each in ids)


def _move_one(
    actor: Actor, engagement_id: UUID, target: InstalledModel, version: int, phases: Mapping[str, str], reason: str
) -> Moved:
    reference = reference_of(engagement_id)
    try:
        with transaction.atomic():
            rows = Engagement.objects.select_related("case", "model", "proposal").defer("model__content")
            row = rows.get(pk=engagement_id)
            gate.require(actor, Deed.MOVE_ENGAGEMENTS, row.case.family_id)
            if row.state != Engagement.State.RUNNING:
                raise NotNow
            _move(actor, row, target, version, _phase_in(target, row, phases), reason)
    except Conflict:
        return Moved(reference, moved=False, why=str(_("it was changed meanwhile: look at it again")))
    except gate.AccessRefused:
        raise
    except Refused as refused:
        return Moved(reference, moved=False, why=str(refused))
    return Moved(reference, moved=True)
