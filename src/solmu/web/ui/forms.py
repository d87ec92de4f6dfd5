"""Forms as Solmu draws them: label, hint, error in words, and the widget, by one template."""

from django import forms
from django.core.validators import MaxLengthValidator
from django.forms.renderers import TemplatesSetting

from solmu.kernel.models import LONGEST_TEXT, too_long


class Renderer(TemplatesSetting):
    """Renders fields with Solmu's template; widgets of `django.forms` keep Django's own."""

    field_template_name = "ui/field.html"


def look_like_input(widget: forms.Widget) -> None:
    """Gives a widget in which something is typed or picked from a list the look of solmu.css.

    What is typed runs in the direction of its own script.
    """
    if isinstance(widget, forms.Textarea) or getattr(widget, "input_type", "") == "text":
        widget.attrs.setdefault("dir", "auto")
    plain = isinstance(widget, forms.TextInput | forms.PasswordInput | forms.Textarea | forms.Select | forms.DateInput)
    classes = widget.attrs.get("class", "").split()
    if plain and not isinstance(widget, forms.RadioSelect) and "input" not in classes:
        widget.attrs["class"] = " ".join(["input", *classes])


def says_optional(field: forms.BoundField) -> bool:
    """Whether a field tells that it may be left empty: where that is possible, and more than one of its answers."""
    widget = field.field.widget
    if (
        field.field.required
        or not getattr(field.form, "says_optional", True)
        or isinstance(widget, forms.CheckboxInput)
    ):
        return False
    if not isinstance(widget, forms.widgets.ChoiceWidget) or widget.allow_multiple_selected:
        return True
    may_be_none = any(option["value"] == "" for _group, some, _at in widget.optgroups("", []) for option in some)
    if isinstance(widget, forms.RadioSelect):  # where “none” is one of the answers, it is chosen until another is
        return not may_be_none and field.value() in (None, "")
    return may_be_none


class Form(forms.Form):
    """A form whose plain inputs have the look of solmu.css; `version` belongs to rows that two may edit."""

    default_renderer = Renderer
    says_optional = True
    """Whether its fields tell it of themselves; a page may say it once for all of them."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if type(field) is forms.CharField and field.max_length is None:
                field.validators.append(MaxLengthValidator(LONGEST_TEXT, too_long(LONGEST_TEXT)))
            look_like_input(field.widget)
            if isinstance(field.widget, forms.TextInput):  # a shared browser remembers nobody's name or number
                field.widget.attrs.setdefault("autocomplete", "off")

    def add_errors(self, refused) -> None:
        """Puts the errors of an InvalidInput at their fields, or above the form."""
        for name, sentence in getattr(refused, "errors", {"": str(refused)}).items():
            self.add_error(name if name in self.fields else None, str(sentence))


class OneOf(forms.RadioSelect):
    """A few alternatives, each a large target."""

    template_name = "ui/opts.html"


class AnyOf(forms.CheckboxSelectMultiple):
    """Several may be chosen."""

    template_name = "ui/opts.html"


class OwnWords(forms.Textarea):
    """Somebody's own words, in the voice of people."""

    def __init__(self, attrs=None):
        super().__init__({"class": "input-own", "rows": 4, **(attrs or {})})


class Day(forms.DateInput):
    """A date, typed or picked with the browser's own calendar."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")
