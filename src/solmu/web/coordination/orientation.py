"""Orientation for the coordinator: who is oriented to what, what is asked, and why models were run before it."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _, gettext_lazy

from solmu.learning.actions.asking import LONGEST, set_orientation_rule
from solmu.learning.models import OrientationRule
from solmu.learning.queries.overview import orientation_rules, overview, reasons
from solmu.learning.queries.signing import sign_offs_waiting
from solmu.web.reading import whole_number
from solmu.web.sending import send
from solmu.web.ui.forms import Form


class RuleForm(Form):
    """Whether orientation to a model is asked, and in how many days."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    is_asked = forms.BooleanField(
        label=gettext_lazy("Orientation is asked before this model is run"),
        required=False,
        help_text=gettext_lazy("When it is asked, who has not gone through it proposes the model only with a reason."),
    )
    days = forms.IntegerField(
        label=gettext_lazy("In how many days it is to be gone through"),
        min_value=1,
        max_value=LONGEST,
        widget=forms.NumberInput({"class": "input"}),
    )


def orientation(request):
    """Units and workers by name, what is asked, and the recorded reasons."""
    page = reasons(request.actor, whole_number(request.GET.get("page"), 1))
    context = {
        "units": overview(request.actor),
        "rules": orientation_rules(request.actor),
        "reasons": page,
        "page": page,
        "to_sign": sign_offs_waiting(request.actor),
    }
    return render(request, "coordination/orientation.html", context)


def rule(request, model_id):
    """What the organisation asks before one model is run."""
    row = next((each for each in orientation_rules(request.actor) if each.model_id == model_id), None)
    if row is None:
        raise Http404
    initial = {"is_asked": row.is_asked, "days": row.days, "version": row.version}
    form = RuleForm(request.POST or None, initial=initial)

    def again(status=200, **more):
        context = {"form": form, "row": row, **more}
        return render(request, "coordination/orientation_rule.html", context, status=status)

    def keep(typed):
        set_orientation_rule(request.actor, model_id=model_id, **typed)
        messages.success(request, _("Saved. Workers' agendas follow within minutes."))
        return reverse("coordination:orientation")

    return send(request, form, keep, again, _saved) if request.method == "POST" else again()


def _saved(current: OrientationRule) -> list[dict]:
    asked = _("yes") if current.is_asked else _("no")
    return [
        {"label": RuleForm.base_fields["is_asked"].label, "saved": asked},
        {"label": RuleForm.base_fields["days"].label, "saved": current.days},
    ]


urls = [
    path("orientation/", orientation, name="orientation"),
    path("orientation/<uuid:model_id>/", rule, name="orientation_rule"),
]
