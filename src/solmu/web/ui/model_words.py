"""An operating model in words for a page: its entry in the library, in the reader's language."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from solmu.operating_models.compare.codes import CODES
from solmu.operating_models.compare.labels import EVIDENCE, HEADINGS as HEADING_WORDS, MARKS, STRENGTHS
from solmu.operating_models.guide import languages_of, pages_of
from solmu.operating_models.indexing import language_of
from solmu.operating_models.package import Package
from solmu.operating_models.package.building import HEADINGS
from solmu.operating_models.package.parts import Source, Statement
from solmu.web.ui.law_words import PointOfLaw, law_in_words
from solmu.web.ui.markdown import title_of


@dataclass(frozen=True)
class Told:
    """A sentence of the package with what it rests on."""

    says: str
    kind: str = ""
    mark: str = ""
    """How sure it is: F, I, N or G."""
    sources: tuple[str, ...] = ()
    more: str = ""
    link: str = ""


@dataclass(frozen=True)
class Heading:
    """One of Innokylä's headings; `says` empty: the package leaves it out."""

    name: str
    label: str
    says: str


@dataclass(frozen=True)
class Phase:
    """A part of the way, and what is done in it."""

    title: str
    steps: list[Told]


@dataclass(frozen=True)
class GuideTitle:
    """A page of the guide in the list of pages."""

    name: str
    title: str
    language: str


class ModelWords:
    """A package as its page reads it; every part is worked out when a template asks for it."""

    def __init__(self, package: Package, language: str):
        self.package, self.language = package, language

    def say(self, key: str | None) -> str:
        """A text of the package; empty when there is none."""
        return self.package.text(key, self.language) if key else ""

    def _told(self, part: Statement, key: str, kind: object = "", more: str = "", link: str = "") -> Told:
        return Told(self.say(key), str(kind), part.mark, part.source, more, link)

    @property
    def title(self) -> str:
        """The model's own name."""
        return self.package.title(self.language)

    @property
    def said_in(self) -> str:
        """The language of the page's words."""
        return language_of(self.package, self.package.model.title, self.language)

    @property
    def elsewhere(self) -> bool:
        """Whether the package lacks the reader's language."""
        return self.said_in != self.language

    @property
    def summary(self) -> str:
        """What it is, in a sentence or two."""
        return self.say(self.package.model.summary)

    @property
    def neutral_name(self) -> str:
        """What it is called in lists and notices."""
        return self.package.neutral_name(self.language)

    @property
    def family_words(self) -> str:
        """What a family is told."""
        return self.say(self.package.model.family_summary)

    @property
    def headings(self) -> list[Heading]:
        """All of Innokylä's headings, in its order, those that the package leaves out with nothing."""
        written = dict(self.package.model.headings)
        return [Heading(name, str(HEADING_WORDS[name]), self.say(written.get(name))) for name in HEADINGS]

    @property
    def missing(self) -> list[Heading]:
        """The headings that the package leaves out."""
        return [each for each in self.headings if not each.says]

    @property
    def about_person(self) -> bool:
        """Whether it is judged for one person at a time."""
        return self.package.entry.about == "person"

    @property
    def offered(self) -> Told | None:
        """When it is offered."""
        offer = self.package.entry.offered_when
        return Told(self.say(offer.says.worker), mark=offer.mark, sources=offer.source) if offer else None

    @property
    def criteria(self) -> list[Told]:
        """Who it is for, sentence by sentence."""
        ways = {each.id: self.say(each.title) for each in self.package.entry.paths}
        return [
            Told(
                self.say(each.says.worker),
                str(STRENGTHS[each.strength.value]),
                each.mark,
                each.source,
                ways.get(each.path, ""),
            )
            for each in self.package.entry.criteria
        ]

    @property
    def phases(self) -> list[Phase]:
        """How it proceeds."""
        return [
            Phase(self.say(each.title), [self._told(step, step.text) for step in each.steps])
            for each in self.package.process.phases
        ]

    @property
    def law(self) -> list[PointOfLaw]:
        """What an act lays down on its course, and between which days."""
        return law_in_words(self.package, self.language)

    @property
    def themes(self) -> list[Told]:
        """What its meetings are about."""
        return [self._told(each, each.title) for each in self.package.process.themes]

    @property
    def roles(self) -> list[Told]:
        """Who takes part."""
        return [self._told(each, each.name, more=self.say(each.says)) for each in self.package.process.roles]

    @property
    def points(self) -> list[Told]:
        """Where it leads, with the number that the package gives."""
        return [
            self._told(each, each.name, each.phone or "", more=self.say(each.says))
            for each in self.package.process.contact_points
        ]

    @property
    def settings(self) -> list[Told]:
        """What an organisation decides for itself, with what the package says until then."""
        return [
            self._told(each, each.says, self._default(each.default, each.unit)) for each in self.package.model.settings
        ]

    @staticmethod
    def _default(value: object, unit: str | None) -> str:
        if value is None:
            return _("no source says it")
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        return f"{value} {CODES['unit'][unit]}" if unit in CODES["unit"] else str(value)

    @property
    def evidence(self) -> list[Told]:
        """What is known of its results, and by whose word."""
        return [self._told(each, each.says, EVIDENCE.get(each.kind, each.kind)) for each in self.package.model.evidence]

    @property
    def measures(self) -> list[Told]:
        """What is followed, and what it cannot show."""
        return [
            self._told(each, each.title, self.say(each.definition), more=self.say(each.cannot_show))
            for each in self.package.measures
        ]

    @property
    def forms(self) -> list[Told]:
        """Its forms: those that it holds, and those that are had from their owner."""
        links = [
            self._told(each, each.title, each.owner, self.say(each.says), each.url) for each in self.package.form_links
        ]
        held = [
            Told(str(form.get("title") or name), str(form.get("copyright", "")))
            for name, form in sorted(self.package.questionnaires.items())
        ]
        return [*held, *links]

    @property
    def authors(self) -> list[Told]:
        """Who developed it."""
        return [Told(each.name, self.say(each.role)) for each in self.package.model.authors]

    @property
    def rights(self) -> str:
        """Who holds rights to the model and its material."""
        return self.say(self.package.model.rights)

    @property
    def sources(self) -> tuple[Source, ...]:
        """What the package leans on."""
        return self.package.model.sources

    @property
    def some_unchecked(self) -> bool:
        """Whether the day of checking is lacking of any source."""
        return any(not each.checked_on for each in self.sources)

    @property
    def marks(self) -> list[tuple[str, str]]:
        """What the letters mean."""
        return [(letter, str(words)) for letter, words in MARKS.items()]

    @property
    def guide(self) -> list[GuideTitle]:
        """The pages of the guide in the order of the work."""
        pages = pages_of(self.package, self.language)
        return [GuideTitle(page.name, title_of(page.text, page.name), page.language) for page in pages]

    @property
    def guide_languages(self) -> tuple[str, ...]:
        """The languages in which there is a guide."""
        return languages_of(self.package)
