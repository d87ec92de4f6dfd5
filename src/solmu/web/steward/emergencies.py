"""Emergency accesses: each is read through with what was done in it, and reviewed with a note."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _, gettext_lazy

from solmu.access import gate, review
from solmu.access.deeds import Deed
from solmu.access.models import EmergencyAccess
from solmu.families.emergency import review_emergency
from solmu.families.oversight import references_of
from solmu.kernel.errors import InvalidInput, NotNow
from solmu.organisations.queries import own_units
from solmu.web.once import carry_out
from solmu.web.ui.forms import Form, OneOf


class ReviewForm(Form):
    """The verdict and what it rests on."""

    verdict = forms.ChoiceField(label=gettext_lazy("Was it justified?"), choices=EmergencyAccess.Verdict, widget=OneOf)
    note = forms.CharField(
        label=gettext_lazy("What you looked at, and what follows"),
        help_text=gettext_lazy("An access that was not justified ends at once."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


def _rows(access, emergencies, units) -> list[dict]:
    references = references_of(access, [each.record_id for each in emergencies])
    return [
        {"it": each, "reference": references.get(each.record_id, ""), "unit": units.get(each.unit_id, "")}
        for each in emergencies
    ]


def emergencies(request):
    """Those that wait for a review, and those that have had it."""
    access = gate.require(request.actor, Deed.REVIEW_ACCESS)
    units = own_units(request.actor.organisation_id)
    context = {
        "waiting": _rows(access, review.emergencies_to_review(access), units),
        "reviewed": _rows(access, review.reviewed_emergencies(access), units),
    }
    return render(request, "steward/emergencies.html", context)


def emergency(request, emergency_id):
    """One emergency access: the reason, everything that was done, and the review."""
    access = gate.require(request.actor, Deed.REVIEW_ACCESS)
    form = ReviewForm(request.POST or None)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                return carry_out(request, lambda: _review(request, emergency_id, form.cleaned_data))
            except (InvalidInput, NotNow) as refused:
                form.add_error(None, str(refused))
        status = 422
    try:
        found = review.emergency(access, emergency_id)
    except NotNow as error:
        raise Http404 from error
    row = _rows(access, [found], own_units(request.actor.organisation_id))[0]
    context = {**row, "form": form, "uses": review.uses_in_emergency(access, emergency_id)}
    return render(request, "steward/emergency.html", context, status=status)


def _review(request, emergency_id, typed: dict) -> str:
    review_emergency(request.actor, emergency_id=emergency_id, verdict=typed["verdict"], note=typed["note"])
    messages.success(request, _("The review has been recorded."))
    return reverse("steward:emergencies")


urls = [
    path("emergencies/", emergencies, name="emergencies"),
    path("emergencies/<uuid:emergency_id>/", emergency, name="emergency"),
]
