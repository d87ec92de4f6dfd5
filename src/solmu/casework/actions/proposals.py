"""The worker proposes an operating model, the family decides; what fits nobody is noted as a gap."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from solmu.access import gate
from solmu.access.actor import Actor
from solmu.access.deeds import Deed
from solmu.access.gate import Access
from solmu.agenda import actions as agenda
from solmu.agenda.models import Item
from solmu.casework.models import Case, Engagement, Gap, Proposal
from solmu.casework.queries.criteria import class_of
from solmu.casework.queries.proposals import VerdictView, model_view, verdict_in, what_is_known
from solmu.casework.queries.proposed import voices
from solmu.casework.queries.records import owners_in, require_open, require_own_unit, require_row
from solmu.casework.rules import proposals as rules
from solmu.consents.actions import record_participation
from solmu.consents.models import How
from solmu.kernel.errors import InvalidInput, NotNow
from solmu.kernel.models import insert, save_version
from solmu.operating_models.queries import AdoptedModel, adopted_models, package_of
from solmu.situations.models import Domain

_ANSWERED = {rules.YES, rules.NO, rules.LATER}


def propose_model(
    actor: Actor,
    *,
    case_id: UUID,
    model_id: UUID,
    person_id: UUID | None = None,
    path: str = "",
    deviation_reason: str = "",
) -> Proposal:
    """Offers a model to the family by one way into it, `path`; without it, by the way that is the most open.

    Passing over what the model recommends needs a reason. The verdict is kept as it was read.
    """
    with transaction.atomic():
        access, case = require_row(actor, Deed.WRITE_PROPOSAL, Case, case_id)
        require_own_unit(case, actor)
        require_open(case)
        model = next((each for each in adopted_models(actor.organisation_id) if each.model_id == model_id), None)
        if model is None:
            raise NotNow(_("This operating model is no longer in use. Look at the ones that are."))
        view = _judged(access, model, person_id, path)
        _check_new(case, model, person_id, view, deviation_reason)
        proposal = insert(
            Proposal(
                case=case,
                model_id=model_id,
                person_id=person_id,
                verdict=view.kind,
                verdict_detail={**rules.frozen(view.verdict, class_of), "path": view.path or None},
                deviation_reason=deviation_reason.strip(),
                proposed_at=actor.at,
                proposed_by=actor.account_id,
            )
        )
        _wait(actor, proposal, rules.hear_on(actor.today))
    return proposal


def _judged(access: Access, model: AdoptedModel, person_id: UUID | None, path: str) -> VerdictView:
    known = what_is_known(access)
    view = verdict_in(model_view(access, model, known), known, person_id, path)
    if view is None:
        raise InvalidInput({"person": _("Choose the person whom the proposal is about.")})
    return view


def _check_new(case: Case, model: AdoptedModel, person_id: UUID | None, view: VerdictView, reason: str) -> None:
    earlier = Proposal.objects.filter(case=case, person_id=person_id, model__slug=model.package.slug)
    same_way = earlier.filter(verdict_detail__path=view.path or None)
    if same_way.filter(decision=Proposal.Decision.PENDING).exists():
        raise NotNow(_("This has already been proposed, and the family is thinking. Record its decision first."))
    if Engagement.objects.filter(proposal__in=same_way, state=Engagement.State.RUNNING).exists():
        raise NotNow(_("This is already under way with the family."))
    asked_not_to = earlier.filter(do_not_ask_again=True).exists()
    deviates = view.needs_reason or rules.needs_reason(view.verdict.kind, (), asked_not_to=asked_not_to)
    if deviates and not reason.strip():
        sentence = _("Write why you propose this all the same: what it departs from is shown above.")
        if asked_not_to:
            sentence = _("The family has asked not to be offered this again. Write what has changed.")
        raise InvalidInput({"deviation_reason": sentence})


def _wait(actor: Actor, proposal: Proposal, on: date) -> None:
    agenda.put(
        actor,
        kind=Item.Kind.PROPOSAL,
        about_id=proposal.id,
        due_on=on,
        record_id=proposal.case.family_id,
        **owners_in(proposal.case),
    )


def record_decision(
    actor: Actor,
    *,
    proposal_id: UUID,
    version: int,
    decision: str,
    answers: Mapping[UUID, str],
    how: str = How.ORAL,
    ask_again_on: date | None = None,
    do_not_ask_again: bool = False,
    note: str = "",
) -> Proposal:
    """Records what the family decided and who said what; with everybody's yes the work begins on this very version.

    `answers` holds yes, no or later for each person who was asked.
    """
    with transaction.atomic():
        access, proposal = require_row(actor, Deed.WRITE_PROPOSAL, Proposal, proposal_id)
        require_own_unit(proposal.case, actor)
        require_open(proposal.case)
        if proposal.decision not in {Proposal.Decision.PENDING, Proposal.Decision.LATER}:
            raise NotNow
        _check_decision(actor, access, proposal, decision, answers, ask_again_on)
        proposal.decision, proposal.decided_at, proposal.note = decision, actor.at, note
        proposal.ask_again_on = ask_again_on if decision == rules.LATER else None
        proposal.do_not_ask_again = do_not_ask_again and decision == rules.NO
        fields = ["decision", "decided_at", "note", "ask_again_on", "do_not_ask_again"]
        save_version(proposal, expected=version, fields=fields)
        for person_id, answer in answers.items():
            record_participation(
                actor,
                family_id=access.record_id,
                person_id=person_id,
                about_id=proposal.id,
                answer=answer,
                how=how,
                ask_again_on=ask_again_on if answer == rules.LATER else None,
            )
        agenda.settle(actor, about_id=proposal.id)
        if decision == rules.LATER:
            _wait(actor, proposal, ask_again_on)
        if decision == rules.YES:
            _start(actor, proposal)
    return proposal


def _check_decision(actor, access, proposal, decision, answers, ask_again_on) -> None:
    errors = {}
    if decision not in _ANSWERED:
        errors["decision"] = _("Choose what the family decided.")
    if not answers or not set(answers.values()) <= _ANSWERED:
        errors["answers"] = _("Record at least one person's own answer.")
    later = decision == rules.LATER or rules.LATER in answers.values()
    if later and (ask_again_on is None or ask_again_on <= actor.today):
        errors["ask_again_on"] = _("Agree on a coming day on which you ask again.")
    if decision == rules.YES and not errors:
        asked = voices(access, proposal.person_id)
        says_yes = package_of(proposal.model).process.permissions.taking_part.says_yes
        lacks = rules.yes_lacks(says_yes, [voice for voice, _row in asked], proposal.person_id, answers)
        if lacks is not None:
            names = [row.called for voice, row in asked if voice.id in lacks]
            sentence = _("Nothing begins without the own yes of: %s.") % ", ".join(names)
            errors["answers"] = sentence if names else _("Nothing begins without an adult's yes.")
    if errors:
        raise InvalidInput(errors)


def _start(actor: Actor, proposal: Proposal) -> Engagement:
    phases = package_of(proposal.model).process.phases
    return insert(
        Engagement(
            case=proposal.case,
            proposal=proposal,
            model=proposal.model,
            phase=phases[0].id if phases else "",
            started_at=actor.at,
        )
    )


def note_gap(actor: Actor, *, need: str, area: str = "", language: str = "", note: str = "") -> Gap:
    """Notes that nothing fitted: what would have been needed, where and in which language; never for whom."""
    with transaction.atomic():
        gate.require(actor, Deed.NOTE_GAP)
        if need not in Domain.values:
            raise InvalidInput({"need": _("Choose what would have been needed.")})
        return insert(
            Gap(
                unit_id=actor.unit_id,
                need=need,
                area=area.strip(),
                language=language,
                note=note.strip(),
                noted_on=actor.today,
            )
        )
