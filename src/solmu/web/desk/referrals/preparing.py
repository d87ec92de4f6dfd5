"""A contact is prepared with the family: to whom, what is told and why, and the preview that is read aloud."""

from collections.abc import Iterable
from uuid import UUID

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from solmu.access import gate
from solmu.access.deeds import Deed
from solmu.access.gate import Access
from solmu.casework.queries.network import case_here, running_engagements
from solmu.consents.queries import names
from solmu.referrals.actions import prepare_referral, say_ready, send_referral, update_draft
from solmu.referrals.models import Referral, State
from solmu.referrals.packet import label_of
from solmu.referrals.queries import sent, sent_of_family
from solmu.referrals.queries.receivers import receiver_ids, receivers
from solmu.referrals.queries.sent import pair_names
from solmu.referrals.readiness import Preparation, prepare
from solmu.referrals.records import for_sender
from solmu.web.desk.referrals.forms import NONE_OF_THESE, DraftForm, SendForm, StartForm
from solmu.web.desk.referrals.loop import loop
from solmu.web.desk.shell import render_family
from solmu.web.reading import whole_number
from solmu.web.sending import press, send

_FAMILY = "families/<uuid:family_id>/referrals/"
_ONE = "referrals/<uuid:referral_id>/"


def referrals(request, family_id):
    """Every contact of the family, with the loop of each."""
    access = gate.require(request.actor, Deed.READ_SENT_REFERRAL, family_id)
    rows = [{"row": row, "loop": loop(row)} for row in sent_of_family(access)]
    return render_family(request, access, "desk/referrals.html", "referrals", {"rows": rows})


def referral_new(request, family_id):
    """Chooses the receiver and says what is asked; `after` is the contact that came back."""
    access = gate.require(request.actor, Deed.PREPARE_REFERRAL, family_id)
    choices = receivers()
    before = request.GET.get("after", "")
    case = case_here(access)
    running = running_engagements(case) if case else []
    form = StartForm(request.POST or None, receivers=choices, engagements=running)

    def again(status=200, **more):
        context = {"form": form, "has_receivers": bool(choices), **more}
        return render_family(request, access, "desk/referral_new.html", "referrals", context, status)

    def begin(typed):
        known = {str(row.id): row.id for row in sent_of_family(access)}
        referral = prepare_referral(
            request.actor,
            family_id=family_id,
            asked=typed["asked"],
            priority=typed["priority"],
            engagement_id=_chosen(typed, running),
            after_id=known.get(before),
            **receiver_ids(typed["receiver"]),
        )
        return reverse("desk:referral", args=[referral.id])

    return send(request, form, begin, again) if request.method == "POST" else again()


def _chosen(typed: dict, running: list[tuple[UUID, str]]) -> UUID | None:
    """The operating model that the contact belongs to: the only one under way, or the one that was chosen."""
    if "engagement" in typed:
        return None if typed["engagement"] == NONE_OF_THESE else UUID(typed["engagement"])
    return running[0][0] if running else None


def show_draft(request, access: Access, referral: Referral, status: int = 200, **forms):
    """The page of preparing."""
    ready = prepare(access, referral)
    called = names(access)
    row = sent(access, referral.id)
    form = forms.pop("form", None) or DraftForm(initial=_initial(referral), codes=[one.code for one in ready.offers])
    fresh = {"version": referral.version, "read_packet": ready.hash}
    sending = forms.pop("sending", None) or SendForm(initial=fresh, auto_id="send-%s")
    if sending.is_bound and sending.data.get("read_packet") != ready.hash:
        sending.data = sending.data.copy()  # what was read aloud is not what would leave: it is read again
        sending.data["read_packet"] = ready.hash
        sending.data.pop("read_aloud", None)
    chosen = set(form.data.getlist("items")) if form.is_bound else ready.chosen
    context = {
        "referral": row,
        "loop": loop(row),
        "form": form,
        "sending": sending,
        "offers": [{"offer": offer, "chosen": offer.code in chosen} for offer in ready.offers],
        "sections": ready.sections,
        "people": _people(ready, called, access),
        "shared": _shared(ready, called),
        "lacking": [code for code in ready.lacking if code not in {"read_aloud", "ask_back_on"}],
        "needs_date": referral.to_unit is None or referral.to_unit.answers_within is None,
        "ready": _ready(access, referral, ready),
        **forms,
    }
    return render_family(request, access, "desk/referral_draft.html", "referrals", context, status)


def _initial(referral: Referral) -> dict:
    fields = ("version", "asked", "priority", "wish", "already_done")
    return {name: getattr(referral, name) for name in fields} | {"items": referral.items}


def _people(ready: Preparation, called: dict, access: Access) -> list[dict]:
    """Everybody whose word is asked: what each has permitted and refused, and what each alone still answers for."""
    lacking = {one.anyone_of: one.codes for one in ready.missing}
    everyone = {person_id for need in ready.needs for person_id in need.anyone_of}
    people = []
    for person_id in sorted(everyone, key=lambda key: (called.get(key, ""), key)):
        yes, no = ready.word_of(person_id, access.actor.today)
        people.append(
            {
                "id": person_id,
                "name": called.get(person_id, "–"),
                "yes": _labels(yes, called),
                "no": _labels(no, called),
                "lacking": _labels(lacking.get(frozenset({person_id}), ()), called),
                "alone": frozenset({person_id}) in {need.anyone_of for need in ready.needs},
            }
        )
    return people


def _shared(ready: Preparation, called: dict) -> list[dict]:
    """What one of several may permit, as long as none of them refuses."""
    lacking = {one.anyone_of: one.codes for one in ready.missing}
    return [
        {
            "names": sorted(called.get(person_id, "–") for person_id in need.anyone_of),
            "codes": _labels(need.codes, called),
            "lacking": _labels(lacking.get(need.anyone_of, ()), called),
        }
        for need in ready.needs
        if len(need.anyone_of) > 1
    ]


def _labels(codes: Iterable[str], called: dict) -> list[str]:
    return sorted(label_of(code, called) for code in codes)


def _ready(access: Access, referral: Referral, ready: Preparation) -> dict:
    pair = pair_names(access, referral.id)
    said = {name for account_id, name in pair if str(account_id) in referral.pair_ready}
    return {
        "pair": [{"name": name, "said": name in said} for _account, name in pair],
        "needed": ready.pair_needed > 0,
        "mine": str(access.actor.account_id) in referral.pair_ready,
    }


@require_POST
def draft_save(request, referral_id):
    """Keeps the draft and draws the preview anew."""
    access, referral = for_sender(request.actor, Deed.PREPARE_REFERRAL, referral_id)
    here = reverse("desk:referral", args=[referral_id])
    if referral.state != State.DRAFT:
        messages.error(request, _("The contact has been sent and cannot be changed any more."))
        return redirect(here)
    codes = [offer.code for offer in prepare(access, referral).offers]
    form = DraftForm(request.POST, codes=[*codes, *referral.items])

    def again(status, **more):
        return show_draft(request, access, referral, status, form=form, **more)

    def save(typed):
        update_draft(request.actor, referral_id=referral_id, **typed)
        messages.success(request, _("The draft is kept. The preview shows it as it is now."))
        return here

    return send(request, form, save, again, theirs=_theirs)


def _theirs(current: Referral) -> list[dict]:
    return [
        {"label": _("What is asked, in one sentence"), "saved": current.asked},
        {"label": _("What the family wishes"), "saved": current.wish},
        {"label": _("What has been done already"), "saved": current.already_done},
        {"label": _("Items chosen"), "saved": len(current.items)},
    ]


@require_POST
def draft_ready(request, referral_id):
    """One of the pair says that the contact is ready."""
    here = reverse("desk:referral", args=[referral_id])

    def say():
        say_ready(request.actor, referral_id=referral_id, version=whole_number(request.POST.get("version")))
        messages.success(request, _("Your word is recorded: the contact is ready."))
        return here

    return press(request, say, here)


@require_POST
def draft_send(request, referral_id):
    """Sends what was read aloud."""
    access, referral = for_sender(request.actor, Deed.PREPARE_REFERRAL, referral_id)
    here = reverse("desk:referral", args=[referral_id])
    form = SendForm(request.POST, auto_id="send-%s")

    def again(status, **more):
        return show_draft(request, access, referral, status, sending=form, **more)

    def give(typed):
        send_referral(request.actor, referral_id=referral_id, **typed)
        outside = referral.to_unit_id is None
        sentence = _("Ready. Now call or hand over, and record it here.") if outside else _("Sent to the receiver.")
        messages.success(request, sentence)
        return here

    if referral.state != State.DRAFT:
        return _sent_already(request, form, give, here)
    return send(request, form, give, again)


def _sent_already(request, form, give, here):
    """The form came twice: the first deed stands, and a later one is told so."""
    return press(request, lambda: give(form.cleaned_data) if form.is_valid() else here, here)


urls = [
    path(_FAMILY, referrals, name="referrals"),
    path(f"{_FAMILY}new/", referral_new, name="referral_new"),
    path(f"{_ONE}draft/", draft_save, name="referral_draft"),
    path(f"{_ONE}ready/", draft_ready, name="referral_ready"),
    path(f"{_ONE}send/", draft_send, name="referral_send"),
]
