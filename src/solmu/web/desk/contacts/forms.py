"""The forms of a contact. Three answers are enough to begin; the rest comes as it is heard."""

from collections.abc import Iterable
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from solmu.casework.models import Contact, NotificationConsideration
from solmu.families.models import Family, Person
from solmu.situations.models import Domain
from solmu.web.ui.forms import AnyOf, Day, Form, OneOf, OwnWords
from solmu.web.ui.languages import language_choices

_TOLD = [("", _("not said yet")), ("yes", _("yes")), ("no", _("no"))]
FAMILY_TOLD = {"": None, "yes": True, "no": False}


class SafetyForm(Form):
    """Is everybody safe at home?"""

    safety = forms.ChoiceField(
        label=_("Is everybody safe at home?"),
        choices=[choice for choice in Contact.Safety.choices if choice[0]],
        required=False,
        widget=forms.RadioSelect,
        help_text=_("Ask only when the person can talk freely, never so that children or a spouse hear."),
    )
    safety_ask_on = forms.DateField(
        label=_("Ask again on"),
        required=False,
        widget=Day,
        help_text=_("Empty means the next working day. The question comes back to your desk on that day."),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class ContactForm(SafetyForm):
    """What somebody tells when they reach out."""

    words = forms.CharField(
        label=_("What takes your strength right now?"),
        widget=OwnWords,
        help_text=_("Write in the caller's own words. Read it aloud and ask: did I hear you right?"),
    )
    words_read_back = forms.BooleanField(label=_("Read aloud; the caller accepts the words"), required=False)
    would_help = forms.CharField(
        label=_("What would help?"), required=False, widget=OwnWords({"rows": 2, "class": "input-own is-bond"})
    )
    domains = forms.MultipleChoiceField(
        label=_("Which domains of life is it about?"),
        choices=Domain.choices,
        required=False,
        widget=AnyOf({"columns": 2}),
        help_text=_("Choose those that the caller names. The life-situation map begins from them."),
    )
    by = forms.ChoiceField(
        label=_("Who contacts?"),
        choices=Contact.By.choices,
        widget=OneOf,
        help_text=_("When a professional asks for advice, write nothing by which the family could be recognised."),
    )
    channel = forms.ChoiceField(
        label=_("How did they reach you?"), choices=Contact.Channel.choices, widget=OneOf({"columns": 2})
    )
    caller_name = forms.CharField(label=_("Name, as you heard it"), max_length=120, required=False)
    caller_phone = forms.CharField(
        label=_("Phone"), max_length=40, required=False, widget=forms.TextInput({"type": "tel", "autocomplete": "off"})
    )
    calling = forms.ChoiceField(
        label=_("Is it safe to call?"), choices=Person.Calling.choices, required=False, widget=OneOf({"columns": 2})
    )
    calling_note = forms.CharField(
        label=_("When and how to call"),
        max_length=240,
        required=False,
        help_text=_("For example: after one o'clock, not to the home phone, no message on the answering machine."),
    )
    language = forms.ChoiceField(label=_("Language"), choices=language_choices, required=False)
    interpreter = forms.ChoiceField(
        label=_("Interpreter"), choices=Family.Interpreter.choices, initial="unknown", widget=OneOf({"columns": 2})
    )
    pair_account_id = forms.TypedChoiceField(
        label=_("Your pair"),
        coerce=UUID,
        empty_value=None,
        required=False,
        help_text=_("Your pair sees this contact and is reminded of it with you. Nobody else in the unit sees it."),
    )
    family_id = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, colleagues: Iterable[tuple[UUID, str]] = (), **kwargs):
        super().__init__(*args, **kwargs)
        named = [(str(key), name) for key, name in colleagues]
        self.fields["pair_account_id"].choices = [("", _("no pair yet")), *named]


class AdviceForm(Form):
    """The contact ends with advice."""

    advice = forms.CharField(
        label=_("What did you advise?"),
        widget=forms.Textarea({"rows": 4}),
        help_text=_("In words that the caller would recognise. Ending with good advice is a good ending."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class ConsideredForm(Form):
    """The child welfare notification was considered."""

    conclusion = forms.ChoiceField(
        label=_("What did you conclude?"), choices=NotificationConsideration.Conclusion.choices, widget=OneOf
    )
    reason = forms.CharField(label=_("Why?"), widget=forms.Textarea({"rows": 3}))
    done_on = forms.DateField(label=_("Made on"), required=False, widget=Day)
    family_told = forms.ChoiceField(
        label=_("Has the family been told?"), choices=_TOLD, required=False, widget=OneOf({"columns": 2})
    )


_PERSON = ("place", "first_names", "last_name", "birth_date", "phone")


class BeginForm(Form):
    """Work with a family begins: which family, and who is the pair."""

    family_id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    reference = forms.CharField(
        label=_("Number of a family that is not open to you"),
        max_length=12,
        required=False,
        help_text=_("A colleague or the family can tell it, for example K7M-4PQ2."),
    )
    name = forms.CharField(label=_("Family's name"), max_length=120, required=False)
    language = forms.ChoiceField(label=_("Language"), choices=language_choices, required=False)
    interpreter = forms.ChoiceField(
        label=_("Interpreter"), choices=Family.Interpreter.choices, initial="unknown", widget=OneOf({"columns": 2})
    )
    interpreter_wish = forms.CharField(label=_("Wishes for the interpreter"), max_length=240, required=False)
    area = forms.CharField(label=_("Area"), max_length=120, required=False)
    another = forms.BooleanField(label=_("We have looked: this is another family"), required=False)
    pair_account_id = forms.TypedChoiceField(
        label=_("Your pair"),
        coerce=UUID,
        empty_value=None,
        required=False,
        help_text=_("You are equals: both read and write everything in the family's record."),
    )
    no_pair_yet = forms.BooleanField(label=_("There is no pair yet; remind me to find one"), required=False)
    looks_after = forms.CharField(
        label=_("What you look after"),
        max_length=160,
        required=False,
        help_text=_("For example: keeps in touch with the family. It can be changed at any time."),
    )
    pair_looks_after = forms.CharField(label=_("What your pair looks after"), max_length=160, required=False)

    def __init__(self, *args, colleagues: Iterable[tuple[UUID, str]] = (), rows: int = 3, **kwargs):
        super().__init__(*args, **kwargs)
        named = [(str(key), name) for key, name in colleagues]
        self.fields["pair_account_id"].choices = [("", _("choose")), *named]
        self.rows = rows
        for number in range(rows):
            self.fields |= {f"people-{number}-{name}": field for name, field in _person_fields().items()}

    @property
    def people(self) -> list[list]:
        """The fields of each person, for the page."""
        return [[self[f"people-{number}-{name}"] for name in _PERSON] for number in range(self.rows)]

    def told(self) -> list[tuple[int, dict]]:
        """The people of whom something was written, each with the number of its row."""
        typed = self.cleaned_data
        rows = ((number, {name: typed[f"people-{number}-{name}"] for name in _PERSON}) for number in range(self.rows))
        return [(number, person) for number, person in rows if any(person[name] for name in _PERSON[1:])]


def _person_fields() -> dict[str, forms.Field]:
    return {
        "place": forms.ChoiceField(
            label=_("Place in the family"),
            choices=Person.Place.choices,
            required=False,
            widget=forms.Select({"class": "input"}),
        ),
        "first_names": _person_words(_("First names"), 120),
        "last_name": _person_words(_("Last name"), 120),
        "birth_date": forms.DateField(label=_("Date of birth"), required=False, widget=Day({"class": "input"})),
        "phone": _person_words(_("Phone"), 40),
    }


def _person_words(label, longest: int) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=longest,
        required=False,
        widget=forms.TextInput({"class": "input", "autocomplete": "off"}),
    )
