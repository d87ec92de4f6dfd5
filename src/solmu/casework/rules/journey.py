"""The loop that a family goes through: the first step that has not been taken is the present one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

STEPS = ("contact", "map", "model", "permission", "network", "follow_up")


@dataclass(frozen=True)
class Step:
    """A step: `done`, `now` or `later`, with its day where there is one."""

    key: str
    state: str
    on: date | None


def stand(done: Mapping[str, date | None], planned: Mapping[str, date | None], *, ended: bool) -> list[Step]:
    """The steps in order; `done` holds the days of steps taken, `planned` days to come. At the end none is present."""
    taken = {key for key in STEPS if done.get(key)}
    now = None if ended else next((key for key in STEPS if key not in taken), None)
    states = {key: "done" if key in taken else "now" if key == now else "later" for key in STEPS}
    return [Step(key, states[key], done.get(key) or planned.get(key)) for key in STEPS]
