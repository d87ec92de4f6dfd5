"""How is a question of a form told on one line? Its words, how it is answered, and what may be chosen."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from solmu.operating_models.compare.codes import ITEMS

_TRANSLATION = "http://hl7.org/fhir/StructureDefinition/translation"


def question_words(item: Mapping[str, Any], language: str) -> str:
    """A question of a form in a language of the form."""
    kind, words = item.get("type", ""), said_in(item, "text", language)
    more = [str(ITEMS.get(kind, kind))]
    if offered := [_option(each, language) for each in item.get("answerOption", ())]:
        more.append(", ".join(offered))
    if item.get("required"):
        more.append(_("must be answered"))
    if item.get("repeats"):
        more.append(_("may be answered several times"))
    if "enableWhen" in item:
        more.append(_("asked only after certain answers"))
    return f"{words} ({'; '.join(more)})".strip()


def said_in(holder: Mapping[str, Any], field: str, language: str) -> str:
    """A text of a form in a language, or as it stands in the form's own."""
    return dict(_translations(holder, field)).get(language) or str(holder.get(field, ""))


def languages_in(holder: Any) -> Iterator[str]:
    """The languages into which something in a form has been translated."""
    if isinstance(holder, dict):
        for name, each in holder.items():
            if name.startswith("_"):
                yield from (language for language, _words in _translations(holder, name[1:]))
            yield from languages_in(each)
    elif isinstance(holder, list):
        for each in holder:
            yield from languages_in(each)


def _translations(holder: Mapping[str, Any], field: str) -> Iterator[tuple[str, str]]:
    extensions = holder.get(f"_{field}") or {}
    for each in extensions.get("extension", ()) if isinstance(extensions, dict) else ():
        if each.get("url") == _TRANSLATION:
            parts = {part.get("url"): part for part in each.get("extension", ())}
            language = parts.get("lang", {}).get("valueCode", "")
            yield language, parts.get("content", {}).get("valueString", "")


def _option(option: Mapping[str, Any], language: str) -> str:
    coding = option.get("valueCoding")
    if isinstance(coding, dict):
        return said_in(coding, "display", language) or str(coding.get("code", ""))
    return next((str(value) for name, value in option.items() if name.startswith("value")), "")
