"""The model under way with a family: its phases and steps, the present phase, and a move to another version."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.urls import path, reverse
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_POST

from solmu.access import gate
from solmu.access.deeds import Deed
from solmu.access.gate import Access
from solmu.casework.actions.engagements import move_engagement, move_phase
from solmu.casework.models import Engagement
from solmu.casework.queries.engagements import engagement_of, engagement_view, path_of
from solmu.casework.queries.moving import MoveTold, move_told
from solmu.operating_models.models import InstalledModel
from solmu.operating_models.queries import versions_open_to
from solmu.web.desk.shell import render_family
from solmu.web.reading import whole_number
from solmu.web.sending import press, send
from solmu.web.ui.forms import Form, OneOf


class MoveForm(Form):
    """Why the work moves, and where it goes on when its phase has gone."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    phase = forms.ChoiceField(label=gettext_lazy("In which phase does the work go on?"), widget=OneOf)
    reason = forms.CharField(
        label=gettext_lazy("Why does the work move to another version?"),
        max_length=240,
        widget=forms.Textarea({"rows": 2}),
    )

    def __init__(self, *args, told: MoveTold, chosen: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if chosen:
            self.fields["phase"].choices = told.phases
        else:
            del self.fields["phase"]


def _row(request, family_id, engagement_id) -> tuple[Access, Engagement]:
    access = gate.require(request.actor, Deed.READ_FAMILY, family_id)
    row = engagement_of(access, engagement_id)
    if row is None:
        raise Http404
    return access, row


def engagement(request, family_id, engagement_id):
    """The course of one model with the family."""
    access, row = _row(request, family_id, engagement_id)
    context = {"engagement": engagement_view(access, row)}
    return render_family(request, access, "desk/engagement.html", "case", context)


@require_POST
def phase(request, family_id, engagement_id):
    """Marks the present phase."""
    here = reverse("desk:engagement", args=[family_id, engagement_id])

    def mark():
        move_phase(
            request.actor,
            engagement_id=engagement_id,
            version=whole_number(request.POST.get("version")),
            phase=request.POST.get("phase", ""),
        )
        messages.success(request, _("The present phase is marked."))
        return here

    return press(request, mark, here)


def move(request, family_id, engagement_id, model_id):
    """What another version would change for this family's work; then the move."""
    access, row = _row(request, family_id, engagement_id)
    view = engagement_view(access, row)
    target = _target(access, row, model_id) if view.may_move else None
    if target is None:
        raise Http404
    told = move_told(row.model, target, path_of(row), row.case.unit.organisation_id)
    chosen = told.plan.phase_after(row.phase) is None
    form = MoveForm(request.POST or None, told=told, chosen=chosen, initial={"version": row.version})

    def again(status=200, **more):
        context = {"engagement": view, "target": target, "told": told, "form": form, **more}
        return render_family(request, access, "desk/engagement_move.html", "case", context, status)

    def go(typed):
        move_engagement(
            request.actor,
            engagement_id=engagement_id,
            version=typed["version"],
            to_model_id=model_id,
            phase=typed.get("phase", ""),
            reason=typed["reason"],
        )
        messages.success(request, _("The work is on version %s now.") % target.model_version)
        return reverse("desk:engagement", args=[family_id, engagement_id])

    return send(request, form, go, again, _saved) if request.method == "POST" else again()


def _target(access: Access, row: Engagement, model_id) -> InstalledModel | None:
    versions = versions_open_to(access.actor.organisation_id, row.model.slug).exclude(pk=row.model_id)
    return versions.filter(pk=model_id).first()


def _saved(current: Engagement) -> list[dict]:
    return [{"label": _("The present phase"), "saved": current.phase}]


_ONE = "families/<uuid:family_id>/case/models/<uuid:engagement_id>/"
urls = [
    path(_ONE, engagement, name="engagement"),
    path(f"{_ONE}phase/", phase, name="engagement_phase"),
    path(f"{_ONE}move/<uuid:model_id>/", move, name="engagement_move"),
]
