"""Forms that workers may use: imported with a report, looked at, published with their owner and licence."""

from collections import Counter

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import get_language, gettext as _, gettext_lazy
from django.views.decorators.http import require_POST

from solmu.access import gate
from solmu.access.deeds import Deed
from solmu.instruments import actions, documents
from solmu.instruments.models import Form as KeptForm
from solmu.instruments.queries import FormRow, form_row, forms as forms_kept
from solmu.instruments.questionnaire import limits
from solmu.instruments.rules.answers import begin, room
from solmu.instruments.rules.enabling import asked
from solmu.instruments.rules.typed import from_typed, of_form, repeated, to_typed
from solmu.instruments.wording import OUTCOMES, line_words
from solmu.interop.forms import read_form_file
from solmu.kernel.clock import HELSINKI
from solmu.kernel.errors import InvalidInput, Refused
from solmu.web.desk.forms.drawing import Sheet
from solmu.web.reading import whole_number
from solmu.web.sending import press, send
from solmu.web.ui.forms import Form
from solmu.web.ui.languages import language_name

_TONES = {"left_out": "knot", "changed": "soon", "taken": "ok"}


class FileForm(Form):
    """A file with a form, and where it came from."""

    file = forms.FileField(
        label=gettext_lazy("The file"),
        help_text=gettext_lazy("A FHIR Questionnaire (JSON) or an XLSForm (xlsx), at most 2 MB."),
        widget=forms.ClearableFileInput({"accept": ".json,.xlsx", "class": "input"}),
        allow_empty_file=True,
    )
    source = forms.CharField(
        label=gettext_lazy("Where did you get it?"),
        help_text=gettext_lazy("An address or a name, so that it can be checked again."),
        max_length=500,
        required=False,
    )


class PublishForm(Form):
    """Whose the form is, and by which right it is used."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(
        label=gettext_lazy("Name"),
        help_text=gettext_lazy("As it stands in a family’s lists: it must not label anybody."),
        max_length=240,
    )
    owner = forms.CharField(label=gettext_lazy("Owner"), max_length=240)
    licence = forms.CharField(
        label=gettext_lazy("Licence"),
        help_text=gettext_lazy("What lets your organisation use it. If nothing does, it must not be published."),
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
    )
    source = forms.CharField(label=gettext_lazy("Source"), max_length=500, required=False)


def library(request):
    """Every form that the organisation keeps, and those that are everybody's."""
    return render(request, "coordination/forms.html", {"rows": forms_kept(request.actor)})


def bring_in(request):
    """Reads a form from a file; nothing is kept of a file that is refused."""
    gate.require(request.actor, Deed.MANAGE_FORMS)
    form = FileForm(request.POST or None, request.FILES or None)

    def again(status=200, **more):
        return render(request, "coordination/form_import.html", {"form": form, **more}, status=status)

    def keep(typed):
        file = typed["file"]
        if file.size > limits.BYTES:
            raise InvalidInput({"file": _("The file is larger than a form may be.")})
        try:
            read = read_form_file(file.read())
            kept = actions.add_form(request.actor, taken=read.taken, origin=read.origin, source=typed["source"])
        except Refused as refused:
            raise InvalidInput({"file": str(refused)}) from None
        messages.success(request, _("The form was read. Look at the report and the form before you publish it."))
        return reverse("coordination:form", args=[kept.id])

    return send(request, form, keep, again) if request.method == "POST" else again()


def _row(request, form_id) -> FormRow:
    row = form_row(request.actor, form_id)
    if row is None:
        raise Http404
    return row


def one(request, form_id):
    """A form: its report, how it will look, and publishing it."""
    row = _row(request, form_id)
    saved = {name: getattr(row, name) for name in ("version", "title", "owner", "licence", "source")}
    form = PublishForm(request.POST or None, initial=saved)

    def again(status=200, **more):
        return render(request, "coordination/form.html", {"form": form, **_reported(row), **more}, status=status)

    def publish(typed):
        told = {name: typed[name] for name in ("title", "owner", "licence", "source")}
        actions.publish_form(request.actor, form_id=form_id, version=typed["version"] or 0, **told)
        messages.success(request, _("Published. Workers may use the form from now on."))
        return reverse("coordination:form", args=[form_id])

    return send(request, form, publish, again, _saved) if request.method == "POST" else again()


def _reported(row: FormRow) -> dict:
    lines = [
        {
            "place": line.place,
            "outcome": OUTCOMES[line.outcome],
            "words": line_words(line),
            "tone": _TONES[line.outcome],
        }
        | {"about": line.about if line.code == "taken" else ""}
        for line in sorted(row.report, key=lambda line: list(_TONES).index(line.outcome))
    ]
    counts = Counter(line.outcome.value for line in row.report)
    taken = [line for line in lines if line["tone"] == "ok"]
    told = [line for line in lines if line["tone"] != "ok"]
    return {"row": row, "told": told, "taken": taken, "counts": {name: counts[name] for name in _TONES}}


def _saved(current: KeptForm) -> list[dict]:
    return [
        {"label": PublishForm.base_fields[name].label, "saved": getattr(current, name)}
        for name in ("title", "owner", "licence", "source")
    ]


def preview(request, form_id):
    """The form as a worker will see it. It can be tried; nothing is kept."""
    row = _row(request, form_id)
    document = row.document
    parsed = documents.parsed(document)
    wished = request.POST.get("language") or request.GET.get("language") or get_language() or ""
    known = documents.languages_of(parsed)
    language = documents.language_for(parsed, wished)
    read = documents.read(document, language)
    raw = to_typed(read, begin(read), HELSINKI)
    if request.method == "POST":
        raw = of_form(dict(request.POST.lists()))
        if (deed := request.POST.get("do", "")).startswith(("more:", "less:")):
            left = room(read, from_typed(read, raw, HELSINKI, begin(read)).answers)
            raw = repeated(read, raw, deed, HELSINKI, left)
    answers = from_typed(read, raw, HELSINKI, begin(read)).answers
    drawn = Sheet(read, raw, answers, asked(read, answers), {}).draw(read.children)
    languages = [(code, language_name(code)) for code in known] if len(known) > 1 else []
    context = {"row": row, "drawn": drawn, "read": read, "languages": languages, "language": language}
    return render(request, "coordination/form_preview.html", context)


def download(request, form_id):
    """The form as it is kept, as a FHIR R4 Questionnaire."""
    row = _row(request, form_id)
    answer = HttpResponse(row.document, content_type="application/fhir+json; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="questionnaire.json"'
    return answer


@require_POST
def withdraw(request, form_id):
    """Takes the form out of use; what has been answered stays readable."""
    back = reverse("coordination:form", args=[form_id])

    def end():
        actions.withdraw_form(request.actor, form_id=form_id, version=whole_number(request.POST.get("version")))
        messages.success(request, _("Out of use. What has been answered stays readable."))
        return back

    return press(request, end, back)


@require_POST
def remove(request, form_id):
    """Takes away a form that was never published."""
    back = reverse("coordination:forms")

    def take_away():
        actions.remove_form(request.actor, form_id=form_id)
        messages.success(request, _("Taken away."))
        return back

    return press(request, take_away, back)


_ONE = "forms/<uuid:form_id>/"
urls = [
    path("forms/", library, name="forms"),
    path("forms/import/", bring_in, name="form_import"),
    path(_ONE, one, name="form"),
    path(f"{_ONE}preview/", preview, name="form_preview"),
    path(f"{_ONE}download/", download, name="form_download"),
    path(f"{_ONE}withdraw/", withdraw, name="form_withdraw"),
    path(f"{_ONE}remove/", remove, name="form_remove"),
]
