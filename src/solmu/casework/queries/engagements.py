"""The model under way with a family: its phases and steps, and what a move to another version would change."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import get_language, gettext as _, gettext_lazy, ngettext

from solmu.access import gate
from solmu.access.actor import Actor
from solmu.access.classes import InformationClass as C
from solmu.access.deeds import Deed
from solmu.access.gate import Access
from solmu.casework.models import Engagement, EngagementMove
from solmu.casework.rules import moves as rules
from solmu.casework.rules.moves import Move
from solmu.operating_models.models import InstalledModel
from solmu.operating_models.package import Package
from solmu.operating_models.queries import open_to, package_of, settings_of, versions_open_to
from solmu.operating_models.rules import Span

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
    may_move: bool
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
    others = versions_open_to(access.actor.organisation_id, row.model.slug).exclude(pk=row.model_id)
    return EngagementView(
        row.id,
        row.version,
        reference_of(row.id),
        package.neutral_name(language),
        row.model_id,
        row.model.model_version,
        runs,
        runs and row.case.unit_id == access.actor.unit_id and C.CASEWORK in access.writable,
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


# What a move would change


@dataclass(frozen=True)
class MoveTold:
    """A plan in words; each list is empty where nothing changes."""

    plan: Move = field(repr=False)
    phases: list[tuple[str, str]]
    phases_new: list[str]
    phases_gone: list[str]
    steps_added: list[str]
    steps_removed: list[str]
    themes_moved: list[str]
    forms_changed: list[str]
    forms_gone: list[str]
    reasons_gone: list[str]
    deadlines: list[str]


@dataclass(frozen=True)
class Movable:
    """An engagement that would move; the family is not named."""

    id: UUID
    version: int
    reference: str
    unit: str
    phase: str
    phase_title: str
    phase_after: str
    """Its title; empty when a person has to choose."""


@dataclass(frozen=True)
class MovableGroup:
    """The engagements that run on one version by one way into it, and what the move changes for all of them."""

    model_id: UUID
    from_version: str
    path: str
    path_title: str
    told: MoveTold
    phases_to_choose: list[tuple[str, str]]
    """Phases in which some engagement is and which the other version does not have."""
    engagements: list[Movable]


def move_told(old: InstalledModel, new: InstalledModel, path: str | None, organisation_id: UUID) -> MoveTold:
    """What a move from one version to another changes, in words."""
    before, after, language = package_of(old), package_of(new), _language()
    plan = rules.plan_move(before, after, path, settings_of(old, organisation_id), settings_of(new, organisation_id))
    then, now = (rules.steps_on(each, path) for each in (before, after))
    themes = {each.id: after.text(each.title, language) for each in after.process.themes}
    themes = {each.id: before.text(each.title, language) for each in before.process.themes} | themes
    titles = _phase_titles(before, language) | _phase_titles(after, language)
    none = _("no phase")
    reasons = {each.id: before.text(each.text, language) for each in before.process.closing_reasons}
    return MoveTold(
        plan,
        [(each, titles[each]) for each in plan.phases],
        [titles[each] for each in plan.phases_new],
        [titles[each] for each in plan.phases_gone],
        [after.text(now[each].text, language) for each in plan.steps_added],
        [before.text(then[each].text, language) for each in plan.steps_removed],
        [
            f"{themes[each.theme]}: {titles.get(each.from_phase, none)} → {titles.get(each.to_phase, none)}"
            for each in plan.themes_moved
        ],
        list(plan.forms_changed),
        list(plan.forms_gone),
        [reasons[each] for each in plan.reasons_gone],
        [f"{after.text(each.where, language)}: {amount(each.then)} → {amount(each.now)}" for each in plan.deadlines],
    )


def _phase_titles(package: Package, language: str) -> dict[str, str]:
    return {each.id: package.text(each.title, language) for each in package.process.phases}


def amount(value: int | Span | None) -> str:
    """A time in words."""
    if value is None:
        return _("not said")
    if isinstance(value, Span):
        parts = {
            _("%(n)d years"): value.years,
            _("%(n)d months"): value.months,
            _("%(n)d weeks"): value.weeks,
            _("%(n)d days"): value.days,
        }
        return " ".join(words % {"n": number} for words, number in parts.items() if number) or _("at once")
    return ngettext("%(n)d working day", "%(n)d working days", value) % {"n": value}


@dataclass(frozen=True)
class Movables:
    """What of an organisation runs on other versions than this one."""

    target: InstalledModel
    groups: list[MovableGroup]
    total: int
    """How many engagements in all, of which the groups may hold only the first."""


def movable(
    actor: Actor, to_model_id: UUID, organisation_id: UUID | None = None, most: int | None = None
) -> Movables | None:
    """Everything of an organisation that runs on other versions of the same model, by version and way in.

    It is the actor's own; the system actor, as an operator's command, names one. Shows no family: each engagement by
    its reference, its unit and its phase. None when there is no such version. The number of queries grows with the
    versions under way, not with the families.
    """
    gate.require(actor, Deed.ADOPT_MODEL if actor.account_id else Deed.KEEP_UP)
    organisation_id = actor.organisation_id or organisation_id
    target = InstalledModel.objects.filter(open_to(organisation_id), pk=to_model_id).defer("content", "overlay").first()
    if target is None:
        return None
    rows = Engagement.objects.filter(
        state=Engagement.State.RUNNING, model__slug=target.slug, case__unit__organisation_id=organisation_id
    )
    rows = rows.exclude(model=target).select_related("model", "proposal", "case__unit")
    grouped: dict[tuple[UUID, str | None], list[Engagement]] = {}
    ordered = rows.defer("model__content", "model__overlay").order_by("model__installed_at", "started_at", "id")
    for row in ordered[:most]:
        grouped.setdefault((row.model_id, path_of(row)), []).append(row)
    groups = [_group(rows, path, target, organisation_id) for (_id, path), rows in grouped.items()]
    return Movables(target, groups, rows.count())


def _group(rows: list[Engagement], path: str | None, target: InstalledModel, organisation_id: UUID) -> MovableGroup:
    first = rows[0]
    told = move_told(first.model, target, path, organisation_id)
    package, language = package_of(first.model), _language()
    then, now = _phase_titles(package, language), dict(told.phases)
    way = next((each for each in package.entry.paths if each.id == path), None)
    found = [
        Movable(
            row.id,
            row.version,
            reference_of(row.id),
            row.case.unit.name,
            row.phase,
            then.get(row.phase, row.phase),
            now.get(told.plan.phase_after(row.phase) or "", ""),
        )
        for row in rows
    ]
    lost = dict.fromkeys(each.phase for each in found if not each.phase_after)
    return MovableGroup(
        first.model_id,
        first.model.model_version,
        path or "",
        package.text(way.title, language) if way else "",
        told,
        [(phase, then.get(phase, phase)) for phase in lost],
        found,
    )
