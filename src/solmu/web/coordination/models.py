"""The library as a region's people use it: found, read, taken into use with the organisation's own settings."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from solmu.access.actor import Actor
from solmu.access.deeds import Deed
from solmu.access.roles import Role
from solmu.casework.queries.moving import count_movable
from solmu.directory.queries import reached_points
from solmu.operating_models import actions
from solmu.operating_models.checklist import checklist
from solmu.operating_models.experiences import count_to_decide, own_experiences, public_experiences
from solmu.operating_models.library import Row, library, organisations_using, versions_of
from solmu.operating_models.models import Adoption
from solmu.operating_models.queries import LibraryEntry, installed, library_entry, package_of
from solmu.organisations.queries import organisation_name
from solmu.web.coordination.settings_form import SettingsForm
from solmu.web.reading import whole_number
from solmu.web.sending import press, send
from solmu.web.ui.booklet import Additions, own_values, pages_changed
from solmu.web.ui.exports import export as export_version, files
from solmu.web.ui.library import in_words, pages_of_experiences, read_search, reader_language
from solmu.web.ui.model_words import ModelWords
from solmu.web.ui.versions import side_by_side


def models(request):
    """Every model on the shelf, by the newest of its versions."""
    search = read_search(request)
    found = library(request.actor, reader_language(), search.wish, request.GET.get("page", 1))
    roles = request.actor.roles
    context = {
        "search": search,
        "found": found,
        "rows": in_words(found, _of_row),
        "learns": bool(roles & Deed.OWN_ORIENTATION.rule.roles),
        "coordinates": Role.COORDINATOR in roles,
        "receives": bool(roles & Deed.RECEIVE_MODEL.rule.roles),
        "to_decide": count_to_decide(request.actor) if Role.COORDINATOR in roles else 0,
    }
    return render(request, "coordination/models.html", context)


def _of_row(row: Row) -> str:
    return reverse("coordination:model", args=[row.model_id])


def _entry(request, model_id) -> LibraryEntry:
    entry = library_entry(request.actor, model_id)
    if entry is None:
        raise Http404
    return entry


def model(request, model_id):
    """One version: what it is, for whom, on what evidence; the coordinator's settings and checklist."""
    entry = _entry(request, model_id)
    adoption = entry.adoption
    decided = adoption or entry.replaces
    values = decided.settings if decided else {}
    initial = {"version": adoption.version if adoption else None}
    form = SettingsForm(request.POST or None, package=entry.package, values=values, initial=initial)

    def again(status=200, **more):
        context = {**_in_words(request, entry), "entry": entry, "form": form, **more}
        return render(request, "coordination/model.html", context, status=status)

    def keep(typed):
        if adoption:
            actions.set_adoption_settings(
                request.actor, model_id=model_id, version=typed["version"] or 0, settings=form.settings()
            )
            messages.success(request, _("The settings are saved."))
            return reverse("coordination:model", args=[model_id])
        actions.adopt(request.actor, model_id=model_id, settings=form.settings())
        said = _("Taken into use. It is proposed from now on. See to these next, in any order.")
        if before := entry.replaces:
            said = _("Taken into use in place of version %s. See to what still waits.") % before.model.model_version
        messages.success(request, said)
        return reverse("coordination:checklist", args=[model_id])

    return send(request, form, keep, again, _saved) if request.method == "POST" else again()


def _saved(current: Adoption) -> list[dict]:
    return [{"label": name, "saved": value} for name, value in current.settings.items()]


def _in_words(request, entry: LibraryEntry) -> dict:
    package, actor = entry.package, request.actor
    words = ModelWords(package, reader_language())
    lines = checklist(actor, entry.model_id, reached_points(package.slug)) if entry.adoption else []
    return {
        "words": words,
        "model_id": entry.model_id,
        "coordinates": Role.COORDINATOR in actor.roles,
        "may_write": bool(actor.roles & Deed.WRITE_EXPERIENCE.rule.roles),
        "movable": _count_movable(actor, entry),
        "done": sum(line.done for line in lines),
        "lines": lines,
        "guide": [{"it": page, "url": reverse("desk:guide", args=[entry.model_id, page.name])} for page in words.guide],
        "experiences": public_experiences(package.slug, reader_language(), actor, **pages_of_experiences(request)),
        "own_experiences": own_experiences(actor, package.slug, reader_language()),
        "organisations": organisations_using(actor, package.slug),
        "versions": side_by_side(
            versions_of(package.slug, actor.organisation_id),
            package.version,
            lambda row: reverse("coordination:model", args=[row.model_id]),
            lambda then, now: reverse("coordination:version_compare", args=[then.model_id, now.model_id]),
        ),
        "files": files(lambda what: reverse("coordination:model_export", args=[entry.model_id, what])),
    }


def _count_movable(actor: Actor, entry: LibraryEntry) -> int:
    """How much work a coordinator might move to the version in use."""
    return count_movable(actor, entry.model_id) if entry.adoption and Role.COORDINATOR in actor.roles else 0


def export(request, model_id, what):
    """The version to take along; the booklet with the organisation's own values and pages when it has it in use."""
    entry = _entry(request, model_id)
    return export_version(request, installed(model_id), what, _additions(request, entry))


def _additions(request, entry: LibraryEntry) -> Additions | None:
    model = installed(entry.model_id)
    base = installed(model.base_id) if model.base_id else None
    given = entry.adoption.settings if entry.adoption else {}
    if entry.adoption is None and base is None:
        return None
    language = reader_language()
    reached = reached_points(entry.package.slug)
    points = entry.package.process.contact_points
    return Additions(
        organisation=organisation_name(request.actor.organisation_id),
        settings=own_values(entry.package, given, language),
        points=tuple((entry.package.text(each.name, language), reached.get(each.id, "")) for each in points),
        pages=pages_changed(entry.package, package_of(base) if base else None),
        written_by=organisation_name(model.organisation_id),
    )


@require_POST
def stop(request, model_id):
    """Stops proposing the model; what runs goes on."""
    back = reverse("coordination:model", args=[model_id])

    def end():
        actions.end_adoption(request.actor, model_id=model_id, version=whole_number(request.POST.get("version")))
        messages.success(request, _("No longer in use. What runs for families goes on to its end."))
        return back

    return press(request, end, back)


urls = [
    path("models/", models, name="models"),
    path("models/<uuid:model_id>/", model, name="model"),
    path("models/<uuid:model_id>/stop/", stop, name="model_stop"),
    path("models/<uuid:model_id>/export/<str:what>", export, name="model_export"),
]
