"""The form in which an organisation gives a model's settings values of its own."""

from django import forms
from django.utils.translation import get_language, gettext as _

from solmu.operating_models.package import Package
from solmu.operating_models.package.parts import Setting
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


def _yes_or_no(value):
    return (_("yes") if value else _("no")) if isinstance(value, bool) else value


def _field(setting: Setting, label: str, value) -> forms.Field:
    said = _yes_or_no(setting.default)
    default = _("The package says: %s.") % said if said is not None else ""
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
