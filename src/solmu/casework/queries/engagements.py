"""The model under way with a family: its phases and steps, and what a move to another version would change."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import get_language, gettext as _, gettext_lazy, ngettext

from solmu.access.classes import InformationClass as C
from solmu.access.deeds import Deed
from solmu.access.gate import Access
from solmu.casework.models import Engagement, EngagementMove
from solmu.casework.rules import moves as rules
from solmu.operating_models.package import Package
from solmu.operating_models.queries import package_of, settings_of, versions_open_to

CLOCK_FROM = {
    "contact": gettext_lazy("from the contact"),
    "permission": gettext_lazy("from the permission"),
    "referral_sent": gettext_lazy("from sending the contact"),
    "referral_accepted": gettext_lazy("from the receiver's yes"),
    "previous_step": gettext_lazy("from the step before"),
    "engagement_start": gettext_lazy("from the beginning of the work"),
    "meeting": gettext_lazy("from the meeting"),
}


@dataclass(frozen=True)
class StepView:
    """A step of the course, in the words of the version on which the family is."""

    id: str
    text: str
    who: str
    by_when: str
    optional: bool
    guide: str
    form: str


@dataclass(frozen=True)
class PhaseView:
    """A phase of the course."""

    id: str
    title: str
    steps: list[StepView]
    meetings: str
    present: bool
    past: bool
    """It comes before the present one."""


@dataclass(frozen=True)
class MoveRow:
    """What happened in the course of an engagement."""

    at: datetime
    by: str
    said: str
    reason: str


@dataclass(frozen=True)
class EngagementView:
    """A model under way with a family, or that was."""

    id: UUID
    version: int
    reference: str
    name: str
    model_id: UUID
    model_version: str
    runs: bool
    may_mark: bool
    """Whether the reader may say which phase is the present one."""
    may_move: bool
    """Whether the reader may move the work to another version."""
    phases: list[PhaseView]
    moves: list[MoveRow]
    others: list[tuple[UUID, str]]
    """Other versions of the same model that the organisation may use."""


def reference_of(engagement_id: UUID) -> str:
    """How an engagement is called where the family may not be named: the end of its own random identifier."""
    digits = engagement_id.hex[-8:].upper()
    return f"{digits[:4]}-{digits[4:]}"


def _language() -> str:
    return get_language() or "fi"


def engagement_of(access: Access, engagement_id: UUID) -> Engagement | None:
    """An engagement of the family of `access`; None when it is not the family's or not open."""
    if not access.covers(C.CASEWORK):
        return None
    rows = Engagement.objects.select_related("case__unit", "model", "proposal").defer(
        "model__content", "model__overlay"
    )
    return rows.filter(pk=engagement_id, case__family_id=access.record_id).first()


def engagement_view(access: Access, row: Engagement) -> EngagementView:
    """The course of an engagement: where it is, what each step is, and what has been moved."""
    package, language = package_of(row.model), _language()
    settings = settings_of(row.model, row.case.unit.organisation_id)
    path = path_of(row)
    runs = row.state == Engagement.State.RUNNING
    is_own = runs and row.case.unit_id == access.actor.unit_id
    others = versions_open_to(access.actor.organisation_id, row.model.slug).exclude(pk=row.model_id)
    return EngagementView(
        row.id,
        row.version,
        reference_of(row.id),
        package.neutral_name(language),
        row.model_id,
        row.model.model_version,
        runs,
        is_own and access.allows(Deed.WRITE_CASE),
        is_own and access.allows(Deed.WRITE_PROPOSAL),
        _phases(package, language, settings, path, row.phase),
        [_move(each) for each in _moves(row)],
        [(each.id, each.model_version) for each in others] if runs else [],
    )


def path_of(row: Engagement) -> str | None:
    """The way into the model by which the work began."""
    return row.proposal.verdict_detail.get("path") or None


def _phases(package: Package, language: str, settings, path: str | None, present: str) -> list[PhaseView]:
    phases = rules.phases_on(package, path)
    here = next((number for number, each in enumerate(phases) if each.id == present), 0)
    return [_phase(package, language, settings, each, path, number - here) for number, each in enumerate(phases)]


def _phase(package: Package, language: str, settings, phase, path: str | None, away: int) -> PhaseView:
    """`away` is how many phases it is from the present one; 0: it is that one."""
    names = {role.id: package.text(role.name, language) for role in package.process.roles}
    steps = [
        StepView(
            step.id,
            package.text(step.text, language),
            ", ".join(names[who] for who in step.who),
            _by_when(package, step.clock, settings),
            step.optional,
            step.guide or "",
            step.form or "",
        )
        for step in phase.steps
        if step.path in (None, path)
    ]
    meetings = _meetings(package, phase.series, settings) if phase.series else ""
    return PhaseView(phase.id, package.text(phase.title, language), steps, meetings, away == 0, away < 0)


def _by_when(package: Package, clock, settings: Mapping[str, Any]) -> str:
    if clock is None:
        return ""
    days = package.amount(clock.working_days, settings)
    if days is None:
        return _("by a day that is agreed on")
    within = ngettext("within %(n)d working day", "within %(n)d working days", days) % {"n": days}
    return f"{within} {CLOCK_FROM[clock.from_]}"


def _meetings(package: Package, series, settings: Mapping[str, Any]) -> str:
    least, most = (package.amount(each, settings) for each in (series.min, series.max))
    if least is None or most is None:
        return _("meetings as agreed")
    if least == most:
        return ngettext("%(n)d meeting", "%(n)d meetings", least) % {"n": least}
    return _("%(least)d–%(most)d meetings") % {"least": least, "most": most}


def _moves(row: Engagement):
    return (
        row.moves.select_related("from_model", "to_model")
        .defer("from_model__content", "to_model__content", "from_model__overlay", "to_model__overlay")
        .order_by("-moved_at", "-id")
    )


def _move(row: EngagementMove) -> MoveRow:
    if row.from_model_id != row.to_model_id:
        versions = {"then": row.from_model.model_version, "now": row.to_model.model_version}
        said = _("from version %(then)s to version %(now)s") % versions
    else:
        package, language = package_of(row.to_model), _language()
        titles = {each.id: package.text(each.title, language) for each in package.process.phases}
        said = _("the present phase: %s") % titles.get(row.to_phase, row.to_phase)
    return MoveRow(row.moved_at, row.moved_by_name or "Solmu", said, row.reason)
