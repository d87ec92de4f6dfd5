"""Two wordings beside each other: which words are gone from the one, and which are new in the other."""

import re
from difflib import SequenceMatcher
from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

_WORDS = re.compile(r"\s*\S+\s*")
_ALIKE = 0.5
"""Wordings that share less than this are read as two, without marks."""
_LONGEST = 1500


@lru_cache(maxsize=2048)
def marked(then: str, now: str) -> tuple[SafeString, SafeString]:
    """Both wordings as HTML; words that only the one has stand in `del` or `ins` when most of the rest is the same."""
    were, are = _WORDS.findall(then), _WORDS.findall(now)
    matcher = SequenceMatcher(None, *([word.strip() for word in each] for each in (were, are)), autojunk=False)
    if max(len(were), len(are)) > _LONGEST or matcher.quick_ratio() < _ALIKE or matcher.ratio() < _ALIKE:
        return _plain(were), _plain(are)
    gone, new = "", ""
    for kind, a, b, c, d in matcher.get_opcodes():
        gone += _plain(were[a:b]) if kind == "equal" else _in("del", were[a:b])
        new += _plain(are[c:d]) if kind == "equal" else _in("ins", are[c:d])
    return mark_safe(gone), mark_safe(new)  # noqa: S308 (each word is escaped in _plain)


def _in(tag: str, words: list[str]) -> str:
    said = "".join(words)
    space = said[len(said.rstrip()) :]
    return f"<{tag}>{_plain([said.rstrip()])}</{tag}>{_plain([space])}" if said else ""


def _plain(words: list[str]) -> SafeString:
    return mark_safe(escape("".join(words)).replace("\n", "<br>"))  # noqa: S308 (escaped here)
