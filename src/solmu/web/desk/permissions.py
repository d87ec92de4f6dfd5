"""A family's permissions: what is permitted, to whom, until when, by whom; refusals; withdrawal."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.urls import path, reverse
from django.utils.translation import gettext as _, gettext_lazy

from solmu.access import gate
from solmu.access.deeds import Deed
from solmu.consents.queries import PermissionRow, names, permission, permissions
from solmu.referrals.actions import withdraw_permission
from solmu.referrals.packet import label_of
from solmu.web.desk.referrals.forms import HOW
from solmu.web.desk.shell import render_family
from solmu.web.sending import send
from solmu.web.ui.forms import Form, OneOf

_FAMILY = "families/<uuid:family_id>/permissions/"


class WithdrawForm(Form):
    """The one plain question."""

    how = forms.ChoiceField(label=gettext_lazy("How was it said?"), choices=HOW, widget=OneOf, initial="oral")


def _shown(row: PermissionRow, called: dict) -> dict:
    return {
        "row": row,
        "items": [label_of(code, called) for code in row.items],
        "refused": [label_of(code, called) for code in row.refused],
    }


def permissions_page(request, family_id):
    """What is in force first, then refusals and what has ended."""
    access = gate.require(request.actor, Deed.READ_PERMISSIONS, family_id)
    called = names(access)
    shown = [_shown(row, called) for row in permissions(access)]
    context = {
        "in_force": [one for one in shown if one["row"].in_force],
        "refusals": [one for one in shown if one["row"].state == "refused"],
        "ended": [one for one in shown if not one["row"].in_force and one["row"].state != "refused"],
    }
    return render_family(request, access, "desk/permissions.html", "permissions", context)


def withdraw(request, family_id, permission_id):
    """One plain question, and the permission is withdrawn."""
    access = gate.require(request.actor, Deed.READ_PERMISSIONS, family_id)
    row = permission(access, permission_id)
    if row is None:
        raise Http404
    form = WithdrawForm(request.POST or None)

    def again(status=200, **more):
        context = {"form": form, "one": _shown(row, names(access)), **more}
        return render_family(request, access, "desk/permission_withdraw.html", "permissions", context, status)

    def end(typed):
        ended = withdraw_permission(request.actor, permission_id=permission_id, how=typed["how"])
        messages.success(request, _("The permission is withdrawn. Nothing more is told."))
        if any(referral.to_unit_id is None for referral in ended):
            messages.warning(request, _("This receiver does not use Solmu: call and tell that the permission is gone."))
        return reverse("desk:permissions", args=[family_id])

    return send(request, form, end, again) if request.method == "POST" else again()


urls = [
    path(_FAMILY, permissions_page, name="permissions"),
    path(f"{_FAMILY}<uuid:permission_id>/withdraw/", withdraw, name="permission_withdraw"),
]
