"""A version to take along: booklet, package file, draft for Innokylä, FHIR."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from solmu.interop.fhir import model_bundle
from solmu.interop.fhir.speaking import Origin
from solmu.interop.innokyla import innokyla_draft
from solmu.operating_models.library import package_file
from solmu.operating_models.models import InstalledModel
from solmu.operating_models.package import Package
from solmu.operating_models.queries import package_of
from solmu.organisations.queries import organisation_name
from solmu.web.ui.booklet import Additions, booklet_pdf
from solmu.web.ui.markdown import render_guide, title_of, without_title

LOCAL = "http://localhost:8000"


@dataclass(frozen=True)
class File:
    """A way to take the version along."""

    url: str
    label: str
    about: str
    icon: str


def files(address: Callable[[str], str]) -> list[File]:
    """The ways, each behind `address(what)`."""
    return [
        File(address("booklet.pdf"), _("The guide as a booklet"), _("PDF, to print or to keep"), "book"),
        File(address("package.zip"), _("The package itself"), _("for another Solmu, or to build on"), "down"),
        File(address("innokyla"), _("Draft under Innokylä's headings"), _("in Finnish, to print or copy"), "doc"),
        File(address("innokyla.md"), _("The same as text"), _("Markdown, in Finnish"), "doc"),
        File(address("fhir.json"), _("For other systems"), _("FHIR R4: PlanDefinition and Questionnaire"), "down"),
    ]


def export(request, model: InstalledModel, what: str, additions: Additions | None = None) -> HttpResponse:
    """The version in one of its ways; 404 for a way that there is not."""
    if what not in _WAYS:
        raise Http404
    return _WAYS[what](request, model, package_of(model), additions)


def origin(model: InstalledModel, base: str = "") -> Origin:
    """From where a version is told: who brought it in, and this installation's address, or `base` when it has none."""
    at = settings.SOLMU_PUBLIC_URL or base or LOCAL
    publisher = ", ".join(filter(None, [organisation_name(model.brought_by), "Solmu", urlsplit(at).netloc]))
    return Origin(at, publisher, model.installed_at)


def fhir_text(model: InstalledModel, base: str = "") -> str:
    """The version's bundle as JSON."""
    return json.dumps(model_bundle(package_of(model), origin(model, base)), ensure_ascii=False, indent=1)


def _fhir(request, model: InstalledModel, package: Package, _additions) -> HttpResponse:
    text = fhir_text(model, request.build_absolute_uri("/").rstrip("/"))
    return _attached(text, "application/fhir+json; charset=utf-8", package, "fhir.json")


def _innokyla(request, _model, package: Package, _additions) -> HttpResponse:
    draft = innokyla_draft(package)
    back = request.path.removesuffix("export/innokyla")
    context = {"title": title_of(draft), "html": render_guide(without_title(draft)), "back": back}
    return render(request, "ui/innokyla.html", context)


def _innokyla_text(_request, _model, package: Package, _additions) -> HttpResponse:
    return _attached(innokyla_draft(package), "text/markdown; charset=utf-8", package, "innokyla.md")


def _booklet(request, model: InstalledModel, package: Package, additions: Additions | None) -> HttpResponse:
    raw = booklet_pdf(model, request.LANGUAGE_CODE, additions)
    answer = HttpResponse(raw, "application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{_name(package, "pdf")}"'
    return answer


def _attached(text: str | bytes, kind: str, package: Package, ending: str) -> HttpResponse:
    answer = HttpResponse(text, kind)
    answer["Content-Disposition"] = f'attachment; filename="{_name(package, ending)}"'
    return answer


def _name(package: Package, ending: str) -> str:
    """Both names are small letters, digits, hyphens and dots."""
    return f"{package.slug}-{package.version}.{ending}"


def _package(_request, model: InstalledModel, package: Package, _additions) -> HttpResponse:
    return _attached(package_file(model), "application/zip", package, "zip")


_WAYS = {
    "booklet.pdf": _booklet,
    "package.zip": _package,
    "innokyla": _innokyla,
    "innokyla.md": _innokyla_text,
    "fhir.json": _fhir,
}
