"""The pages of a version's guide, and which of them a step needs."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from solmu.operating_models.package import Package
from solmu.operating_models.package.loaded import FALLBACK


@dataclass(frozen=True, slots=True)
class GuidePage:
    """A page as Markdown, and the language in which it is."""

    name: str
    text: str
    language: str


def languages_of(package: Package) -> tuple[str, ...]:
    """The languages in which there is a guide, those that stand in for others first."""
    held = [each for each, pages in package.document["guide"].items() if pages]
    return tuple(sorted(held, key=lambda each: (each not in FALLBACK, each)))


def page_names(package: Package) -> list[str]:
    """Every page, in the order in which the work meets them; pages that no part names come last."""
    held = {name for pages in package.document["guide"].values() for name in pages}
    met = [name for name in dict.fromkeys(_met(package)) if name in held]
    return [*met, *sorted(held - set(met))]


def _met(package: Package) -> Iterator[str]:
    process = package.process
    steps = (step.guide for phase in process.phases for step in phase.steps)
    themes = (theme.guide for theme in process.themes)
    modules = (module.guide for module in package.orientation.modules)
    for named in (steps, themes, modules):
        yield from (name for name in named if name)


def guide_page(package: Package, name: str, language: str) -> GuidePage | None:
    """A page in this language, else in Finnish, in English, or in any that it has."""
    guide = package.document["guide"]
    for each in (language, *FALLBACK, *guide):
        if (text := guide.get(each, {}).get(name)) is not None:
            return GuidePage(name, text, each)
    return None


def pages_of(package: Package, language: str) -> list[GuidePage]:
    """The whole guide, each page in the reader's language where there is one."""
    found = (guide_page(package, name, language) for name in page_names(package))
    return [page for page in found if page is not None]


def pages_for(package: Package, kinds: Collection[str]) -> list[str]:
    """The pages named by the steps of these kinds, each once, in the order of the work."""
    steps = (step for phase in package.process.phases for step in phase.steps)
    return list(dict.fromkeys(step.guide for step in steps if step.kind in kinds and step.guide))


def begins_with_contact(package: Package) -> bool:
    """Whether it is a model that work begins with, whoever calls; its guide helps before any model has been chosen.

    The others' guides stay out of a family's pages until the family has said yes: what a model is for tells too much.
    """
    return any(step.kind == "contact" for phase in package.process.phases for step in phase.steps)
