"""Which operating models fit the family and why, what is proposed, and what the family decides."""

from datetime import date

from django import forms
from django.contrib import messages
from django.http import Http404
from django.urls import path, reverse
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_POST

from solmu.access import gate
from solmu.access.deeds import Deed
from solmu.access.gate import Access
from solmu.casework import facts
from solmu.casework.actions import proposals as actions
from solmu.casework.models import Case, Proposal
from solmu.casework.queries import proposals as queries
from solmu.casework.queries.network import case_here
from solmu.casework.queries.proposed import Made, proposals_made, voices
from solmu.consents.models import How
from solmu.directory.queries import help_at_once
from solmu.kernel.errors import InvalidInput
from solmu.learning.actions.proposing import propose_when_oriented
from solmu.learning.queries.orientation import takes_reason
from solmu.operating_models.facts import FactType
from solmu.operating_models.queries import adopted_models
from solmu.operating_models.rules import Kind
from solmu.situations.actions.answers import state_fact
from solmu.situations.models import Domain
from solmu.web.desk.shell import render_family
from solmu.web.reading import identifier, whole_number
from solmu.web.sending import press, send
from solmu.web.ui.forms import Day, Form, OneOf, OwnWords
from solmu.web.ui.languages import language_choices

_UNANSWERED = "unanswered"
_ANSWERS = [
    ("", gettext_lazy("was not asked")),
    ("yes", gettext_lazy("yes")),
    ("no", gettext_lazy("no")),
    ("later", gettext_lazy("asks to be asked later")),
]


class ProposeForm(Form):
    """A proposal; a reason is asked when it departs from what the model recommends."""

    person = forms.TypedChoiceField(
        label=gettext_lazy("Whose matter is it?"), required=False, coerce=identifier, empty_value=None
    )
    deviation_reason = forms.CharField(
        label=gettext_lazy("Why do you propose this all the same?"), required=False, widget=forms.Textarea({"rows": 3})
    )
    unoriented_reason = forms.CharField(
        label=gettext_lazy("Why do you propose this before your orientation to it?"),
        max_length=400,
        error_messages={"required": gettext_lazy("Write why you propose this before your orientation to it.")},
        help_text=gettext_lazy("Your coordinator reads the reason, without the family. Name no family."),
        widget=forms.Textarea({"rows": 2}),
    )

    def __init__(self, *args, people=(), unoriented=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.unoriented = self.fields["unoriented_reason"].required = unoriented
        together = [("", _("The whole family together"))]
        self.fields["person"].choices = together + [(str(member.id), member.called) for _voice, member in people]


class DecisionForm(Form):
    """What the family decided, and each one's own answer."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    decision = forms.ChoiceField(
        label=gettext_lazy("What did the family decide?"),
        choices=[
            ("yes", gettext_lazy("it wants this")),
            ("later", gettext_lazy("it wants to be asked later")),
            ("no", gettext_lazy("it does not want this")),
        ],
        widget=OneOf,
    )
    ask_again_on = forms.DateField(label=gettext_lazy("Ask again on"), required=False, widget=Day)
    do_not_ask_again = forms.BooleanField(
        label=gettext_lazy("The family asks not to be offered this again"), required=False
    )
    how = forms.ChoiceField(
        label=gettext_lazy("How did they answer?"), choices=How.choices, widget=OneOf, initial=How.ORAL
    )
    note = forms.CharField(label=gettext_lazy("In the family's words"), required=False, widget=OwnWords({"rows": 3}))

    def __init__(self, *args, voices=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.voices = voices
        for voice, member in voices:
            self.fields[f"answer_{voice.id}"] = forms.ChoiceField(
                label=member.called, choices=_ANSWERS, required=False, widget=OneOf({"columns": True})
            )

    def answer_fields(self):
        """The field of each one who is asked."""
        return [self[f"answer_{voice.id}"] for voice, _member in self.voices]

    def answers(self) -> dict:
        """What each one said; those who were not asked are left out."""
        said = {voice.id: self.cleaned_data[f"answer_{voice.id}"] for voice, _member in self.voices}
        return {person: answer for person, answer in said.items() if answer}


class GapForm(Form):
    """What would have been needed; nothing of the family."""

    need = forms.ChoiceField(label=gettext_lazy("What would have been needed?"), choices=Domain.choices, widget=OneOf)
    area = forms.CharField(label=gettext_lazy("In which area"), max_length=120, required=False)
    language = forms.ChoiceField(label=gettext_lazy("In which language"), choices=language_choices, required=False)
    note = forms.CharField(
        label=gettext_lazy("What kind of help"),
        max_length=240,
        required=False,
        help_text=gettext_lazy("Write nothing by which somebody could be recognised: only the need is counted."),
    )


def proposals(request, family_id):
    """What to ask first, every model by the ways into it, and what has been proposed."""
    access = gate.require(request.actor, Deed.READ_PROPOSAL, family_id)
    case = case_here(access)
    made = proposals_made(access, case)
    models = queries.with_made(queries.proposal_view(access), made)
    stands = queries.by_kind(models)
    context = {
        "first": queries.first_question(models),
        "models": [each for each in stands if each.kind != Kind.DOES_NOT_FIT and not each.by_law],
        "by_law": [each for each in stands if each.kind != Kind.DOES_NOT_FIT and each.by_law],
        "closed": [each for each in stands if each.kind == Kind.DOES_NOT_FIT],
        "made": made,
        "case": case,
        **_crisis(any(each.crisis for each in models)),
    }
    return render_family(request, access, "desk/proposals.html", "proposals", context)


def _crisis(leads: bool) -> dict:
    """Where help is had at once, when a model's criterion leads there."""
    return {"crisis": True, "points": help_at_once()} if leads else {}


@require_POST
def answer(request, family_id):
    """Answers the question that a model asks next. The fact stands in the form, never in the address."""
    gate.require(request.actor, Deed.READ_PROPOSAL, family_id)
    back = reverse("desk:proposals", args=[family_id])

    def state():
        fact = facts.CATALOGUE.get(request.POST.get("fact", ""))
        if fact is None or fact.name not in facts.ASKED:
            raise InvalidInput({"": _("This question is answered in another part of the record.")})
        person_id = identifier(request.POST.get("person")) if fact.scope == "person" else None
        value = _value(fact.type, request.POST.get("value", ""))
        state_fact(request.actor, family_id=family_id, fact=fact.name, value=value, person_id=person_id)
        messages.success(request, _("The answer is kept."))
        return back

    return press(request, state, back)


def _value(kind: FactType, typed: str):
    """The answer in the fact's own type; None when it was asked and left unanswered."""
    if typed == _UNANSWERED:
        return None
    try:
        if kind is FactType.YES_NO:
            return {"yes": True, "no": False}[typed]
        if kind is FactType.DATE:
            return date.fromisoformat(typed)
        if kind is FactType.NUMBER:
            return _number(typed)
    except (KeyError, ValueError):
        raise InvalidInput({"": _("Choose an answer.")}) from None
    return typed


def _number(typed: str) -> int:
    if (number := whole_number(typed, -1)) < 0:
        raise ValueError(typed)
    return number


def _case(access: Access) -> Case:
    case = case_here(access)
    if case is None or case.state != Case.State.OPEN:
        raise Http404
    return case


def propose(request, family_id, model_id):
    """Proposes a model by one way into it (`?path=`), for the family or for one of its people (`?person=`)."""
    access = gate.require(request.actor, Deed.READ_PROPOSAL, family_id)
    case, person = _case(access), request.GET.get("person", "")
    view, verdict = _chosen(access, model_id, identifier(person), request.GET.get("path", ""))
    takes_anybody = view.about_person and verdict.person_id is None
    asks = {
        "people": voices(access) if takes_anybody else (),
        "unoriented": takes_reason(request.actor, model_id),
        "initial": {"person": person},
    }
    form = ProposeForm(request.POST or None, **asks)

    def again(status=200, **more):
        crisis = _crisis(any(each.crisis for each in verdict.criteria))
        context = {"form": form, "model": view, "verdict": verdict, "takes_anybody": takes_anybody, **crisis, **more}
        return render_family(request, access, "desk/propose.html", "proposals", context, status)

    def offer(typed):
        made = propose_when_oriented(
            request.actor,
            case_id=case.id,
            model_id=model_id,
            person_id=verdict.person_id or typed["person"],
            path=verdict.path,
            deviation_reason=typed["deviation_reason"],
            unoriented_reason=typed["unoriented_reason"],
        )
        messages.success(request, _("Proposed. The family decides, and it waits for your record."))
        return reverse("desk:proposal", args=[family_id, made.id])

    return send(request, form, offer, again) if request.method == "POST" else again()


def _chosen(access: Access, model_id, person_id, way: str) -> tuple[queries.ModelView, queries.VerdictView]:
    model = next((each for each in adopted_models(access.actor.organisation_id) if each.model_id == model_id), None)
    if model is None:
        raise Http404
    known = queries.what_is_known(access)
    view = queries.model_view(access, model, known)
    verdict = queries.verdict_in(view, known, person_id, way)
    if verdict is None:
        raise Http404
    return view, verdict


def _proposal(access: Access, proposal_id) -> Made:
    found = [each for each in proposals_made(access, case_here(access)) if each.id == proposal_id]
    if not found:
        gate.require(access.actor, Deed.READ_PROPOSAL, proposal_id)  # of another family: as if it did not exist
    return found[0]


def proposal(request, family_id, proposal_id):
    """One proposal as it was judged that day, and the family's decision."""
    access = gate.require(request.actor, Deed.READ_PROPOSAL, family_id)
    row = _proposal(access, proposal_id)
    waits = row.decision in {Proposal.Decision.PENDING, Proposal.Decision.LATER}
    asked = voices(access, row.person_id)
    form = DecisionForm(request.POST or None, voices=asked, initial={"version": row.version})

    def again(status=200, **more):
        context = {"form": form, "proposal": row, "waits": waits, **more}
        return render_family(request, access, "desk/proposal.html", "proposals", context, status)

    def decide(typed):
        said = {name: typed[name] for name in DecisionForm.base_fields}
        made = actions.record_decision(request.actor, proposal_id=proposal_id, answers=form.answers(), **said)
        begun = made.decision == Proposal.Decision.YES
        messages.success(request, _("The family's yes is recorded and the work begins.") if begun else _("Recorded."))
        return reverse("desk:proposals", args=[family_id])

    return send(request, form, decide, again, _saved) if request.method == "POST" else again()


def _saved(current: Proposal) -> list[dict]:
    return [{"label": _("What the family decided"), "saved": current.get_decision_display()}]


def proposal_for_family(request, family_id, proposal_id):
    """The proposal in the family's words, to look at together or to print."""
    access = gate.require(request.actor, Deed.READ_PROPOSAL, family_id)
    context = {"proposal": _proposal(access, proposal_id)}
    return render_family(request, access, "desk/proposal_family.html", "proposals", context)


def gap(request, family_id):
    """Notes that nothing fitted; what is counted holds nothing of the family."""
    access = gate.require(request.actor, Deed.READ_PROPOSAL, family_id)
    form = GapForm(request.POST or None)

    def again(status=200, **more):
        return render_family(request, access, "desk/gap.html", "proposals", {"form": form, **more}, status)

    def note(typed):
        actions.note_gap(request.actor, **typed)
        messages.success(request, _("The gap is noted. It is counted without the family."))
        return reverse("desk:proposals", args=[family_id])

    return send(request, form, note, again) if request.method == "POST" else again()


_FAMILY = "families/<uuid:family_id>/proposals/"
urls = [
    path(_FAMILY, proposals, name="proposals"),
    path(f"{_FAMILY}answer/", answer, name="proposal_answer"),
    path(f"{_FAMILY}gap/", gap, name="gap"),
    path(f"{_FAMILY}new/<uuid:model_id>/", propose, name="propose"),
    path(f"{_FAMILY}<uuid:proposal_id>/", proposal, name="proposal"),
    path(f"{_FAMILY}<uuid:proposal_id>/family/", proposal_for_family, name="proposal_for_family"),
]
