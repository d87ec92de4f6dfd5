"""A guide's Markdown as HTML that can do no harm: text, lists, tables, and links to https or to the guide's own pages.

Markdown's own HTML is off, so a tag that somebody wrote is shown as text; what markdown-it makes is then let through
nh3 with a short list of tags. Pictures become their description: a page asks nothing of another machine.
"""

import re
from collections.abc import Callable

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

MAX_LENGTH = 256 * 1024
_NESTING = 16
_TAGS = {"p", "br", "hr", "strong", "em", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a"}
_TAGS |= {"h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"}
_DROPPED_WITH_CONTENT = {"script", "style", "template", "noscript", "iframe", "object", "svg", "math"}
_ATTRIBUTES = {"a": {"href"}, "ol": {"start"}, "th": {"scope"}}
_PAGE = re.compile(r"(?:\./)?(?P<page>[a-z][a-z0-9-]*)(?:\.md)?\Z")
_HERE = re.compile(r"#[a-z][a-z0-9_-]*\Z")
_WEB = re.compile(r"https://[^\s/?#@\\]+(?:[/?#][^\s\\]*)?\Z", re.IGNORECASE)
_TITLE = re.compile(r"\s*#\s+(?P<title>[^\n]+?)\s*#*\s*(?:\n|\Z)")

Address = Callable[[str], str | None]
"""The address of a page of the same guide by its name, or of a place on the page as `#place`; None where none is."""


def _nowhere(_page: str) -> None:
    return None


def render_guide(text: str, *, address: Address = _nowhere, level: int = 2) -> SafeString:
    """The text as HTML; its own highest heading becomes a heading of `level`."""
    tokens = _reader.parse(text[:MAX_LENGTH].replace("\0", ""))
    _shift_headings(tokens, level)
    return _rendered(tokens, address)


def _rendered(tokens: list[Token], address: Address) -> SafeString:
    for token in tokens:
        if token.type == "inline" and token.children:
            token.children = list(_harmless(token.children, address))
        elif token.type == "th_open":
            token.attrs = {"scope": "col"}
        elif token.type == "td_open":
            token.attrs = {}
    html = _reader.renderer.render(tokens, _reader.options, {})
    clean = nh3.clean(
        html,
        tags=_TAGS,
        clean_content_tags=_DROPPED_WITH_CONTENT,
        attributes=_ATTRIBUTES,
        url_schemes={"https"},
        link_rel="noopener noreferrer",
    )
    return mark_safe(clean)  # noqa: S308 (nh3 has just cleaned it)


def render_piece(text: str) -> SafeString:
    """Some paragraphs of a guide where they are quoted: a heading is in bold, and no part of the page's own outline."""
    tokens = _reader.parse(text[:MAX_LENGTH].replace("\0", ""))
    inside = ""
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = "p"
        elif token.type == "inline" and inside == "heading_open":
            token.children = [Token("strong_open", "strong", 1), *token.children, Token("strong_close", "strong", -1)]
        inside = token.type
    return _rendered(tokens, _nowhere)


def title_of(text: str, otherwise: str = "") -> str:
    """The page's first heading when the page begins with one, in plain text."""
    found = _TITLE.match(text[:1000])
    return _plain(found["title"]) if found else otherwise


def without_title(text: str) -> str:
    """The page after its first heading, for where the title stands by itself."""
    found = _TITLE.match(text[:1000])
    return text[found.end() :] if found else text


def _plain(line: str) -> str:
    (inline,) = _reader.parseInline(line)
    kinds = {"text", "code_inline", "image"}
    return "".join(token.content for token in inline.children or () if token.type in kinds).strip()


def _make_reader() -> MarkdownIt:
    return MarkdownIt("js-default", {"html": False, "linkify": False, "maxNesting": _NESTING})


_reader = _make_reader()


def _shift_headings(tokens: list[Token], level: int) -> None:
    headings = [token for token in tokens if token.type in {"heading_open", "heading_close"}]
    highest = min((int(token.tag[1]) for token in headings), default=1)
    for token in headings:
        token.tag = f"h{min(int(token.tag[1]) - highest + level, 6)}"


def _harmless(tokens: list[Token], address: Address):
    """Links lead to https or to a page of the guide, else only their words stay; a picture becomes its description."""
    open_links: list[bool] = []
    for token in tokens:
        if token.type == "link_open":
            href = _href(str(token.attrGet("href") or ""), address)
            open_links.append(href is not None)
            token.attrs = {"href": href} if href else {}
            if href is None:
                continue
        elif token.type == "link_close" and not open_links.pop():
            continue
        elif token.type == "image":
            words = Token("text", "", 0, content=token.content)
            yield words
            continue
        yield token


def _href(wanted: str, address: Address) -> str | None:
    page = _PAGE.match(wanted)
    if page:
        return address(page["page"])
    if _HERE.match(wanted):
        return address(wanted)
    return wanted if _WEB.match(wanted) else None
