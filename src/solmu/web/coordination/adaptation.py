"""An organisation makes a version its own: wordings, contact points, closing reasons, and additions to the guide."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from solmu.access import gate
from solmu.access.deeds import Deed
from solmu.casework.facts import CATALOGUE
from solmu.directory.actions import make_contact_points
from solmu.operating_models import adaptations as actions
from solmu.operating_models.adaptations import AdaptationView
from solmu.operating_models.compare.speaker import Speaker
from solmu.operating_models.compare.words import tell
from solmu.operating_models.overlay.rebasing import Conflict
from solmu.operating_models.package import PackageRefused
from solmu.operating_models.queries import library_entry, versions_open_to
from solmu.web.coordination.adaptation_forms import (
    GuideForm,
    PointsForm,
    ReasonsForm,
    TextsForm,
    languages_of,
    texts_shown,
)
from solmu.web.coordination.places import place_called, said
from solmu.web.reading import whole_number
from solmu.web.sending import press, send
from solmu.web.ui.library import reader_language

_A_PAGE = 25


def begin(request, model_id):
    """What making a version one's own means; then it is begun, or taken up where it was left."""
    entry = library_entry(request.actor, model_id)
    if entry is None:
        raise Http404
    gate.require(request.actor, Deed.ADOPT_MODEL)
    own = _own_before(request, entry.package.slug)
    if request.method == "POST":

        def start():
            taken = own.id if own and request.POST.get("continues") else None
            row = actions.begin_adaptation(request.actor, base_id=model_id, continues_id=taken)
            return reverse("coordination:adaptation", args=[row.id])

        return press(request, start, reverse("coordination:versions", args=[model_id]))
    context = {"entry": entry, "title": entry.package.title(reader_language()), "own": own}
    return render(request, "coordination/adapt.html", context)


def _own_before(request, slug: str):
    organisation_id = request.actor.organisation_id
    return versions_open_to(organisation_id, slug).exclude(base=None).filter(organisation_id=organisation_id).first()


def _view(request, adaptation_id) -> AdaptationView:
    found = actions.adaptation(request.actor, adaptation_id)
    if found is None:
        raise Http404
    return found


def overview(request, adaptation_id):
    """What has been changed so far, then and now, and what still waits for a decision."""
    return _overview(request, _view(request, adaptation_id))


def _overview(request, found: AdaptationView, status=200, **more):
    language = reader_language()
    speaker = Speaker(found.document, language, CATALOGUE)
    context = {
        "found": found,
        "places": [(each.key, place_called(found.document, speaker, each.key)) for each in found.changes],
        "title": found.package.title(language),
        "parts": tell(found.package.document, found.document, language, CATALOGUE),
        **more,
    }
    return render(request, "coordination/adaptation.html", context, status=status)


@require_POST
def finish(request, adaptation_id):
    """Makes a version of the changes, when the whole has no fault."""
    here = reverse("coordination:adaptation", args=[adaptation_id])

    def make():
        model = actions.finish_adaptation(
            request.actor,
            adaptation_id=adaptation_id,
            version=whole_number(request.POST.get("version")),
            catalogue=CATALOGUE,
        )
        make_contact_points(request.actor, model=model)
        messages.success(request, _("Version %s is made. Take it into use when you are ready.") % model.model_version)
        return reverse("coordination:model", args=[model.id])

    try:
        return press(request, make, here)
    except PackageRefused as refused:
        return _overview(request, _view(request, adaptation_id), 422, problems=refused.problems)


@require_POST
def drop(request, adaptation_id):
    """Gives up what was begun."""
    found = _view(request, adaptation_id)

    def end():
        version = whole_number(request.POST.get("version"))
        actions.drop_adaptation(request.actor, adaptation_id=adaptation_id, version=version)
        messages.success(request, _("What was begun is given up. Versions that were made stay."))
        return reverse("coordination:versions", args=[found.base.id])

    return press(request, end, reverse("coordination:adaptation", args=[adaptation_id]))


@require_POST
def undo(request, adaptation_id):
    """Takes one change back."""
    here = reverse("coordination:adaptation", args=[adaptation_id])

    def take_back():
        actions.write_changes(
            request.actor,
            adaptation_id=adaptation_id,
            version=whole_number(request.POST.get("version")),
            changes=[],
            dropped=[request.POST.get("place", "")],
        )
        messages.success(request, _("The change is taken back."))
        return here

    return press(request, take_back, here)


def _edit(request, found: AdaptationView, form_class, template: str, page_query: str = "", **shown):
    """One way for every form of changes: what was typed becomes changes, what equals the model's own drops them."""
    form = form_class(request.POST or None, found=found, initial={"version": found.version}, **shown)

    def again(status=200, **more):
        context = {"found": found, "form": form, "title": found.package.title(reader_language()), **shown, **more}
        context["page_query"] = page_query
        return render(request, template, context, status=status)

    def keep(typed):
        changes, dropped = form.changes()
        actions.write_changes(
            request.actor,
            adaptation_id=found.id,
            version=typed["version"],
            changes=changes,
            dropped=dropped,
        )
        messages.success(request, _("Saved. It holds for nobody before you have made a version of it."))
        return reverse("coordination:adaptation", args=[found.id])

    def saved(current) -> list[dict]:
        return _saved(found, current.changes[-12:])

    return send(request, form, keep, again, saved) if request.method == "POST" else again()


def _saved(found: AdaptationView, changes: list[dict]) -> list[dict]:
    speaker = Speaker(found.document, reader_language(), CATALOGUE)
    return [
        {
            "label": place_called(found.document, speaker, each["at"]),
            "saved": said(speaker, each.get("set", each.get("append", each.get("add", "")))),
        }
        for each in changes
    ]


def texts(request, adaptation_id):
    """The wording of texts in one language, found by a word."""
    found = _view(request, adaptation_id)
    languages = languages_of(found)
    language = request.GET.get("language", reader_language())
    language = language if language in languages else languages[0]
    word = request.GET.get("q", "").strip()[:80]
    page = Paginator(texts_shown(found, language, word), _A_PAGE).get_page(request.GET.get("page"))
    shown = {"language": language, "languages": languages, "word": word, "page": page}
    query = urlencode({"language": language, "q": word})
    return _edit(request, found, TextsForm, "coordination/adaptation_texts.html", page_query=query, **shown)


def points(request, adaptation_id):
    """Where the model leads: what the package did not know, or what is otherwise here."""
    return _edit(request, _view(request, adaptation_id), PointsForm, "coordination/adaptation_points.html")


def reasons(request, adaptation_id):
    """Which closing reasons are offered, and one of one's own."""
    return _edit(request, _view(request, adaptation_id), ReasonsForm, "coordination/adaptation_reasons.html")


def guide(request, adaptation_id):
    """Own words after the pages of the guide, and pages of one's own where a step has none."""
    found = _view(request, adaptation_id)
    languages = guide_languages(found)
    language = request.GET.get("language", "fi")
    shown = {"language": language if language in languages else languages[0], "languages": languages}
    return _edit(request, found, GuideForm, "coordination/adaptation_guide.html", **shown)


def guide_languages(found: AdaptationView) -> list[str]:
    """The languages of the guide, Finnish first: a page of one's own is written in it."""
    return list(dict.fromkeys(("fi", *found.package.document["guide"])))


def conflicts(request, adaptation_id):
    """What the new version and the organisation say differently: then, now and own, and a choice for each."""
    found = _view(request, adaptation_id)
    here = reverse("coordination:adaptation", args=[adaptation_id])

    def settle():
        choices = {each.key: request.POST.get(f"c_{number}", "") for number, each in enumerate(found.conflicts)}
        row = actions.settle_conflicts(
            request.actor,
            adaptation_id=adaptation_id,
            version=whole_number(request.POST.get("version")),
            choices=choices,
        )
        if row.conflicts:
            messages.warning(request, _("Some still wait for a decision."))
            return reverse("coordination:adaptation_conflicts", args=[adaptation_id])
        messages.success(request, _("Everything is decided."))
        return here

    if request.method == "POST":
        return press(request, settle, reverse("coordination:adaptation_conflicts", args=[adaptation_id]))
    speaker, title = Speaker(found.document, reader_language(), CATALOGUE), found.package.title(reader_language())
    rows = [_conflict(found, speaker, each) for each in found.conflicts]
    context = {"found": found, "rows": rows, "title": title}
    return render(request, "coordination/adaptation_conflicts.html", context)


def _conflict(found: AdaptationView, speaker: Speaker, each: Conflict) -> dict:
    return {
        "it": each,
        "is_page": each.key.startswith("guide."),
        "called": place_called(found.document, speaker, each.key),
        "then": said(speaker, each.then),
        "now": said(speaker, each.now),
        "own": _("left out") if each.change.operation == "remove" else said(speaker, each.change.value),
    }


@require_POST
def share(request, model_id):
    """Lets every organisation see and use one's own version."""
    here = reverse("coordination:versions", args=[model_id])

    def open_to_all():
        actions.share_version(request.actor, model_id=model_id)
        messages.success(request, _("The version is open to every organisation."))
        return here

    return press(request, open_to_all, here)


_ONE = "models/adaptations/<uuid:adaptation_id>/"
urls = [
    path("models/<uuid:model_id>/adapt/", begin, name="adapt"),
    path("models/<uuid:model_id>/share/", share, name="version_share"),
    path(_ONE, overview, name="adaptation"),
    path(f"{_ONE}texts/", texts, name="adaptation_texts"),
    path(f"{_ONE}contact-points/", points, name="adaptation_points"),
    path(f"{_ONE}closing-reasons/", reasons, name="adaptation_reasons"),
    path(f"{_ONE}guide/", guide, name="adaptation_guide"),
    path(f"{_ONE}conflicts/", conflicts, name="adaptation_conflicts"),
    path(f"{_ONE}undo/", undo, name="adaptation_undo"),
    path(f"{_ONE}finish/", finish, name="adaptation_finish"),
    path(f"{_ONE}drop/", drop, name="adaptation_drop"),
]
