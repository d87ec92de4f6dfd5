"""The commitment as it stood on a day: saved, looked at, printed, laid beside another. A snapshot never changes."""

from datetime import date

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_POST

from solmu.access import gate
from solmu.access.deeds import Deed
from solmu.learning.actions import commitment as actions
from solmu.learning.lists import in_words
from solmu.learning.models import Answer
from solmu.learning.queries.commitment import SnapshotView, snapshot, snapshots, working_paper, working_state
from solmu.learning.rules.commitment import JOINING, side_by_side
from solmu.web.paper import pdf
from solmu.web.reading import identifier
from solmu.web.sending import press, send
from solmu.web.ui.forms import Day, Form


class SaveForm(Form):
    """When it was talked through, and by whom."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    made_on = forms.DateField(label=gettext_lazy("The day on which you talked"), widget=Day)
    present = forms.CharField(
        label=gettext_lazy("Who were present"),
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("Names, or in which role. This is made together."),
    )
    is_shared = forms.BooleanField(
        label=gettext_lazy("Shared with the region: coordinators of the other organisations may see it"), required=False
    )


def save(request):
    """Keeps the working paper as it stands today."""
    gate.require(request.actor, Deed.WRITE_COMMITMENT)
    parts = [each for each in working_paper(request.actor) if each.id != JOINING]
    initial = {"seen": working_state(request.actor), "made_on": request.actor.today}
    form = SaveForm(request.POST or None, initial=initial)

    def again(status=200, **more):
        context = {"form": form, "parts": parts, "seen": initial["seen"], **more}
        return render(request, "coordination/snapshot_save.html", context, status=status)

    def keep(typed):
        made = actions.save_snapshot(request.actor, **typed)
        messages.success(request, _("Saved as it stood. It does not change any more; the working paper goes on."))
        return reverse("coordination:snapshot", args=[made.id])

    return send(request, form, keep, again) if request.method == "POST" else again()


def _row(request, snapshot_id) -> SnapshotView:
    row = snapshot(request.actor, snapshot_id)
    if row is None:
        raise Http404
    return row


def _shown(said: dict | None) -> dict | None:
    """What was said of an item, in the reader's language."""
    if said is None:
        return None
    days = {name: date.fromisoformat(said[name]) if said.get(name) else None for name in ("due_on", "step_done_on")}
    return {**said, **days, "title": in_words(said["title"]), "label": Answer.Level(said["level"]).label}


def _parts(row: SnapshotView) -> list[dict]:
    return [
        {"title": in_words(part["title"]), "items": [_shown(each) for each in part["items"]]} for part in row.content
    ]


def one(request, snapshot_id):
    """How it stood on that day."""
    row = _row(request, snapshot_id)
    may_write = row.is_own and bool(request.actor.roles & Deed.WRITE_COMMITMENT.rule.roles)
    own = snapshots(request.actor) if row.is_own else []
    context = {
        "row": row,
        "parts": _parts(row),
        "may_write": may_write,
        "others": [each for each in own if each.id != row.id],
    }
    return render(request, "coordination/snapshot.html", context)


def paper(request, snapshot_id):
    """The same on paper."""
    row = _row(request, snapshot_id)
    context = {"row": row, "parts": _parts(row)}
    return pdf(request, "coordination/snapshot_paper.html", context, name=f"{row.made_on:%Y-%m-%d}")


@require_POST
def share(request, snapshot_id):
    """Lets the region's coordinators see it, or no longer."""
    here = reverse("coordination:snapshot", args=[snapshot_id])
    is_shared = request.POST.get("shared") == "yes"

    def change():
        actions.share_snapshot(request.actor, snapshot_id=snapshot_id, is_shared=is_shared)
        messages.success(request, _("Shared with the region.") if is_shared else _("No longer shared."))
        return here

    return press(request, change, here)


def compare(request):
    """Two snapshots side by side: by default the last one and the one before it."""
    own = snapshots(request.actor)
    by_id = {row.id: row for row in own}
    now = by_id.get(identifier(request.GET.get("now")), own[0] if own else None)
    earlier = [row for row in own if now and row.made_on <= now.made_on and row.id != now.id]
    then = by_id.get(identifier(request.GET.get("then")), earlier[0] if earlier else None)
    sides = [snapshot(request.actor, row.id) for row in (then, now) if then and now]
    context = {"own": own, "then": then, "now": now, "parts": _pairs(*sides) if sides else []}
    return render(request, "coordination/compare.html", context)


def _pairs(then: SnapshotView, now: SnapshotView) -> list[dict]:
    return [
        {
            "title": in_words(title),
            "sides": [
                {
                    "title": in_words(side.title),
                    "then": _shown(side.then),
                    "now": _shown(side.now),
                    "moved": side.has_moved,
                }
                for side in sides
            ],
        }
        for title, sides in side_by_side(then.content, now.content)
    ]


urls = [
    path("commitment/save/", save, name="snapshot_save"),
    path("commitment/compare/", compare, name="compare"),
    path("commitment/<uuid:snapshot_id>/", one, name="snapshot"),
    path("commitment/<uuid:snapshot_id>/paper.pdf", paper, name="snapshot_pdf"),
    path("commitment/<uuid:snapshot_id>/share/", share, name="snapshot_share"),
]
