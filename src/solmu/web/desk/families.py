"""The worker's families: the list, and a family's basic details."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _, gettext_lazy

from solmu.access import gate
from solmu.access.deeds import Deed
from solmu.families import queries
from solmu.families.actions import update_family
from solmu.families.models import Family
from solmu.web.desk.shell import render_family
from solmu.web.reading import whole_number
from solmu.web.sending import send
from solmu.web.ui.forms import Form, OneOf
from solmu.web.ui.languages import language_choices, language_name


class FamilyForm(Form):
    """The family's basic details."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    name = forms.CharField(label=gettext_lazy("Family's name"), max_length=120)
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=language_choices, required=False)
    interpreter = forms.ChoiceField(label=gettext_lazy("Interpreter"), choices=Family.Interpreter.choices, widget=OneOf)
    interpreter_wish = forms.CharField(
        label=gettext_lazy("Wishes for the interpreter"),
        max_length=240,
        required=False,
        help_text=gettext_lazy("For example: a woman, the same one as before. Never the family's child or relative."),
    )
    area = forms.CharField(
        label=gettext_lazy("Area"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Where the family lives, roughly."),
    )
    restricted = forms.BooleanField(
        label=gettext_lazy("Restricted: search gives colleagues no hint of this family"), required=False
    )


_FIELDS = ("name", "language", "interpreter", "interpreter_wish", "area", "restricted")


def families(request):
    """The list of families."""
    gate.require(request.actor, Deed.SEARCH)
    number = whole_number(request.GET.get("page"), 1)
    whose = request.GET.get("whose", "mine")
    found = queries.families_page(request.actor, number, whose)
    count = found.mine if found.whose == "mine" else found.all
    page = Paginator(range(count), queries.PER_PAGE).get_page(found.number)
    context = {"found": found, "page": page, "page_query": f"whose={found.whose}"}
    return render(request, "desk/families.html", context)


def family_edit(request, family_id):
    """Changes the basic details."""
    access = gate.require(request.actor, Deed.READ_PEOPLE, family_id)
    head = queries.family_head(access)
    form = FamilyForm(request.POST or None, initial={name: getattr(head, name) for name in ("version", *_FIELDS)})

    def again(status=200, **more):
        return render_family(request, access, "desk/family_edit.html", "family", {"form": form, **more}, status)

    def save(typed):
        update_family(request.actor, family_id=family_id, **typed)
        messages.success(request, _("Saved."))
        return reverse("desk:family", args=[family_id])

    return send(request, form, save, again, _saved_family) if request.method == "POST" else again()


def _saved_family(current: Family) -> list[dict]:
    shown = {
        "language": language_name(current.language) if current.language else "",
        "interpreter": current.get_interpreter_display(),
        "restricted": _("yes") if current.restricted else _("no"),
    }
    fields = FamilyForm.base_fields
    return [{"label": fields[name].label, "saved": shown.get(name, getattr(current, name))} for name in _FIELDS]


urls = [
    path("families/", families, name="families"),
    path("families/<uuid:family_id>/edit/", family_edit, name="family_edit"),
]
