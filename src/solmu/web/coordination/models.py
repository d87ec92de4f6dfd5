"""The library of operating models: what each is, for whom, on what evidence; taken into use and out of it."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import get_language, gettext as _
from django.views.decorators.http import require_POST

from solmu.access.deeds import Deed
from solmu.access.roles import Role
from solmu.casework.queries.criteria import EVIDENCE, STRENGTHS
from solmu.operating_models import actions
from solmu.operating_models.models import Adoption
from solmu.operating_models.package import Package
from solmu.operating_models.package.parts import Setting
from solmu.operating_models.queries import LibraryEntry, library, library_entry
from solmu.web.desk.sending import press, send
from solmu.web.reading import whole_number
from solmu.web.ui.forms import Day, Form


class SettingsForm(Form):
    """An organisation's own values for a model's settings; an empty one means the package's default."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, package: Package, values: dict, **kwargs):
        super().__init__(*args, **kwargs)
        language = get_language() or "fi"
        self.names = {f"s_{each.id}": each.id for each in package.model.settings}
        for each in package.model.settings:
            self.fields[f"s_{each.id}"] = _field(each, package.text(each.says, language), values.get(each.id))

    def settings(self) -> dict:
        """What `adopt` takes."""
        told = {each: self.cleaned_data[field] for field, each in self.names.items()}
        return {name: {"yes": True, "no": False}.get(value, value) for name, value in told.items()}

    def add_errors(self, refused) -> None:
        """Errors come by the setting's own name."""
        errors = getattr(refused, "errors", {"": str(refused)})
        for name, sentence in errors.items():
            self.add_error(f"s_{name}" if f"s_{name}" in self.fields else None, str(sentence))


def _field(setting: Setting, label: str, value) -> forms.Field:
    default = _("The package says: %s.") % setting.default if setting.default is not None else ""
    common = {"label": label, "required": False, "initial": value, "help_text": default or _("No source says it.")}
    plain = {"class": "input"}
    if setting.type == "number":
        return forms.IntegerField(min_value=0, widget=forms.NumberInput(plain), **common)
    if setting.type == "date":
        return forms.DateField(widget=Day(plain), **common)
    if setting.type in {"yes_no", "choice"}:
        yes_no = [("yes", _("yes")), ("no", _("no"))]
        choices = yes_no if setting.type == "yes_no" else [(each, each) for each in setting.choices]
        common["initial"] = {True: "yes", False: "no"}.get(value, value) if setting.type == "yes_no" else value
        return forms.ChoiceField(choices=[("", _("as in the package")), *choices], widget=forms.Select(plain), **common)
    return forms.CharField(max_length=240, widget=forms.TextInput(plain), **common)


def models(request):
    """Every version on the shelf."""
    language = get_language() or "fi"
    rows = [
        {
            "entry": entry,
            "title": entry.package.title(language),
            "summary": entry.package.text(entry.package.model.summary, language),
        }
        for entry in library(request.actor)
    ]
    learns = bool(request.actor.roles & Deed.OWN_ORIENTATION.rule.roles)
    return render(request, "coordination/models.html", {"rows": rows, "learns": learns})


def _entry(request, model_id) -> LibraryEntry:
    entry = library_entry(request.actor, model_id)
    if entry is None:
        raise Http404
    return entry


def model(request, model_id):
    """One version: what it is, for whom, on what evidence; the coordinator's settings."""
    entry = _entry(request, model_id)
    adoption = entry.adoption
    values = adoption.settings if adoption else {}
    initial = {"version": adoption.version if adoption else None}
    form = SettingsForm(request.POST or None, package=entry.package, values=values, initial=initial)

    def again(status=200, **more):
        context = {
            **_in_words(entry.package),
            "entry": entry,
            "form": form,
            "coordinates": Role.COORDINATOR in request.actor.roles,
            **more,
        }
        return render(request, "coordination/model.html", context, status=status)

    def keep(typed):
        if adoption:
            actions.set_adoption_settings(
                request.actor, model_id=model_id, version=typed["version"] or 0, settings=form.settings()
            )
            messages.success(request, _("The settings are saved."))
        else:
            actions.adopt(request.actor, model_id=model_id, settings=form.settings())
            messages.success(request, _("Taken into use. It is proposed from now on."))
        return reverse("coordination:model", args=[model_id])

    return send(request, form, keep, again, _saved) if request.method == "POST" else again()


def _saved(current: Adoption) -> list[dict]:
    return [{"label": name, "saved": value} for name, value in current.settings.items()]


def _in_words(package: Package) -> dict:
    language = get_language() or "fi"

    def say(key: str) -> str:
        return package.text(key, language)

    own, entry = package.model, package.entry
    return {
        "title": package.title(language),
        "summary": say(own.summary),
        "neutral_name": package.neutral_name(language),
        "family_words": say(own.family_summary),
        "rights": say(own.rights) if own.rights else "",
        "about_person": entry.about == "person",
        "offered": say(entry.offered_when.says.worker) if entry.offered_when else "",
        "criteria": [
            {"says": say(each.says.worker), "strength": STRENGTHS[each.strength.value], "source": each.source}
            for each in entry.criteria
        ],
        "evidence": [
            {"kind": EVIDENCE.get(each.kind, each.kind), "says": say(each.says), "source": each.source}
            for each in own.evidence
        ],
        "phases": [say(each.title) for each in package.process.phases],
        "authors": [{"name": each.name, "role": say(each.role) if each.role else ""} for each in own.authors],
        "sources": own.sources,
        "points": [
            {"name": say(each.name), "phone": each.phone, "says": say(each.says) if each.says else ""}
            for each in package.process.contact_points
        ],
    }


@require_POST
def stop(request, model_id):
    """Stops proposing the model; what runs goes on."""
    back = reverse("coordination:model", args=[model_id])

    def end():
        actions.end_adoption(request.actor, model_id=model_id, version=whole_number(request.POST.get("version")))
        messages.success(request, _("No longer in use. What runs for families goes on to its end."))
        return back

    return press(request, end, back)


urls = [
    path("models/", models, name="models"),
    path("models/<uuid:model_id>/", model, name="model"),
    path("models/<uuid:model_id>/stop/", stop, name="model_stop"),
]
