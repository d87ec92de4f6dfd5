"""Which operating models fit a family: by each way into them, criterion by criterion, and what to ask first."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from django.utils.translation import get_language

from solmu.access.classes import InformationClass as C
from solmu.access.gate import Access
from solmu.casework import facts
from solmu.casework.queries.criteria import (
    KINDS,
    CriterionView,
    QuestionView,
    criterion_view,
    is_of_family,
    question_view,
    tally,
)
from solmu.casework.queries.proposed import Made
from solmu.casework.rules import proposals as rules
from solmu.families.models import Person
from solmu.families.queries import PersonRow, people, people_rows
from solmu.operating_models.compare.labels import EVIDENCE
from solmu.operating_models.package import Package
from solmu.operating_models.queries import AdoptedModel, adopted_models
from solmu.operating_models.rules import CompiledEntry, Facts, Kind, Known, PathVerdict, Verdict, facts_of

_KINDS = [kind.value for kind in Kind]


@dataclass(frozen=True)
class VerdictView:
    """The verdict of one way into a model, for the family or for one of its people."""

    path: str
    """Empty when the model has only one way in."""
    path_title: str
    person_id: UUID | None
    person_name: str
    has_say: bool
    """Whether the one can be asked: a small child cannot."""
    kind: str
    until: date | None
    criteria: list[CriterionView]
    deviations: list[CriterionView]
    question: QuestionView | None
    asked: tuple[QuestionView, ...]
    """Everything that it rests on and that is answered on this page."""
    still_open: frozenset
    """Keys of the questions that have not been asked and on which it hangs."""
    needs_reason: bool
    verdict: Verdict | PathVerdict = field(repr=False)
    made: tuple[Made, ...] = ()
    """The proposals by which this is under way or being thought about."""

    @property
    def kind_label(self) -> str:
        """The verdict in words."""
        return str(KINDS[self.kind])

    @property
    def may_be_proposed(self) -> bool:
        """Whether a proposal would be a new one; what is judged for the whole family may be for another of it."""
        return all(each.person_id != self.person_id for each in self.made)

    @property
    def against(self) -> list[CriterionView]:
        """What speaks against it now."""
        return [each for each in self.criteria if each.tone == "late"]

    @property
    def tally(self) -> list[tuple[str, str]]:
        """How many criteria speak for it, against it, or are not yet known, in words."""
        return tally(self.criteria)


@dataclass(frozen=True)
class PathView:
    """One way into a model, by its own criteria; a model without several has one without a name."""

    id: str
    title: str
    shown: list[VerdictView]
    """Of the family, or of each one for whom it is open, or else for whom time opens it."""
    others: list[VerdictView]
    """Of those for whom it is plainly not."""

    @property
    def kind(self) -> str:
        """The most open verdict of those whom it is shown for."""
        return rules.most_open(Kind(each.kind) for each in self.shown).value

    @property
    def kind_label(self) -> str:
        """The same in words."""
        return str(KINDS[self.kind])

    @property
    def until(self) -> date | None:
        """The first day on which time opens it."""
        return min((each.until for each in self.shown if each.kind == self.kind and each.until), default=None)

    @property
    def is_open(self) -> bool:
        """Whether it fits or may fit somebody."""
        return Kind(self.kind) in rules.OPEN


@dataclass(frozen=True)
class ModelView:
    """One model: its neutral name, what it is in the family's words, and the ways into it."""

    model_id: UUID
    slug: str
    name: str
    family_words: str
    offered: str
    """Why this is the moment for it; empty when it is not, or when the model names no moment."""
    evidence: tuple[str, ...]
    about_person: bool
    by_law: bool
    """An authority's duty, never mixed with what a family may take or leave."""
    paths: list[PathView]

    @property
    def verdicts(self) -> list[VerdictView]:
        """All verdicts, by way in."""
        return [each for path in self.paths for each in (*path.shown, *path.others)]

    @property
    def kind(self) -> str:
        """The verdict of the way in that is the most open."""
        return rules.most_open(Kind(path.kind) for path in self.paths).value

    @property
    def kind_label(self) -> str:
        """The same in words."""
        return str(KINDS[self.kind])

    @property
    def until(self) -> date | None:
        """The first day on which time opens it."""
        return min((path.until for path in self.paths if path.kind == self.kind and path.until), default=None)

    @property
    def asks(self) -> VerdictView | None:
        """The verdict whose question is the model's next; none when the model fits already."""
        waiting = [each for path in self.paths if path.kind == self.kind for each in path.shown if each.question]
        return waiting[0] if waiting and self.kind != Kind.FITS else None

    @property
    def runs(self) -> bool:
        """Whether it is under way with the family."""
        return any(made.runs for verdict in self.verdicts for made in verdict.made)

    @property
    def crisis(self) -> bool:
        """Whether it leads to help at once."""
        return any(criterion.crisis for verdict in self.verdicts for criterion in verdict.criteria)


@dataclass(frozen=True)
class FirstQuestion:
    """What is best asked first of all, and the models that wait for it."""

    question: QuestionView
    person_name: str
    waiting: list[str]


@dataclass(frozen=True)
class WhatIsKnown:
    """What a judgement rests on: the family's facts, and each one's own."""

    family: Mapping[str, Known]
    people: Mapping[UUID, Mapping[str, Known]]
    members: list[PersonRow]


def what_is_known(access: Access) -> WhatIsKnown:
    """Everything that models may ask, read once for all of them."""
    rows = people_rows(access) if access.covers(C.IDENTITY) else None
    members = [member for member in people(access, rows or ()) if member.place != Person.Place.CLOSE]
    return WhatIsKnown(*facts.known_of_all(access, rows), members)


def proposal_view(
    access: Access, known: WhatIsKnown | None = None, models: list[AdoptedModel] | None = None
) -> list[ModelView]:
    """Every model in use with its verdict, in the packages' own order: there is no score and no ranking."""
    known = known or what_is_known(access)
    if models is None:
        models = adopted_models(access.actor.organisation_id)
    return [model_view(access, model, known) for model in models]


def by_kind(models: Iterable[ModelView]) -> list[ModelView]:
    """What fits before what may fit, then what does not yet and what does not; equals in the packages' order."""
    return sorted(models, key=lambda model: _KINDS.index(model.kind))


def with_made(models: Iterable[ModelView], made: Iterable[Made]) -> list[ModelView]:
    """The models, each verdict with the proposals of the same way in, for the same one, that stand."""
    standing = [each for each in made if each.stands]

    def told(model: ModelView, verdict: VerdictView) -> VerdictView:
        same_way = (each for each in standing if (each.slug, each.path) == (model.slug, verdict.path))
        anybody = model.about_person and verdict.person_id is None
        return replace(verdict, made=tuple(one for one in same_way if anybody or one.person_id == verdict.person_id))

    def beside(model: ModelView, path: PathView) -> PathView:
        shown, others = ([told(model, each) for each in some] for some in (path.shown, path.others))
        return replace(path, shown=shown, others=others)

    return [replace(model, paths=[beside(model, path) for path in model.paths]) for model in models]


def first_question(models: Iterable[ModelView]) -> FirstQuestion | None:
    """The one question for which the most models wait (`rules.most_useful`), as the first of them words it."""
    asking = [model for model in models if model.asks]
    waiting = [rules.Waiting(model.asks.question.key, _open_in(model)) for model in asking]
    key = rules.most_useful(waiting)
    if key is None:
        return None
    first = next(model.asks for model in asking if model.asks.question.key == key)
    named = [model.name for model, each in zip(asking, waiting, strict=True) if key in each.open]
    return FirstQuestion(first.question, first.person_name if first.question.person_id else "", named)


def _open_in(model: ModelView) -> frozenset:
    return frozenset().union(*(verdict.still_open for path in model.paths for verdict in path.shown))


def model_view(access: Access, model: AdoptedModel, known: WhatIsKnown) -> ModelView:
    """One model judged by each way into it, for the family or for each of its people."""
    package, language = model.package, get_language() or "fi"
    offer, about_person = package.entry.offered_when, package.entry.about == "person"
    judged = _judged_people(access, model, known) if about_person else []
    whole = model.package.compiled(model.settings).judge(known.family, access.actor.today)
    return ModelView(
        model.model_id,
        package.slug,
        package.neutral_name(language),
        package.text(package.model.family_summary, language),
        package.text(offer.says.worker, language) if offer and whole.offered_now == "met" else "",
        tuple(dict.fromkeys(str(EVIDENCE.get(each.kind, each.kind)) for each in package.model.evidence)),
        about_person,
        bool(package.process.law),
        [_path_view(package, language, way, index, known, judged) for index, way in enumerate(_ways(whole))],
    )


def _judged_people(access: Access, model: AdoptedModel, known: WhatIsKnown) -> list[tuple[PersonRow, Facts, Verdict]]:
    compiled: CompiledEntry = model.package.compiled(model.settings)
    own = [(member, {**known.family, **known.people.get(member.id, {})}) for member in known.members]
    return [(member, said, compiled.judge(said, access.actor.today)) for member, said in own]


def _ways(verdict: Verdict) -> tuple[Verdict | PathVerdict, ...]:
    return verdict.paths or (verdict,)


def _path_view(package: Package, language: str, way, index: int, known: WhatIsKnown, judged) -> PathView:
    """A way in that asks nothing about one person alone is judged once, for the family."""
    id_, title = "", ""
    if package.entry.paths:
        path = package.entry.paths[index]
        id_, title = path.id, package.text(path.title, language)
    if package.entry.about != "person" or rules.rests_on_family(way.criteria, is_of_family):
        return PathView(id_, title, [_verdict_view(package, language, id_, title, None, known.family, way)], [])
    views = [
        _verdict_view(package, language, id_, title, member, said, _ways(verdict)[index])
        for member, said, verdict in judged
    ]
    is_shown = rules.listed([(Kind(each.kind), each.has_say) for each in views])
    shown = [each for each, here in zip(views, is_shown, strict=True) if here]
    return PathView(id_, title, shown, [each for each, here in zip(views, is_shown, strict=True) if not here])


def _verdict_view(package, language, path, title, member: PersonRow | None, said: Facts, way) -> VerdictView:
    views = {each.criterion.id: criterion_view(package, language, each) for each in way.criteria}
    deviations = [views[each.criterion.id] for each in way.deviations]
    person_id = member.id if member else None

    def ask(name: str) -> QuestionView:
        return question_view(package, language, name, said, person_id)

    names = dict.fromkeys(name for each in way.criteria for name in facts_of(each.criterion.condition))
    question = way.next_question
    return VerdictView(
        path,
        title,
        person_id,
        member.called if member else "",
        member is None or member.place != Person.Place.CHILD or member.decides_self is True,
        way.kind.value,
        way.until,
        list(views.values()),
        deviations,
        ask(question.fact) if question and question.fact in facts.CATALOGUE else None,
        tuple(ask(name) for name in names if name in facts.ASKED),
        frozenset(_open_keys(way, said, person_id)),
        rules.needs_reason(way.kind, deviations),
        way,
    )


def _open_keys(way: Verdict | PathVerdict, said: Facts, person_id: UUID | None) -> Iterator[tuple[str, UUID | None]]:
    for each in way.criteria:
        for name in each.open_facts:
            if name not in said:
                yield name, None if is_of_family(name) else person_id


def verdict_in(view: ModelView, known: WhatIsKnown, person_id: UUID | None, path: str = "") -> VerdictView | None:
    """One verdict of a model: of the way in `path`, else of the most open, for the family or for one person.

    A way in that is judged for the family may be taken for one of its people. None when there is nobody such.
    """
    members = {member.id for member in known.members} if view.about_person else set()
    fitting = [
        each
        for each in view.verdicts
        if path in ("", each.path)
        and (each.person_id == person_id or (each.person_id is None and person_id in members))
    ]
    return min(fitting, key=lambda each: _KINDS.index(each.kind), default=None)
