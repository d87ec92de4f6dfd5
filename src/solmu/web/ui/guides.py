"""Pages of a guide as HTML: rendered once, because a version never changes."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from django.utils.safestring import SafeString

from solmu.operating_models.guide import guide_page, page_names
from solmu.operating_models.package import Package
from solmu.web.ui.library import reader_language
from solmu.web.ui.markdown import render_guide, title_of, without_title

_PLACE = "https://guide.invalid/"
"""Stands in a rendered page for the address of another page of the same guide."""
_LINK = re.compile(rf'<a\b[^>]*href="{re.escape(_PLACE)}[^"]*"[^>]*>(.*?)</a>', re.DOTALL)


@dataclass(frozen=True)
class Shown:
    """A page ready to be shown; `html` is without the title."""

    name: str
    title: str
    language: str
    elsewhere: bool
    """Whether it is in another language than the reader's."""
    html: SafeString


def show(package: Package, name: str, address: Callable[[str], str] | None, *, level: int = 2) -> Shown | None:
    """A page in the reader's language where there is one; `address` leads to the guide's other pages, None nowhere."""
    found = guide_page(package, name, reader_language())
    if found is None:
        return None
    title, html = _rendered(package, name, found.language, level)
    return Shown(name, title, found.language, found.language != reader_language(), _addressed(html, package, address))


@lru_cache(maxsize=512)
def _rendered(package: Package, name: str, language: str, level: int) -> tuple[str, SafeString]:
    text = package.document["guide"][language][name]
    known = frozenset(page_names(package))

    def place(page: str) -> str | None:
        return f"{_PLACE}{page}/" if page in known else None

    return title_of(text, name), render_guide(without_title(text), address=place, level=level)


def _addressed(html: SafeString, package: Package, address: Callable[[str], str] | None) -> SafeString:
    if _PLACE not in html:
        return html
    if address is None:
        return SafeString(_LINK.sub(r"\1", html))
    for name in page_names(package):
        html = SafeString(html.replace(f'href="{_PLACE}{name}/"', f'href="{address(name)}"'))
    return html
