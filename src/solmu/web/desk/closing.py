"""The course of the work, its closing, the follow-up after it, and taking it up again."""

from collections.abc import Iterator

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.urls import path, reverse
from django.utils.translation import gettext as _, gettext_lazy

from solmu.access import gate
from solmu.access.classes import InformationClass as C
from solmu.access.deeds import Deed
from solmu.access.gate import Access
from solmu.casework.actions import cases, closing as actions
from solmu.casework.models import Case, HelpCame
from solmu.casework.queries import closing as queries
from solmu.casework.queries.chronology import Event, chronology, noon
from solmu.casework.queries.network import case_here, running_engagements
from solmu.casework.rules.closing import HANDED_ON, LEFT, RELEASED, PromiseEnd
from solmu.referrals.queries.sent import SentRow, sent_of_family
from solmu.web import drafts
from solmu.web.desk.shell import render_family
from solmu.web.sending import send
from solmu.web.ui.forms import Day, Form, OneOf, OwnWords

_EVENTS = 40
_ENDS = [
    (HANDED_ON, gettext_lazy("goes on with somebody else")),
    (RELEASED, gettext_lazy("is no longer needed")),
    (LEFT, gettext_lazy("stays with its promiser")),
]


_DRAFT = "case-close"


class CloseForm(Form):
    """Everything that is said when the work ends, and what becomes of each open promise and prepared contact."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    closing_reason = forms.ChoiceField(label=gettext_lazy("Why does the work end?"), widget=OneOf)
    outcome = forms.ChoiceField(label=gettext_lazy("What came of it?"), widget=OneOf)
    what_changed = forms.CharField(
        label=gettext_lazy("What changed, in the family's words if you can"),
        widget=OwnWords({"class": "input-own is-bond"}),
    )
    help_came = forms.ChoiceField(
        label=gettext_lazy("Ask the family: did help come?"), choices=HelpCame.choices, widget=OneOf
    )
    family_words = forms.CharField(
        label=gettext_lazy("The family's own words"), required=False, widget=OwnWords({"rows": 2})
    )
    family_told_on = forms.DateField(label=gettext_lazy("The family was told on"), required=False, widget=Day)
    family_told_how = forms.CharField(
        label=gettext_lazy("How was the family told?"),
        max_length=120,
        help_text=gettext_lazy("For example: together at the last meeting, with an interpreter."),
    )
    follow_up_on = forms.DateField(
        label=gettext_lazy("Follow-up with the family"),
        required=False,
        widget=Day,
        help_text=gettext_lazy("Until then both of you keep your access. Leave empty if no follow-up was agreed."),
    )
    follow_up_note = forms.CharField(
        label=gettext_lazy("What is asked then, or why there is no follow-up"),
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )

    def __init__(self, *args, to_close: queries.ToClose, referrals: dict, **kwargs):
        super().__init__(*args, **kwargs)
        self.to_close, self.referrals = to_close, referrals
        self.fields["closing_reason"].choices = to_close.reasons.items()
        self.fields["outcome"].choices = to_close.outcomes.items()
        for promise in to_close.promises:
            plain = {"class": "input"}
            self.fields[f"how_{promise.id}"] = forms.ChoiceField(label=_("The promise"), choices=_ENDS, widget=OneOf)
            self.fields[f"word_{promise.id}"] = forms.CharField(
                label=_("To whom, or why"), max_length=160, required=False, widget=forms.TextInput(plain)
            )
            self.fields[f"due_{promise.id}"] = forms.DateField(
                label=_("By when, if it stays"), required=False, initial=promise.due_on, widget=Day(plain)
            )
        for referral_id, goes_on in to_close.referrals.items():
            if goes_on:
                self.fields[f"left_{referral_id}"] = forms.BooleanField(required=False)

    def promise_fields(self) -> Iterator[tuple]:
        """Each open promise with its three fields."""
        for promise in self.to_close.promises:
            yield promise, self[f"how_{promise.id}"], self[f"word_{promise.id}"], self[f"due_{promise.id}"]

    def referral_fields(self) -> Iterator[tuple]:
        """Each open prepared contact with its tick, and its row when there is one."""
        for referral_id, goes_on in self.to_close.referrals.items():
            yield self.referrals.get(referral_id), self[f"left_{referral_id}"] if goes_on else None

    def said(self) -> dict:
        """What `close_case` takes."""
        typed = self.cleaned_data
        plain = {name: typed[name] for name in CloseForm.base_fields}
        ends = {
            each.id: PromiseEnd(typed[f"how_{each.id}"], typed[f"word_{each.id}"], typed[f"due_{each.id}"])
            for each in self.to_close.promises
        }
        left = [each for each, goes_on in self.to_close.referrals.items() if goes_on and typed[f"left_{each}"]]
        return {**plain, "promises": ends, "referrals_left": left}


class FollowUpForm(Form):
    """How the family is now."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    help_came = forms.ChoiceField(
        label=gettext_lazy("Ask the family: did help come?"), choices=HelpCame.choices, widget=OneOf
    )
    words = forms.CharField(label=gettext_lazy("The family's own words"), required=False, widget=OwnWords)
    reopen = forms.ChoiceField(
        label=gettext_lazy("How do you go on?"),
        choices=[("", gettext_lazy("the work ends here")), ("yes", gettext_lazy("the work is taken up again"))],
        required=False,
        initial="",
        widget=OneOf,
    )
    reopened_reason = forms.CharField(
        label=gettext_lazy("Why is it taken up again?"), required=False, widget=forms.Textarea({"rows": 2})
    )


class ReopenForm(Form):
    """Why the work is taken up again."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label=gettext_lazy("Why is it taken up again?"), widget=OwnWords)


def case(request, family_id):
    """The course of the work and where it stands."""
    access = gate.require(request.actor, Deed.READ_FAMILY, family_id)
    row = case_here(access) if access.covers(C.CASEWORK) else None
    events = chronology(access, _referral_events(access))
    page = Paginator(events, _EVENTS).get_page(request.GET.get("page"))
    context = {
        "case": row,
        "closed": queries.closed(row) if row else None,
        "page": page,
        "engagements": running_engagements(row) if row else [],
    }
    return render_family(request, access, "desk/case.html", "case", context)


def _referral_events(access: Access) -> Iterator[Event]:
    """Prepared contacts by their state only: the receiver's name may reveal what the help is about."""
    for row in sent_of_family(access) if access.covers(C.CASEWORK) else ():
        yield Event(row.created_at, "doc", _("A contact began to be prepared"), row.reference, "referrals")
        if row.sent_at:
            yield Event(row.sent_at, "send", _("A prepared contact was sent"), row.reference, "referrals")
        if row.ended_at:
            title = _("Prepared contact: %(state)s") % {"state": row.state_words}
            yield Event(row.ended_at, "check", title, row.reference, "referrals")
        if row.family_told_on:
            yield Event(noon(row.family_told_on), "heart", _("The family was told"), row.reference, "referrals")


def _case_to(request, family_id, state: str) -> tuple[Access, Case]:
    access = gate.require(request.actor, Deed.READ_FAMILY, family_id)
    row = case_here(access) if access.covers(C.CASEWORK) else None
    if row is None or (row.state != state and request.method == "GET"):
        raise Http404
    return access, row


def close(request, family_id):
    """Closes the work."""
    access, row = _case_to(request, family_id, Case.State.OPEN)
    found = queries.to_close(access, row)
    referrals: dict[object, SentRow] = {each.id: each for each in sent_of_family(access)}
    typed, restored_at = drafts.begun(request, CloseForm, _DRAFT, str(family_id))
    initial = {"version": row.version, "follow_up_on": found.follow_up_on, **typed}
    form = CloseForm(request.POST or None, to_close=found, referrals=referrals, initial=initial)

    def again(status=200, **more):
        context = {"form": form, "found": found, "restored_at": restored_at, **more}
        return render_family(request, access, "desk/case_close.html", "case", context, status)

    def end(_typed):
        ended = actions.close_case(request.actor, case_id=row.id, **form.said())
        drafts.discard(request, _DRAFT, str(family_id))
        if ended.state == Case.State.FOLLOW_UP:
            messages.success(request, _("The work is closed. The follow-up waits for both of you on its day."))
            return reverse("desk:case", args=[family_id])
        messages.success(request, _("The work is closed, and the family's record is no longer open to you."))
        return reverse("desk:today")

    return send(request, form, end, again, _saved) if request.method == "POST" else again()


def follow_up(request, family_id):
    """Records the follow-up."""
    access, row = _case_to(request, family_id, Case.State.FOLLOW_UP)
    form = FollowUpForm(request.POST or None, initial={"version": row.version})

    def again(status=200, **more):
        context = {"form": form, "case": row, "closed": queries.closed(row), **more}
        return render_family(request, access, "desk/case_follow_up.html", "case", context, status)

    def record(typed):
        reopen = typed.pop("reopen") == "yes"
        actions.record_follow_up(request.actor, case_id=row.id, reopen=reopen, **typed)
        if reopen:
            messages.success(request, _("The work is taken up again."))
            return reverse("desk:case", args=[family_id])
        messages.success(request, _("Thank you. The work has ended, and nothing is left waiting."))
        return reverse("desk:today")

    return send(request, form, record, again, _saved) if request.method == "POST" else again()


def reopen(request, family_id):
    """Takes the work up again before its follow-up."""
    access, row = _case_to(request, family_id, Case.State.FOLLOW_UP)
    form = ReopenForm(request.POST or None, initial={"version": row.version})

    def again(status=200, **more):
        return render_family(request, access, "desk/case_reopen.html", "case", {"form": form, **more}, status)

    def take_up(typed):
        cases.reopen_case(request.actor, case_id=row.id, expected=typed["version"], reason=typed["reason"])
        messages.success(request, _("The work is taken up again."))
        return reverse("desk:case", args=[family_id])

    return send(request, form, take_up, again, _saved) if request.method == "POST" else again()


def _saved(current: Case) -> list[dict]:
    return [
        {"label": _("State"), "saved": current.get_state_display()},
        {"label": _("What changed"), "saved": current.what_changed},
    ]


_FAMILY = "families/<uuid:family_id>/case/"
urls = [
    path(_FAMILY, case, name="case"),
    path(f"{_FAMILY}close/", close, name="case_close"),
    path(f"{_FAMILY}follow-up/", follow_up, name="case_follow_up"),
    path(f"{_FAMILY}reopen/", reopen, name="case_reopen"),
]
