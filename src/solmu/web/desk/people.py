"""The family's people: the list, adding, changing, taking away and bringing back."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.urls import path, reverse
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from solmu.access import gate
from solmu.access.deeds import Deed
from solmu.access.gate import Access
from solmu.families import actions, queries
from solmu.families.checking import PERSON_FIELDS
from solmu.families.models import Person
from solmu.families.queries import PersonRow
from solmu.web.desk.shell import render_family
from solmu.web.reading import whole_number
from solmu.web.sending import press, send
from solmu.web.ui.forms import Day, Form, OneOf
from solmu.web.ui.languages import language_choices

_YES_NO = [("", gettext_lazy("not known yet")), ("yes", gettext_lazy("yes")), ("no", gettext_lazy("no"))]
_THREE = {"yes": True, "no": False, "": None}
_GROUPS = (
    (gettext_lazy("Who"), ("place", "first_names", "last_name", "call_name", "other_spellings", "sign")),
    (
        gettext_lazy("Age and home"),
        ("birth_date", "birth_date_estimated", "lives_at_home", "is_guardian", "decides_self"),
    ),
    (gettext_lazy("Language"), ("language", "needs_interpreter")),
    (
        gettext_lazy("Reaching the person"),
        ("phone", "calling", "calling_note", "email", "address", "address_protected"),
    ),
    (gettext_lazy("Coming to Finland"), ("arrived_on", "together_since")),
    (gettext_lazy("Identity code"), ("identity_code", "forget_code")),
)


class PersonForm(Form):
    """Somebody in the family. Only the place and a name are asked for; the rest when it is needed."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    place = forms.ChoiceField(label=gettext_lazy("Place in the family"), choices=Person.Place.choices, widget=OneOf)
    first_names = forms.CharField(
        label=gettext_lazy("First names"),
        max_length=120,
        help_text=gettext_lazy("As heard is good enough to begin with."),
    )
    last_name = forms.CharField(label=gettext_lazy("Last name"), max_length=120, required=False)
    call_name = forms.CharField(label=gettext_lazy("Name the person is called by"), max_length=60, required=False)
    other_spellings = forms.CharField(
        label=gettext_lazy("Other spellings"),
        max_length=240,
        required=False,
        help_text=gettext_lazy("Also in another script. The person is found by each of them."),
    )
    sign = forms.ChoiceField(label=gettext_lazy("Woman, man, other"), choices=Person.Sign.choices, required=False)
    birth_date = forms.DateField(label=gettext_lazy("Date of birth"), required=False, widget=Day)
    birth_date_estimated = forms.BooleanField(label=gettext_lazy("The date is an estimate"), required=False)
    lives_at_home = forms.BooleanField(label=gettext_lazy("Lives at home"), required=False)
    is_guardian = forms.BooleanField(label=gettext_lazy("Guardian of the family's children"), required=False)
    decides_self = forms.ChoiceField(
        label=gettext_lazy("Understands and decides on own data"),
        choices=_YES_NO,
        required=False,
        help_text=gettext_lazy("A child or a young person who understands what it means gives permissions personally."),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        choices=language_choices,
        required=False,
        help_text=gettext_lazy("Only if it is another than the family's."),
    )
    needs_interpreter = forms.ChoiceField(label=gettext_lazy("Needs an interpreter"), choices=_YES_NO, required=False)
    phone = forms.CharField(
        label=gettext_lazy("Phone"), max_length=40, required=False, widget=forms.TextInput({"type": "tel"})
    )
    calling = forms.ChoiceField(label=gettext_lazy("Calling"), choices=Person.Calling.choices, required=False)
    calling_note = forms.CharField(
        label=gettext_lazy("When and how to call"),
        max_length=240,
        required=False,
        help_text=gettext_lazy("For example: after one o'clock, no messages, do not say where you call from."),
    )
    email = forms.CharField(
        label=gettext_lazy("E-mail"), max_length=254, required=False, widget=forms.TextInput({"type": "email"})
    )
    address = forms.CharField(label=gettext_lazy("Address"), max_length=240, required=False)
    address_protected = forms.BooleanField(label=gettext_lazy("Address under non-disclosure"), required=False)
    arrived_on = forms.DateField(
        label=gettext_lazy("Arrived in Finland"),
        required=False,
        widget=Day,
        help_text=gettext_lazy("For somebody born in Finland, the date of birth."),
    )
    together_since = forms.DateField(
        label=gettext_lazy("Lives together with the family in Finland since"), required=False, widget=Day
    )
    identity_code = forms.CharField(
        label=gettext_lazy("Personal identity code"),
        max_length=20,
        required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
        help_text=gettext_lazy("Not needed for help. It is kept sealed, and each look at it is logged."),
    )
    forget_code = forms.BooleanField(label=gettext_lazy("Remove the recorded identity code"), required=False)

    def __init__(self, *args, row: PersonRow | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        if row is None or not row.has_identity_code:
            del self.fields["forget_code"]
        else:
            self.fields["identity_code"].help_text = _("A code is recorded. Leave this empty to keep it.")
        if row and row.address_hidden:
            del self.fields["address"], self.fields["address_protected"]

    @property
    def groups(self):
        """The fields under their headings."""
        for heading, names in _GROUPS:
            if fields := [self[name] for name in names if name in self.fields]:
                yield heading, fields

    def details(self) -> dict:
        """What was typed, as the actions take it."""
        typed = dict(self.cleaned_data)
        typed.pop("version")
        forget, code = typed.pop("forget_code", False), typed.pop("identity_code")
        for name in ("decides_self", "needs_interpreter"):
            typed[name] = _THREE[typed[name]]
        return typed | ({"identity_code": code} if code or forget else {})


def _here(request, family_id) -> Access:
    return gate.require(request.actor, Deed.READ_PEOPLE, family_id)


def _row(access: Access, person_id) -> PersonRow:
    for row in queries.people(access):
        if row.id == person_id:
            return row
    raise Http404


def _list(request, access: Access, **more):
    rows = queries.people(access)
    context = {
        "household": [row for row in rows if row.place != Person.Place.CLOSE],
        "close": [row for row in rows if row.place == Person.Place.CLOSE],
        "removed": queries.removed_people(access),
        **more,
    }
    return render_family(request, access, "desk/people.html", "people", context)


def people(request, family_id):
    """Everybody in the family."""
    return _list(request, _here(request, family_id))


def person_new(request, family_id):
    """Adds somebody."""
    access = _here(request, family_id)
    initial = {"lives_at_home": True, "last_name": _usual_last_name(access)}
    form = PersonForm(request.POST or None, initial=initial)

    def again(status=200, **more):
        return render_family(request, access, "desk/person.html", "people", {"form": form, **more}, status)

    def add(_typed):
        person = actions.add_person(request.actor, family_id=family_id, **form.details())
        messages.success(request, _("%(name)s was added.") % {"name": person.called})
        return reverse("desk:people", args=[family_id])

    return send(request, form, add, again) if request.method == "POST" else again()


def _usual_last_name(access: Access) -> str:
    """The last name that all of the family share, if they do: the same thing is not typed twice."""
    names = {row.last_name for row in queries.people(access) if row.place != Person.Place.CLOSE}
    return names.pop() if len(names) == 1 else ""


def person(request, family_id, person_id):
    """Changes somebody's details."""
    access = _here(request, family_id)
    row = _row(access, person_id)
    form = PersonForm(request.POST or None, row=row, initial=_initial(row))

    def again(status=200, **more):
        context = {"form": form, "person": row, **more}
        return render_family(request, access, "desk/person.html", "people", context, status)

    def save(typed):
        changed = actions.update_person(
            request.actor, family_id=family_id, person_id=person_id, version=typed["version"] or 0, **form.details()
        )
        messages.success(request, _("Saved: %(name)s.") % {"name": changed.called})
        return reverse("desk:people", args=[family_id])

    def theirs(_current):
        return _saved(_row(access, person_id), form)

    return send(request, form, save, again, theirs) if request.method == "POST" else again()


def _initial(row: PersonRow) -> dict:
    words = {True: "yes", False: "no", None: ""}
    three = {name: words[getattr(row, name)] for name in ("decides_self", "needs_interpreter")}
    return {name: getattr(row, name) for name in ("version", *PERSON_FIELDS)} | three | {"phone": row.phone_shown}


def _saved(row: PersonRow, form: PersonForm) -> list[dict]:
    shown = {"place": row.place_words, "sign": row.sign_words, "calling": row.calling_words, "phone": row.phone_shown}
    for name in PERSON_FIELDS:
        if isinstance(value := getattr(row, name), bool):
            shown[name] = _("yes") if value else _("no")
    fields = {name: form.fields[name] for name in PERSON_FIELDS if name in form.fields}
    return [{"label": field.label, "saved": shown.get(name, getattr(row, name))} for name, field in fields.items()]


def person_remove(request, family_id, person_id):
    """Asks once more, then takes somebody away from the family's people; it can be undone."""
    access = _here(request, family_id)
    row = _row(access, person_id)
    back = reverse("desk:people", args=[family_id])

    def remove():
        actions.remove_person(request.actor, family_id=family_id, person_id=person_id, version=_version(request))
        said = _(
            "%(name)s was taken away from the family's people. You can bring the person back at the end of the list."
        )
        messages.success(request, said % {"name": row.called})
        return back

    if request.method == "POST":
        return press(request, remove, back)
    return render_family(request, access, "desk/person_remove.html", "people", {"person": row})


def _version(request) -> int:
    return whole_number(request.POST.get("version"))


@require_POST
def person_restore(request, family_id, person_id):
    """Brings somebody back."""
    back = reverse("desk:people", args=[family_id])

    def restore():
        restored = actions.restore_person(request.actor, family_id=family_id, person_id=person_id)
        messages.success(request, _("%(name)s is among the family's people again.") % {"name": restored.called})
        return back

    return press(request, restore, back)


@require_POST
@never_cache
def person_code(request, family_id, person_id):
    """Shows a person's identity code, in the answer to this one request only."""
    access = gate.require(request.actor, Deed.READ_IDENTITY_CODE, family_id)
    try:
        code = queries.identity_code(access, person_id)
    except actions.NoSuchPerson:
        raise Http404 from None
    return _list(request, _here(request, family_id), code=code, code_of=person_id)


urls = [
    path("families/<uuid:family_id>/people/", people, name="people"),
    path("families/<uuid:family_id>/people/new/", person_new, name="person_new"),
    path("families/<uuid:family_id>/people/<uuid:person_id>/", person, name="person"),
    path("families/<uuid:family_id>/people/<uuid:person_id>/remove/", person_remove, name="person_remove"),
    path("families/<uuid:family_id>/people/<uuid:person_id>/restore/", person_restore, name="person_restore"),
    path("families/<uuid:family_id>/people/<uuid:person_id>/code/", person_code, name="person_code"),
]
