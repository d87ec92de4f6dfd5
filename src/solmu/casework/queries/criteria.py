"""Criteria and questions of operating models in words: for the page, and as they were kept with a proposal."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from solmu.access.classes import InformationClass as C
from solmu.access.gate import Access
from solmu.casework import facts
from solmu.casework.rules import proposals as rules
from solmu.operating_models.compare.labels import STRENGTHS
from solmu.operating_models.facts import Fact, Scope
from solmu.operating_models.package import Package
from solmu.operating_models.rules import CriterionResult, Entry, Facts, Known, Strength, Wording

KINDS = {
    "fits": gettext_lazy("fits"),
    "may_fit": gettext_lazy("may fit"),
    "not_now": gettext_lazy("not now"),
    "does_not_fit": gettext_lazy("does not fit"),
}
STATES = {
    "met": gettext_lazy("Met"),
    "not_met": gettext_lazy("Not met"),
    "not_yet_known": gettext_lazy("Not yet known"),
}
CRISIS = "show_crisis_routes"
_SPEAKS = {True: "ok", False: "late", None: "soon"}


@dataclass(frozen=True)
class QuestionView:
    """A fact as it is asked, of the family or of one person, and what has been answered."""

    fact: Fact
    worker: str
    family: str
    person_id: UUID | None
    asked_here: bool
    """Answered on this page; else it is read from another part of the record."""
    answer: str
    """What is known now; empty when it has not been asked."""
    where_from: str

    @property
    def key(self) -> tuple[str, UUID | None]:
        """What makes two models' questions one and the same."""
        return self.fact.name, self.person_id

    @property
    def protected(self) -> bool:
        """Whether only a judgement is written down, never what it rests on."""
        return self.fact.information_class == "protected"


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
    crisis: bool = False
    """Met, and so help at once is shown."""

    @property
    def state_is_plain(self) -> bool:
        """Whether the icon alone tells the state; where the sentence is not so, that is said in words."""
        return self.state == "not_yet_known" or (self.state == "met" and self.tone == "ok")


def class_of(fact: str) -> str:
    """The information class of a fact; a fact that nobody provides any more is treated as protected."""
    known = facts.CATALOGUE.get(fact)
    return known.information_class if known else "protected"


def is_of_family(fact: str) -> bool:
    """Whether a fact is the whole family's."""
    known = facts.CATALOGUE.get(fact)
    return known is not None and known.scope is Scope.FAMILY


@lru_cache(maxsize=16)
def _in_language(language: str) -> tuple[dict[str, str], dict[str, str]]:
    """STATES and STRENGTHS told once in a language: a page says them for every criterion of every model."""
    with translation.override(language):
        return {key: str(word) for key, word in STATES.items()}, {key: str(word) for key, word in STRENGTHS.items()}


def criterion_view(package: Package, language: str, result: CriterionResult) -> CriterionView:
    """A criterion as it is judged now."""
    said = result.criterion
    states, strengths = _in_language(language)
    speaks = None if result.state == "not_yet_known" else not result.speaks_against
    return CriterionView(
        said.id,
        package.text(said.says.worker, language),
        package.text(said.says.family, language),
        result.state.value,
        states[result.state.value],
        _SPEAKS[speaks],
        strengths[said.strength.value],
        list(dict.fromkeys(each.where_from for each in result.rested_on if each.where_from)),
        result.from_date,
        bool(result.missing_settings),
        rules.is_protected(said.condition, class_of),
        crisis=said.then == CRISIS and result.state == "met",
    )


def tally(criteria: Iterable[CriterionView]) -> list[tuple[str, str]]:
    """How many of the criteria speak for a model, against it, or are not yet known: the tone and the words of each."""
    tones = Counter(each.tone for each in criteria)
    words = {
        "ok": ngettext("%(n)s speaks for", "%(n)s speak for", tones["ok"]),
        "late": ngettext("%(n)s speaks against", "%(n)s speak against", tones["late"]),
        "soon": ngettext("%(n)s not yet known", "%(n)s not yet known", tones["soon"]),
    }
    return [(tone, said % {"n": tones[tone]}) for tone, said in words.items() if tones[tone]]


def kept_criteria(access: Access, package: Package, language: str, detail: Mapping[str, Any]) -> list[CriterionView]:
    """The criteria as they were judged when the proposal was made; protected ones only with the right to them."""
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


@lru_cache(maxsize=128)
def _wordings(entry: Entry) -> dict[str, Wording]:
    return dict(entry.questions)


def question_view(package: Package, language: str, name: str, known: Facts, person_id: UUID | None) -> QuestionView:
    """A fact as this package asks it, else in the catalogue's own words."""
    fact, says = facts.CATALOGUE[name], _wordings(package.entry).get(name)
    answered = known.get(name)
    if says:
        of_worker, of_family = package.text(says.worker, language), package.text(says.family, language)
    else:
        of_worker = of_family = str(fact.asks or fact.means)
    return QuestionView(
        fact,
        of_worker,
        of_family,
        person_id if fact.scope is Scope.PERSON else None,
        name in facts.ASKED,
        _in_words(answered) if answered else "",
        answered.where_from if answered else "",
    )


def _in_words(answered: Known) -> str:
    if answered.value is None:
        return _("stays open for now")
    return {True: _("yes"), False: _("no")}.get(answered.value, str(answered.value))
