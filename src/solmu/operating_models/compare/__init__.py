"""What is different between two versions of a model, part by part, each thing by its lasting id."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from solmu.operating_models.absent import ABSENT
from solmu.operating_models.compare.parts import IN_ORDER, parts_of

__all__ = ["Change", "FieldChange", "Kind", "PartChanges", "compare"]


class Kind(StrEnum):
    """What became of a thing."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a thing, then and now; ABSENT where it was not."""

    field: str
    then: Any
    now: Any


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that was added, removed, changed, or only moved among the others."""

    kind: Kind
    id: str
    fields: tuple[FieldChange, ...] = ()
    """Every field of what was added or removed; the ones that differ of what was changed."""


@dataclass(frozen=True, slots=True)
class PartChanges:
    """All that is different in one part."""

    part: str
    changes: tuple[Change, ...]


def compare(then: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[PartChanges, ...]:
    """The differences from one document to another; empty when they say the same."""
    before, after = parts_of(then), parts_of(now)
    found = []
    for part in [*after, *(part for part in before if part not in after)]:
        changes = tuple(_changes(before.get(part, {}), after.get(part, {}), in_order=part in IN_ORDER))
        if changes:
            found.append(PartChanges(part, changes))
    return tuple(found)


def _changes(then: Mapping[str, dict], now: Mapping[str, dict], *, in_order: bool) -> Iterable[Change]:
    moved = _moved([each for each in then if each in now], [each for each in now if each in then]) if in_order else ()
    for name, fields in now.items():
        if name not in then:
            yield Change(Kind.ADDED, name, tuple(FieldChange(field, ABSENT, value) for field, value in fields.items()))
        elif different := tuple(_fields(then[name], fields)):
            yield Change(Kind.CHANGED, name, different)
        elif name in moved:
            yield Change(Kind.MOVED, name)
    for name, fields in then.items():
        if name not in now:
            yield Change(
                Kind.REMOVED, name, tuple(FieldChange(field, value, ABSENT) for field, value in fields.items())
            )


def _fields(then: Mapping[str, Any], now: Mapping[str, Any]) -> Iterable[FieldChange]:
    for field in [*now, *(field for field in then if field not in now)]:
        before, after = then.get(field, ABSENT), now.get(field, ABSENT)
        if before is ABSENT or after is ABSENT or _same(before) != _same(after):
            yield FieldChange(field, before, after)


def _same(value: Any) -> Any:
    """A source may be one key or a list of one: the same is said."""
    return [value] if isinstance(value, str) else value


def _moved(then: list[str], now: list[str]) -> set[str]:
    """Those that stand in another order, as few as can be told so."""
    kept = {
        name
        for block in SequenceMatcher(None, then, now, autojunk=False).get_matching_blocks()
        for name in then[block.a : block.a + block.size]
    }
    return set(now) - kept
