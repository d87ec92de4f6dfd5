"""One contact: what was said, what has happened since, and what can be done next."""

from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from solmu.access import gate
from solmu.access.deeds import Deed
from solmu.casework.actions.contacts import end_with_advice, reopen_contact
from solmu.casework.queries.contacts import considered, contact as read_contact, record_of, view_of
from solmu.situations.models import Domain
from solmu.web.desk.contacts.forms import AdviceForm
from solmu.web.reading import whole_number
from solmu.web.sending import press, send


def contact(request, contact_id):
    """The contact's page."""
    access = gate.require(request.actor, Deed.READ_CONTACT, record_of(contact_id))
    view = read_contact(access, contact_id)
    context = {"contact": view, "domains": [Domain(code).label for code in view.domains], "rows": considered(access)}
    return render(request, "desk/contact.html", context)


def contact_advice(request, contact_id):
    """Ends the contact with advice."""
    access = gate.require(request.actor, Deed.READ_CONTACT, record_of(contact_id))
    view = read_contact(access, contact_id)
    initial = {"version": view.version, "advice": view.advice}
    form = AdviceForm(request.POST if request.method == "POST" else None, initial=initial)

    def again(status=200, **more):
        return render(request, "desk/contact_advice.html", {"form": form, "contact": view, **more}, status=status)

    def end(typed):
        end_with_advice(request.actor, contact_id=contact_id, expected=typed["version"], advice=typed["advice"])
        messages.success(request, _("The contact ended with advice. You can open it again from this page."))
        return reverse("desk:contact", args=[contact_id])

    def theirs(current):
        saved = view_of(access, current)
        return [{"label": _("In own words"), "saved": saved.words}, {"label": _("Advice"), "saved": saved.advice}]

    return send(request, form, end, again, theirs) if form.is_bound else again()


@require_POST
def contact_reopen(request, contact_id):
    """Takes up again a contact that ended with advice."""
    back = reverse("desk:contact", args=[contact_id])

    def reopen():
        reopen_contact(request.actor, contact_id=contact_id, expected=whole_number(request.POST.get("version")))
        messages.success(request, _("The contact is open again and waits for you."))
        return back

    return press(request, reopen, back)
