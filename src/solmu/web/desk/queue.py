"""The receiving unit's queue, and one contact with what the family permits to be told."""

from dataclasses import dataclass
from functools import partial

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from solmu.access import gate
from solmu.access.deeds import Deed
from solmu.referrals import actions
from solmu.referrals.queries import notices, queue as queue_rows, received
from solmu.referrals.queries.receivers import receiver_ids, receivers
from solmu.referrals.records import for_receiver
from solmu.referrals.rules import By
from solmu.web.reading import whole_number
from solmu.web.sending import send
from solmu.web.ui.forms import Day, Form, OneOf

_PAGE = 25


class _Versioned(Form):
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, unit_id=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.unit_id = unit_id


class _NextForm(_Versioned):
    next_on = forms.DateField(label=_("By when is the next step taken?"), widget=Day)
    note = forms.CharField(label=_("Word to the sender"), required=False, widget=forms.Textarea({"rows": 2}))


class _QuestionForm(_Versioned):
    text = forms.CharField(
        label=_("What do you need to know?"),
        widget=forms.Textarea({"rows": 3}),
        help_text=_("The pair asks the family before answering."),
    )


class _ReasonForm(_Versioned):
    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea({"rows": 3}),
        help_text=_("The pair tells this to the family. Write it so that it can be read aloud."),
    )


class _HoldForm(_ReasonForm):
    until = forms.DateField(label=_("You come back to this on"), widget=Day)
    waiting_list = forms.BooleanField(label=_("The family is on our waiting list"), required=False)


class _RedirectForm(_ReasonForm):
    receiver = forms.ChoiceField(label=_("Who could help better?"), widget=OneOf)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        others = [row for row in receivers() if row.key != f"unit:{self.unit_id}"]
        named = [(row.key, f"{row.name}, {row.organisation}" if row.organisation else row.name) for row in others]
        self.fields["receiver"].choices = named


class _OutcomeForm(_Versioned):
    outcome = forms.CharField(
        label=_("What came of it?"),
        widget=forms.Textarea({"rows": 3}),
        help_text=_("The pair tells this to the family. Write it so that it can be read aloud."),
    )


@dataclass(frozen=True)
class _Deed:
    """One thing that the receiver does, with its form and its words."""

    action: object
    form: type[Form]
    title: object
    button: object
    done: object
    icon: str = "arrow"
    quiet: bool = True  # behind a heading that opens; else in view
    ends: bool = False


def _redirect(actor, *, receiver: str, **fields):
    return actions.redirect_referral(actor, **receiver_ids(receiver), **fields)


_DEEDS = {
    "claim": _Deed(actions.claim_referral, _Versioned, _("Take on"), _("I take this on"), _("You have this now.")),
    "accept": _Deed(
        actions.accept_referral,
        _NextForm,
        _("Accept"),
        _("Accept"),
        _("Accepted. The sender knows."),
        "check",
        False,
    ),
    "start": _Deed(
        actions.start_work,
        _NextForm,
        _("Help begins"),
        _("Help begins"),
        _("Recorded. The sender knows."),
        "arrow",
        False,
    ),
    "report": _Deed(
        actions.report_work, _NextForm, _("Tell how it goes"), _("Tell the sender"), _("Told to the sender."), "talk"
    ),
    "ask": _Deed(
        actions.ask_question,
        _QuestionForm,
        _("Ask for more"),
        _("Ask the sender"),
        _("The question is with the sender."),
        "ask",
    ),
    "hold": _Deed(
        actions.hold_referral,
        _HoldForm,
        _("Put on hold or on the waiting list"),
        _("Put on hold"),
        _("On hold until the day you chose."),
        "clock",
    ),
    "complete": _Deed(
        actions.complete_referral,
        _OutcomeForm,
        _("The matter is done"),
        _("Done"),
        _("Done. The sender tells the family."),
        "check",
        ends=True,
    ),
    "redirect": _Deed(
        _redirect,
        _RedirectForm,
        _("Somebody else could help better"),
        _("Propose to the sender"),
        _("Your proposal is with the sender, who asks the family."),
        "swap",
        ends=True,
    ),
    "reject": _Deed(
        actions.reject_referral,
        _ReasonForm,
        _("We cannot accept this"),
        _("Return to the sender"),
        _("Returned. The sender decides with the family what next."),
        "undo",
        ends=True,
    ),
    "fail": _Deed(
        actions.fail_referral,
        _ReasonForm,
        _("It could not be carried out"),
        _("Return to the sender"),
        _("Returned. The sender decides with the family what next."),
        "undo",
        ends=True,
    ),
    "cancel": _Deed(
        partial(actions.cancel_referral, side=By.RECEIVER),
        _ReasonForm,
        _("Not needed any more"),
        _("Call off"),
        _("Called off. The sender knows."),
        "cross",
        ends=True,
    ),
    "release": _Deed(
        actions.release_claim,
        _Versioned,
        _("Give back to the queue"),
        _("Give back to the queue"),
        _("Back in the unit's queue."),
        "undo",
    ),
}


def queue(request):
    """The unit's contacts: nothing here tells who they are about."""
    actor = request.actor
    access = gate.require(actor, Deed.SEE_QUEUE)
    which = request.GET.get("show", "unclaimed")
    number = max(whole_number(request.GET.get("page"), 1), 1)
    rows, counts = queue_rows(actor, which, first=(number - 1) * _PAGE, most=_PAGE)
    parts = [("unclaimed", _("Unclaimed")), ("mine", _("Mine")), ("all", _("All of the unit"))]
    which = which if which in counts else "unclaimed"
    context = {
        "rows": rows,
        "which": which,
        "parts": [{"key": key, "label": label, "count": counts[key], "current": key == which} for key, label in parts],
        "page": Paginator(range(counts[which]), _PAGE).get_page(number),
        "notices": notices(access),
    }
    return render(request, "desk/queue.html", context)


def queue_item(request, referral_id):
    """One contact with its packet and what can be done."""
    access, _referral = for_receiver(request.actor, Deed.READ_PACKET, referral_id)
    return _show(request, access, referral_id)


def _show(request, access, referral_id, status: int = 200, move: str = "", form=None, **more):
    row = received(access, referral_id)
    unit_id = request.actor.unit_id
    deeds = [
        {
            "name": name,
            "deed": deed,
            "form": form
            if name == move
            else deed.form(initial={"version": row.version}, auto_id=f"{name}-%s", unit_id=unit_id),
            "open": name == move,
        }
        for name, deed in _DEEDS.items()
        if name in row.moves
    ]
    hidden = {"claim"} if row.is_mine else {"release"}
    deeds = [one for one in deeds if one["name"] not in hidden]
    context = {
        "referral": row,
        "network_open": Deed.READ_NETWORK.rule.needs in access.held,
        "first": [one for one in deeds if one["name"] in {"claim", "release"}],
        "main": [one for one in deeds if not one["deed"].quiet],
        "others": [one for one in deeds if one["deed"].quiet and one["name"] not in {"claim", "release"}],
        "form": form,
        **more,
    }
    return render(request, "desk/queue_item.html", context, status=status)


@require_POST
def queue_move(request, referral_id, move):
    """Does one of the receiver's deeds."""
    deed = _DEEDS.get(move)
    if deed is None:
        raise Http404
    access, _referral = for_receiver(request.actor, Deed.READ_PACKET, referral_id)
    form = deed.form(request.POST, auto_id=f"{move}-%s", unit_id=request.actor.unit_id)

    def again(status, **more):
        return _show(request, access, referral_id, status, move, form, **more)

    def carry(typed):
        deed.action(request.actor, referral_id=referral_id, **typed)
        messages.success(request, str(deed.done))
        return reverse("desk:queue") if deed.ends else reverse("desk:queue_item", args=[referral_id])

    return send(request, form, carry, again)


urls = [
    path("queue/", queue, name="queue"),
    path("queue/<uuid:referral_id>/", queue_item, name="queue_item"),
    path("queue/<uuid:referral_id>/<slug:move>/", queue_move, name="queue_move"),
]
