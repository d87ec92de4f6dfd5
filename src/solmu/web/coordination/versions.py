"""Versions of a model: a package file looked through and installed, the versions side by side, then and now."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_POST

from solmu.access import gate
from solmu.access.deeds import Deed
from solmu.casework.facts import CATALOGUE
from solmu.directory.actions import make_contact_points
from solmu.instruments.packages import form_faults
from solmu.kernel.errors import InvalidInput
from solmu.operating_models.adaptations import adaptations_of
from solmu.operating_models.models import InstalledModel
from solmu.operating_models.package import Package, PackageRefused
from solmu.operating_models.package.archive import MAX_ARCHIVE_BYTES
from solmu.operating_models.queries import library_entry, package_of, versions_open_to
from solmu.operating_models.receiving import drop_received, install_received, receive_package, received
from solmu.organisations.queries import organisation_names
from solmu.web.sending import press, send
from solmu.web.ui.forms import Form
from solmu.web.ui.library import reader_language
from solmu.web.ui.versions import what_changed


class PackageForm(Form):
    """A package as one file."""

    file = forms.FileField(
        label=gettext_lazy("The package file"),
        help_text=gettext_lazy("A zip file that another Solmu has packed, at most 4 MB."),
        widget=forms.ClearableFileInput({"accept": ".zip", "class": "input"}),
        allow_empty_file=True,
    )


def install(request):
    """Takes a package file in; a file with faults is refused with all of them, and nothing is kept of it."""
    gate.require(request.actor, Deed.RECEIVE_MODEL)
    form = PackageForm(request.POST or None, request.FILES or None)

    def again(status=200, **more):
        return render(request, "coordination/version_install.html", {"form": form, **more}, status=status)

    def keep(typed):
        if typed["file"].size > MAX_ARCHIVE_BYTES:
            raise InvalidInput({"file": _("The file is larger than a package can be.")})
        row = receive_package(request.actor, typed["file"].read(), CATALOGUE, form_faults)
        return reverse("coordination:version_received", args=[row.id])

    if request.method != "POST":
        return again()
    try:
        return send(request, form, keep, again)
    except PackageRefused as refused:
        return again(422, problems=refused.problems)


def look_through(request, file_id):
    """What a received package is, and what it changes; then it is installed.

    One that was whole when it came, and no longer is by what Solmu checks today, is forgotten with its faults told.
    """
    try:
        return _look_through(request, file_id)
    except PackageRefused as refused:
        drop_received(request.actor, file_id=file_id)
        context = {"form": PackageForm(), "problems": refused.problems}
        return render(request, "coordination/version_install.html", context, status=422)


def _look_through(request, file_id):
    found = received(request.actor, file_id, CATALOGUE)
    if found is None:
        raise Http404
    here = reverse("coordination:version_received", args=[file_id])

    def put_on_shelf():
        model = install_received(request.actor, file_id=file_id, catalogue=CATALOGUE)
        make_contact_points(request.actor, model=model)
        messages.success(request, _("The version is installed. An organisation takes it into use when it wants to."))
        return reverse("coordination:model", args=[model.id])

    if request.method == "POST":
        return press(request, put_on_shelf, here)
    language = reader_language()
    parts = what_changed(package_of(found.before), found.package, language) if found.before else []
    context = {"found": found, "told": in_short(found.package, language), "parts": parts}
    return render(request, "coordination/version_received.html", context)


def in_short(package: Package, language: str) -> dict:
    """What a package is, in a few facts."""
    process = package.process
    return {
        "title": package.title(language),
        "summary": package.text(package.model.summary, language),
        "authors": ", ".join(each.name for each in package.model.authors),
        "licence": package.model.licence,
        "languages": package.languages,
        "criteria": len(package.entry.criteria),
        "phases": len(process.phases),
        "steps": sum(len(phase.steps) for phase in process.phases),
        "forms": len(package.form_links) + len(package.questionnaires),
        "families": len(package.document["families"]),
    }


@require_POST
def drop(request, file_id):
    """Forgets a received package."""
    gate.require(request.actor, Deed.RECEIVE_MODEL)

    def forget():
        drop_received(request.actor, file_id=file_id)
        messages.success(request, _("The file is forgotten. Nothing was installed."))
        return reverse("coordination:models")

    return press(request, forget, reverse("coordination:models"))


def versions(request, model_id):
    """The versions of a model that the organisation may use, and what can be done with each."""
    entry = library_entry(request.actor, model_id)
    if entry is None:
        raise Http404
    actor, roles = request.actor, request.actor.roles
    rows = list(versions_open_to(actor.organisation_id, entry.package.slug))
    in_use = {each.model_id for each in (entry.adoption, entry.replaces) if each}
    named = {each for row in rows for each in (row.organisation_id, row.brought_by) if each}
    names = organisation_names(named)
    context = {
        "title": entry.package.title(reader_language()),
        "model_id": model_id,
        "rows": [
            {
                "it": row,
                "in_use": row.id in in_use,
                "own": row.base_id is not None and row.organisation_id == actor.organisation_id,
                "owner": names.get(row.organisation_id, ""),
                "bringer": names.get(row.brought_by, ""),
                "against": _against(row, rows),
            }
            for row in rows
        ],
        "begun": adaptations_of(actor, entry.package.slug),
        "coordinates": bool(roles & Deed.ADOPT_MODEL.rule.roles),
        "receives": bool(roles & Deed.RECEIVE_MODEL.rule.roles),
    }
    return render(request, "coordination/versions.html", context)


def _against(row: InstalledModel, rows: list[InstalledModel]) -> list[InstalledModel]:
    """With which versions one is best compared: the one that it stands on, and the authors' one before it."""
    older = [each for each in rows[rows.index(row) + 1 :] if each.base_id is None and each.id != row.base_id]
    return [each for each in rows if each.id == row.base_id] + older[:1]


def compare(request, model_id, other_id):
    """Two versions of a model, then and now side by side; to print as it is."""
    then, now = library_entry(request.actor, model_id), library_entry(request.actor, other_id)
    if then is None or now is None or then.package.slug != now.package.slug:
        raise Http404
    language = reader_language()
    context = {
        "title": now.package.title(language),
        "then": then,
        "now": now,
        "parts": what_changed(then.package, now.package, language),
    }
    return render(request, "coordination/version_compare.html", context)


urls = [
    path("models/install/", install, name="version_install"),
    path("models/received/<uuid:file_id>/", look_through, name="version_received"),
    path("models/received/<uuid:file_id>/drop/", drop, name="version_drop"),
    path("models/<uuid:model_id>/versions/", versions, name="versions"),
    path("models/<uuid:model_id>/compare/<uuid:other_id>/", compare, name="version_compare"),
]
