"""The next step with a family: agreed on, changed, done; earlier ones can be read."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.urls import path, reverse
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_POST

from solmu.access import gate
from solmu.access.deeds import Deed
from solmu.access.gate import Access
from solmu.casework.actions import steps as actions
from solmu.casework.models import NextStep
from solmu.casework.queries.cases import own_case
from solmu.casework.queries.steps import StepView, steps
from solmu.web.desk.shell import render_family
from solmu.web.reading import whole_number
from solmu.web.sending import press, send
from solmu.web.ui.forms import Day, Form


class StepForm(Form):
    """What is done next, and by which day."""

    words = forms.CharField(
        label=gettext_lazy("What do you do next?"),
        max_length=240,
        help_text=gettext_lazy(
            "A deed of your own, as agreed with the family. What others promise stands with the network."
        ),
    )
    due_on = forms.DateField(label=gettext_lazy("By when"), widget=Day)


class ChangeForm(StepForm):
    """The same of a step that stands."""

    version = forms.IntegerField(widget=forms.HiddenInput)


def step_new(request, family_id):
    """Agrees on the next step."""
    access = gate.require(request.actor, Deed.WRITE_CASE, family_id)
    case = own_case(access)
    if case is None or case.unit_id != request.actor.unit_id or case.state != "open":
        raise Http404
    form = StepForm(request.POST or None)

    def again(status=200, **more):
        context = {"form": form, "earlier": steps(access), **more}
        return render_family(request, access, "desk/step_new.html", "family", context, status)

    def agree(typed):
        actions.agree_step(request.actor, case_id=case.id, **typed)
        messages.success(request, _("Agreed. It waits for you both until its day."))
        return reverse("desk:family", args=[family_id])

    return send(request, form, agree, again) if request.method == "POST" else again()


def step(request, family_id, step_id):
    """One step: to change it, or to tell what became of it."""
    access, row = _row(request, family_id, step_id)
    form = ChangeForm(request.POST or None, initial={"version": row.version, "words": row.words, "due_on": row.due_on})

    def again(status=200, **more):
        context = {"form": form, "step": row, **more}
        return render_family(request, access, "desk/step.html", "family", context, status)

    def change(typed):
        actions.change_step(request.actor, step_id=step_id, **typed)
        messages.success(request, _("Saved."))
        return reverse("desk:family", args=[family_id])

    return send(request, form, change, again, _saved) if request.method == "POST" else again()


@require_POST
def step_end(request, family_id, step_id):
    """It is done, or no longer needed."""
    _row(request, family_id, step_id)

    def end():
        version, state = whole_number(request.POST.get("version")), request.POST.get("state", "")
        actions.end_step(request.actor, step_id=step_id, version=version, state=state)
        messages.success(request, _("Noted. What comes next?"))
        return reverse("desk:family", args=[family_id])

    return press(request, end, reverse("desk:step", args=[family_id, step_id]))


def _row(request, family_id, step_id) -> tuple[Access, StepView]:
    access = gate.require(request.actor, Deed.READ_FAMILY, family_id)
    row = next((each for each in steps(access) if each.id == step_id), None)
    if row is None:
        raise Http404
    return access, row


def _saved(current: NextStep) -> list[dict]:
    fields = StepForm.base_fields
    return [{"label": fields[name].label, "saved": getattr(current, name)} for name in ("words", "due_on")]


_ONE = "families/<uuid:family_id>/step/<uuid:step_id>/"
urls = [
    path("families/<uuid:family_id>/step/", step_new, name="step_new"),
    path(_ONE, step, name="step"),
    path(f"{_ONE}end/", step_end, name="step_end"),
]
