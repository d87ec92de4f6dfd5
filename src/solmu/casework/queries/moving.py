"""What a move to another version would change: for one engagement, and for all of an organisation, none named."""

from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import get_language, gettext as _, ngettext

from solmu.access import gate
from solmu.access.actor import Actor
from solmu.access.deeds import Deed
from solmu.casework.models import Engagement
from solmu.casework.queries.engagements import path_of, reference_of
from solmu.casework.rules import moves as rules
from solmu.casework.rules.moves import Move
from solmu.instruments.questionnaire.texts import said
from solmu.operating_models.lengths import span_words
from solmu.operating_models.models import InstalledModel
from solmu.operating_models.package import Package
from solmu.operating_models.queries import installed, open_to, package_of, settings_of
from solmu.operating_models.rules import Span


def _language() -> str:
    return get_language() or "fi"


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
    forms_new: list[str]
    forms_changed: list[str]
    forms_gone: list[str]
    reasons_new: list[str]
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

    @property
    def key(self) -> str:
        """What tells it from the other groups: a phase that is lost in two of them is chosen in each."""
        return f"{self.model_id}-{self.path}"


def move_told(old: InstalledModel, new: InstalledModel, path: str | None, organisation_id: UUID) -> MoveTold:
    """What a move from one version to another changes, in words."""
    before, after, language = package_of(old), package_of(new), _language()
    plan = rules.plan_move(before, after, path, settings_of(old, organisation_id), settings_of(new, organisation_id))
    then, now = (rules.steps_on(each, path) for each in (before, after))
    themes = {each.id: after.text(each.title, language) for each in after.process.themes}
    themes = {each.id: before.text(each.title, language) for each in before.process.themes} | themes
    titles = _phase_titles(before, language) | _phase_titles(after, language)
    none = _("no phase")
    forms = _form_titles(before, language) | _form_titles(after, language)
    reasons = _reasons(before, language) | _reasons(after, language)
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
        [forms[each] for each in plan.forms_new],
        [forms[each] for each in plan.forms_changed],
        [forms[each] for each in plan.forms_gone],
        [reasons[each] for each in plan.reasons_new],
        [reasons[each] for each in plan.reasons_gone],
        [f"{after.text(each.where, language)}: {amount(each.then)} → {amount(each.now)}" for each in plan.deadlines],
    )


def _form_titles(package: Package, language: str) -> dict[str, str]:
    own = {name: said(form, "title", language) or name for name, form in package.questionnaires.items()}
    return own | {each.id: package.text(each.title, language) for each in package.form_links}


def _reasons(package: Package, language: str) -> dict[str, str]:
    return {each.id: package.text(each.text, language) for each in package.process.closing_reasons}


def _phase_titles(package: Package, language: str) -> dict[str, str]:
    return {each.id: package.text(each.title, language) for each in package.process.phases}


def amount(value: int | Span | None) -> str:
    """A time in words."""
    if value is None:
        return _("not said")
    if isinstance(value, Span):
        return span_words(value)
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
    organisation_id = organisation_id if actor.account_id is None else actor.organisation_id
    target = InstalledModel.objects.filter(open_to(organisation_id), pk=to_model_id).defer("content", "overlay").first()
    if target is None:
        return None
    rows = _under_way(target, organisation_id).select_related("model", "proposal", "case__unit")
    grouped: dict[tuple[UUID, str | None], list[Engagement]] = {}
    ordered = rows.defer("model__content", "model__overlay").order_by("model__installed_at", "started_at", "id")
    for row in ordered[:most]:
        grouped.setdefault((row.model_id, path_of(row)), []).append(row)
    groups = [_group(rows, path, target, organisation_id) for (_id, path), rows in grouped.items()]
    return Movables(target, groups, rows.count())


def count_movable(actor: Actor, to_model_id: UUID) -> int:
    """How much of the actor's organisation's work runs on other versions of the same model."""
    gate.require(actor, Deed.ADOPT_MODEL)
    target = installed(to_model_id)
    return _under_way(target, actor.organisation_id).count() if target else 0


def _under_way(target: InstalledModel, organisation_id: UUID) -> QuerySet[Engagement]:
    rows = Engagement.objects.filter(
        state=Engagement.State.RUNNING, model__slug=target.slug, case__unit__organisation_id=organisation_id
    )
    return rows.exclude(model=target)


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
