"""Answering a form: page by page, kept as it goes on, finished when nothing is lacking, mended with a reason."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from solmu.access import gate
from solmu.access.deeds import Deed
from solmu.access.gate import AccessRefused
from solmu.instruments import actions
from solmu.instruments.queries import response
from solmu.instruments.rules.answers import room
from solmu.instruments.rules.response import from_items
from solmu.instruments.rules.typed import number_in, of_form, repeated
from solmu.kernel.clock import HELSINKI
from solmu.kernel.errors import Conflict, InvalidInput, Refused
from solmu.web import drafts
from solmu.web.desk.forms.open_form import OpenForm
from solmu.web.desk.forms.telling import differences
from solmu.web.once import carry_out
from solmu.web.reading import whole_number
from solmu.web.sending import press


def _open(request, family_id, response_id, *, amending: bool = False) -> OpenForm:
    access = gate.require(request.actor, Deed.READ_ANSWERS, family_id)
    view = response(access, response_id)
    if view is None:
        raise Http404
    return OpenForm(request, access, view, amending)


def answer(request, family_id, response_id):
    """Answers a form that has been begun."""
    opened = _open(request, family_id, response_id)
    if not opened.view.is_open or not opened.access.allows(Deed.WRITE_ANSWERS):
        return redirect("desk:form_response", family_id, response_id)
    if request.method == "POST":
        return _sent(opened, _go_on)
    if "check" in request.GET:
        opened.check()
        return opened.show()
    return _with_draft(opened)


def amend(request, family_id, response_id):
    """Mends answers that have been finished; the earlier ones stay."""
    opened = _open(request, family_id, response_id, amending=True)
    if opened.view.is_open or not opened.access.allows(Deed.WRITE_ANSWERS):
        return redirect("desk:form_response", family_id, response_id)
    return _sent(opened, _mend) if request.method == "POST" else _with_draft(opened)


def _with_draft(opened: OpenForm) -> HttpResponse:
    request, about = opened.request, str(opened.view.row.id)
    draft = drafts.kept(request, opened.draft, about)
    if draft is None:
        return opened.show()
    opened.lay_out(of_form(dict(draft.lists())))
    opened.errors = {}
    told = {"reason": draft.get("reason", ""), "version": _seen(opened, draft)}
    return opened.show(restored=drafts.kept_at(request, opened.draft, about), **told)


def _seen(opened: OpenForm, typed) -> int:
    """The version that the writer saw when writing: kept through every page until it is saved, so nothing is lost."""
    return whole_number(typed.get("version")) or opened.view.version


def _sent(opened: OpenForm, carry: Callable[[OpenForm, str], str]) -> HttpResponse:
    """What was sent: more or fewer fields, what follows from an answer, or answers to be kept."""
    request, deed = opened.request, opened.request.POST.get("do", "")
    if deed == "fresh":
        drafts.discard(request, opened.draft, str(opened.view.row.id))
        return redirect(request.get_full_path())
    typed = of_form(dict(request.POST.lists()))
    told = {"reason": request.POST.get("reason", ""), "version": _seen(opened, request.POST)}
    opened.lay_out(typed)
    if deed.startswith(("more:", "less:")):
        left = room(opened.form, opened.typed.answers)
        opened.lay_out(repeated(opened.form, typed, deed, HELSINKI, left))
    if deed.startswith(("more:", "less:", "refresh")):
        opened.errors = {}
        return opened.show(**told)
    if opened.typed.faults:
        return opened.show(422, **told)
    if deed == "finish" and opened.unseen():
        return opened.show(more_follows=True, **told)
    try:
        return carry_out(request, lambda: carry(opened, deed))
    except AccessRefused:
        raise
    except Conflict as conflict:
        theirs = differences(opened.form, from_items(opened.form, conflict.current.answers), opened.typed.answers)
        return opened.show(409, theirs=theirs, **{**told, "version": conflict.current.version})
    except InvalidInput as refused:
        opened.errors |= {name: str(said) for name, said in refused.errors.items() if number_in(name) is not None}
        of_whole = [str(refused.errors[name]) for name in ("", "reason") if name in refused.errors]
        return opened.show(422, said=of_whole, **told)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("desk:form_response", opened.access.record_id, opened.view.row.id)


def _told(opened: OpenForm) -> dict:
    version = whole_number(opened.request.POST.get("version"))
    return {
        "family_id": opened.access.record_id,
        "response_id": opened.view.row.id,
        "version": version,
        "answers": opened.typed.answers,
    }


def _go_on(opened: OpenForm, deed: str) -> str:
    """Keeps this page's answers, and turns the page or finishes."""
    request, told = opened.request, _told(opened)
    row = actions.save_answers(request.actor, **told)
    drafts.discard(request, opened.draft, str(opened.view.row.id))
    if deed == "next":
        return opened.address(opened.turned(1))
    if deed == "back":
        return opened.address(opened.turned(-1))
    if deed == "finish":
        return _finish(opened, told | {"version": row.version})
    messages.success(request, _("Saved. You can go on later."))
    return reverse("desk:forms", args=[opened.access.record_id])


def _finish(opened: OpenForm, told: dict) -> str:
    try:
        actions.complete_answers(opened.request.actor, **told)
    except InvalidInput as lacking:  # what was answered is saved; the page tells what is still to be answered
        first = min(lacking.errors, key=lambda name: number_in(name) or 0)
        return opened.address(opened.page_of(first), check=1)
    messages.success(opened.request, _("The form is finished."))
    return reverse("desk:form_response", args=[opened.access.record_id, opened.view.row.id])


def _mend(opened: OpenForm, _deed: str) -> str:
    request = opened.request
    actions.amend_answers(request.actor, **_told(opened), reason=request.POST.get("reason", ""))
    drafts.discard(request, opened.draft, str(opened.view.row.id))
    messages.success(request, _("The answers are mended. The earlier ones stay readable."))
    return reverse("desk:form_response", args=[opened.access.record_id, opened.view.row.id])


@require_POST
def discard(request, family_id, response_id):
    """Takes away a form that was begun by mistake."""
    back = reverse("desk:forms", args=[family_id])

    def take_away():
        version = whole_number(request.POST.get("version"))
        actions.discard_response(request.actor, family_id=family_id, response_id=response_id, version=version)
        messages.success(request, _("Taken away."))
        return back

    return press(request, take_away, back)
