"""The life-situation map: the picture then and now, its words, and the map on paper."""

from django.http import Http404
from django.urls import reverse

from solmu.access import gate
from solmu.access.classes import InformationClass as C
from solmu.access.deeds import Deed
from solmu.families.queries import family_head
from solmu.situations.picture import picture
from solmu.situations.queries import family_map, people
from solmu.situations.rules import UNSAID, WEIGHTS, is_open
from solmu.situations.words import WEIGHTS as WEIGHT_WORDS, tell_item
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


def _number(request, name: str) -> int | None:
    return whole_number(request.GET.get(name)) or None


def read(request, family_id):
    """The gate's yes, and the map as it is asked for: the newest, or then and now laid side by side."""
    access = gate.require(request.actor, Deed.READ_SITUATION, family_id)
    return access, family_map(access, then=_number(request, "then"), now=_number(request, "now"))


def begun(request, family_id):
    """The same of a map that has been begun; 404 of one that has not."""
    access, drawn = read(request, family_id)
    if drawn.now is None:
        raise Http404
    return access, drawn


def to_map(family_id) -> str:
    """The address of the family's map."""
    return reverse("desk:map", args=[family_id])


def _shown(request, access, drawn) -> dict:
    """What the picture and its words need."""
    return {
        "map": drawn,
        "picture": picture(drawn, family_head(access).name) if drawn.now else None,
        "domains": [(domain, [told_of(item) for item in domain.items]) for domain in drawn.domains],
    }


def told_of(item) -> dict:
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


def family_page(request, family_id):
    """The map: picture, words, and what is done to it."""
    access, drawn = read(request, family_id)
    young = [person for person in people(access) if person.is_young] if C.YOUNG_PART in access.writable else []
    context = {"young": young, "removed": identifier(request.GET.get("removed")), "to_look_at": _waiting(drawn)}
    return render_family(request, access, "desk/map.html", "map", _shown(request, access, drawn) | context)


def _waiting(drawn) -> int:
    """How many open items have not been looked at on the newest round."""
    return sum(not item.seen and is_open(item.now) for item in drawn.items) if drawn.is_latest else 0


def print_page(request, family_id):
    """The map on paper, without anybody's own part."""
    access, drawn = begun(request, family_id)
    return render_family(request, access, "desk/map_print.html", "map", _shown(request, access, drawn))
