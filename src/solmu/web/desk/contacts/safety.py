"""What to do when somebody is in danger, and the recorded consideration of the child welfare notification."""

from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from solmu.access import gate
from solmu.access.deeds import Deed
from solmu.access.gate import Access
from solmu.casework.actions.contacts import answer_safety
from solmu.casework.actions.notifications import consider_notification
from solmu.casework.queries.contacts import considered, contact as read_contact, record_of, view_of
from solmu.directory.queries import help_at_once
from solmu.web.desk.contacts.forms import FAMILY_TOLD, ConsideredForm, SafetyForm
from solmu.web.desk.shell import render_family
from solmu.web.sending import send


def contact_safety(request, contact_id):
    """What to do now, the answer about safety, and what was considered."""
    access = gate.require(request.actor, Deed.READ_CONTACT, record_of(contact_id))
    view = read_contact(access, contact_id)
    answers, considers = request.POST.get("press") == "answer", request.POST.get("press") == "consider"
    initial = {"safety": view.safety, "safety_ask_on": view.safety_ask_on, "version": view.version}
    safety = SafetyForm(request.POST if answers else None, initial=initial)
    form = ConsideredForm(request.POST if considers else None)

    def again(status=200, **more):
        context = {**_now(access, form), "contact": view, "safety_form": safety, **more}
        return render(request, "desk/contact_safety.html", context, status=status)

    def answer(typed):
        answer_safety(
            request.actor,
            contact_id=contact_id,
            expected=typed["version"] or 0,
            safety=typed["safety"],
            safety_ask_on=typed["safety_ask_on"],
        )
        messages.success(request, _("The answer has been saved."))
        return reverse("desk:contact_safety" if typed["safety"] == "danger" else "desk:contact", args=[contact_id])

    def theirs(current):
        saved = view_of(access, current)
        return [{"label": _("Is everybody safe at home?"), "saved": saved.safety_words}]

    if answers:
        return send(request, safety, answer, again, theirs)
    back = reverse("desk:contact_safety", args=[contact_id])
    return _consider(request, access, form, again, back, contact_id) if considers else again()


def family_safety(request, family_id):
    """The same for a family: what to do now, and what was considered."""
    access = gate.require(request.actor, Deed.READ_CONTACT, family_id)
    considers = request.method == "POST"
    form = ConsideredForm(request.POST if considers else None)

    def again(status=200, **more):
        return render_family(request, access, "desk/family_safety.html", "", {**_now(access, form), **more}, status)

    back = reverse("desk:family_safety", args=[family_id])
    return _consider(request, access, form, again, back) if considers else again()


def _now(access: Access, form: ConsideredForm) -> dict:
    return {"form": form, "rows": considered(access), "points": help_at_once()}


def _consider(request, access: Access, form: ConsideredForm, again, back: str, contact_id=None):
    def consider(typed):
        told = FAMILY_TOLD[typed.pop("family_told")]
        consider_notification(
            request.actor, record_id=access.record_id, contact_id=contact_id, family_told=told, **typed
        )
        messages.success(request, _("Your consideration has been recorded. Solmu has sent nothing to anybody."))
        return back

    return send(request, form, consider, again)
