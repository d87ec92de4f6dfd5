"""Workers' experiences of a model: written by one, published by a coordinator of the same organisation."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_POST

from solmu.access import gate
from solmu.access.deeds import Deed
from solmu.operating_models import experiences as actions
from solmu.operating_models.queries import library_entry
from solmu.web.desk.sending import press, send
from solmu.web.reading import identifier, whole_number
from solmu.web.ui.forms import Form, OwnWords
from solmu.web.ui.library import reader_language
from solmu.web.ui.model_words import ModelWords


class ExperienceForm(Form):
    """Signed words on a model; nothing by which a family could be recognised."""

    text = forms.CharField(
        label=gettext_lazy("How has the model worked?"),
        max_length=actions.LONGEST,
        help_text=gettext_lazy("What was easy, what was hard, what would you tell a colleague who begins?"),
        widget=OwnWords({"rows": 8}),
    )
    in_role = forms.CharField(label=gettext_lazy("In which role have you used it"), max_length=120)
    names_nobody = forms.BooleanField(
        label=gettext_lazy("I have read this once more: no family, child or worker can be recognised in it"),
        required=False,
    )


def write(request, model_id):
    """Hands in an experience of a version."""
    gate.require(request.actor, Deed.WRITE_EXPERIENCE)
    entry = library_entry(request.actor, model_id)
    if entry is None:
        raise Http404
    form = ExperienceForm(request.POST or None)

    def again(status=200, **more):
        context = {"form": form, "words": ModelWords(entry.package, reader_language()), "model_id": model_id, **more}
        return render(request, "coordination/experience.html", context, status=status)

    def hand_in(typed):
        actions.write_experience(request.actor, model_id=model_id, **typed)
        messages.success(request, _("Thank you. Your coordinator reads it before it is published."))
        return f"{reverse('coordination:model', args=[model_id])}#experiences"

    return send(request, form, hand_in, again) if request.method == "POST" else again()


def waiting(request):
    """What waits for the coordinator, and what has been decided lately."""
    actor, language = request.actor, reader_language()
    context = {"waiting": actions.to_decide(actor, language), "decided": actions.decided(actor, language)}
    return render(request, "coordination/experiences.html", context)


@require_POST
def decide(request, experience_id):
    """Publishes an experience, or keeps it back with a reason."""
    back = reverse("coordination:experiences")

    def carry():
        publish = request.POST.get("publish") == "yes"
        actions.decide_experience(
            request.actor,
            experience_id=experience_id,
            version=whole_number(request.POST.get("version")),
            publish=publish,
            reason=request.POST.get("reason", ""),
        )
        messages.success(request, _("Published.") if publish else _("Not published. Its writer sees the reason."))
        return back

    return press(request, carry, back)


@require_POST
def take_back(request, experience_id):
    """Takes one's own words back."""
    model_id = identifier(request.POST.get("model"))
    back = reverse("coordination:model", args=[model_id]) if model_id else reverse("coordination:models")

    def carry():
        version = whole_number(request.POST.get("version"))
        actions.take_back_experience(request.actor, experience_id=experience_id, version=version)
        messages.success(request, _("Taken back."))
        return back

    return press(request, carry, back)


urls = [
    path("models/<uuid:model_id>/experience/", write, name="experience_new"),
    path("experiences/", waiting, name="experiences"),
    path("experiences/<uuid:experience_id>/", decide, name="experience"),
    path("experiences/<uuid:experience_id>/back/", take_back, name="experience_back"),
]
