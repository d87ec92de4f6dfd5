"""A round: a day on which the map is begun or looked at again, its numbers, and where the family wants to begin."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from solmu.access import gate
from solmu.access.deeds import Deed
from solmu.situations import actions
from solmu.situations.models import Domain
from solmu.situations.queries import to_review
from solmu.situations.rules import KNOT, is_open
from solmu.web.desk.map.forms import FeelingsForm, RoundForm, StartForm
from solmu.web.desk.map.reading import begun, read, to_map, told_of
from solmu.web.desk.shell import render_family
from solmu.web.reading import identifier
from solmu.web.sending import send


def begin(request, family_id):
    """Begins the map, or a new look at it."""
    access, drawn = read(request, family_id)
    form = RoundForm(request.POST or None, initial={"held_on": request.actor.today})

    def again(status=200, **more):
        return render_family(
            request, access, "desk/map_begin.html", "map", {"form": form, "map": drawn, **more}, status
        )

    def start(typed):
        actions.start_round(request.actor, family_id=family_id, held_on=typed["held_on"], present=typed["present"])
        if any(is_open(item.now) for item in drawn.items):
            return reverse("desk:map_review", args=[family_id])
        return reverse("desk:map_add", args=[family_id])

    return send(request, form, start, again) if request.method == "POST" else again()


def mend_round(request, family_id):
    """Mends the day of the newest round and who were present."""
    access, drawn = begun(request, family_id)
    now = drawn.rounds[-1]
    saved = {"version": now.version, "held_on": now.held_on, "present": now.present}
    form = RoundForm(request.POST or None, initial=saved)

    def again(status=200, **more):
        return render_family(request, access, "desk/map_round.html", "map", {"form": form, **more}, status)

    def mend(typed):
        told = {"version": typed["version"] or 0, "held_on": typed["held_on"], "present": typed["present"]}
        actions.update_round(request.actor, family_id=family_id, round_id=now.id, **told)
        messages.success(request, _("Saved."))
        return to_map(family_id)

    def theirs(row):
        return [{"label": _("Day"), "saved": row.held_on}, {"label": _("Who are present"), "saved": row.present}]

    return send(request, form, mend, again, theirs) if request.method == "POST" else again()


def review(request, family_id):
    """Looks at what was on the map before, one by one; each may be skipped."""
    access = gate.require(request.actor, Deed.READ_SITUATION, family_id)
    after = identifier(request.GET.get("after"))
    left = [item for item in to_review(access) if after is None or item.id > after]
    if not left:
        return redirect(to_map(family_id))
    context = {"told": told_of(left[0]), "domain": Domain(left[0].domain).label, "left": len(left) - 1}
    return render_family(request, access, "desk/map_review.html", "map", context)


def feelings(request, family_id):
    """Asks how each part of life feels, 0–10; every one may be left unasked."""
    access, drawn = begun(request, family_id)
    felt = {domain.domain: domain.felt_now for domain in drawn.domains}
    form = FeelingsForm(request.POST or None, initial=felt)

    def again(status=200, **more):
        return render_family(request, access, "desk/map_feelings.html", "map", {"form": form, **more}, status)

    def save(typed):
        values = {domain: int(value) if value else None for domain, value in typed.items()}
        actions.feel(request.actor, family_id=family_id, round_id=drawn.rounds[-1].id, values=values)
        messages.success(request, _("The numbers are on the map."))
        return to_map(family_id)

    return send(request, form, save, again) if request.method == "POST" else again()


def start_from(request, family_id):
    """Asks where the family wants to begin."""
    access, drawn = begun(request, family_id)
    now = drawn.rounds[-1]
    knots = tuple(item for item in drawn.items if item.kind == KNOT and is_open(item.now) and not item.own_part)
    saved = {
        "version": now.version,
        "words": now.start_from,
        "said_by": now.start_said_by,
        "knot": now.start_knot_id or "",
    }
    form = StartForm(request.POST or None, initial=saved, knots=knots)

    def again(status=200, **more):
        return render_family(request, access, "desk/map_start.html", "map", {"form": form, **more}, status)

    def save(typed):
        told = {"version": typed["version"], "words": typed["words"], "said_by": typed["said_by"]}
        knot_id = typed["knot"] or None
        actions.set_start_from(request.actor, family_id=family_id, round_id=now.id, knot_id=knot_id, **told)
        messages.success(request, _("Saved. The family’s own words stand beside the map."))
        return to_map(family_id)

    def theirs(row):
        knot = row.start_knot.words if row.start_knot else ""
        said = [(_("From which knot?"), knot), (_("In the family’s own words"), row.start_from)]
        return [{"label": label, "saved": text} for label, text in [*said, (_("Who said it"), row.start_said_by)]]

    return send(request, form, save, again, theirs) if request.method == "POST" else again()
