"""Knots and bonds: putting them on the map, mending their words, saying how they stand."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from solmu.access import gate
from solmu.access.actor import Actor
from solmu.access.deeds import Deed
from solmu.families.models import Person
from solmu.kernel.errors import Conflict, InvalidInput, NotNow
from solmu.kernel.models import insert, save_version
from solmu.situations.actions.finding import NotOnTheMap, RoundIsPast, check_young, newest_round
from solmu.situations.models import Domain, MapItem, MapItemState, Round
from solmu.situations.rules import FIRST_WEIGHT, may_weigh, standing


@dataclass(frozen=True)
class View:
    """Whose opinion something is: a person's of the family, the worker's, or not said (neither)."""

    person_id: UUID | None = None
    worker: bool = False


NOT_SAID = View()
_FILLED = [
    "domain",
    "words",
    "person_id",
    "view_of_id",
    "view_of_worker",
    "would_help",
    "help_in_view_of_id",
    "help_in_view_of_worker",
]


@transaction.atomic
def add_item(
    actor: Actor,
    *,
    family_id: UUID,
    domain: str,
    kind: str,
    words: str,
    weight: str = "",
    person_id: UUID | None = None,
    view: View = NOT_SAID,
    would_help: str = "",
    help_view: View = NOT_SAID,
    own_part: bool = False,
) -> MapItem:
    """Puts a knot or a bond on the newest round. Only domain, kind and words are needed.

    `own_part`: it belongs to the young person whose view it is, and guardians do not see it.
    """
    gate.require(actor, Deed.WRITE_YOUNG_PART if own_part else Deed.WRITE_SITUATION, family_id)
    now = newest_round(family_id)
    if now is None:
        raise NotNow(_("The map has not been begun. Begin it first."))
    if kind not in MapItem.Kind:
        raise InvalidInput({"kind": _("Is it a knot or a bond?")})
    if own_part:
        check_young(family_id, view.person_id)
    item = MapItem(family_id=family_id, kind=kind, own_part=own_part, first_round=now)
    _fill(item, domain=domain, words=words, person_id=person_id, view=view, would_help=would_help, help_view=help_view)
    insert(item)
    weight = weight or FIRST_WEIGHT[kind]
    _check_weight(item, weight)
    insert(MapItemState(item=item, round=now, weight=weight))
    return item


@transaction.atomic
def edit_item(
    actor: Actor,
    *,
    family_id: UUID,
    item_id: UUID,
    version: int,
    domain: str,
    words: str,
    person_id: UUID | None = None,
    view: View = NOT_SAID,
    would_help: str = "",
    help_view: View = NOT_SAID,
) -> MapItem:
    """Mends the words of an item, whose it is and what would help; how it stands is `state_item`."""
    item = _open_item(actor, family_id, item_id)
    if item.own_part:
        view = View(item.view_of_id)
    _fill(item, domain=domain, words=words, person_id=person_id, view=view, would_help=would_help, help_view=help_view)
    save_version(item, expected=version, fields=_FILLED)
    return item


@transaction.atomic
def state_item(
    actor: Actor, *, family_id: UUID, item_id: UUID, weight: str, note: str | None = None, seen: str = ""
) -> MapItemState:
    """Says how an item stands on the newest round.

    `seen` is how it stood when the person looked; if somebody has said otherwise since, that is a Conflict.
    """
    item = _open_item(actor, family_id, item_id)
    _check_weight(item, weight)
    now = newest_round(family_id)
    states = {state.round.number: state for state in item.states.select_related("round")}
    stands = standing({number: state.weight for number, state in states.items()}, now.number)
    if seen and stands != seen:
        raise Conflict(states[max(states)])
    said = {"weight": weight} if note is None else {"weight": weight, "note": note.strip()}
    return MapItemState.objects.update_or_create(item=item, round=now, defaults=said)[0]


@transaction.atomic
def remove_item(actor: Actor, *, family_id: UUID, item_id: UUID) -> MapItem:
    """Takes away an item put on this round by mistake. What came on an earlier round is history and stays."""
    item = _open_item(actor, family_id, item_id)
    if item.first_round_id != newest_round(family_id).id:
        raise NotNow(_("This came to the map on an earlier round, so it stays. Mark it opened, or no longer carrying."))
    Round.objects.filter(start_knot=item).update(start_knot=None)
    item.removed_at = actor.at
    save_version(item, expected=item.version, fields=["removed_at"])
    return item


@transaction.atomic
def restore_item(actor: Actor, *, family_id: UUID, item_id: UUID) -> MapItem:
    """Brings back an item that was taken away from the newest round."""
    item = _open_item(actor, family_id, item_id, removed=True)
    if item.first_round_id != newest_round(family_id).id:
        raise RoundIsPast
    item.removed_at = None
    save_version(item, expected=item.version, fields=["removed_at"])
    return item


def _open_item(actor: Actor, family_id: UUID, item_id: UUID, *, removed: bool = False) -> MapItem:
    """The item, once the gate has let the actor write it; what belongs to an own part is asked for by its own deed."""
    gate.require(actor, Deed.WRITE_SITUATION, family_id)
    item = MapItem.objects.filter(pk=item_id, family_id=family_id, removed_at__isnull=not removed).first()
    if item is None:
        raise NotOnTheMap
    if item.own_part:
        gate.require(actor, Deed.WRITE_YOUNG_PART, family_id)
    return item


def _check_weight(item: MapItem, weight: str) -> None:
    if not may_weigh(item.kind, weight):
        raise InvalidInput(
            {"weight": _("A knot is light, tense, tight or opened; a bond carries or no longer carries.")}
        )


def _fill(item: MapItem, *, domain, words, person_id, view: View, would_help, help_view: View) -> None:
    errors = {}
    if domain not in Domain:
        errors["domain"] = _("Choose the domain of life.")
    if not words.strip():
        errors["words"] = _("A word or two is enough.")
    members = set(Person.objects.filter(family_id=item.family_id, removed_at=None).values_list("pk", flat=True))
    known = members | {item.person_id, item.view_of_id, item.help_in_view_of_id}  # somebody who has left may stay
    for field, who in (("person", person_id), ("view", view.person_id), ("help_view", help_view.person_id)):
        if who is not None and who not in known:
            errors[field] = _("This person does not belong to the family. Choose another.")
    if errors:
        raise InvalidInput(errors)
    item.domain, item.words, item.would_help = domain, words.strip(), would_help.strip()
    item.person_id, item.view_of_id, item.help_in_view_of_id = person_id, view.person_id, help_view.person_id
    item.view_of_worker, item.help_in_view_of_worker = view.worker, help_view.worker
