"""What an act lays down on a model's course, in words for a page: whose duty it is, by which act, from when."""

from dataclasses import dataclass
from datetime import date

from solmu.operating_models.compare.codes import CODES
from solmu.operating_models.lengths import length_words
from solmu.operating_models.package import Package
from solmu.operating_models.package.parts import Law
from solmu.operating_models.rules import SpanOf


@dataclass(frozen=True)
class PointOfLaw:
    """One point, as a worker reads it."""

    says: str
    force: str
    of: str
    """Whose duty or right it is."""
    act: str
    section: str
    first: date | None
    """The day from which it holds; None: not known."""
    last: date | None
    """The day until which it holds; None: until it is changed."""
    limit: str
    mark: str
    sources: tuple[str, ...]


def law_in_words(package: Package, language: str) -> list[PointOfLaw]:
    """Every point of law of the package, in its own order."""
    names = {role.id: package.text(role.name, language) for role in package.process.roles}
    return [_point(package, each, names, language) for each in package.process.law]


def _point(package: Package, law: Law, names: dict[str, str], language: str) -> PointOfLaw:
    return PointOfLaw(
        says=package.text(law.says.worker, language),
        force=str(CODES["force"][law.force]),
        of=", ".join(names[each] for each in law.of),
        act=law.act or "",
        section=law.section or "",
        first=_day(law.from_),
        last=_day(law.until),
        limit=_length(law.limit),
        mark=law.mark,
        sources=law.source,
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _length(span: SpanOf | None) -> str:
    if span is None or not isinstance(span.amount, int):
        return ""
    return length_words(span.unit, span.amount)
