"""What taking a model into use needs: seen to one by one, in any order, now or later."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_POST

from solmu.access.roles import Role
from solmu.directory.queries import reached_points
from solmu.operating_models.checklist import Line, checklist, tick, untick
from solmu.operating_models.queries import library_entry
from solmu.web.sending import press
from solmu.web.ui.library import reader_language
from solmu.web.ui.model_words import ModelWords

KINDS = {
    # what kind of item: its heading, and what seeing to it means
    "licence": (gettext_lazy("Terms of use"), gettext_lazy("Read who holds rights and what may be copied.")),
    "setting": (
        gettext_lazy("Values that no source gives"),
        gettext_lazy("Decide a value, or agree to leave it open and tick it."),
    ),
    "point": (gettext_lazy("Contact points"), gettext_lazy("Ask for the number; the administrator writes it down.")),
    "role": (gettext_lazy("Roles to fill"), gettext_lazy("Agree who does this here.")),
    "module": (gettext_lazy("Orientation"), gettext_lazy("See that those who begin go through this.")),
    "form": (gettext_lazy("Forms that are had from their owner"), gettext_lazy("Get the form and read its terms.")),
}


def items(request, model_id):
    """The list, by kind."""
    entry = library_entry(request.actor, model_id)
    if entry is None or entry.adoption is None:
        raise Http404
    words = ModelWords(entry.package, reader_language())
    lines = checklist(request.actor, model_id, reached_points(entry.package.slug))
    context = {
        "words": words,
        "model_id": model_id,
        "coordinates": Role.COORDINATOR in request.actor.roles,
        "done": sum(line.done for line in lines),
        "all": len(lines),
        "groups": [
            {"heading": heading, "about": about, "lines": _in_words(lines, kind, words)}
            for kind, (heading, about) in KINDS.items()
            if any(line.item.kind == kind for line in lines)
        ],
    }
    return render(request, "coordination/checklist.html", context)


def _in_words(lines: list[Line], kind: str, words: ModelWords) -> list[dict]:
    return [
        {"line": line, "says": words.say(line.item.says), "more": _more(line, words)}
        for line in lines
        if line.item.kind == kind
    ]


def _more(line: Line, words: ModelWords) -> str:
    more = words.say(line.item.more)
    return f"{words.package.model.licence}. {more}".strip() if line.item.kind == "licence" else more


@require_POST
def mark(request, model_id):
    """Ticks an item, or takes its tick away."""
    back = reverse("coordination:checklist", args=[model_id])
    item = request.POST.get("item", "")

    def see_to():
        if request.POST.get("done") == "no":
            untick(request.actor, model_id=model_id, item=item)
            messages.success(request, _("It waits again."))
        else:
            tick(request.actor, model_id=model_id, item=item, note=request.POST.get("note", ""))
            messages.success(request, _("Noted."))
        return back

    return press(request, see_to, back)


urls = [
    path("models/<uuid:model_id>/checklist/", items, name="checklist"),
    path("models/<uuid:model_id>/checklist/mark/", mark, name="checklist_mark"),
]
