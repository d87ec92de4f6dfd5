"""What the library's pages share, in public and in coordination: how it is searched, and the words of its choices."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Page
from django.utils.translation import get_language, gettext as _, gettext_lazy

from solmu.casework.facts import CATALOGUE
from solmu.operating_models.compare.labels import EVIDENCE
from solmu.operating_models.library import Row, Wish
from solmu.situations.models import Domain

TARGETS = {
    "family": gettext_lazy("the whole family"),
    "person": gettext_lazy("one person"),
    "child": gettext_lazy("a child under 13"),
    "adolescent": gettext_lazy("a young person of 13–17"),
    "young": gettext_lazy("a young adult of 18–29"),
    "adult": gettext_lazy("an adult of 30 or more"),
}
NO_DOMAIN = "none"
_LONGEST = 120


@dataclass(frozen=True)
class Search:
    """What somebody looks for, as it stands in the address, and the choices of the form."""

    text: str
    need: str
    target: str
    evidence: str

    @property
    def wish(self) -> Wish:
        """The same for the shelf."""
        of_domain = {NO_DOMAIN: frozenset()} | {code: _facts_of(code) for code in Domain.values}
        return Wish(
            text=self.text,
            facts=of_domain.get(self.need, frozenset()),
            no_facts=_facts_of(*Domain.values) if self.need == NO_DOMAIN else frozenset(),
            target=self.target,
            evidence=self.evidence,
        )

    @property
    def is_empty(self) -> bool:
        """Whether everything is shown."""
        return not (self.text or self.need or self.target or self.evidence)

    @property
    def query(self) -> str:
        """The search as it stands in an address, without the page."""
        return urlencode({"q": self.text, "need": self.need, "target": self.target, "evidence": self.evidence})

    @property
    def words_alone(self) -> str:
        """The search without its conditions as it stands in an address; empty when that is the same."""
        conditions = self.need or self.target or self.evidence
        return urlencode({"q": self.text}) if self.text and conditions else ""

    @property
    def needs(self) -> list[tuple[str, str]]:
        """Domains of life that criteria ask about."""
        return [*Domain.choices, (NO_DOMAIN, _("not tied to one domain of life"))]

    @property
    def targets(self) -> list[tuple[str, str]]:
        """Whom a model is for."""
        return list(TARGETS.items())

    @property
    def kinds_of_evidence(self) -> list[tuple[str, str]]:
        """Whose word the evidence is."""
        return list(EVIDENCE.items())


def _facts_of(*domains: str) -> frozenset[str]:
    return frozenset(name for name, fact in CATALOGUE.items() if set(domains) & set(fact.domains))


def read_search(request) -> Search:
    """What the address asks for; what it cannot mean is left out."""
    asked = request.GET
    return Search(
        asked.get("q", "").strip()[:_LONGEST],
        _one_of(asked.get("need", ""), {*Domain.values, NO_DOMAIN}),
        _one_of(asked.get("target", ""), TARGETS),
        _one_of(asked.get("evidence", ""), EVIDENCE),
    )


def _one_of(given: str, known) -> str:
    return given if given in known else ""


def pages_of_experiences(request) -> dict[str, str]:
    """Which page a reader asks for of each list of what has been told of a model."""
    return {name: request.GET.get(name, "1") for name in ("families", "workers")}


def reader_language() -> str:
    """The language of the page, in which packages are read."""
    return (get_language() or "fi").split("-")[0]


def in_words(page: Page, address: Callable[[Row], str]) -> list[dict]:
    """The rows of a page with their addresses, and the words for whom and by whose word."""
    return [
        {
            "it": row,
            "url": address(row),
            "targets": [str(label) for code, label in TARGETS.items() if code in row.targets],
            "evidence": [str(label) for code, label in EVIDENCE.items() if code in row.evidence],
            "elsewhere": row.said_in != reader_language(),
        }
        for row in page.object_list
    ]
