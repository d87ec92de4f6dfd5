"""Rounds: beginning the map with a family, looking at it again, and where the family wants to begin."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from solmu.access import gate
from solmu.access.actor import Actor
from solmu.access.deeds import Deed
from solmu.agenda import actions as agenda
from solmu.agenda.models import Item
from solmu.families.models import Family
from solmu.kernel.errors import InvalidInput
from solmu.kernel.models import insert, save_version
from solmu.situations.actions.finding import newest_round, round_of, writable_round
from solmu.situations.models import Domain, DomainFeeling, MapItem, Round
from solmu.situations.rules import KNOT


@transaction.atomic
def start_round(actor: Actor, *, family_id: UUID, held_on: date | None = None, present: str = "") -> Round:
    """Begins the map, or a new look at it; what was on the map stands as it was last said to stand."""
    gate.require(actor, Deed.WRITE_SITUATION, family_id)
    Family.objects.select_for_update().get(pk=family_id)
    last = newest_round(family_id)
    held_on = held_on or actor.today
    _check_day(actor, held_on, after=last)
    agenda.settle_on_record(actor, record_id=family_id, kind=Item.Kind.MAP)
    return insert(
        Round(
            family_id=family_id,
            number=last.number + 1 if last else 1,
            held_on=held_on,
            present=present.strip(),
            made_by=actor.account_id,
            made_at=actor.at,
        )
    )


@transaction.atomic
def update_round(actor: Actor, *, family_id: UUID, round_id: UUID, version: int, held_on: date, present: str) -> Round:
    """Mends the day of a round and who were there."""
    gate.require(actor, Deed.WRITE_SITUATION, family_id)
    row = round_of(family_id, round_id)
    before = Round.objects.filter(family_id=family_id, number__lt=row.number).order_by("-number").first()
    _check_day(actor, held_on, after=before)
    row.held_on, row.present = held_on, present.strip()
    save_version(row, expected=version, fields=["held_on", "present"])
    return row


@transaction.atomic
def set_start_from(
    actor: Actor,
    *,
    family_id: UUID,
    round_id: UUID,
    version: int,
    words: str,
    knot_id: UUID | None = None,
    said_by: str = "",
) -> Round:
    """Records which knot the family wants to begin from, and in which words."""
    gate.require(actor, Deed.WRITE_SITUATION, family_id)
    row = writable_round(family_id, round_id)
    if knot_id:
        knot = MapItem.objects.filter(
            pk=knot_id, family_id=family_id, removed_at=None, kind=KNOT, own_part=False
        ).first()
        if knot is None:
            raise InvalidInput({"knot": _("This knot is not on the map any more. Choose another, or none.")})
    row.start_from, row.start_knot_id, row.start_said_by = words.strip(), knot_id, said_by.strip()
    save_version(row, expected=version, fields=["start_from", "start_knot_id", "start_said_by"])
    return row


@transaction.atomic
def feel(actor: Actor, *, family_id: UUID, round_id: UUID, values: Mapping[str, int | None]) -> None:
    """Records the family's own 0–10 of the domains named in `values`; None takes the answer back."""
    gate.require(actor, Deed.WRITE_SITUATION, family_id)
    row = writable_round(family_id, round_id)
    for domain, value in values.items():
        if domain not in Domain or (value is not None and not 0 <= value <= 10):
            raise InvalidInput({domain: _("The number is from 0 to 10, or nothing at all.")})
        if value is None:
            DomainFeeling.objects.filter(round=row, domain=domain).delete()
        else:
            DomainFeeling.objects.update_or_create(round=row, domain=domain, defaults={"value": value})


def _check_day(actor: Actor, held_on: date, *, after: Round | None) -> None:
    if held_on > actor.today:
        raise InvalidInput(
            {"held_on": _("The day is still ahead. A round is written on the day it is held, or later.")}
        )
    if after and held_on < after.held_on:
        raise InvalidInput({"held_on": _("The day is before the earlier round. Check the year and the month.")})
