"""Experiences of a model: a worker's own, or a family's words; published by a coordinator of the same organisation."""

from collections.abc import Callable

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_POST

from solmu.access import gate
from solmu.access.deeds import Deed
from solmu.operating_models import experiences as actions
from solmu.operating_models.models import Experience
from solmu.operating_models.queries import library_entry
from solmu.web.reading import identifier, whole_number
from solmu.web.sending import press, send
from solmu.web.ui.forms import Form, OneOf, OwnWords
from solmu.web.ui.languages import language_choices
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


def _languages() -> list[tuple]:
    """What somebody may speak; here it is known."""
    return [("", _("Choose")), *language_choices()[1:]]


class FamilyWordsForm(Form):
    """What a family wants told, written down by a worker with the family's leave."""

    text = forms.CharField(
        label=gettext_lazy("What does the family want to tell?"),
        max_length=actions.LONGEST,
        help_text=gettext_lazy("In the family's own words and in its own language. Mend nothing, add nothing."),
        widget=OwnWords({"rows": 8}),
    )
    language = forms.ChoiceField(label=gettext_lazy("The language of the words"), choices=_languages)
    translation = forms.CharField(
        label=gettext_lazy("The same in a language that your coordinator reads"),
        max_length=actions.LONGEST,
        required=False,
        help_text=gettext_lazy(
            "Needed when the words are not in Finnish, Swedish or English. It is shown below them as a translation."
        ),
        widget=OwnWords({"rows": 5}),
    )
    translated_to = forms.ChoiceField(
        label=gettext_lazy("The language of the translation"), choices=settings.LANGUAGES, required=False
    )
    voice = forms.ChoiceField(
        label=gettext_lazy("Whose words are they?"),
        choices=Experience.Voice.choices,
        help_text=gettext_lazy("This and the month stand below the words, and nothing else."),
        widget=OneOf,
    )
    leave_given = forms.BooleanField(
        label=gettext_lazy("Everybody whose words these are knows what leave means, and gives leave to publish them"),
        required=False,
    )
    read_back = forms.BooleanField(
        label=gettext_lazy("I have read the words back to them in their own language, and they are right"),
        required=False,
    )
    names_nobody = forms.BooleanField(
        label=gettext_lazy("We have looked together: nobody can be recognised in them"),
        required=False,
    )


def write(request, model_id):
    """Hands in a worker's own experience of a version."""
    return _write(request, model_id, ExperienceForm(request.POST or None), "experience", actions.write_experience)


def write_family(request, model_id):
    """Hands in a family's words on a version."""
    form = FamilyWordsForm(request.POST or None, initial={"translated_to": reader_language()})
    return _write(request, model_id, form, "family_words", actions.write_family_experience)


def _write(request, model_id, form: Form, page: str, hand_in: Callable):
    gate.require(request.actor, Deed.WRITE_EXPERIENCE)
    entry = library_entry(request.actor, model_id)
    if entry is None:
        raise Http404

    def again(status=200, **more):
        context = {"form": form, "words": ModelWords(entry.package, reader_language()), "model_id": model_id, **more}
        return render(request, f"coordination/{page}.html", context, status=status)

    def keep(typed):
        hand_in(request.actor, model_id=model_id, **typed)
        messages.success(request, _("Thank you. Your coordinator reads it before it is published."))
        return f"{reverse('coordination:model', args=[model_id])}#experiences"

    return send(request, form, keep, again) if request.method == "POST" else again()


def waiting(request):
    """What waits for the coordinator, and what has been decided."""
    actor, language, asked = request.actor, reader_language(), request.GET
    context = {
        "waiting": actions.to_decide(actor, language, asked.get("waiting", 1)),
        "decided": actions.decided(actor, language, asked.get("decided", 1)),
    }
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
    """Takes one's own words back, or a family's."""
    model_id = identifier(request.POST.get("model"))
    back = reverse("coordination:model", args=[model_id]) if model_id else reverse("coordination:experiences")

    def carry():
        version = whole_number(request.POST.get("version"))
        actions.take_back_experience(request.actor, experience_id=experience_id, version=version)
        messages.success(request, _("Taken back."))
        return back

    return press(request, carry, back)


urls = [
    path("models/<uuid:model_id>/experience/", write, name="experience_new"),
    path("models/<uuid:model_id>/family-words/", write_family, name="family_words_new"),
    path("experiences/", waiting, name="experiences"),
    path("experiences/<uuid:experience_id>/", decide, name="experience"),
    path("experiences/<uuid:experience_id>/back/", take_back, name="experience_back"),
]
