"""The access log: who used which record, on what ground, and who was refused."""

from urllib.parse import urlencode

from django import forms
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _, gettext_lazy

from solmu.access import gate
from solmu.access.deeds import Deed
from solmu.access.gate import Access
from solmu.access.review import Wanted, uses
from solmu.accesslog.verification import last_verification
from solmu.families.oversight import record_of, references_of
from solmu.organisations.queries import own_units, workers_named
from solmu.web.hidden import find, hide
from solmu.web.ui.forms import Day, Form

PAGE = 50
LONGEST = 120  # characters of a name


class LogForm(Form):
    """What a steward looks for."""

    worker = forms.CharField(label=gettext_lazy("Worker's name"), required=False, max_length=LONGEST)
    reference = forms.CharField(label=gettext_lazy("Family's reference"), required=False, max_length=12)
    day = forms.DateField(label=gettext_lazy("Day"), required=False, widget=Day)
    refused = forms.BooleanField(label=gettext_lazy("Only refused attempts"), required=False)


def log(request):
    """The log of the steward's own organisation, the newest first, paged by the entries' numbers."""
    access = gate.require(request.actor, Deed.REVIEW_ACCESS)
    if request.method == "POST":
        return HttpResponseRedirect(f"{request.path}?{_in_address(request.POST)}")
    asked = request.GET.copy()
    asked["worker"] = find(asked.get("worker", ""))
    form = LogForm(asked)
    units = own_units(request.actor.organisation_id)
    wanted = _wanted(access, form, units, request.GET.get("before", ""))
    rows = uses(access, wanted, most=PAGE + 1) if wanted else []
    references = references_of(access, [row.record_id for row in rows])
    context = {
        "form": form,
        "rows": [
            {"use": row, "reference": references.get(row.record_id, ""), "unit": units.get(row.unit_id, "")}
            for row in rows[:PAGE]
        ],
        "older": _address(request, rows[PAGE - 1].sequence) if len(rows) > PAGE else "",
        "newest": _address(request, None) if request.GET.get("before") else "",
        "searched": any(form.data.get(name) for name in form.fields),
        "verified": last_verification(),
    }
    return render(request, "steward/log.html", context, status=200 if form.is_valid() else 422)


def _in_address(typed) -> str:
    """What is looked for, as it stands in the address: a worker's name is readable to nobody there."""
    told = {name: typed.get(name, "")[:LONGEST] for name in LogForm.base_fields}
    return urlencode({name: hide(value) if name == "worker" else value for name, value in told.items() if value})


def _wanted(access: Access, form: LogForm, units: dict, before: str) -> Wanted | None:
    """None when the form is wrong, or names nobody and nothing that exists."""
    if not form.is_valid():
        return None
    typed = form.cleaned_data
    accounts, record_id = None, None
    if typed["worker"]:
        accounts = [account for account, _name in workers_named(access.actor.organisation_id, typed["worker"])]
    if typed["reference"]:
        record_id = record_of(access, typed["reference"])
        if record_id is None:
            form.add_error("reference", _("Your organisation has no family with this reference."))
            return None
    return Wanted(
        units=list(units),
        accounts=accounts,
        record_id=record_id,
        day=typed["day"],
        refused=typed["refused"],
        before=int(before) if before.isascii() and before.isdecimal() and len(before) < 18 else None,
    )


def _address(request, before: int | None) -> str:
    query = request.GET.copy()
    query.pop("before", None)
    if before:
        query["before"] = str(before)
    return f"?{query.urlencode()}"


urls = [path("", log, name="log")]
