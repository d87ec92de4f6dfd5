"""Work under way moves to another version: first what would change, then, on purpose, the move."""

from collections.abc import Iterable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _, ngettext

from solmu.access import gate
from solmu.access.deeds import Deed
from solmu.casework.actions.engagements import Moved, move_engagements
from solmu.casework.queries.moving import MovableGroup, Movables, movable
from solmu.kernel.errors import InvalidInput
from solmu.operating_models.queries import package_of
from solmu.web.reading import whole_number
from solmu.web.ui.library import reader_language

_AT_ONCE = 200


def upgrade(request, model_id):
    """What would change for the organisation's work on other versions; each engagement by its reference alone."""
    found = movable(request.actor, model_id, most=_AT_ONCE)
    if found is None:
        raise Http404
    if request.method == "POST":
        return _move(request, model_id, found)
    return _page(request, found)


def _page(request, found: Movables, status=200, errors=None):
    context = {
        "found": found,
        "groups": [_shown(request, group) for group in found.groups],
        "title": package_of(found.target).title(reader_language()),
        "shown": sum(len(group.engagements) for group in found.groups),
        "errors": errors or {},
        "typed": request.POST,
    }
    return render(request, "coordination/upgrade.html", context, status=status)


def _move(request, model_id, found: Movables):
    """Moves those that are ticked, each in a transaction of its own: sent twice, it moves what is left."""
    gate.require(request.actor, Deed.ADOPT_MODEL)
    ticked = [(group, versions) for group in found.groups if (versions := _ticked(request, group))]
    try:
        if not ticked:
            raise InvalidInput({"": _("Tick at least one to move.")})
        done = [each for group, versions in ticked for each in _moved(request, model_id, group, versions)]
    except InvalidInput as refused:
        return _page(request, found, 422, refused.errors)
    moved = sum(each.moved for each in done)
    if moved:
        said = ngettext(
            "%(n)d was moved. Its pair has been told.", "%(n)d were moved. Their pairs have been told.", moved
        )
        messages.success(request, said % {"n": moved})
    for each in done:
        if not each.moved:
            messages.warning(request, f"{each.reference}: {each.why}")
    return HttpResponseRedirect(reverse("coordination:upgrade", args=[model_id]))


def _ticked(request, group: MovableGroup) -> dict[UUID, int]:
    """The engagements that are to move, each with its version as it was when the page was made."""
    return {
        each.id: whole_number(request.POST.get(f"seen_{each.id}"))
        for each in group.engagements
        if request.POST.get(f"move_{each.id}")
    }


def _moved(request, model_id: UUID, group: MovableGroup, versions: dict[UUID, int]) -> Iterable[Moved]:
    return move_engagements(
        request.actor,
        to_model_id=model_id,
        versions=versions,
        phases=_chosen(request, group),
        reason=request.POST.get("reason", ""),
    )


def _chosen(request, group: MovableGroup) -> dict[str, str]:
    """Where work of the group goes on from each phase that the version lacks."""
    return {phase: request.POST.get(f"phase_{group.key}_{phase}", "") for phase, _title in group.phases_to_choose}


def _shown(request, group: MovableGroup) -> dict:
    """A group as it is drawn: everything ticked at first, and what was chosen when the page is shown again."""
    sent = request.method == "POST"
    chosen = _chosen(request, group)
    return {
        "it": group,
        "choices": [(phase, title, chosen[phase]) for phase, title in group.phases_to_choose],
        "rows": [(each, not sent or f"move_{each.id}" in request.POST) for each in group.engagements],
    }


urls = [path("models/<uuid:model_id>/upgrade/", upgrade, name="upgrade")]
