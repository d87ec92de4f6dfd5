"""The sender's page of one contact: where it is, what was asked, and the end of the loop at the family."""

from collections.abc import Callable

from django.contrib import messages
from django.urls import path, reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from solmu.access import gate
from solmu.access.deeds import Deed
from solmu.referrals.actions import (
    answer_question,
    cancel_referral,
    mark_entered_in_error,
    record_receiver_told,
    tell_family,
)
from solmu.referrals.models import Referral, State
from solmu.referrals.queries import Sent, sent
from solmu.referrals.records import for_sender
from solmu.web.desk.referrals import preparing
from solmu.web.desk.referrals.forms import (
    AnswerForm,
    CallForm,
    MistakeForm,
    OutsideAnswerForm,
    ReasonForm,
    TellForm,
    ToldForm,
)
from solmu.web.desk.referrals.loop import loop
from solmu.web.desk.shell import render_family
from solmu.web.sending import send

_ONE = "referrals/<uuid:referral_id>/"


def referral(request, referral_id):
    """A draft's page of preparing, or a sent contact's page."""
    access, found = for_sender(request.actor, Deed.READ_SENT_REFERRAL, referral_id)
    if found.state == State.DRAFT:
        access = gate.require(request.actor, Deed.PREPARE_REFERRAL, access.record_id)
        return preparing.show_draft(request, access, found)
    return show_sent(request, access, found)


def show_sent(request, access, found: Referral, status: int = 200, **forms):
    """The page of a contact that has left; `forms` are those that come back with something to mend."""
    row = sent(access, found.id)
    version = {"version": row.version}
    context = {
        "referral": row,
        "loop": loop(row),
        "answer": _answer(row, forms),
        "cancel": forms.get("cancel") or ReasonForm(initial=version, auto_id="cancel-%s"),
        "error": forms.get("error") or MistakeForm(initial=version, auto_id="error-%s"),
        "tell": forms.get("tell") or TellForm(initial=version | {"told_on": request.actor.today}, auto_id="tell-%s"),
        "told": forms.get("told") or ToldForm(initial=version, auto_id="told-%s"),
        "call": forms.get("call") or CallForm(initial=version, auto_id="call-%s"),
        "outside": forms.get("outside")
        or OutsideAnswerForm(initial=version, moves=row.receiver_moves, auto_id="outside-%s"),
        "opened": next(iter(set(forms) & {"cancel", "error", "tell", "told", "call", "outside", "answer"}), ""),
        **{name: value for name, value in forms.items() if name in {"theirs", "conflict"}},
    }
    context["form"] = context[context["opened"]] if context["opened"] else None
    return render_family(request, access, "desk/referral.html", "referrals", context, status)


def _answer(row: Sent, forms: dict) -> AnswerForm | None:
    if not row.open_questions:
        return None
    first = row.open_questions[0]
    return forms.get("answer") or AnswerForm(
        initial={"version": row.version, "question_id": first.id}, auto_id="answer-%s"
    )


def _posting(name: str, form_class, action: Callable, said) -> Callable:
    """A view that takes one form of the page, does its deed and comes back."""

    @require_POST
    def view(request, referral_id):
        access, found = for_sender(request.actor, Deed.READ_SENT_REFERRAL, referral_id)
        form = form_class(request.POST, auto_id=f"{name}-%s")

        def again(status, **more):
            return show_sent(request, access, found, status, **{name: form}, **more)

        def carry(typed):
            action(request.actor, referral_id=referral_id, **typed)
            messages.success(request, str(said))
            return reverse("desk:referral", args=[referral_id])

        return send(request, form, carry, again)

    return view


urls = [
    path(_ONE, referral, name="referral"),
    path(
        f"{_ONE}answer/",
        _posting("answer", AnswerForm, answer_question, gettext_lazy("The answer is with the receiver.")),
        name="referral_answer",
    ),
    path(
        f"{_ONE}cancel/",
        _posting("cancel", ReasonForm, cancel_referral, gettext_lazy("The contact has been taken back.")),
        name="referral_cancel",
    ),
    path(
        f"{_ONE}error/",
        _posting("error", MistakeForm, mark_entered_in_error, gettext_lazy("The contact is marked as a mistake.")),
        name="referral_error",
    ),
    path(
        f"{_ONE}family/",
        _posting("tell", TellForm, tell_family, gettext_lazy("Recorded what the family heard and said.")),
        name="referral_tell",
    ),
    path(
        f"{_ONE}told/",
        _posting("told", ToldForm, record_receiver_told, gettext_lazy("Recorded: the receiver knows.")),
        name="referral_receiver_told",
    ),
]
