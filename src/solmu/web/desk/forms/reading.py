"""The forms of a family: what may be answered, what has been answered, on the page, on paper and as FHIR."""

import json

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext as _, gettext_lazy

from solmu.access import gate
from solmu.access.classes import InformationClass as C
from solmu.access.deeds import Deed
from solmu.casework.queries.under_way import models_under_way
from solmu.families.queries import family_head, people
from solmu.instruments.actions import begin_response
from solmu.instruments.actions.answers import Whose
from solmu.instruments.documents import first_of
from solmu.instruments.queries import Link, offer, offers, response, responses
from solmu.instruments.rules.response import from_items
from solmu.interop.forms import questionnaire_response
from solmu.web.desk.forms.telling import tell
from solmu.web.desk.shell import render_family
from solmu.web.reading import identifier, whole_number
from solmu.web.sending import send
from solmu.web.ui.forms import Form, OneOf
from solmu.web.ui.languages import language_name

_WORKER = "worker"


class WhoseForm(Form):
    """Whom the answers are about, whose view they are, and in which language the form is read."""

    person = forms.ChoiceField(label=gettext_lazy("Whom is it about?"), required=False, widget=OneOf)
    view = forms.ChoiceField(label=gettext_lazy("Whose view is it?"), required=False, widget=OneOf)
    language = forms.ChoiceField(
        label=gettext_lazy("In which language is the form shown?"), required=False, widget=OneOf
    )

    def __init__(self, *args, people, languages: tuple[str, ...], wished: str, **kwargs):
        super().__init__(*args, **kwargs)
        named = [(str(person.id), person.called) for person in people]
        self.fields["person"].choices = [("", _("the whole family")), *named]
        self.fields["view"].choices = [("", _("the family’s, together")), *named, (_WORKER, _("the worker's"))]
        if len(languages) > 1:
            self.fields["language"].choices = [(code, language_name(code)) for code in languages]
            self.fields["language"].initial = wished
        else:
            self.fields.pop("language")

    def whose(self) -> Whose:
        """What `begin_response` takes."""
        told = self.cleaned_data
        by_worker = told["view"] == _WORKER
        view_of = None if by_worker else identifier(told["view"])
        return Whose(identifier(told["person"]), view_of, by_worker)


def family_page(request, family_id):
    """The forms that may be answered, and those that have been."""
    access = gate.require(request.actor, Deed.READ_ANSWERS, family_id)
    context = {"offers": offers(access, models_under_way(access)), "responses": responses(access)}
    context["may_write"] = access.allows(Deed.WRITE_ANSWERS)
    return render_family(request, access, "desk/forms.html", "forms", context)


def new(request, family_id, form_key):
    """A form before it is begun: what it is, whose it is, and whom the answers are about."""
    access = gate.require(request.actor, Deed.READ_ANSWERS, family_id)
    if not access.allows(Deed.WRITE_ANSWERS):
        return redirect("desk:forms", family_id)
    found = offer(access, models_under_way(access), form_key)
    if found is None:
        raise Http404
    if isinstance(found, Link):
        return render_family(request, access, "desk/form_link.html", "forms", {"link": found})
    members = people(access) if access.covers(C.IDENTITY) else []
    wished = _wished(found.languages, family_head(access).language, get_language() or "")
    form = WhoseForm(request.POST or None, people=members, languages=found.languages, wished=wished)

    def again(status=200, **more):
        return render_family(
            request, access, "desk/form_new.html", "forms", {"form": form, "offer": found, **more}, status
        )

    def begin(typed):
        told = {"offer": found, "whose": form.whose(), "language": typed.get("language") or wished}
        begun = begin_response(request.actor, family_id=family_id, **told)
        return reverse("desk:form_answer", args=[family_id, begun.id])

    return send(request, form, begin, again) if request.method == "POST" else again()


def _wished(languages: tuple[str, ...], *wished: str) -> str:
    """The form's language to begin with: the family's, else the worker's; else its own, which may not be told."""
    return first_of(languages, *wished) or (languages[0] if len(languages) == 1 else "")


def _view(request, family_id, response_id):
    access = gate.require(request.actor, Deed.READ_ANSWERS, family_id)
    view = response(access, response_id)
    if view is None:
        raise Http404
    return access, view


def _told(request, view) -> dict:
    """The answers as they are now, or as they were at an earlier version."""
    wanted = whole_number(request.GET.get("version"))
    then = next((each for each in view.versions if each.number == wanted), None)
    answers = from_items(view.form, then.answers if then else view.answers)
    return {"view": view, "then": then, "told": tell(view.form, answers)}


def answered(request, family_id, response_id):
    """One answered form."""
    access, view = _view(request, family_id, response_id)
    context = _told(request, view) | {"may_write": access.allows(Deed.WRITE_ANSWERS)}
    return render_family(request, access, "desk/form_response.html", "forms", context)


def on_paper(request, family_id, response_id):
    """The same on paper."""
    access, view = _view(request, family_id, response_id)
    context = _told(request, view) | {"head": family_head(access), "family_id": family_id}
    return render(request, "desk/form_print.html", context)


def as_fhir(request, family_id, response_id):
    """The same as a FHIR QuestionnaireResponse; the file's name says nothing of whom it is."""
    _access, view = _view(request, family_id, response_id)
    text = json.dumps(questionnaire_response(view), ensure_ascii=False, indent=2)
    answer = HttpResponse(text, content_type="application/fhir+json; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="answers.json"'
    return answer
