"""The open library of operating models: neutral, without sign-in, and about no family."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import path, reverse

from solmu.operating_models.experiences import public_experiences
from solmu.operating_models.library import Row, VersionRow, count_using, public_library, public_version, versions_of
from solmu.operating_models.models import InstalledModel
from solmu.operating_models.queries import package_of
from solmu.web.ui.exports import export as export_version, files
from solmu.web.ui.guides import show
from solmu.web.ui.library import in_words, pages_of_experiences, read_search, reader_language
from solmu.web.ui.model_words import ModelWords
from solmu.web.ui.versions import side_by_side, what_changed


def library(request):
    """Every model, by the newest of its versions."""
    search = read_search(request)
    found = public_library(reader_language(), search.wish, request.GET.get("page", 1))
    context = {"search": search, "found": found, "rows": in_words(found, _of_row)}
    return render(request, "public/library.html", context)


def _of_row(row: Row) -> str:
    return reverse("public:library_version", args=[row.slug, row.version])


def newest(request, slug):
    """Leads to the newest version."""
    return redirect("public:library_version", slug, _version(slug).model_version)


def version(request, slug, version):
    """One version: what it is, for whom, on what evidence, from where."""
    model = _version(slug, version)
    words = ModelWords(package_of(model), reader_language())
    context = {
        "words": words,
        "model_id": model.id,
        "guide": [{"it": page, "url": _guide_address(model)(page.name)} for page in words.guide],
        "experiences": public_experiences(slug, reader_language(), **pages_of_experiences(request)),
        "used_by": count_using(model),
        "versions": side_by_side(versions_of(slug), version, _of_version(slug), _changes_address(slug)),
        "files": files(lambda what: reverse("public:library_export", args=[slug, version, what])),
    }
    return render(request, "public/library_version.html", context)


def _version(slug: str, name: str | None = None) -> InstalledModel:
    found = public_version(slug, name)
    if found is None:
        raise Http404
    return found


def _of_version(slug: str):
    return lambda row: reverse("public:library_version", args=[slug, row.version])


def _changes_address(slug: str):
    def address(then: VersionRow, now: VersionRow) -> str:
        return reverse("public:library_changes", args=[slug, now.version, then.version])

    return address


def changes(request, slug, version, since):
    """What is different in a version since another one, then and now side by side; to print as it is."""
    now, then = package_of(_version(slug, version)), package_of(_version(slug, since))
    language = reader_language()
    context = {
        "title": now.title(language),
        "now": now,
        "then": then,
        "parts": what_changed(then, now, language),
        "others": [row.version for row in versions_of(slug) if row.version not in {version, since}],
    }
    return render(request, "public/library_changes.html", context)


def _guide_address(model: InstalledModel):
    return lambda page: reverse("public:library_guide", args=[model.slug, model.model_version, page])


def guide(request, slug, version, page):
    """One page of the guide."""
    model = _version(slug, version)
    package = package_of(model)
    shown = show(package, page, _guide_address(model))
    if shown is None:
        raise Http404
    words = ModelWords(package, reader_language())
    context = {"page": shown, "words": words, "model": model, "pages": _beside(model, words, page)}
    return render(request, "public/library_guide.html", context)


def _beside(model: InstalledModel, words: ModelWords, page: str) -> list[dict]:
    address = _guide_address(model)
    return [{"it": each, "url": address(each.name), "current": each.name == page} for each in words.guide]


def export(request, slug, version, what):
    """The version to take along."""
    return export_version(request, _version(slug, version), what)


_ONE = "library/<slug:slug>/<str:version>/"
urls = [
    path("library/", library, name="library"),
    path("library/<slug:slug>/", newest, name="library_model"),
    path(_ONE, version, name="library_version"),
    path(f"{_ONE}guide/<slug:page>/", guide, name="library_guide"),
    path(f"{_ONE}changes/<str:since>/", changes, name="library_changes"),
    path(f"{_ONE}export/<str:what>", export, name="library_export"),
]
