"""The forms of the life-situation map. Nothing is compulsory but the domain, the kind and a word or two."""

from uuid import UUID

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from solmu.situations.actions import NOT_SAID, View
from solmu.situations.models import Domain, MapItem, MapItemState
from solmu.situations.queries import ItemRow, PersonRow
from solmu.situations.rules import BOND, KNOT
from solmu.web.ui.forms import Day, Form, OneOf, OwnWords

WORKER = "worker"
_KINDS = [(KNOT, gettext_lazy("a knot: it weighs")), (BOND, gettext_lazy("a bond: it carries"))]
_WEIGHT = MapItemState.Weight
_TIGHT = [
    ("", gettext_lazy("not said")),
    *((one.value, one.label) for one in (_WEIGHT.LIGHT, _WEIGHT.TENSE, _WEIGHT.TIGHT)),
]


class RoundForm(Form):
    """A day on which the map is drawn or looked at."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    held_on = forms.DateField(label=gettext_lazy("Day"), widget=Day)
    present = forms.CharField(
        label=gettext_lazy("Who are present"),
        max_length=240,
        required=False,
        help_text=gettext_lazy("Also the interpreter. A child of the family never interprets."),
    )


class ItemForm(Form):
    """A knot or a bond."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("Does it weigh or carry?"), choices=_KINDS, widget=OneOf({"columns": True})
    )
    words = forms.CharField(
        label=gettext_lazy("In own words"), max_length=240, widget=OwnWords({"rows": 2, "maxlength": 240})
    )
    domain = forms.ChoiceField(
        label=gettext_lazy("Which part of life?"), choices=Domain.choices, widget=OneOf({"columns": True})
    )
    weight = forms.ChoiceField(
        label=gettext_lazy("If it is a knot, how tight?"),
        choices=_TIGHT,
        required=False,
        widget=OneOf({"columns": True}),
    )
    person = forms.ChoiceField(label=gettext_lazy("Whose is it?"), required=False)
    view = forms.ChoiceField(label=gettext_lazy("Who sees it so?"), required=False)
    would_help = forms.CharField(
        label=gettext_lazy("What would help?"),
        max_length=240,
        required=False,
        widget=OwnWords({"rows": 2, "maxlength": 240}),
    )
    help_view = forms.ChoiceField(label=gettext_lazy("In whose opinion would it help?"), required=False)

    def __init__(self, *args, people: tuple[PersonRow, ...] = (), **kwargs):
        super().__init__(*args, **kwargs)
        named = [(str(person.id), person.name) for person in people]
        views = [("", _("not said")), *named, (WORKER, _("the worker"))]
        self.fields["person"].choices = [("", _("the whole family’s")), *named]
        self.fields["view"].choices = views
        self.fields["help_view"].choices = views

    def without(self, *names: str) -> "ItemForm":
        """The same form with fewer questions."""
        for name in names:
            del self.fields[name]
        return self


def typed_item(typed: dict) -> dict:
    """What was typed into an ItemForm, as `add_item` and `edit_item` take it."""
    return {
        "domain": typed["domain"],
        "words": typed["words"],
        "person_id": UUID(typed["person"]) if typed.get("person") else None,
        "view": _view(typed.get("view", "")),
        "would_help": typed["would_help"],
        "help_view": _view(typed.get("help_view", "")),
    }


def _view(value: str) -> View:
    if value == WORKER:
        return View(worker=True)
    return View(UUID(value)) if value else NOT_SAID


def saved_item(item: ItemRow) -> dict:
    """An item as the form shows it."""
    return {
        "version": item.version,
        "domain": item.domain,
        "words": item.words,
        "person": item.about_id or "",
        "view": WORKER if item.view_of_worker else item.view_of_id or "",
        "would_help": item.would_help,
        "help_view": WORKER if item.help_view_of_worker else item.help_view_of_id or "",
    }


def saved_item_told(item: MapItem) -> list[dict]:
    """What somebody else has saved of an item, told beside the form."""
    return [
        {"label": _("In own words"), "saved": item.words},
        {"label": _("Which part of life?"), "saved": item.get_domain_display()},
        {"label": _("Whose is it?"), "saved": item.person.called if item.person else _("the whole family’s")},
        {"label": _("Who sees it so?"), "saved": _who(item.view_of, item.view_of_worker)},
        {"label": _("What would help?"), "saved": item.would_help},
        {
            "label": _("In whose opinion would it help?"),
            "saved": _who(item.help_in_view_of, item.help_in_view_of_worker),
        },
    ]


def _who(person, worker: bool) -> str:
    if worker:
        return _("the worker")
    return person.called if person else _("not said")


class StartForm(Form):
    """Where the family wants to begin."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    knot = forms.ChoiceField(label=gettext_lazy("From which knot?"), required=False, widget=OneOf)
    words = forms.CharField(
        label=gettext_lazy("In the family’s own words"), required=False, widget=OwnWords({"rows": 3})
    )
    said_by = forms.CharField(
        label=gettext_lazy("Who said it"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("For example: the mother, through an interpreter."),
    )

    def __init__(self, *args, knots: tuple[ItemRow, ...] = (), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["knot"].choices = [
            *((str(knot.id), knot.words) for knot in knots),
            ("", _("none of these, or not yet")),
        ]


_ASKED = [("", gettext_lazy("not asked")), *((str(value), str(value)) for value in range(11))]


class FeelingsForm(Form):
    """The family's own 0–10 of each domain of life."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for domain in Domain:
            select = forms.Select({"class": "input"})
            self.fields[domain.value] = forms.ChoiceField(
                label=domain.label, choices=_ASKED, required=False, widget=select
            )


class OpeningForm(Form):
    """The young person lets the family see the own part."""

    said = forms.CharField(label=gettext_lazy("How did the young person say it, and who was there?"), max_length=240)
