"""What would change for a family's work if it moved to another version of its operating model?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from solmu.operating_models.package import Package
from solmu.operating_models.package.parts import Clock, Phase, Step
from solmu.operating_models.rules import Span

Amount = int | Span | None


@dataclass(frozen=True)
class Deadline:
    """A time that is another in the other version; None where nobody has said it."""

    where: str
    """Text key of the step, or of what else the time is for."""
    then: Amount
    now: Amount


@dataclass(frozen=True)
class ThemeMove:
    """A theme whose meetings are in another phase; '' where it is in none."""

    theme: str
    from_phase: str
    to_phase: str


@dataclass(frozen=True)
class Move:
    """The differences that concern an engagement on one way into the model, whatever its phase is."""

    phases: tuple[str, ...]
    """The phases of the other version, in order."""
    phases_new: tuple[str, ...]
    phases_gone: tuple[str, ...]
    steps_added: tuple[str, ...]
    steps_removed: tuple[str, ...]
    themes_moved: tuple[ThemeMove, ...]
    forms_new: tuple[str, ...]
    forms_changed: tuple[str, ...]
    forms_gone: tuple[str, ...]
    reasons_new: tuple[str, ...]
    reasons_gone: tuple[str, ...]
    deadlines: tuple[Deadline, ...]
    path_gone: bool
    """The way by which the work began is not there any more: no phase of its own is left."""

    def phase_after(self, phase: str) -> str | None:
        """The phase in the other version: the same id; None when a person has to choose."""
        return phase if phase in self.phases else None

    @property
    def changes_nothing(self) -> bool:
        """Whether the course is the same in both."""
        course = (self.phases_new, self.phases_gone, self.steps_added, self.steps_removed, self.themes_moved)
        forms = (self.forms_new, self.forms_changed, self.forms_gone)
        return not any((*course, *forms, self.reasons_new, self.reasons_gone, self.deadlines, self.path_gone))


def plan_move(
    old: Package, new: Package, path: str | None, settings: Mapping[str, Any], own: Mapping[str, Any]
) -> Move:
    """What another version changes for work that runs on `old` by `path`; `settings` are the values of the old version
    and `own` those of the new one."""
    known = {each.id for each in new.entry.paths}
    before, after = steps_on(old, path), steps_on(new, path)
    forms = _forms(old), _forms(new)
    were, are = ([each.id for each in phases_on(version, path)] for version in (old, new))
    return Move(
        phases=tuple(are),
        phases_new=tuple(each for each in are if each not in were),
        phases_gone=tuple(each for each in were if each not in are),
        steps_added=tuple(each for each in after if each not in before),
        steps_removed=tuple(each for each in before if each not in after),
        themes_moved=tuple(_themes_moved(_themes(old, path), _themes(new, path))),
        forms_new=tuple(each for each in forms[1] if each not in forms[0]),
        forms_changed=tuple(each for each in forms[0] if each in forms[1] and forms[0][each] != forms[1][each]),
        forms_gone=tuple(each for each in forms[0] if each not in forms[1]),
        reasons_new=tuple(sorted(_reasons(new) - _reasons(old))),
        reasons_gone=tuple(sorted(_reasons(old) - _reasons(new))),
        deadlines=tuple(_deadlines(old, new, path, settings, own)),
        path_gone=path is not None and path not in known,
    )


def phases_on(package: Package, path: str | None) -> list[Phase]:
    """The phases on a way into the model."""
    return [each for each in package.process.phases if each.path in (None, path)]


def steps_on(package: Package, path: str | None) -> dict[str, Step]:
    """The steps on a way into the model, by id and in order."""
    return {step.id: step for phase in phases_on(package, path) for step in phase.steps if step.path in (None, path)}


def _themes(package: Package, path: str | None) -> dict[str, str]:
    return {
        theme: phase.id
        for phase in phases_on(package, path)
        if phase.series is not None
        for theme in phase.series.themes
    }


def _themes_moved(then: Mapping[str, str], now: Mapping[str, str]) -> Iterable[ThemeMove]:
    for theme in dict.fromkeys((*then, *now)):
        if then.get(theme) != now.get(theme):
            yield ThemeMove(theme, then.get(theme, ""), now.get(theme, ""))


def _forms(package: Package) -> dict[str, Any]:
    return {**package.document["form_links"], **package.questionnaires}


def _reasons(package: Package) -> set[str]:
    return {each.id for each in package.process.closing_reasons}


def _deadlines(old: Package, new: Package, path, settings, own) -> Iterable[Deadline]:
    then, now = _times(old, path, settings), _times(new, path, own)
    for name, (where, amount) in now.items():
        if name in then and then[name][1] != amount:
            yield Deadline(where, then[name][1], amount)


def _times(package: Package, path: str | None, settings: Mapping[str, Any]) -> dict[str, tuple[str, Amount]]:
    """Every time of the course: by a lasting name, the text key of what it is for and the amount."""
    process = package.process
    found = {
        f"step {each.id}": (each.text, _days(package, each.clock, settings))
        for each in steps_on(package, path).values()
    }
    for each in process.follow_ups:
        found[f"follow-up {each.id}"] = (each.text, package.amount(each.after, settings))
    for phase in phases_on(package, path):
        if phase.series is not None:
            found[f"series {phase.id}"] = (phase.title, package.amount(phase.series.length, settings))
            found[f"gap {phase.id}"] = (phase.title, package.amount(phase.series.typical_gap, settings))
    return found


def _days(package: Package, clock: Clock | None, settings: Mapping[str, Any]) -> Amount:
    return package.amount(clock.working_days, settings) if clock else None
