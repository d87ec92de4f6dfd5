"""A person of the family is asked: what may be told to this receiver, and what not."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404
from django.urls import path, reverse
from django.utils.translation import gettext as _

from solmu.access.deeds import Deed
from solmu.consents.actions import give_permission, refuse_permission
from solmu.consents.queries import names
from solmu.referrals.models import Referral
from solmu.referrals.packet import label_of
from solmu.referrals.queries.rows import receiver_name
from solmu.referrals.readiness import permission_days, prepare
from solmu.referrals.records import for_sender
from solmu.web.desk.referrals.forms import AskForm
from solmu.web.desk.shell import render_family
from solmu.web.sending import send


def ask(request, referral_id, person_id):
    """One person's yes or no to each item that the person answers for."""
    access, referral = for_sender(request.actor, Deed.PREPARE_REFERRAL, referral_id)
    ready, called = prepare(access, referral), names(access)
    codes = sorted({code for need in ready.needs if person_id in need.anyone_of for code in need.codes})
    if not codes:
        raise Http404
    form = _form(request, referral, codes, called)

    def again(status=200, **more):
        context = {
            "form": form,
            "who": called.get(person_id, "–"),
            "receiver": receiver_name(referral),
            "referral_id": referral_id,
            "sections": ready.sections,
            "words": [form[f"word-{number}"] for number in range(len(codes))],
            "told": _told(form),
            **more,
        }
        return render_family(request, access, "desk/permission_ask.html", "referrals", context, status)

    def record(typed):
        _record(request, referral, person_id, typed, form.words())
        return reverse("desk:referral", args=[referral_id])

    return send(request, form, record, again) if request.method == "POST" else again()


def _form(request, referral: Referral, codes: list[str], called: dict[UUID, str]) -> AskForm:
    """The form with a question for each item, and what is proposed before anybody has said anything."""
    initial = {"purpose": referral.asked, "language": referral.case.family.language, "how": "oral"}
    if days := permission_days(referral):
        initial["valid_to"] = request.actor.today + timedelta(days=days)  # a proposal; the person says
    form = AskForm(request.POST or None, codes=codes, initial=initial)
    for number, code in enumerate(codes):
        form.fields[f"word-{number}"].label = label_of(code, called)
    return form


def _record(request, referral: Referral, person_id: UUID, typed: dict, words: tuple[list[str], list[str]]) -> None:
    """Writes down the permission, or the refusal when nothing may be told."""
    yes, no = words
    said = {
        "family_id": referral.case.family_id,
        "person_id": person_id,
        "receiver_unit_id": referral.to_unit_id,
        "receiver_point_id": referral.to_point_id,
        "refused_items": no,
        **{name: typed[name] for name in ("purpose", "how", "told", "language", "interpreter_present", "note")},
    }
    if yes:
        give_permission(request.actor, items=yes, valid_to=typed["valid_to"], **said)
        messages.success(request, _("The permission is recorded."))
    else:
        refuse_permission(request.actor, **said)
        messages.success(request, _("The refusal is recorded. Nothing of it is told."))


def _told(form: AskForm) -> list[dict]:
    chosen = set(form.data.getlist("told")) if form.is_bound else set()
    asked = form.has_error("told")
    return [
        {"code": code, "label": label, "chosen": code in chosen, "missing": asked and code not in chosen}
        for code, label in form.fields["told"].choices
    ]


urls = [path("referrals/<uuid:referral_id>/ask/<uuid:person_id>/", ask, name="permission_ask")]
