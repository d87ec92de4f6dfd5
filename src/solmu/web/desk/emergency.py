"""Opening a family's record in an emergency: the reason first, then the exact reference."""

from django import forms
from django.contrib import messages
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_POST

from solmu.access import gate
from solmu.access.deeds import Deed
from solmu.access.emergency import end_emergency
from solmu.access.review import own_open_emergencies
from solmu.families.emergency import open_emergency
from solmu.kernel.errors import InvalidInput
from solmu.web.once import carry_out
from solmu.web.sending import press
from solmu.web.ui.forms import Form, OwnWords


class EmergencyForm(Form):
    """What is happening, and whose record it concerns."""

    reason = forms.CharField(
        label=gettext_lazy("What is happening, and why must the record be opened now?"),
        help_text=gettext_lazy("A sentence or two. The data protection officer reads it."),
        max_length=2000,
        widget=OwnWords,
    )
    reference = forms.CharField(
        label=gettext_lazy("The family's reference"),
        help_text=gettext_lazy("For example K7M-4PQ2. Only families of your own organisation can be opened."),
        max_length=12,
    )


def emergency(request):
    """The form, and the actor's own emergency accesses that are open."""
    access = gate.require(request.actor, Deed.OPEN_IN_EMERGENCY)
    form = EmergencyForm(request.POST or None)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                return carry_out(request, lambda: _open(request, form.cleaned_data))
            except InvalidInput as refused:
                form.add_errors(refused)
        status = 422
    context = {"form": form, "open_now": own_open_emergencies(access)}
    return render(request, "desk/emergency.html", context, status=status)


def _open(request, typed: dict) -> str:
    opened = open_emergency(request.actor, reference=typed["reference"], reason=typed["reason"])
    messages.warning(request, _("The record is open to you. The data protection officer has been told."))
    return reverse("desk:family", args=[opened.record_id])


@require_POST
def end(request, emergency_id):
    """Ends an own emergency access before its time."""

    def deed() -> str:
        end_emergency(request.actor, emergency_id=emergency_id)
        messages.success(request, _("The emergency access has ended."))
        return reverse("desk:emergency")

    return press(request, deed, reverse("desk:emergency"))


urls = [
    path("emergency/", emergency, name="emergency"),
    path("emergency/<uuid:emergency_id>/end/", end, name="emergency_end"),
]
