"""The texts of a form in a language: FHIR's `translation` extension beside each text, else the form's own language."""

from collections import deque
from collections.abc import Iterator, Mapping
from typing import Any

TRANSLATION = "http://hl7.org/fhir/StructureDefinition/translation"


def said(holder: Mapping[str, Any], name: str, language: str) -> str:
    """The text `name` of an element in this language (`fi-FI` serves `fi`), else in the form's own."""
    translated = dict(_translations(holder.get(f"_{name}")))
    found = translated.get(language) or next(
        (text for code, text in translated.items() if code.split("-")[0] == language.split("-", maxsplit=1)[0]), ""
    )
    return found or str(holder.get(name) or "")


def _translations(beside: Any) -> Iterator[tuple[str, str]]:
    for each in _inside(beside):
        if each.get("url") == TRANSLATION:
            parts = {str(part.get("url")): part for part in _inside(each)}
            language = parts.get("lang", {}).get("valueCode")
            content = parts.get("content", {})
            text = content.get("valueString") or content.get("valueMarkdown")
            if isinstance(language, str) and isinstance(text, str) and language and text:
                yield language, text


def _inside(part: Any) -> list[Mapping[str, Any]]:
    """The extensions of a part. A form of an operating model is read before anybody has looked at its shape."""
    found = part.get("extension") if isinstance(part, Mapping) else None
    return [each for each in found if isinstance(each, Mapping)] if isinstance(found, list) else []


def translation(language: str, text: str) -> dict[str, Any]:
    """The extension that says a text in another language."""
    parts = [{"url": "lang", "valueCode": language}, {"url": "content", "valueString": text}]
    return {"url": TRANSLATION, "extension": parts}


def languages_of(document: Mapping[str, Any]) -> tuple[str, ...]:
    """The languages of a form, its own first; empty when it does not say even that."""
    own = [document["language"]] if document.get("language") else []
    return tuple(dict.fromkeys([*own, *_languages(document)]))


def _languages(part: Any) -> Iterator[str]:
    waiting = deque([part])
    while waiting:
        each = waiting.popleft()
        if isinstance(each, Mapping):
            yield from (language for language, _text in _translations(each))
            waiting += each.values()
        elif isinstance(each, list):
            waiting += each
