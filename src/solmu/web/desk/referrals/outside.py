"""Receivers that do not use Solmu: calls, and what they have answered."""

from django.contrib import messages
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from solmu.access.deeds import Deed
from solmu.referrals.actions import record_outside_answer, record_outside_call
from solmu.referrals.records import for_sender
from solmu.referrals.rules import By, open_moves
from solmu.web.desk.referrals.forms import CallForm, OutsideAnswerForm
from solmu.web.desk.referrals.sent import show_sent
from solmu.web.sending import send


@require_POST
def call(request, referral_id):
    """Records a call, a visit or a letter."""
    access, found = for_sender(request.actor, Deed.READ_SENT_REFERRAL, referral_id)
    form = CallForm(request.POST, auto_id="call-%s")

    def again(status, **more):
        return show_sent(request, access, found, status, call=form, **more)

    def record(typed):
        record_outside_call(request.actor, referral_id=referral_id, **typed)
        messages.success(request, _("The contact to the receiver is recorded."))
        return reverse("desk:referral", args=[referral_id])

    return send(request, form, record, again)


@require_POST
def answer(request, referral_id):
    """Records what the receiver has told."""
    access, found = for_sender(request.actor, Deed.READ_SENT_REFERRAL, referral_id)
    form = OutsideAnswerForm(request.POST, moves=open_moves(found.state, By.RECEIVER), auto_id="outside-%s")

    def again(status, **more):
        return show_sent(request, access, found, status, outside=form, **more)

    def record(typed):
        record_outside_answer(request.actor, referral_id=referral_id, **typed)
        messages.success(request, _("What the receiver told is recorded."))
        return reverse("desk:referral", args=[referral_id])

    return send(request, form, record, again)


urls = [
    path("referrals/<uuid:referral_id>/call/", call, name="referral_call"),
    path("referrals/<uuid:referral_id>/outside/", answer, name="referral_outside"),
]
