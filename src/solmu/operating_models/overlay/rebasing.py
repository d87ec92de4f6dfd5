"""What becomes of an organisation's own changes when the package gets a new version?

A change still applies when its place is there and says what it said before. It is taken over when the new version says
the same as the organisation. Anything else is a conflict, shown with what stood there then, what stands there now and
what is the organisation's own; a person chooses. Nothing is dropped in silence.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from solmu.operating_models.absent import ABSENT
from solmu.operating_models.overlay import Change
from solmu.operating_models.overlay.addresses import look
from solmu.operating_models.overlay.permits import why_not

OWN, BASE = "own", "base"


class Why(StrEnum):
    """Why a change does not apply by itself."""

    GONE = "gone"
    CHANGED = "changed"
    NOT_ALLOWED = "not_allowed"


@dataclass(frozen=True, slots=True)
class Conflict:
    """A change that somebody has to decide on."""

    change: Change
    why: Why
    then: Any
    now: Any

    @property
    def key(self) -> str:
        """By which a choice names it."""
        return self.change.key

    @property
    def choices(self) -> tuple[str, ...]:
        """The organisation's own can be kept only where the new version still has, and opens, a place for it.

        A thing of one's own whose id the new version has given to something else needs another id.
        """
        return (OWN, BASE) if self.why is Why.CHANGED and self.change.operation != "add" else (BASE,)


@dataclass(frozen=True, slots=True)
class Rebased:
    """An overlay against a new version of its package."""

    applied: tuple[Change, ...]
    taken_over: tuple[Change, ...]
    """What the new version says by itself now."""
    conflicts: tuple[Conflict, ...]

    def resolved(self, choices: Mapping[str, str]) -> tuple[list[Change], list[Conflict]]:
        """The changes with these choices, and the conflicts on which nobody has yet decided."""
        waiting = [each for each in self.conflicts if choices.get(each.key) not in each.choices]
        own = [each for each in self.conflicts if each not in waiting and choices[each.key] == OWN]
        return [*self.applied, *(replace(each.change, was=each.now) for each in own)], waiting


def rebase(changes: Iterable[Change], base: Mapping[str, Any]) -> Rebased:
    """Lays the changes of an earlier version on a later one."""
    applied, taken_over, conflicts = [], [], []
    for each in changes:
        now = look(base, each.key)
        if _says_so_already(each, now):
            taken_over.append(each)
        elif why := _why(each, now, base):
            conflicts.append(Conflict(each, why, each.was, now))
        else:
            applied.append(each if each.operation == "add" else replace(each, was=now))
    return Rebased(tuple(applied), tuple(taken_over), tuple(conflicts))


def _says_so_already(change: Change, now: Any) -> bool:
    if change.operation == "remove":
        return now is ABSENT
    return change.operation in ("set", "add") and now is not ABSENT and now == change.value


def _why(change: Change, now: Any, base: Mapping[str, Any]) -> Why | None:
    if not _has_place(change, base):
        return Why.GONE
    if why_not(base, change.at, change.operation):
        return Why.NOT_ALLOWED
    if change.operation == "append":
        return None  # own words after a page say nothing against its new words
    if change.operation == "add":
        return None if now is ABSENT else Why.CHANGED
    return None if now == change.was else Why.CHANGED


def _has_place(change: Change, base: Mapping[str, Any]) -> bool:
    """Whether the new version has what the change is about: the thing, or the text, that it changes or stands in."""
    if change.operation == "append":
        return look(base, change.at) is not ABSENT
    if change.operation == "add":
        return isinstance(look(base, change.at), list)
    if change.was is not ABSENT and change.at.startswith("texts."):
        return look(base, change.at) is not ABSENT
    if change.at.startswith(("texts.", "guide.")):
        return True
    return look(base, change.at.rpartition(".")[0]) is not ABSENT
