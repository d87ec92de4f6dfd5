"""The guide of a version as a booklet: a tagged PDF with contents, page numbers, sources, and its own fingerprint."""

import hashlib
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.cache import cache as kept
from django.template.loader import get_template, render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from solmu.operating_models.compare.codes import CODES
from solmu.operating_models.guide import page_names
from solmu.operating_models.models import InstalledModel
from solmu.operating_models.package import Package
from solmu.operating_models.queries import package_of
from solmu.web.ui.guides import Shown, show
from solmu.web.ui.model_words import ModelWords

_DAY = 24 * 60 * 60
_TEMPLATE, _STYLE = "ui/booklet.html", "ui/booklet.css"


@dataclass(frozen=True)
class Additions:
    """What an organisation has added to a version, its values and numbers; and what has been written over its base."""

    organisation: str
    settings: tuple[tuple[str, str], ...] = ()
    points: tuple[tuple[str, str], ...] = ()
    pages: frozenset[str] = frozenset()
    """Pages of the guide that differ from the version's base."""
    written_by: str = ""
    """The organisation that wrote them, which may be another that shares its version."""


@dataclass(frozen=True)
class Chapter:
    """A page of the guide in the booklet."""

    page: Shown
    own: bool
    """Whether the organisation wrote it."""

    @property
    def place(self) -> str:
        """Its name inside the booklet."""
        return f"page-{self.page.name}"


def booklet_pdf(model: InstalledModel, language: str, additions: Additions | None = None) -> bytes:
    """The PDF in the reader's language. What holds nothing of an organisation is kept for a day: it never changes."""
    if additions is not None:
        return _make(model, language, additions)
    key = f"booklet-{model.content_hash}-{language}-{_look()}"
    raw = kept.get(key)
    if raw is None:
        raw = _make(model, language, None)
        kept.set(key, raw, _DAY)
    return raw


def own_values(package: Package, given: dict[str, Any], language: str) -> tuple[tuple[str, str], ...]:
    """The settings that an organisation has given a value of its own, in words."""
    said = []
    for each in package.model.settings:
        value = given.get(each.id)
        if value is not None:
            shown = {True: _("yes"), False: _("no")}.get(value, value)
            unit = f" {CODES['unit'][each.unit]}" if each.unit in CODES["unit"] else ""
            said.append((package.text(each.says, language), f"{shown}{unit}"))
    return tuple(said)


def pages_changed(package: Package, base: Package | None) -> frozenset[str]:
    """The pages of the guide that the version's base does not have, or has in other words."""
    if base is None:
        return frozenset()
    own, theirs = package.document["guide"], base.document["guide"]
    return frozenset(
        name
        for name in page_names(package)
        if any(pages.get(name) != theirs.get(language, {}).get(name) for language, pages in own.items())
    )


def _make(model: InstalledModel, language: str, additions: Additions | None) -> bytes:
    from weasyprint import CSS, HTML

    with translation.override(language):
        page = render_to_string(_TEMPLATE, _context(model, language, additions))
    document = HTML(string=page, base_url=settings.SOLMU_PUBLIC_URL or None, url_fetcher=_nothing)
    return document.write_pdf(stylesheets=[CSS(filename=finders.find(_STYLE))], pdf_variant="pdf/ua-1")


def _context(model: InstalledModel, language: str, additions: Additions | None) -> dict[str, Any]:
    package = package_of(model)
    chapters = []
    for name in page_names(package):
        shown = show(package, name, lambda page: f"#page-{page}", level=3)
        if shown is not None:
            chapters.append(Chapter(shown, additions is not None and name in additions.pages))
    return {
        "model": model,
        "words": ModelWords(package, language),
        "chapters": chapters,
        "additions": additions,
        "LANGUAGE_CODE": language,
        "address": settings.SOLMU_PUBLIC_URL,
    }


@cache
def _look() -> str:
    """A fingerprint of the booklet's template and style, so that a new look is not hidden by what is kept."""
    sources = [get_template(_TEMPLATE).template.source, _read(finders.find(_STYLE))]
    return hashlib.sha256("".join(sources).encode()).hexdigest()[:12]


def _read(path: str) -> str:
    with open(path, encoding="utf-8") as file:
        return file.read()


def _nothing(url, *_args, **_more):
    """A booklet fetches nothing: whatever its words say, no address is opened."""
    raise ValueError(url)
