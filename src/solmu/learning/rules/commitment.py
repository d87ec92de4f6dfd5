"""The commitment of an organisation: what a snapshot keeps, and how two lie side by side. Nothing is summed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_NOTHING: dict[str, Any] = {"items": []}
JOINING = "joining"
"""The part whose items are steps with an owner and a day, not matters to take stand on."""


def frozen(parts: list[dict[str, Any]], said: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The parts of the list with their texts and what was said of each item; the steps of joining are left out."""
    return [
        {
            "id": part["id"],
            "title": part["title"],
            "items": [
                {"id": item["id"], "title": item["title"], **said.get(item["id"], {"level": ""})}
                for item in part["items"]
            ],
        }
        for part in parts
        if part["id"] != JOINING
    ]


@dataclass(frozen=True, slots=True)
class Side:
    """One item then and now; None where a list did not have it."""

    id: str
    title: Mapping[str, str]
    then: Mapping[str, Any] | None
    now: Mapping[str, Any] | None

    @property
    def has_moved(self) -> bool:
        """Whether it was said to stand elsewhere."""
        return bool(self.then and self.now) and self.then["level"] != self.now["level"]


def side_by_side(then: list[dict], now: list[dict]) -> list[tuple[Mapping[str, str], list[Side]]]:
    """Two snapshots: the parts and items of the later one in its order, then what only the earlier one had."""
    before = {part["id"]: part for part in then}
    pairs = [(part["title"], _sides(before.pop(part["id"], _NOTHING), part)) for part in now]
    return pairs + [(part["title"], _sides(part, _NOTHING)) for part in before.values()]


def _sides(then: Mapping[str, Any], now: Mapping[str, Any]) -> list[Side]:
    earlier = {each["id"]: each for each in then["items"]}
    sides = [Side(each["id"], each["title"], earlier.pop(each["id"], None), each) for each in now["items"]]
    return sides + [Side(each["id"], each["title"], each, None) for each in earlier.values()]


def step_lacks(*, has_step: bool, has_owner: bool, has_day: bool) -> set[str]:
    """What a next step is still without: each has words, an owner and a day, or there is none."""
    told = {"next_step": has_step, "owner": has_owner, "due_on": has_day}
    return {name for name, is_there in told.items() if not is_there} if any(told.values()) else set()
