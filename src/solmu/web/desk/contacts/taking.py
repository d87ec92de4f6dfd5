"""The list of contacts, and the form with which one is taken or mended."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from solmu.access import gate
from solmu.access.deeds import Deed
from solmu.casework.actions.contacts import SAID, take_contact, update_contact
from solmu.casework.models import Contact
from solmu.casework.queries.contacts import ContactView, contact as read_contact, contacts_page, record_of, view_of
from solmu.families.queries import family_head, search
from solmu.families.rules.phones import looks_like_phone
from solmu.organisations.queries import colleagues
from solmu.situations.models import Domain
from solmu.web import drafts
from solmu.web.desk.contacts.forms import ContactForm
from solmu.web.desk.search import searched
from solmu.web.reading import identifier, whole_number
from solmu.web.sending import send

DRAFT = "contact"


def contacts(request):
    """The unit's contacts that are open to the worker."""
    gate.require(request.actor, Deed.TAKE_CONTACT)
    rows, page = contacts_page(request.actor, whole_number(request.GET.get("page"), 1))
    return render(request, "desk/contacts.html", {"rows": rows, "page": page})


def contact_new(request):
    """Takes a contact: search first, then the own words."""
    gate.require(request.actor, Deed.TAKE_CONTACT)
    about = _family_in_address(request)
    kept = drafts.kept(request, DRAFT, about) if request.method == "GET" else None
    restored_at = drafts.kept_at(request, DRAFT, about) if kept else None
    if request.POST.get("press") == "discard":
        drafts.discard(request, DRAFT, about)
        return redirect(request.get_full_path())

    if request.method == "POST" and request.POST.get("press") == "save":
        form = _form(request, data=request.POST)
    else:
        typed = kept or request.POST
        initial = drafts.typed_before(ContactForm, typed) if typed else _from_search(request)
        initial["family_id"] = request.POST.get("choose", initial.get("family_id") or about)
        form = _form(request, initial={**initial, "interpreter": initial.get("interpreter") or "unknown"})

    def again(status=200, **more):
        return _show(request, form, about, restored_at, status, **more)

    def take(typed):
        contact = take_contact(request.actor, family_id=typed["family_id"], **_said(typed), **_pair(typed))
        drafts.discard(request, DRAFT, about)
        return _onward(request, contact, _("The contact has been taken."))

    return send(request, form, take, again) if form.is_bound else again()


def contact_edit(request, contact_id):
    """Mends or completes what was heard."""
    access = gate.require(request.actor, Deed.READ_CONTACT, record_of(contact_id))
    view = read_contact(access, contact_id)
    kept = drafts.kept(request, DRAFT, str(contact_id)) if request.method == "GET" else None
    restored_at = drafts.kept_at(request, DRAFT, str(contact_id)) if kept else None
    if request.POST.get("press") == "discard":
        drafts.discard(request, DRAFT, str(contact_id))
        return redirect("desk:contact_edit", contact_id)
    initial = drafts.typed_before(ContactForm, kept) if kept else _initial(view)
    data = request.POST if request.method == "POST" else None
    form = _form(request, data=data, initial=initial, keep=(view.pair_id, view.pair_name))

    def again(status=200, **more):
        return _show(request, form, str(contact_id), restored_at, status, contact=view, **more)

    def mend(typed):
        contact = update_contact(
            request.actor, contact_id=contact_id, expected=typed["version"] or 0, **_said(typed), **_pair(typed)
        )
        drafts.discard(request, DRAFT, str(contact_id))
        return _onward(request, contact, _("Saved."))

    def theirs(current: Contact):
        return _rows(form, view_of(access, current))

    return send(request, form, mend, again, theirs) if form.is_bound else again()


def _from_search(request) -> dict:
    """What was searched with goes along: a telephone number or a name, never a number that names somebody."""
    text = searched(request) if request.GET.get("from") == "search" else ""
    if looks_like_phone(text):
        return {"caller_phone": text}
    return {} if any(letter.isdigit() for letter in text) else {"caller_name": text}


def _family_in_address(request) -> str:
    return str(identifier(request.GET.get("family")) or "")


def _form(request, *, data=None, initial=None, keep: tuple[UUID | None, str] = (None, "")) -> ContactForm:
    people = colleagues(request.actor)
    if keep[0] and keep[0] not in {key for key, _name in people}:
        people = [*people, keep]
    return ContactForm(data, initial=initial, colleagues=people)


def _show(request, form: ContactForm, about: str, restored_at: datetime | None, status: int, contact=None, **more):
    """The form; with a family chosen its name, after a search what was found."""
    family_id = identifier(form["family_id"].value())
    family = None
    if family_id and contact is None:
        family = family_head(gate.require(request.actor, Deed.READ_CONTACT, family_id))
    looked_for = request.POST.get("q", "").strip() or request.POST.get("caller_name", "").strip()
    looked = request.POST.get("press") == "look" and bool(looked_for)
    context = {
        "form": form,
        "contact": contact,
        "family": family,
        "looked_for": looked_for if looked else "",
        "found": search(request.actor, looked_for) if looked else None,
        "restored_at": restored_at,
        "draft_url": reverse("desk:draft", args=[DRAFT, about] if about else [DRAFT]),
        **more,
    }
    return render(request, "desk/contact_form.html", context, status=status)


def _said(typed: dict) -> dict:
    return {name: typed[name] for name in SAID}


def _pair(typed: dict) -> dict:
    return {"pair_account_id": typed["pair_account_id"]}


def _initial(view: ContactView) -> dict:
    return {name: getattr(view, name) for name in SAID} | {"pair_account_id": view.pair_id, "version": view.version}


def _onward(request, contact: Contact, said: str) -> str:
    messages.success(request, said)
    page = "desk:contact_safety" if contact.safety == Contact.Safety.DANGER else "desk:contact"
    return reverse(page, args=[contact.id])


def _rows(form: ContactForm, saved: ContactView) -> list[dict]:
    """What the other has saved differently from what stands in the form."""
    rows = []
    for name in (*SAID, "pair_account_id"):
        theirs = getattr(saved, "pair_id" if name == "pair_account_id" else name)
        if theirs != form.cleaned_data.get(name):
            rows.append({"label": form.fields[name].label, "saved": _worded(name, theirs, saved)})
    return rows


def _worded(name: str, value, saved: ContactView) -> str:
    if name == "domains":
        return ", ".join(str(Domain(code).label) for code in value)
    if name == "pair_account_id":
        return saved.pair_name
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(getattr(saved, f"{name}_words", value) or "")
