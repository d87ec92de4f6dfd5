"""Which operating models fit a family, criterion by criterion, and what has been proposed and decided."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import get_language, gettext_lazy as _

from solmu.access.classes import InformationClass as C
from solmu.access.gate import Access
from solmu.casework import facts
from solmu.casework.models import Case, Proposal
from solmu.casework.rules import proposals as rules
from solmu.casework.rules.proposals import Voice
from solmu.families.models import Person
from solmu.families.queries import PersonRow, people
from solmu.operating_models.facts import Fact
from solmu.operating_models.package import Package
from solmu.operating_models.queries import AdoptedModel, adopted_models, package_of
from solmu.operating_models.rules import CriterionResult, Known, Question, Strength, Verdict

KINDS = {
    "fits": _("fits"),
    "may_fit": _("may fit"),
    "not_now": _("not now"),
    "does_not_fit": _("does not fit"),
}
STATES = {"met": _("Met"), "not_met": _("Not met"), "not_yet_known": _("Not yet known")}
STRENGTHS = {
    "required": _("required"),
    "recommended": _("recommended"),
    "excludes": _("rules the model out"),
    "advises_against": _("speaks against for now"),
}
_SPEAKS = {True: "ok", False: "late", None: "soon"}


@dataclass(frozen=True)
class QuestionView:
    """What is best asked next."""

    fact: Fact
    worker: str
    family: str
    asked_here: bool
    """Answered on this page; else it is read from another part of the record."""
    protected: bool


@dataclass(frozen=True)
class CriterionView:
    """One criterion in words."""

    id: str
    worker: str
    family: str
    state: str
    state_label: str
    tone: str
    """ok: speaks for the model, late: against it, soon: not yet known."""
    strength_label: str
    where_from: list[str]
    from_date: date | None
    lacks_setting: bool
    protected: bool
    answers: tuple[QuestionView, ...] = ()
    """Answers that it rests on and that can be changed here."""

    @property
    def state_is_plain(self) -> bool:
        """Whether the icon alone tells the state; where the sentence is not so, that is said in words."""
        return self.state == "not_yet_known" or (self.state == "met" and self.tone == "ok")


@dataclass(frozen=True)
class VerdictView:
    """A model's verdict for the family, or for one of its people."""

    person_id: UUID | None
    person_name: str
    kind: str
    kind_label: str
    until: date | None
    criteria: list[CriterionView]
    deviations: list[CriterionView]
    question: QuestionView | None
    needs_reason: bool
    offered_now: str
    verdict: Verdict = field(repr=False)


@dataclass(frozen=True)
class ModelView:
    """One model: its neutral name, what it is in the family's words, and its verdicts."""

    model_id: UUID
    name: str
    family_words: str
    offered: str
    about_person: bool
    verdicts: list[VerdictView]

    @property
    def possible(self) -> list[VerdictView]:
        """Verdicts that leave the model open."""
        return [each for each in self.verdicts if each.kind in {"fits", "may_fit"}]

    @property
    def closed(self) -> list[VerdictView]:
        """Verdicts that do not."""
        return [each for each in self.verdicts if each.kind not in {"fits", "may_fit"}]


@dataclass(frozen=True)
class WhatIsKnown:
    """What a judgement rests on: the family's facts, and each one's own."""

    family: Mapping[str, Known]
    people: Mapping[UUID, Mapping[str, Known]]
    members: list[PersonRow]


def what_is_known(access: Access) -> WhatIsKnown:
    """Everything that models may ask, read once for all of them."""
    members = people(access) if access.covers(C.IDENTITY) else []
    members = [member for member in members if member.place != Person.Place.CLOSE]
    return WhatIsKnown(facts.known(access), facts.known_of_people(access), members)


def proposal_view(
    access: Access, known: WhatIsKnown | None = None, models: list[AdoptedModel] | None = None
) -> list[ModelView]:
    """Every model in use with its verdict, in the packages' own order: there is no score and no ranking."""
    known = known or what_is_known(access)
    if models is None:
        models = adopted_models(access.actor.organisation_id)
    return [model_view(access, model, known) for model in models]


def model_view(access: Access, model: AdoptedModel, known: WhatIsKnown) -> ModelView:
    """One model judged for the family, or for each of its people."""
    package, language = model.package, get_language() or "fi"
    offer = package.entry.offered_when
    return ModelView(
        model.model_id,
        package.neutral_name(language),
        package.text(package.model.family_summary, language),
        package.text(offer.says.worker, language) if offer else "",
        package.entry.about == "person",
        [_verdict_view(access, package, language, *each) for each in _judge(access, model, known)],
    )


def _judge(access: Access, model: AdoptedModel, known: WhatIsKnown):
    compiled, today = model.package.compiled(model.settings), access.actor.today
    if model.package.entry.about != "person":
        yield None, compiled.judge(known.family, today)
        return
    for member in known.members:
        yield member, compiled.judge({**known.family, **known.people.get(member.id, {})}, today)


def judge_one(access: Access, model: AdoptedModel, person_id: UUID | None, known: WhatIsKnown) -> VerdictView | None:
    """The verdict of one model for the family or one person; None when there is nobody such to judge it for."""
    views = model_view(access, model, known).verdicts
    return next((view for view in views if view.person_id == person_id), None)


def _verdict_view(access: Access, package: Package, language: str, member: PersonRow | None, verdict: Verdict):
    views = {each.criterion.id: _criterion(access, package, language, each) for each in verdict.criteria}
    deviations = [views[each.criterion.id] for each in verdict.deviations]
    return VerdictView(
        member.id if member else None,
        member.called if member else "",
        verdict.kind.value,
        str(KINDS[verdict.kind.value]),
        verdict.until,
        list(views.values()),
        deviations,
        _question(package, language, verdict.next_question),
        rules.needs_reason(verdict.kind, deviations),
        verdict.offered_now.value if verdict.offered_now else "",
        verdict,
    )


def class_of(fact: str) -> str:
    """The information class of a fact; a fact that nobody provides any more is treated as protected."""
    known = facts.CATALOGUE.get(fact)
    return known.information_class if known else "protected"


def _criterion(access: Access, package: Package, language: str, result: CriterionResult) -> CriterionView:
    said, protected = result.criterion, rules.is_protected(result.criterion.condition, class_of)
    speaks = None if result.state == "not_yet_known" else not result.speaks_against
    sources = list(dict.fromkeys(each.where_from for each in result.rested_on if each.where_from))
    return CriterionView(
        said.id,
        package.text(said.says.worker, language),
        package.text(said.says.family, language),
        result.state.value,
        str(STATES[result.state.value]),
        _SPEAKS[speaks],
        str(STRENGTHS[said.strength.value]),
        sources,
        result.from_date,
        bool(result.missing_settings),
        protected,
        tuple(_asked(package, language, each.fact) for each in result.rested_on if each.fact in facts.ASKED),
    )


def _question(package: Package, language: str, question: Question | None) -> QuestionView | None:
    return _asked(package, language, question.fact) if question and question.fact in facts.CATALOGUE else None


def _asked(package: Package, language: str, name: str) -> QuestionView:
    fact, says = facts.CATALOGUE[name], dict(package.entry.questions).get(name)
    worker = package.text(says.worker, language) if says else str(fact.asks or fact.means)
    family = package.text(says.family, language) if says else str(fact.asks or fact.means)
    return QuestionView(fact, worker, family, name in facts.ASKED, fact.information_class == "protected")


@dataclass(frozen=True)
class Made:
    """A proposal made to the family, as it was judged that day, and what the family decided."""

    id: UUID
    version: int
    model_id: UUID
    name: str
    family_words: str
    person_id: UUID | None
    person_name: str
    kind_label: str
    until: date | None
    deviation_reason: str
    criteria: list[CriterionView]
    proposed_at: datetime
    decision: str
    decision_label: str
    decided_at: datetime | None
    ask_again_on: date | None
    do_not_ask_again: bool
    note: str
    runs: bool
    asks: str
    """What each one is asked, in the family's words."""
    says_yes: tuple[str, ...]


def proposals_made(access: Access, case: Case | None) -> list[Made]:
    """What has been proposed in a case, the latest first."""
    if case is None:
        return []
    rows = Proposal.objects.filter(case=case).select_related("model", "person", "engagement").defer("model__content")
    return [_made(access, row) for row in rows.order_by("-proposed_at", "-id")]


def _made(access: Access, row: Proposal) -> Made:
    package, language, detail = package_of(row.model), get_language() or "fi", row.verdict_detail
    process = package.process
    engagement = getattr(row, "engagement", None)
    return Made(
        row.id,
        row.version,
        row.model_id,
        package.neutral_name(language),
        package.text(package.model.family_summary, language),
        row.person_id,
        row.person.called if row.person and access.covers(C.IDENTITY) else "",
        str(KINDS.get(row.verdict, row.verdict)),
        date.fromisoformat(detail["until"]) if detail.get("until") else None,
        row.deviation_reason,
        _frozen_criteria(access, package, language, detail),
        row.proposed_at,
        row.decision,
        row.get_decision_display(),
        row.decided_at,
        row.ask_again_on,
        row.do_not_ask_again,
        row.note,
        engagement is not None and engagement.state == "running",
        package.text(process.permissions.taking_part.says, language),
        process.permissions.taking_part.says_yes,
    )


def _frozen_criteria(access: Access, package: Package, language: str, detail: Mapping[str, Any]) -> list[CriterionView]:
    said = {each.id: each for each in package.entry.criteria}
    found = []
    for kept in detail.get("criteria", []):
        criterion = said.get(kept["id"])
        hidden = kept["protected"] and not access.covers(C.PROTECTED)
        if criterion is None or hidden:
            continue
        wants = Strength(kept["strength"]).wants
        speaks = None if kept["state"] == "not_yet_known" else (kept["state"] == "met") is wants
        found.append(
            CriterionView(
                kept["id"],
                package.text(criterion.says.worker, language),
                package.text(criterion.says.family, language),
                kept["state"],
                str(STATES[kept["state"]]),
                _SPEAKS[speaks],
                str(STRENGTHS[kept["strength"]]),
                kept["from"],
                None,
                lacks_setting=False,
                protected=kept["protected"],
            )
        )
    return found


def voices(access: Access, person_id: UUID | None = None) -> list[tuple[Voice, PersonRow]]:
    """Everybody whose wish is asked: adults, young people who understand, and the one whom it is about."""
    found = []
    for member in people(access):
        young = member.place == Person.Place.YOUNG and member.decides_self is not False
        adult = member.place == Person.Place.ADULT
        if adult or young or member.id == person_id:
            found.append((Voice(member.id, adult, young), member))
    return found
