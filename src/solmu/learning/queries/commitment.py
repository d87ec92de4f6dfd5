"""Where an organisation says it stands: its working paper, its snapshots, and those that others share."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from solmu.access import gate
from solmu.access.actor import Actor
from solmu.access.deeds import Deed
from solmu.access.roles import Role
from solmu.learning.lists import CommitmentList, in_words, newest_list
from solmu.learning.models import Answer, Snapshot
from solmu.learning.queries.standings import members
from solmu.learning.rules.commitment import JOINING
from solmu.organisations.queries import organisation_names


@dataclass(frozen=True)
class ItemRow:
    """An item in the reader's language, and what the organisation has said of it."""

    id: str
    part: str
    title: str
    text: str
    ask: str
    mark: str
    sources: list[dict[str, str]] = field(repr=False)
    answer: Answer
    is_mine: bool
    """Whether its next step is the reader's."""

    @property
    def joins(self) -> bool:
        """Whether it is a step of joining."""
        return self.part == JOINING

    @property
    def waits(self) -> bool:
        """Whether its step is still to be done."""
        settled = self.joins and self.answer.level == Answer.Level.YES
        return bool(self.answer.owner_id) and not self.answer.step_done_on and not settled


@dataclass(frozen=True)
class PartRow:
    """A part of the list and its items."""

    id: str
    title: str
    text: str
    items: list[ItemRow]


def working_paper(actor: Actor) -> list[PartRow]:
    """Every part of the list in use with what the actor's organisation has said; empty without a list."""
    gate.require(actor, Deed.SEE_COMMITMENT)
    own = newest_list()
    if own is None:
        return []
    known = Answer.objects.filter(organisation_id=actor.organisation_id).select_related("owner")
    answers = {row.item_id: row for row in known}
    return [_part(actor, own, part, answers) for part in own.parts]


def _part(actor: Actor, own: CommitmentList, part: dict[str, Any], answers: dict[str, Answer]) -> PartRow:
    items = []
    for item in part["items"]:
        answer = answers.get(item["id"]) or Answer(item_id=item["id"], version=0)
        mine = bool(answer.owner_id) and answer.owner_id == actor.account_id
        words = (in_words(item["title"]), _said(item, "text"), _said(item, "ask"), item.get("mark", ""))
        items.append(ItemRow(item["id"], part["id"], *words, own.sources_of(item), answer, mine))
    return PartRow(part["id"], in_words(part["title"]), _said(part, "text"), items)


def _said(texts: dict[str, Any], name: str) -> str:
    return in_words(texts[name]) if name in texts else ""


def drafted(answers: Iterable[Answer]) -> int:
    """The state of the working paper as one number: it grows with every change."""
    return sum(row.version for row in answers)


def working_state(actor: Actor) -> int:
    """The state of the own working paper, for the form that saves what those present have seen."""
    gate.require(actor, Deed.SEE_COMMITMENT)
    return drafted(Answer.objects.filter(organisation_id=actor.organisation_id))


def said_of(answers: Iterable[Answer]) -> dict[str, dict[str, Any]]:
    """What was said of each item, as a snapshot keeps it."""
    return {
        row.item_id: {
            "level": row.level,
            "evidence": row.evidence,
            "next_step": row.next_step,
            "owner": row.owner.name if row.owner else "",
            "due_on": row.due_on and row.due_on.isoformat(),
            "step_done_on": row.step_done_on and row.step_done_on.isoformat(),
        }
        for row in answers
    }


def people_of(organisation_id: UUID, day: date) -> dict[UUID, str]:
    """Who may own a next step: everybody who works in the organisation, by name."""
    found = {row.account_id: row.account.name for row in members(organisation_id, day)}
    return dict(sorted(found.items(), key=lambda pair: pair[1]))


@dataclass(frozen=True)
class SnapshotRow:
    """A snapshot in a list, and whose it is."""

    id: UUID
    organisation: str
    is_own: bool
    list_version: str
    made_on: date
    present: str
    is_shared: bool


@dataclass(frozen=True)
class SnapshotView(SnapshotRow):
    """A snapshot with what was said of each item."""

    content: list[dict[str, Any]] = field(repr=False)


def snapshots(actor: Actor) -> list[SnapshotRow]:
    """The snapshots of the actor's organisation, the newest first."""
    gate.require(actor, Deed.SEE_COMMITMENT)
    return _rows(actor, Snapshot.objects.filter(organisation_id=actor.organisation_id))


def shared_with_region(actor: Actor) -> list[SnapshotRow]:
    """The newest shared snapshot of each other organisation, by name; for coordinators."""
    gate.require(actor, Deed.SEE_COMMITMENT)
    if Role.COORDINATOR not in actor.roles:
        return []
    rows = _rows(actor, Snapshot.objects.filter(is_shared=True).exclude(organisation_id=actor.organisation_id))
    newest: dict[str, SnapshotRow] = {}
    for row in rows:
        newest.setdefault(row.organisation, row)
    return sorted(newest.values(), key=lambda row: row.organisation)


def snapshot(actor: Actor, snapshot_id: UUID) -> SnapshotView | None:
    """One that the actor may see, whole: of the own organisation, or the newest that another shares."""
    seen = (row for rows in (snapshots, shared_with_region) for row in rows(actor))
    row = next((row for row in seen if row.id == snapshot_id), None)
    if row is None:
        return None
    content = Snapshot.objects.values_list("content", flat=True).get(pk=row.id)
    return SnapshotView(**vars(row), content=content)


def _rows(actor: Actor, found: QuerySet[Snapshot]) -> list[SnapshotRow]:
    rows = list(found.defer("content").order_by("-made_on", "-saved_at"))
    names = organisation_names({row.organisation_id for row in rows})
    return [
        SnapshotRow(
            row.id,
            names[row.organisation_id],
            row.organisation_id == actor.organisation_id,
            row.list_version,
            row.made_on,
            row.present,
            row.is_shared,
        )
        for row in rows
    ]
