"""A form's document as it is kept: the text that is hashed, and the form read from it once in a process."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from solmu.instruments.questionnaire import Form, Taken, languages_of, read_form, take
from solmu.operating_models.package import Package


def as_text(document: Mapping[str, Any]) -> str:
    """The document as it is kept; the same content gives the same text."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def hash_of(text: str) -> str:
    """SHA-256 of a kept document: what an answer is pinned to."""
    return hashlib.sha256(text.encode()).hexdigest()


def parsed(text: str) -> dict[str, Any]:
    """The document of a kept text."""
    return json.loads(text)


def title_of(document: Mapping[str, Any]) -> str:
    """What a form is called in its own language; a form without a name says so."""
    return document.get("title") or document.get("name") or document.get("id") or str(_("Form without a name"))


@lru_cache(maxsize=64)
def read(text: str, language: str) -> Form:
    """A kept form in a language; read once in a process, for it never changes."""
    return read_form(parsed(text), language)


@lru_cache(maxsize=64)
def _taken(content_hash: str, form_id: str, document: str) -> Taken:
    return take(json.loads(document))


def of_package(package: Package, form_id: str) -> Taken:
    """A form of an operating model, taken in as any other; raises FormRefused when it cannot be shown."""
    return _taken(package.content_hash, form_id, json.dumps(package.questionnaires[form_id]))


def language_for(document: Mapping[str, Any], *wished: str) -> str:
    """The first of the wished languages that the form has, else its own; empty when it does not say which that is."""
    return first_of(languages_of(document), *wished) or str(document.get("language") or "")


def first_of(languages: Iterable[str], *wished: str) -> str:
    """The first of the wished languages that is among these (`fi-FI` serves `fi`); empty when none is."""
    known = {language.split("-")[0]: language for language in reversed(tuple(languages))}
    return next((known[plain] for each in wished if (plain := each.split("-")[0]) in known), "")
