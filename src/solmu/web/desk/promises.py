"""Promises: made, kept or not, felt helpful or not; and a partner's own promises."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods

from solmu.access import gate
from solmu.access.deeds import Deed
from solmu.casework.actions import promises as actions
from solmu.casework.models import Promise
from solmu.casework.queries import network as queries
from solmu.casework.queries.records import require_row
from solmu.web.desk.shell import render_family
from solmu.web.reading import whole_number
from solmu.web.sending import press, send
from solmu.web.ui.forms import Day, Form, OneOf, OwnWords

_ENDS = [
    (Promise.State.KEPT, gettext_lazy("It was kept")),
    (Promise.State.NOT_KEPT, gettext_lazy("It was not kept")),
    (Promise.State.RELEASED, gettext_lazy("It is no longer needed")),
]


class PromiseForm(Form):
    """A deed, whose, by when."""

    member = forms.ChoiceField(label=gettext_lazy("Who promises"))
    deed = forms.CharField(
        label=gettext_lazy("What deed"),
        max_length=240,
        help_text=gettext_lazy("One deed that can be seen done: “calls on Tuesday”, not “keeps in touch”."),
    )
    due_on = forms.DateField(label=gettext_lazy("By when"), widget=Day)

    def __init__(self, *args, members=(), **kwargs):
        super().__init__(*args, **kwargs)
        named = [(str(m.id), f"{m.name}, {m.in_role}" if m.in_role else m.name) for m in members]
        self.fields["member"].choices = [("", _("Choose")), *named]


class EndForm(Form):
    """How a promise ended."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    state = forms.ChoiceField(label=gettext_lazy("What became of it?"), choices=_ENDS, widget=OneOf)
    word = forms.CharField(label=gettext_lazy("In a few words"), max_length=240, required=False)


class ViewForm(Form):
    """What the family says of it."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    helped = forms.ChoiceField(
        label=gettext_lazy("Ask the family: did it help?"),
        choices=[choice for choice in Promise.Helped.choices if choice[0]],
        widget=OneOf,
    )
    words = forms.CharField(
        label=gettext_lazy("In the family's words"), max_length=240, required=False, widget=OwnWords({"rows": 2})
    )


def _network(request, family_id):
    access = gate.require(request.actor, Deed.READ_NETWORK, family_id)
    case = queries.case_here(access)
    if case is None:
        raise Http404
    return access, case, queries.network(access, case)


def promise_new(request, family_id):
    """Writes a promise down; the next one can be written at once."""
    access, case, found = _network(request, family_id)
    meeting = next((each for each in found.meetings if str(each.id) == request.GET.get("meeting")), None)
    form = PromiseForm(
        request.POST or None, members=found.joined, initial={"due_on": meeting and meeting.period_ends_on}
    )

    def again(status=200, **more):
        context = {"form": form, "meeting": meeting, "promises": found.promises, **more}
        return render_family(request, access, "desk/promise_new.html", "network", context, status)

    def make(typed):
        actions.make_promise(
            request.actor,
            case_id=case.id,
            member_id=typed["member"],
            deed=typed["deed"],
            due_on=typed["due_on"],
            meeting_id=meeting.id if meeting else None,
        )
        messages.success(request, _("The promise is written down."))
        return request.get_full_path() if "next" in request.POST else reverse("desk:network", args=[family_id])

    return send(request, form, make, again) if request.method == "POST" else again()


def promise(request, family_id, promise_id):
    """One promise: tell what became of it, then what the family says of it."""
    access, _case, found = _network(request, family_id)
    row = next((each for each in found.promises if each.id == promise_id), None)
    if row is None:
        gate.require(request.actor, Deed.READ_NETWORK, promise_id)  # of another family: as if it did not exist
    ending = "state" in request.POST if request.method == "POST" else row.state == Promise.State.MADE
    form = (EndForm if ending else ViewForm)(request.POST or None, initial={"version": row.version})

    def again(status=200, **more):
        context = {"form": form, "promise": row, "ending": ending, **more}
        return render_family(request, access, "desk/promise.html", "network", context, status)

    def tell(typed):
        deed = actions.settle_promise if ending else actions.record_promise_view
        deed(request.actor, promise_id=promise_id, **typed)
        messages.success(request, _("Saved."))
        again_here = ending and typed["state"] != Promise.State.RELEASED
        return request.path if again_here else reverse("desk:network", args=[family_id])

    return send(request, form, tell, again, _saved) if request.method == "POST" else again()


def _saved(current) -> list[dict]:
    return [
        {"label": _("State"), "saved": current.get_state_display()},
        {"label": _("In a few words"), "saved": current.state_note},
        {"label": _("Did it help?"), "saved": current.get_helped_display() if current.helped else ""},
        {"label": _("In the family's words"), "saved": current.family_words},
    ]


def sheet(request, family_id):
    """Who promised what: one page for the family, to print."""
    access, _case, found = _network(request, family_id)
    held = [each for each in found.meetings if each.state == "held"]
    context = {"promises": found.promises, "meeting": held[0] if held else None}
    return render_family(request, access, "desk/promises_sheet.html", "network", context)


def my_promises(request):
    """A promiser's own promises, over all families; nothing else of them."""
    gate.require(request.actor, Deed.SEE_DESK)
    rows = queries.own_promises(request.actor)
    return render(request, "desk/my_promises.html", {"rows": rows, "ends": _ENDS})


@require_http_methods(["GET", "POST"])
def my_promise(request, promise_id):
    """Tells what became of an own promise; read from an agenda, it leads to where the promise can be told of."""
    back = reverse("desk:my_promises")
    if request.method == "GET":
        gate.require(request.actor, Deed.SEE_DESK)
        if any(row.id == promise_id for row in queries.own_promises(request.actor)):
            return redirect(back)
        access, _row = require_row(request.actor, Deed.READ_NETWORK, Promise, promise_id)
        return redirect("desk:promise", access.record_id, promise_id)

    def tell():
        actions.settle_own_promise(
            request.actor,
            promise_id=promise_id,
            version=whole_number(request.POST.get("version")),
            state=request.POST.get("state", ""),
            word=request.POST.get("word", ""),
        )
        messages.success(request, _("Thank you. The family's workers see it."))
        return back

    return press(request, tell, back)


_FAMILY = "families/<uuid:family_id>/network/promises/"
urls = [
    path("promises/", my_promises, name="my_promises"),
    path("promises/<uuid:promise_id>/", my_promise, name="my_promise"),
    path(f"{_FAMILY}new/", promise_new, name="promise_new"),
    path(f"{_FAMILY}print/", sheet, name="promises_sheet"),
    path(f"{_FAMILY}<uuid:promise_id>/", promise, name="promise"),
]
