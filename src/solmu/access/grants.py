"""Opens, closes and finds grants. Called by the action whose case, permission or referral is the basis."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet

from solmu.access.actor import Actor
from solmu.access.classes import InformationClass
from solmu.access.models import Grant


@dataclass(frozen=True)
class Basis:
    """What a grant rests on and falls with."""

    kind: str
    id: UUID


def open_grant(
    *,
    subject: tuple[str, UUID],
    record_id: UUID,
    classes: InformationClass,
    basis: Basis,
    purpose: str,
    valid_from: datetime,
    valid_to: datetime | None = None,
    may_write: bool = False,
) -> Grant:
    """Opens a grant for `subject`, a pair of Grant.Subject and its identifier."""
    return Grant.objects.create(
        subject_kind=subject[0],
        subject_id=subject[1],
        record_id=record_id,
        classes=int(classes),
        may_write=may_write,
        purpose=purpose,
        basis=basis.kind,
        basis_id=basis.id,
        valid_from=valid_from,
        valid_to=valid_to,
    )


def close_grants(*, basis_id: UUID, at: datetime, subject_id: UUID | None = None) -> int:
    """Closes what rests on the basis, for one subject or for all; returns how many were open."""
    live = Grant.objects.filter(basis_id=basis_id, closed_at=None)
    if subject_id:
        live = live.filter(subject_id=subject_id)
    return live.update(closed_at=at)


def live_grants(at: datetime) -> QuerySet[Grant]:
    """The grants in force at a moment."""
    in_time = Q(valid_to=None) | Q(valid_to__gt=at)
    return Grant.objects.filter(in_time, valid_from__lte=at, closed_at=None)


def records_open_to(actor: Actor, classes: InformationClass) -> QuerySet:
    """The identifiers of records of which the actor may read all of `classes`, for use inside another query."""
    held = live_grants(actor.at).filter(subject_id__in=actor.subjects)
    covering = held.annotate(held=F("classes").bitand(int(classes))).filter(held=int(classes))
    return covering.values("record_id")
