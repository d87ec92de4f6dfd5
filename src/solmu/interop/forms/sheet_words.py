"""The words of an XLSForm in its languages, as FHIR keeps them: one in the form's own, the others beside it."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from babel import Locale

from solmu.instruments.questionnaire.report import Report
from solmu.instruments.questionnaire.shapes import is_language
from solmu.instruments.questionnaire.texts import translation

_CODE = re.compile(r"\(([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})?)\)\s*\Z")
_MENTION = re.compile(r"\$\{[^}]*\}")
_ITSELF = "default"


@cache
def _codes() -> Mapping[str, str]:
    """Codes of languages by their English names and by their own: `finnish` and `suomi` are `fi`."""
    by_english = {name.lower(): code for code, name in Locale("en").languages.items() if len(code) <= 3}
    own = {
        Locale(code).get_display_name(code).lower(): code for code in ("fi", "sv", "ar", "fa", "so", "ru", "et", "ku")
    }
    return own | by_english


def language_code(name: str) -> str:
    """The code of a language as a sheet names it: `English (en)`, `english`, `fi`; empty when it is not known."""
    found = _CODE.search(name)
    if found:
        return found[1]
    plain = name.strip()
    return _codes().get(plain.lower(), "") or (plain if is_language(plain) and len(plain) <= 3 else "")


class Words:
    """Reads texts of a sheet, in its default language first."""

    def __init__(self, default_language: str, report: Report):
        self.default, self.report = default_language, report

    @property
    def language(self) -> str:
        """The code of the form's own language; empty when the sheet does not say it."""
        return "" if self.default == _ITSELF else language_code(self.default)

    def text(self, said: Any, name: str, place: str) -> dict[str, Any]:
        """The field `name` with its translations; empty when nothing is said."""
        by_language = dict(self._cleaned(said, place))
        if not by_language:
            return {}
        own = next((each for each in (self.default, _ITSELF) if each in by_language), next(iter(by_language)))
        told = [
            translation(code, words)
            for language, words in by_language.items()
            if language != own and (code := language_code(language))
        ]
        return {name: by_language[own], **({f"_{name}": {"extension": told}} if told else {})}

    def _cleaned(self, said: Any, place: str) -> Iterator[tuple[str, str]]:
        for language, words in (said if isinstance(said, Mapping) else {_ITSELF: said}).items():
            text = "" if words is None else str(words).strip()
            if mentioned := _MENTION.findall(text):
                self.report.changed(place, "mentions", ", ".join(mentioned))
                text = _MENTION.sub("…", text)
            if text:
                yield str(language), text
