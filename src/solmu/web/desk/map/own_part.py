"""A young person's own part of the map, on pages of its own."""

from django.contrib import messages
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from solmu.access import gate
from solmu.access.deeds import Deed
from solmu.situations import actions
from solmu.situations.queries import own_part, people
from solmu.situations.rules import KNOT
from solmu.web.desk.map.forms import ItemForm, OpeningForm, typed_item
from solmu.web.desk.map.items import edit
from solmu.web.desk.map.reading import told_of
from solmu.web.desk.shell import render_family
from solmu.web.sending import press, send


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
            "items": [told_of(item) for item in part.items],
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


def own_item(request, family_id, person_id, item_id):
    """One knot or bond of a young person's own part."""
    access, part = _own(request, family_id, person_id)
    item = next((item for item in part.items if item.id == item_id), None)
    return edit(
        request, access, item, reverse("desk:map_own", args=[family_id, person_id]), "person", "view", "help_view"
    )


@require_POST
def open_own(request, family_id, person_id):
    """The young person lets the family see the own part."""
    back = reverse("desk:map_own", args=[family_id, person_id])

    def open_part():
        said = request.POST.get("said", "")
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
