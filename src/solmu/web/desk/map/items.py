"""Knots and bonds: putting one on the map, mending its words, saying how it stands, taking it away and back."""

from django.contrib import messages
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from solmu.access import gate
from solmu.access.deeds import Deed
from solmu.kernel.errors import Conflict, NotNow
from solmu.situations import actions
from solmu.situations.queries import map_item, people, rounds
from solmu.situations.rules import KNOT
from solmu.situations.words import WEIGHTS as WEIGHT_WORDS
from solmu.web import drafts
from solmu.web.desk.map.forms import ItemForm, saved_item, saved_item_told, typed_item
from solmu.web.desk.map.reading import begun, to_map, told_of
from solmu.web.desk.shell import render_family
from solmu.web.sending import press, send

_DRAFT = "map-item"


def add(request, family_id):
    """Puts a knot or a bond on the map; one after another, if so wanted."""
    access, drawn = begun(request, family_id)
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
        return reverse("desk:map_add", args=[family_id]) if "another" in request.POST else to_map(family_id)

    return send(request, form, put, again) if request.method == "POST" else again()


def item_page(request, family_id, item_id):
    """One knot or bond: its words, how it stands, and taking it away if it came by mistake."""
    access = gate.require(request.actor, Deed.READ_SITUATION, family_id)
    return edit(request, access, map_item(access, item_id), to_map(family_id))


def edit(request, access, item, back, *left_out):
    """The page of one item, None of which is not found; `left_out` are questions that are not asked of it."""
    if item is None:
        raise Http404
    form = ItemForm(request.POST or None, initial=saved_item(item), people=people(access))
    form = form.without("kind", "weight", *left_out)

    def again(status=200, **more):
        newest = rounds(access)[-1].number
        context = {"form": form, "told": told_of(item), "back": back, "own": item.own_part, **more}
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
    seen, back = request.POST.get("seen", ""), to_map(family_id)

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
        return f"{to_map(family_id)}?removed={item_id}"

    return press(request, take_away, to_map(family_id))


@require_POST
def restore(request, family_id, item_id):
    """Brings back what was taken away."""

    def bring_back():
        actions.restore_item(request.actor, family_id=family_id, item_id=item_id)
        messages.success(request, _("It is on the map again."))
        return to_map(family_id)

    return press(request, bring_back, to_map(family_id))
