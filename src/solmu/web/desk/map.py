"""The life-situation map: the picture then and now, knots and bonds, a new look, and a young person's own part."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from solmu.access import gate
from solmu.access.classes import InformationClass as C
from solmu.access.deeds import Deed
from solmu.families.queries import family_head
from solmu.kernel.errors import Conflict, NotNow
from solmu.situations import actions
from solmu.situations.models import Domain
from solmu.situations.picture import picture
from solmu.situations.queries import family_map, map_item, own_part, people, rounds, to_review
from solmu.situations.rules import KNOT, UNSAID, WEIGHTS, is_open
from solmu.situations.words import WEIGHTS as WEIGHT_WORDS, tell_item
from solmu.web import drafts
from solmu.web.desk.map_forms import (
    FeelingsForm,
    ItemForm,
    OpeningForm,
    RoundForm,
    StartForm,
    saved_item,
    saved_item_told,
    typed_item,
)
from solmu.web.desk.sending import press, send
from solmu.web.desk.shell import render_family
from solmu.web.reading import identifier, whole_number

_GLYPHS = {
    "unsaid": ("g-knot1", "g-knot"),
    "light": ("g-knot1", "g-knot"),
    "tense": ("g-knot2", "g-knot"),
    "tight": ("g-knot3", "g-knot"),
    "opened": ("g-open", "g-open"),
    "carries": ("g-bond", "g-bond"),
    "faded": ("g-bond", "g-open"),
}
_DRAFT = "map-item"


def _number(request, name: str) -> int | None:
    return whole_number(request.GET.get(name)) or None


def _read(request, family_id):
    access = gate.require(request.actor, Deed.READ_SITUATION, family_id)
    return access, family_map(access, then=_number(request, "then"), now=_number(request, "now"))


def _begun(request, family_id):
    access, drawn = _read(request, family_id)
    if drawn.now is None:
        raise Http404
    return access, drawn


def _to_map(family_id) -> str:
    return reverse("desk:map", args=[family_id])


def _shown(request, access, drawn) -> dict:
    """What the picture and its words need."""
    return {
        "map": drawn,
        "picture": picture(drawn, family_head(access).name) if drawn.now else None,
        "domains": [(domain, [_told(item) for item in domain.items]) for domain in drawn.domains],
    }


def _told(item) -> dict:
    """An item with its drawing, its words and the buttons by which its state is said."""
    ways = [weight for weight in WEIGHTS[item.kind] if weight != UNSAID or item.now == UNSAID]
    return _glyph(item.now) | {
        "item": item,
        "in_words": tell_item(item.now, item.change),
        "whose": " · ".join(filter(None, (item.about, item.view, item.note))),
        "buttons": [_glyph(weight) | {"weight": weight} for weight in ways],
    }


def _glyph(weight: str) -> dict:
    symbol, ink = _GLYPHS[weight]
    return {"symbol": symbol, "ink": ink, "words": WEIGHT_WORDS[weight]}


# The map


def family_page(request, family_id):
    """The map: picture, words, and what is done to it."""
    access, drawn = _read(request, family_id)
    young = [person for person in people(access) if person.is_young] if C.YOUNG_PART in access.writable else []
    context = {"young": young, "removed": identifier(request.GET.get("removed")), "to_look_at": _waiting(drawn)}
    return render_family(request, access, "desk/map.html", "map", _shown(request, access, drawn) | context)


def _waiting(drawn) -> int:
    """How many open items have not been looked at on the newest round."""
    return sum(not item.seen and is_open(item.now) for item in drawn.items) if drawn.is_latest else 0


def print_page(request, family_id):
    """The map on paper, without anybody's own part."""
    access, drawn = _begun(request, family_id)
    return render_family(request, access, "desk/map_print.html", "map", _shown(request, access, drawn))


# Rounds


def begin(request, family_id):
    """Begins the map, or a new look at it."""
    access, drawn = _read(request, family_id)
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
    access, drawn = _begun(request, family_id)
    now = drawn.rounds[-1]
    saved = {"version": now.version, "held_on": now.held_on, "present": now.present}
    form = RoundForm(request.POST or None, initial=saved)

    def again(status=200, **more):
        return render_family(request, access, "desk/map_round.html", "map", {"form": form, **more}, status)

    def mend(typed):
        told = {"version": typed["version"] or 0, "held_on": typed["held_on"], "present": typed["present"]}
        actions.update_round(request.actor, family_id=family_id, round_id=now.id, **told)
        messages.success(request, _("Saved."))
        return _to_map(family_id)

    def theirs(row):
        return [{"label": _("Day"), "saved": row.held_on}, {"label": _("Who are present"), "saved": row.present}]

    return send(request, form, mend, again, theirs) if request.method == "POST" else again()


def review(request, family_id):
    """Looks at what was on the map before, one by one; each may be skipped."""
    access = gate.require(request.actor, Deed.READ_SITUATION, family_id)
    after = identifier(request.GET.get("after"))
    left = [item for item in to_review(access) if after is None or item.id > after]
    if not left:
        return redirect(_to_map(family_id))
    context = {"told": _told(left[0]), "domain": Domain(left[0].domain).label, "left": len(left) - 1}
    return render_family(request, access, "desk/map_review.html", "map", context)


def feelings(request, family_id):
    """Asks how each part of life feels, 0–10; every one may be left unasked."""
    access, drawn = _begun(request, family_id)
    felt = {domain.domain: domain.felt_now for domain in drawn.domains}
    form = FeelingsForm(request.POST or None, initial=felt)

    def again(status=200, **more):
        return render_family(request, access, "desk/map_feelings.html", "map", {"form": form, **more}, status)

    def save(typed):
        values = {domain: int(value) if value else None for domain, value in typed.items()}
        actions.feel(request.actor, family_id=family_id, round_id=drawn.rounds[-1].id, values=values)
        messages.success(request, _("The numbers are on the map."))
        return _to_map(family_id)

    return send(request, form, save, again) if request.method == "POST" else again()


def start_from(request, family_id):
    """Asks where the family wants to begin."""
    access, drawn = _begun(request, family_id)
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
        return _to_map(family_id)

    def theirs(row):
        knot = row.start_knot.words if row.start_knot else ""
        said = [(_("From which knot?"), knot), (_("In the family’s own words"), row.start_from)]
        return [{"label": label, "saved": text} for label, text in [*said, (_("Who said it"), row.start_said_by)]]

    return send(request, form, save, again, theirs) if request.method == "POST" else again()


# Knots and bonds


def add(request, family_id):
    """Puts a knot or a bond on the map; one after another, if so wanted."""
    access, drawn = _begun(request, family_id)
    kept = drafts.kept(request, _DRAFT, str(family_id)) if request.method == "GET" else None
    asked = {name: request.GET[name] for name in ("domain", "kind") if name in request.GET}
    form = ItemForm(request.POST or None, initial={**(kept.dict() if kept else {}), **asked}, people=people(access))

    def again(status=200, **more):
        return render_family(request, access, "desk/map_add.html", "map", {"form": form, "map": drawn, **more}, status)

    def put(typed):
        weight = typed["weight"] if typed["kind"] == KNOT else ""
        actions.add_item(request.actor, family_id=family_id, kind=typed["kind"], weight=weight, **typed_item(typed))
        drafts.discard(request, _DRAFT, str(family_id))
        messages.success(request, _("On the map."))
        return reverse("desk:map_add", args=[family_id]) if "another" in request.POST else _to_map(family_id)

    return send(request, form, put, again) if request.method == "POST" else again()


def item_page(request, family_id, item_id):
    """One knot or bond: its words, how it stands, and taking it away if it came by mistake."""
    access = gate.require(request.actor, Deed.READ_SITUATION, family_id)
    return _edit(request, access, map_item(access, item_id), _to_map(family_id))


def own_item(request, family_id, person_id, item_id):
    """One knot or bond of a young person's own part."""
    access, part = _own(request, family_id, person_id)
    item = next((item for item in part.items if item.id == item_id), None)
    return _edit(
        request, access, item, reverse("desk:map_own", args=[family_id, person_id]), "person", "view", "help_view"
    )


def _edit(request, access, item, back, *left_out):
    if item is None:
        raise Http404
    form = ItemForm(request.POST or None, initial=saved_item(item), people=people(access))
    form = form.without("kind", "weight", *left_out)

    def again(status=200, **more):
        newest = rounds(access)[-1].number
        context = {"form": form, "told": _told(item), "back": back, "own": item.own_part, **more}
        context["may_remove"] = item.first_round == newest
        return render_family(request, access, "desk/map_item.html", "map", context, status)

    def save(typed):
        told = typed_item(typed) | ({"person_id": item.about_id} if item.own_part else {})
        version = typed["version"] or 0
        actions.edit_item(request.actor, family_id=access.record_id, item_id=item.id, version=version, **told)
        messages.success(request, _("Saved."))
        return back

    return send(request, form, save, again, saved_item_told) if request.method == "POST" else again()


@require_POST
def state(request, family_id, item_id):
    """Says by one tap how an item stands on the newest round."""
    item = {"family_id": family_id, "item_id": item_id}
    seen, back = request.POST.get("seen", ""), _to_map(family_id)

    def say():
        try:
            said = actions.state_item(request.actor, **item, weight=request.POST.get("weight", ""), seen=seen)
        except Conflict as conflict:
            said = {"words": WEIGHT_WORDS[conflict.current.weight]}
            raise NotNow(_("Somebody else has just said: %(words)s. Look at it and choose again.") % said) from None
        if said.item.own_part:
            return reverse("desk:map_own", args=[family_id, said.item.view_of_id])
        if "review" in request.POST:
            return f"{reverse('desk:map_review', args=[family_id])}?after={item_id}"
        return f"{back}#item-{item_id}"

    return press(request, say, back)


@require_POST
def remove(request, family_id, item_id):
    """Takes away an item that came by mistake; the page after it offers to undo."""

    def take_away():
        item = actions.remove_item(request.actor, family_id=family_id, item_id=item_id)
        if item.own_part:
            return reverse("desk:map_own", args=[family_id, item.view_of_id])
        return f"{_to_map(family_id)}?removed={item_id}"

    return press(request, take_away, _to_map(family_id))


@require_POST
def restore(request, family_id, item_id):
    """Brings back what was taken away."""

    def bring_back():
        actions.restore_item(request.actor, family_id=family_id, item_id=item_id)
        messages.success(request, _("It is on the map again."))
        return _to_map(family_id)

    return press(request, bring_back, _to_map(family_id))


# A young person's own part


def _own(request, family_id, person_id):
    access = gate.require(request.actor, Deed.READ_YOUNG_PART, family_id)
    part = own_part(access, person_id)
    if part is None:
        raise Http404
    return access, part


def own_page(request, family_id, person_id):
    """The own part of a young person, never on the same page as the family's map."""
    access, part = _own(request, family_id, person_id)
    form = ItemForm(request.POST or None, people=people(access)).without("person", "view", "help_view")
    opening = OpeningForm()

    def again(status=200, **more):
        context = {
            "part": part,
            "items": [_told(item) for item in part.items],
            "form": form,
            "opening": opening,
            **more,
        }
        return render_family(request, access, "desk/map_own.html", "map", context, status)

    def put(typed):
        told = typed_item(typed) | {"person_id": person_id, "view": actions.View(person_id)}
        weight = typed["weight"] if typed["kind"] == KNOT else ""
        actions.add_item(request.actor, family_id=family_id, kind=typed["kind"], weight=weight, own_part=True, **told)
        messages.success(request, _("Saved in the own part."))
        return request.path

    return send(request, form, put, again) if request.method == "POST" else again()


@require_POST
def open_own(request, family_id, person_id):
    """The young person lets the family see the own part."""
    back = reverse("desk:map_own", args=[family_id, person_id])

    def open_part():
        said = request.POST.get("said", "")[:240]
        actions.open_own_part(request.actor, family_id=family_id, person_id=person_id, said=said)
        messages.success(request, _("The own part is now on the family’s map."))
        return back

    return press(request, open_part, back)


@require_POST
def close_own(request, family_id, person_id):
    """Hides the own part from the family again."""
    back = reverse("desk:map_own", args=[family_id, person_id])

    def close_part():
        actions.close_own_part(request.actor, family_id=family_id, person_id=person_id)
        messages.success(request, _("The own part is hidden from the family’s map again."))
        return back

    return press(request, close_part, back)


_AT = "families/<uuid:family_id>/map/"
urls = [
    path(_AT, family_page, name="map"),
    path(f"{_AT}print/", print_page, name="map_print"),
    path(f"{_AT}begin/", begin, name="map_begin"),
    path(f"{_AT}round/", mend_round, name="map_round"),
    path(f"{_AT}review/", review, name="map_review"),
    path(f"{_AT}numbers/", feelings, name="map_feelings"),
    path(f"{_AT}start/", start_from, name="map_start"),
    path(f"{_AT}add/", add, name="map_add"),
    path(f"{_AT}items/<uuid:item_id>/", item_page, name="map_item"),
    path(f"{_AT}items/<uuid:item_id>/state/", state, name="map_state"),
    path(f"{_AT}items/<uuid:item_id>/remove/", remove, name="map_remove"),
    path(f"{_AT}items/<uuid:item_id>/restore/", restore, name="map_restore"),
    path(f"{_AT}own/<uuid:person_id>/", own_page, name="map_own"),
    path(f"{_AT}own/<uuid:person_id>/items/<uuid:item_id>/", own_item, name="map_own_item"),
    path(f"{_AT}own/<uuid:person_id>/open/", open_own, name="map_own_open"),
    path(f"{_AT}own/<uuid:person_id>/close/", close_own, name="map_own_close"),
]
