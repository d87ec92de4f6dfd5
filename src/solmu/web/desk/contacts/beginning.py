"""Work with a family begins from a contact: the family is found or made, and the pair is named."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from solmu.access import gate
from solmu.access.deeds import Deed
from solmu.casework.actions.cases import HasItsPair, open_case, pass_contact
from solmu.casework.queries.cases import family_with_reference
from solmu.casework.queries.contacts import ContactView, contact as read_contact, record_of
from solmu.families.queries import Found, duplicates, family_head, search
from solmu.kernel.errors import InvalidInput
from solmu.organisations.queries import colleagues
from solmu.web import drafts
from solmu.web.desk.contacts.forms import BeginForm
from solmu.web.reading import identifier, whole_number
from solmu.web.sending import press, send

_FAMILY = ("name", "language", "interpreter", "interpreter_wish", "area")
_PAIR = ("pair_account_id", "no_pair_yet", "looks_after", "pair_looks_after")
_ROWS, _MOST_ROWS = 3, 12


class _PerhapsSame(InvalidInput):
    """Somebody like these people is known already; a person decides whether it is the same family."""

    def __init__(self, found: Found):
        self.found = found
        super().__init__({"another": _("Look at what was found, then say that this is another family, or choose it.")})


def contact_begin(request, contact_id):
    """Begins work with the family."""
    access = gate.require(request.actor, Deed.READ_CONTACT, record_of(contact_id))
    view = read_contact(access, contact_id)
    if view.state == "case":
        return HttpResponseRedirect(reverse("desk:family", args=[view.family_id]))
    pressed = request.POST.get("press", "")
    rows = _rows(request)
    if pressed in {"save", "pass"}:
        form = _form(request, rows, data=request.POST)
    else:
        form = _form(request, rows, initial=_initial(request, view, rows))
    state = {"found": None, "has_its_pair": False}

    def again(status=200, **more):
        context = {"form": form, "contact": view, "rows": rows, **_looked(request, form, view), **more}
        if state["found"]:
            context["found"] = state["found"]
        context["has_its_pair"] = state["has_its_pair"]
        return render(request, "desk/contact_begin.html", context, status=status)

    def begin(typed):
        try:
            return _begin(request, contact_id, form, typed)
        except _PerhapsSame as refused:
            state["found"] = refused.found
            raise
        except HasItsPair:
            state["has_its_pair"] = True
            raise

    if pressed == "pass" and form.is_valid():
        return press(request, lambda: _pass_on(request, contact_id, form), reverse("desk:contact", args=[contact_id]))
    return send(request, form, begin, again) if form.is_bound else again()


def _begin(request, contact_id: UUID, form: BeginForm, typed: dict) -> str:
    family_id = _chosen(request, typed)
    told = [] if family_id else form.told()
    new = None
    if not family_id:
        new = {name: typed[name] for name in _FAMILY} | {"people": [person for _number, person in told]}
        _look_before_making(request, typed, new)
    try:
        case = open_case(
            request.actor,
            contact_id=contact_id,
            family_id=family_id,
            new_family=new,
            **{name: typed[name] for name in _PAIR},
        )
    except InvalidInput as refused:
        raise InvalidInput(_at_their_rows(refused.errors, [number for number, _person in told])) from None
    messages.success(request, _("Work with the family has begun. Next: draw the life-situation map together."))
    return reverse("desk:family", args=[case.family_id])


def _look_before_making(request, typed: dict, new: dict) -> None:
    if typed["another"]:
        return
    found = duplicates(request.actor, new["people"])
    if found.rows or found.hints:
        raise _PerhapsSame(found)


def _pass_on(request, contact_id: UUID, form: BeginForm) -> str:
    family_id = _chosen(request, form.cleaned_data)
    if family_id is None:
        raise InvalidInput({"family_id": _("Choose the family first.")})
    pass_contact(request.actor, contact_id=contact_id, family_id=family_id)
    messages.success(request, _("The contact now waits for the family's own pair."))
    return reverse("desk:contacts")


def _chosen(request, typed: dict) -> UUID | None:
    """The family chosen from what was found, or by a number that somebody said; None for a new one."""
    if typed["family_id"] or not typed["reference"].strip():
        return typed["family_id"]
    family_id = family_with_reference(request.actor, typed["reference"])
    if family_id is None:
        sentence = _("No family of your organisation has this number. Check it, or make a new family.")
        raise InvalidInput({"reference": sentence})
    return family_id


def _at_their_rows(errors: dict, numbers: list[int]) -> dict:
    """The faults of people at the rows where they were written: empty rows between them do not count."""
    moved = {}
    for key, sentence in errors.items():
        head, _dash, rest = key.removeprefix("people-").partition("-")
        is_persons = key.startswith("people-") and head.isdigit()
        moved[f"people-{numbers[int(head)]}-{rest}" if is_persons else key] = sentence
    return moved


def _rows(request) -> int:
    rows = whole_number(request.POST.get("rows"), _ROWS)
    rows += request.POST.get("press") == "more"
    return max(1, min(rows, _MOST_ROWS))


def _form(request, rows: int, **kwargs) -> BeginForm:
    return BeginForm(kwargs.pop("data", None), colleagues=colleagues(request.actor), rows=rows, **kwargs)


def _initial(request, view: ContactView, rows: int) -> dict:
    """What is typed so far, or what the contact tells already: nothing is asked twice."""
    if request.method == "POST":
        typed = {name: request.POST.get(name, "") for name in request.POST}
        return {
            **drafts.typed_before(BeginForm, request.POST),
            **typed,
            "family_id": request.POST.get("choose", typed.get("family_id")),
        }
    first, _space, last = view.caller_name.partition(" ") if view.by == "person" else ("", "", "")
    return {
        "family_id": view.family_id,
        "name": last or first,
        "language": view.language,
        "interpreter": view.interpreter,
        "pair_account_id": view.taken_by if view.pair_id == request.actor.account_id else view.pair_id,
        "people-0-place": "adult",
        "people-0-first_names": first,
        "people-0-last_name": last,
        "people-0-phone": view.phone_shown if view.by == "person" else "",
    }


def _looked(request, form: BeginForm, view: ContactView) -> dict:
    """The chosen family's name, or what a search found; on first sight, a search with the caller's own name."""
    chosen = identifier(form["family_id"].value())
    if chosen:
        access = gate.require(request.actor, Deed.READ_FAMILY, chosen)
        return {"family": family_head(access)}
    if request.method == "POST" and request.POST.get("press") != "look":
        return {}
    text = request.POST.get("q", view.caller_name if request.method == "GET" else "").strip()
    return {"looked_for": text, "found": search(request.actor, text) if text else None}
