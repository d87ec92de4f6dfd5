"""Languages that people speak, named in the reader's own."""

from functools import cache

from babel import Locale, UnknownLocaleError
from django.utils.translation import get_language, gettext as _

# A shortcut above the alphabet, in no order of importance.
_COMMON = "fi sv en ru et uk ar so fa_AF fa ckb ku sq tr vi zh th es ps ti"


@cache
def _names(reader: str) -> dict[str, str]:
    try:
        return dict(Locale.parse(reader, sep="-").languages)
    except (UnknownLocaleError, ValueError):
        return dict(Locale("en").languages)


def language_name(code: str) -> str:
    """The language's name, with a capital as at the beginning of a line; the code itself if nobody knows it."""
    name = _names(get_language() or "en").get(code, code)
    return name[:1].upper() + name[1:]


def language_tag(code: str) -> str:
    """The language as a page's markup names it: fa-AF."""
    return code.replace("_", "-")


@cache
def language_direction(code: str) -> str:
    """Which way the language is written; `auto`, by the words themselves, if nobody knows it."""
    try:
        return "rtl" if Locale.parse(code, sep="_").character_order == "right-to-left" else "ltr"
    except (UnknownLocaleError, ValueError):
        return "auto"


def language_choices() -> list[tuple]:
    """The choices of a field: not known, the common ones, then all by name."""
    common = _COMMON.split()
    known = _names(get_language() or "en")
    rest = sorted((language_name(code), code) for code in known if code.isalpha() and code not in {"mul", "und", "zxx"})
    return [
        ("", _("not known yet")),
        (_("Common"), [(code, language_name(code)) for code in common]),
        (_("All"), [(code, name) for name, code in rest if code not in common]),
    ]
