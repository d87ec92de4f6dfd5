"""What does the library know of a version without opening its package? Written when the version is installed."""

from collections.abc import Iterator

from django.db import transaction

from solmu.access import gate
from solmu.access.actor import Actor
from solmu.access.deeds import Deed
from solmu.operating_models.models import Card, InstalledModel, Mark
from solmu.operating_models.package import Package
from solmu.operating_models.package.files import LANGUAGES
from solmu.operating_models.package.loaded import FALLBACK
from solmu.operating_models.queries import package_of
from solmu.operating_models.rules import AllOf, AnyOf, Comparison, Condition, Criterion, Strength, facts_of, settle
from solmu.operating_models.rules.words import order_of, words_of

AGES = {"child": (0, 12), "adolescent": (13, 17), "young": (18, 29), "adult": (30, 150)}
"""Bands of age by which a model for a person is looked for: full years, both ends included."""


def index_version(model: InstalledModel, package: Package) -> None:
    """Writes the cards and marks of a version in the place of those that it has."""
    with transaction.atomic():
        model.cards.all().delete()
        model.marks.all().delete()
        Card.objects.bulk_create(_card(model, package, language) for language in LANGUAGES)
        Mark.objects.bulk_create(Mark(model=model, kind=kind, code=code) for kind, code in sorted(marks_of(package)))


def index_missing(actor: Actor) -> int:
    """Writes the cards of versions that have none, as after an upgrade of Solmu; says how many."""
    gate.require(actor, Deed.KEEP_UP)
    missing = list(InstalledModel.objects.filter(cards=None).defer("content"))
    for model in missing:
        index_version(model, package_of(model))
    return len(missing)


def _card(model: InstalledModel, package: Package, language: str) -> Card:
    own = package.model
    keys = [own.title, own.summary, *(key for _heading, key in own.headings)]
    searched = " ".join(package.text(key, language) for key in keys)
    return Card(
        model=model,
        language=language,
        said_in=language_of(package, own.title, language),
        title=package.title(language)[:240],
        summary=package.text(own.summary, language),
        words="".join(f" {word}" for word in words_of(searched)),
        order=order_of(package.version),
    )


def language_of(package: Package, key: str, language: str) -> str:
    """The language in which `package.text` answers."""
    texts = package.document["texts"]
    return next((each for each in (language, *FALLBACK) if key in texts.get(each, {})), language)


def marks_of(package: Package) -> set[tuple[str, str]]:
    """Kind and code of everything by which the version can be found."""
    entry = package.entry
    facts = {name for criterion in entry.criteria for name in facts_of(criterion.condition)}
    targets = {entry.about, *ages_of(package)}
    return (
        {(Mark.Kind.FACT.value, name) for name in facts}
        | {(Mark.Kind.TARGET.value, code) for code in targets}
        | {(Mark.Kind.EVIDENCE.value, each.kind) for each in package.model.evidence}
    )


def ages_of(package: Package) -> set[str]:
    """The bands of age that the required criteria leave open; none when they say nothing of age."""
    entry, settings = package.entry, package.settings()
    found: set[str] = set()
    for way in entry.paths or (None,):
        open_to = [each for each in entry.criteria if each.path in (None, way.id if way else None)]
        spans = [span for each in open_to for span in _spans(each, settings)]
        if spans:
            least, most = max(low for low, _high in spans), min(high for _low, high in spans)
            found |= {code for code, (low, high) in AGES.items() if low <= most and least <= high}
    return found


def _spans(criterion: Criterion, settings: dict) -> Iterator[tuple[int, int]]:
    if criterion.strength is Strength.REQUIRED:
        yield from _ages(criterion.condition, settings)


def _ages(condition: Condition, settings: dict) -> Iterator[tuple[int, int]]:
    """Least and most years; alternatives count as the widest of them, and what is denied tells nothing of age."""
    if isinstance(condition, Comparison):
        years, missing = settle(condition.operand, settings)
        if condition.operator == "age_at_least" and not missing:
            yield years, 150
        elif condition.operator == "age_at_most" and not missing:
            yield 0, years
    elif isinstance(condition, AllOf):
        for part in condition.parts:
            yield from _ages(part, settings)
    elif isinstance(condition, AnyOf):
        parts = [list(_ages(part, settings)) for part in condition.parts]
        if parts and all(parts):
            yield (
                min(max(low for low, _high in each) for each in parts),
                max(min(high for _low, high in each) for each in parts),
            )
