"""The family's network: who belongs to it, when it meets, what was agreed."""

from datetime import datetime

from django import forms
from django.contrib import messages
from django.http import Http404
from django.urls import path, reverse
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_POST

from solmu.access import gate
from solmu.access.deeds import Deed
from solmu.access.gate import Access
from solmu.casework.actions import network as actions
from solmu.casework.models import NetworkMember
from solmu.casework.queries import network as queries
from solmu.kernel.clock import HELSINKI
from solmu.web import drafts
from solmu.web.desk.shell import render_family
from solmu.web.reading import whole_number
from solmu.web.sending import press, send
from solmu.web.ui.forms import AnyOf, Day, Form, OneOf, OwnWords

_KINDS = [choice for choice in NetworkMember.Kind.choices if choice[0] != NetworkMember.Kind.FAMILY]
_INTERPRETER = [
    ("", gettext_lazy("not needed")),
    ("yes", gettext_lazy("booked")),
    ("no", gettext_lazy("still to be booked")),
]
_BOOKED = {"yes": True, "no": False, "": None}
_DRAFT = "network-meeting"


class MemberForm(Form):
    """Somebody around the family."""

    kind = forms.ChoiceField(label=gettext_lazy("Who is it?"), choices=_KINDS, widget=OneOf)
    person = forms.ChoiceField(label=gettext_lazy("Somebody the family has already told of"), required=False)
    name = forms.CharField(label=gettext_lazy("Name"), max_length=120, required=False)
    organisation_name = forms.CharField(label=gettext_lazy("Organisation"), max_length=160, required=False)
    in_role = forms.CharField(
        label=gettext_lazy("In which role"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("For example: class teacher, grandmother, football coach."),
    )
    contact = forms.CharField(label=gettext_lazy("How to reach"), max_length=120, required=False)
    account_email = forms.EmailField(
        label=gettext_lazy("Work e-mail, if the person uses Solmu"),
        required=False,
        help_text=gettext_lazy("The person will see only their own promises."),
    )
    sees_name = forms.BooleanField(
        label=gettext_lazy("The family lets its name stand beside this person's promises in Solmu"), required=False
    )
    chosen_by_family = forms.BooleanField(
        label=gettext_lazy("The family has chosen this person"), required=False, initial=True
    )

    def __init__(self, *args, people=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", _("nobody from the list")), *((str(key), name) for key, name in people)]


class MeetingForm(Form):
    """A meeting to come."""

    day = forms.DateField(label=gettext_lazy("Day"), widget=Day)
    time = forms.TimeField(label=gettext_lazy("Time"), widget=forms.TimeInput({"type": "time", "class": "input"}))
    place = forms.CharField(label=gettext_lazy("Place"), max_length=160, required=False)
    chair = forms.CharField(label=gettext_lazy("Who leads the meeting"), max_length=120, required=False)
    interpreter = forms.ChoiceField(
        label=gettext_lazy("Interpreter"), choices=_INTERPRETER, required=False, widget=OneOf, initial=""
    )
    engagement = forms.ChoiceField(label=gettext_lazy("The meeting belongs to"), required=False)

    def __init__(self, *args, engagements=(), **kwargs):
        super().__init__(*args, **kwargs)
        named = [(str(key), name) for key, name in engagements]
        self.fields["engagement"].choices = [*named, ("", _("nothing in particular"))]


class HeldForm(Form):
    """A meeting that has been held."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    family_present = forms.ChoiceField(
        label=gettext_lazy("Was the family there?"),
        choices=[("yes", gettext_lazy("yes")), ("no", gettext_lazy("no"))],
        widget=OneOf,
    )
    family_absent_reason = forms.CharField(
        label=gettext_lazy("Why was the family not there?"), required=False, widget=forms.Textarea({"rows": 2})
    )
    present = forms.MultipleChoiceField(label=gettext_lazy("Who were there?"), required=False, widget=AnyOf)
    interpreter = forms.ChoiceField(
        label=gettext_lazy("Interpreter"),
        choices=[
            ("", gettext_lazy("not needed")),
            ("yes", gettext_lazy("was there")),
            ("no", gettext_lazy("was missing")),
        ],
        required=False,
        widget=OneOf,
    )
    agreed = forms.CharField(label=gettext_lazy("What was agreed, in words everybody understands"), widget=OwnWords)
    period_ends_on = forms.DateField(
        label=gettext_lazy("The action period ends"),
        required=False,
        widget=Day,
        help_text=gettext_lazy("On that day you look at the promises together and agree how to go on."),
    )

    def __init__(self, *args, members=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["present"].choices = [(str(member.id), member.name) for member in members]


def _here(request, family_id) -> tuple[Access, object]:
    access = gate.require(request.actor, Deed.READ_NETWORK, family_id)
    case = queries.case_here(access)
    if case is None:
        raise Http404
    return access, case


def network(request, family_id):
    """The network's page."""
    access = gate.require(request.actor, Deed.READ_NETWORK, family_id)
    case = queries.case_here(access)
    found = queries.network(access, case) if case else None
    return render_family(request, access, "desk/network.html", "network", {"network": found})


def member_new(request, family_id):
    """Adds somebody to the network."""
    access, case = _here(request, family_id)
    people = queries.close_people(access, case)
    initial = {"kind": NetworkMember.Kind.PROFESSIONAL, "chosen_by_family": True}
    form = MemberForm(request.POST or None, people=people, initial=initial)
    if not people:
        del form.fields["person"]

    def again(status=200, **more):
        return render_family(request, access, "desk/network_member.html", "network", {"form": form, **more}, status)

    def add(typed):
        person_id = typed.pop("person", "") or None
        actions.add_member(request.actor, case_id=case.id, person_id=person_id, **typed)
        messages.success(request, _("Added to the network."))
        return reverse("desk:network", args=[family_id])

    return send(request, form, add, again) if request.method == "POST" else again()


@require_POST
def member_state(request, family_id, member_id):
    """Moves a member on: invited, joined, declined, struck out."""

    def move():
        actions.set_member_state(
            request.actor,
            member_id=member_id,
            version=_version(request),
            state=request.POST.get("state", ""),
            family_agrees="family_agrees" in request.POST,
        )
        messages.success(request, _("Saved."))
        return back

    back = reverse("desk:network", args=[family_id])
    return press(request, move, back)


def _version(request) -> int:
    return whole_number(request.POST.get("version"))


def meeting_new(request, family_id):
    """Agrees on a network meeting."""
    access, case = _here(request, family_id)
    found = queries.network(access, case)
    form = MeetingForm(request.POST or None, engagements=found.engagements)

    def again(status=200, **more):
        context = {"form": form, "network": found, **more}
        return render_family(request, access, "desk/network_meeting_new.html", "network", context, status)

    def agree(typed):
        actions.agree_meeting(
            request.actor,
            case_id=case.id,
            starts_at=datetime.combine(typed["day"], typed["time"], tzinfo=HELSINKI),
            place=typed["place"],
            chair=typed["chair"],
            interpreter_booked=_BOOKED[typed["interpreter"]],
            engagement_id=typed["engagement"] or None,
        )
        messages.success(request, _("The meeting is agreed. It waits for both of you on its day."))
        return reverse("desk:network", args=[family_id])

    return send(request, form, agree, again) if request.method == "POST" else again()


def meeting(request, family_id, meeting_id):
    """One meeting: ahead, held or cancelled."""
    access, case = _here(request, family_id)
    found = queries.network(access, case)
    row = next((each for each in found.meetings if each.id == meeting_id), None)
    if row is None:
        gate.require(request.actor, Deed.READ_NETWORK, meeting_id)  # of another family: as if it did not exist
    typed, restored_at = drafts.begun(request, HeldForm, _DRAFT, str(meeting_id))
    initial = {"version": row.version, "interpreter": "yes" if row.interpreter_booked else "", **typed}
    form = HeldForm(request.POST or None, members=found.members, initial=initial)

    def again(status=200, **more):
        context = {"form": form, "meeting": row, "network": found, "restored_at": restored_at, **more}
        return render_family(request, access, "desk/network_meeting.html", "network", context, status)

    def hold(typed):
        actions.hold_meeting(
            request.actor,
            meeting_id=meeting_id,
            version=typed["version"],
            present_ids=typed["present"],
            family_present=typed["family_present"] == "yes",
            family_absent_reason=typed["family_absent_reason"],
            interpreter_booked=_BOOKED[typed["interpreter"]],
            agreed=typed["agreed"],
            period_ends_on=typed["period_ends_on"],
        )
        drafts.discard(request, _DRAFT, str(meeting_id))
        messages.success(request, _("The meeting is recorded. Write the promises down next."))
        return reverse("desk:network_meeting", args=[family_id, meeting_id])

    return send(request, form, hold, again, _saved_meeting) if request.method == "POST" else again()


def _saved_meeting(current) -> list[dict]:
    return [
        {"label": _("State"), "saved": current.get_state_display()},
        {"label": _("What was agreed"), "saved": current.agreed},
    ]


@require_POST
def meeting_cancel(request, family_id, meeting_id):
    """Cancels a meeting that has not been held."""
    back = reverse("desk:network", args=[family_id])

    def cancel():
        reason = request.POST.get("reason", "")
        actions.cancel_meeting(request.actor, meeting_id=meeting_id, version=_version(request), reason=reason)
        messages.success(request, _("The meeting is cancelled."))
        return back

    return press(request, cancel, reverse("desk:network_meeting", args=[family_id, meeting_id]))


_FAMILY = "families/<uuid:family_id>/network/"
urls = [
    path(_FAMILY, network, name="network"),
    path(f"{_FAMILY}members/new/", member_new, name="network_member_new"),
    path(f"{_FAMILY}members/<uuid:member_id>/", member_state, name="network_member_state"),
    path(f"{_FAMILY}meetings/new/", meeting_new, name="network_meeting_new"),
    path(f"{_FAMILY}meetings/<uuid:meeting_id>/", meeting, name="network_meeting"),
    path(f"{_FAMILY}meetings/<uuid:meeting_id>/cancel/", meeting_cancel, name="network_meeting_cancel"),
]
