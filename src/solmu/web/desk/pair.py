"""The pair: who they are, what each looks after, and how one is replaced."""

from functools import partial
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404
from django.urls import path, reverse
from django.utils.translation import gettext as _, gettext_lazy

from solmu.access import gate
from solmu.access.deeds import Deed
from solmu.casework.actions.cases import change_pair, set_looks_after
from solmu.casework.queries.cases import CaseView, own_case
from solmu.organisations.queries import colleagues
from solmu.web.desk.shell import render_family
from solmu.web.sending import send
from solmu.web.ui.forms import Form, OneOf


class LooksAfterForm(Form):
    """What each of the pair has agreed to look after."""

    def __init__(self, *args, case: CaseView, **kwargs):
        super().__init__(*args, **kwargs)
        for worker in case.pair:
            self.fields[f"of-{worker.account_id}"] = forms.CharField(
                label=worker.name,
                max_length=160,
                required=False,
                initial=worker.looks_after,
                widget=forms.TextInput({"class": "input"}),
            )


class ChangeForm(Form):
    """Somebody joins the pair, in place of one who leaves."""

    leaves_account_id = forms.TypedChoiceField(
        label=gettext_lazy("Who leaves?"), coerce=UUID, empty_value=None, widget=OneOf
    )
    joins_account_id = forms.TypedChoiceField(label=gettext_lazy("Who joins?"), coerce=UUID)
    looks_after = forms.CharField(label=gettext_lazy("What the new worker looks after"), max_length=160, required=False)
    agreed = forms.BooleanField(
        label=gettext_lazy("The family knows of the change. The record closes at once for the one who leaves."),
    )

    def __init__(self, *args, case: CaseView, others: list[tuple[UUID, str]], **kwargs):
        super().__init__(*args, **kwargs)
        in_pair = {worker.account_id for worker in case.pair}
        named = [(str(key), name) for key, name in others if key not in in_pair]
        self.fields["joins_account_id"].choices = [("", gettext_lazy("choose")), *named]
        self.fields["leaves_account_id"].choices = [(str(worker.account_id), worker.name) for worker in case.pair]
        if len(in_pair) < 2:
            del self.fields["leaves_account_id"], self.fields["agreed"]


def pair(request, family_id):
    """The pair's page."""
    actor = request.actor
    access = gate.require(actor, Deed.READ_FAMILY, family_id)
    case = own_case(access)
    if case is None or case.unit_id != actor.unit_id:
        raise Http404
    pressed = request.POST.get("press", "")
    looks = LooksAfterForm(request.POST if pressed == "looks" else None, case=case)
    others = [(actor.account_id, actor.name), *colleagues(actor)]
    change = ChangeForm(request.POST if pressed == "change" else None, case=case, others=others)
    form, deed = (change, _replace) if pressed == "change" else (looks, _look_after)

    def again(status=200, **more):
        context = {"case": case, "looks": looks, "change": change, "form": form, **more}
        return render_family(request, access, "desk/pair.html", "case", context, status)

    return send(request, form, partial(deed, request, case), again) if form.is_bound else again()


def _look_after(request, case: CaseView, typed: dict) -> str:
    """Writes down what has changed of what each looks after; returns where to go."""
    for worker in case.pair:
        told = typed[f"of-{worker.account_id}"]
        if told != worker.looks_after:
            set_looks_after(request.actor, case_id=case.id, account_id=worker.account_id, looks_after=told)
    messages.success(request, _("Saved."))
    return reverse("desk:pair", args=[case.family_id])


def _replace(request, case: CaseView, typed: dict) -> str:
    """Changes the pair; returns where to go, which is out of the record for one who leaves."""
    leaves = typed.get("leaves_account_id")
    joins = {"joins_account_id": typed["joins_account_id"], "looks_after": typed["looks_after"]}
    change_pair(request.actor, case_id=case.id, leaves_account_id=leaves, **joins)
    messages.success(request, _("The pair has changed. What waited for one now waits for the other."))
    return reverse("desk:today") if leaves == request.actor.account_id else reverse("desk:pair", args=[case.family_id])


urls = [path("families/<uuid:family_id>/pair/", pair, name="pair")]
