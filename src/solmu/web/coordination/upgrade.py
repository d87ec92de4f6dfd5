"""Work under way moves to another version: first what would change, then, on purpose, the move."""

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _, ngettext

from solmu.access import gate
from solmu.access.deeds import Deed
from solmu.casework.actions.engagements import move_engagements
from solmu.casework.queries.moving import Movables, movable
from solmu.kernel.errors import InvalidInput
from solmu.operating_models.queries import package_of
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
        "title": package_of(found.target).title(reader_language()),
        "shown": sum(len(group.engagements) for group in found.groups),
        "errors": errors or {},
        "typed": request.POST,
    }
    return render(request, "coordination/upgrade.html", context, status=status)


def _move(request, model_id, found: Movables):
    """Moves those that are ticked, each in a transaction of its own: sent twice, it moves what is left."""
    gate.require(request.actor, Deed.ADOPT_MODEL)
    shown = {each.id: each for group in found.groups for each in group.engagements}
    versions = {key: _seen(request, key) for key in shown if request.POST.get(f"move_{key}")}
    lost = {phase for group in found.groups for phase, _title in group.phases_to_choose}
    phases = {phase: request.POST.get(f"phase_{phase}", "") for phase in lost}
    try:
        if not versions:
            raise InvalidInput({"": _("Tick at least one to move.")})
        moves = move_engagements(
            request.actor,
            to_model_id=model_id,
            versions=versions,
            phases=phases,
            reason=request.POST.get("reason", ""),
        )
        done = list(moves)
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


def _seen(request, key) -> int:
    """The version of an engagement as it was when the page was made."""
    told = request.POST.get(f"seen_{key}", "")
    return int(told) if told.isascii() and told.isdecimal() and len(told) < 10 else 0


urls = [path("models/<uuid:model_id>/upgrade/", upgrade, name="upgrade")]
