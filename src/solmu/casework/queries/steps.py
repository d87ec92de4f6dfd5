"""Reads what a pair has agreed to do next with a family."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from solmu.access.classes import InformationClass as C
from solmu.access.gate import Access
from solmu.casework.models import NextStep


@dataclass(frozen=True)
class StepView:
    """A step: what, by when, who wrote it down, and what became of it."""

    id: UUID
    version: int
    words: str
    due_on: date
    is_agreed: bool
    state_label: str
    agreed_at: datetime
    agreed_by_name: str
    ended_at: datetime | None
    ended_by_name: str
    is_own: bool
    """Whether it is of the reader's own unit, which alone changes it."""


def steps(access: Access) -> list[StepView]:
    """Every step with the family, the latest agreed first."""
    if not access.covers(C.CASEWORK):
        return []
    rows = NextStep.objects.filter(case__family_id=access.record_id).select_related("case")
    return [_view(row, access.actor.unit_id) for row in rows.order_by("-agreed_at", "-id")]


def _view(row: NextStep, unit_id: UUID | None) -> StepView:
    return StepView(
        row.id,
        row.version,
        row.words,
        row.due_on,
        row.state == NextStep.State.AGREED,
        str(row.get_state_display()),
        row.agreed_at,
        row.agreed_by_name,
        row.ended_at,
        row.ended_by_name,
        row.case.unit_id == unit_id,
    )
