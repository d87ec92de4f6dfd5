"""Contact points: where the operating models lead and where help is had at once, kept by the administrator."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _, gettext_lazy

from solmu.access import gate
from solmu.access.deeds import Deed
from solmu.directory import actions
from solmu.directory.models import ContactPoint
from solmu.directory.queries import PointRow, contact_point, contact_points
from solmu.web.sending import send
from solmu.web.ui.forms import Day, Form, OneOf

_DETAILS = ("name", "organisation_name", "phone", "hours", "address", "languages", "source", "checked_on")


class PointForm(Form):
    """What is known of a contact point; nothing but its name must be known."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label=gettext_lazy("Name"), max_length=160)
    organisation_name = forms.CharField(label=gettext_lazy("Organisation"), max_length=160, required=False)
    phone = forms.CharField(
        label=gettext_lazy("Phone"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("Leave it empty until you know it: an empty number is shown as not recorded yet."),
        widget=forms.TextInput({"type": "tel"}),
    )
    hours = forms.CharField(label=gettext_lazy("When it answers"), max_length=160, required=False)
    address = forms.CharField(label=gettext_lazy("Address, or the page of a form"), max_length=240, required=False)
    languages = forms.CharField(label=gettext_lazy("Languages in which it serves"), max_length=160, required=False)
    source = forms.CharField(
        label=gettext_lazy("Where this was read"),
        max_length=240,
        required=False,
        help_text=gettext_lazy("So that it can be checked again. Needed with a number."),
    )
    checked_on = forms.DateField(label=gettext_lazy("Checked on"), required=False, widget=Day)
    is_active = forms.BooleanField(
        label=gettext_lazy("In use: workers are offered this contact point"), required=False, initial=True
    )


class NewPointForm(PointForm):
    """A contact point that no operating model brought."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What is it?"),
        choices=[
            (ContactPoint.Kind.CRISIS, ContactPoint.Kind.CRISIS.label),
            (ContactPoint.Kind.PHONE, gettext_lazy("Phone")),
            (ContactPoint.Kind.FORM, ContactPoint.Kind.FORM.label),
        ],
        initial=ContactPoint.Kind.CRISIS,
        widget=OneOf,
    )
    field_order = ["kind"]


def points(request):
    """Every contact point, what leads there, and what is still missing."""
    rows = contact_points(request.actor)
    lacking = sum(row.point.is_active and _lacks_number(row.point) for row in rows)
    return render(request, "coordination/contact_points.html", {"rows": rows, "lacking": lacking})


def _lacks_number(point: ContactPoint) -> bool:
    return not point.phone and point.kind in {ContactPoint.Kind.PHONE, ContactPoint.Kind.CRISIS}


def add(request):
    """A contact point that people have found themselves, such as where help is had at once."""
    gate.require(request.actor, Deed.MANAGE_ORGANISATION)
    form = NewPointForm(request.POST or None)

    def again(status=200, **more):
        return render(request, "coordination/contact_point.html", {"form": form, **more}, status=status)

    def keep(typed):
        actions.add_contact_point(request.actor, kind=typed["kind"], **_details(typed))
        messages.success(request, _("The contact point is saved."))
        return reverse("coordination:contact_points")

    return send(request, form, keep, again) if request.method == "POST" else again()


def edit(request, point_id):
    """What is known of one contact point."""
    row = _row(request, point_id)
    initial = {name: getattr(row.point, name) for name in (*_DETAILS, "version", "is_active")}
    form = PointForm(request.POST or None, initial=initial)

    def again(status=200, **more):
        context = {"form": form, "row": row, **more}
        return render(request, "coordination/contact_point.html", context, status=status)

    def keep(typed):
        actions.update_contact_point(request.actor, point_id=point_id, version=typed["version"] or 0, **_details(typed))
        messages.success(request, _("The contact point is saved."))
        return reverse("coordination:contact_points")

    return send(request, form, keep, again, _saved) if request.method == "POST" else again()


def _row(request, point_id) -> PointRow:
    row = contact_point(request.actor, point_id)
    if row is None:
        raise Http404
    return row


def _details(typed: dict) -> dict:
    return {name: typed[name] for name in (*_DETAILS, "is_active")}


def _saved(current: ContactPoint) -> list[dict]:
    return [{"label": PointForm.base_fields[name].label, "saved": getattr(current, name)} for name in _DETAILS]


urls = [
    path("contact-points/", points, name="contact_points"),
    path("contact-points/new/", add, name="contact_point_new"),
    path("contact-points/<uuid:point_id>/", edit, name="contact_point"),
]
