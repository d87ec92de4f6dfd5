"""How does a package speak in FHIR: in Finnish, with the other languages beside as the standard's translations."""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from solmu.instruments.questionnaire.texts import translation
from solmu.operating_models.package import Package
from solmu.operating_models.package.parts import Statement
from solmu.operating_models.rules import SettingRef, SpanOf

LANGUAGE = "fi"
_LONGEST_ID = 64
_EDGES = re.compile(r"[\s\x00-\x1f]+")


@dataclass(frozen=True)
class Origin:
    """From where a version is told: the installation's address, its own name for itself, and when it was installed."""

    base: str
    publisher: str
    installed_at: datetime


@dataclass(frozen=True)
class Voice:
    """A package and its origin; makes the parts that every resource has."""

    package: Package
    origin: Origin

    def canonical(self, kind: str, *names: str) -> str:
        """The lasting address of a definition; its version stands beside it, never inside."""
        return f"{self.origin.base.rstrip('/')}/fhir/{kind}/{identifier(self.package.slug, *names)}"

    def versioned(self, kind: str, *names: str) -> str:
        """The same with this version, as references name it."""
        return f"{self.canonical(kind, *names)}|{self.package.version}"

    def header(self, kind: str, *names: str) -> dict[str, Any]:
        """What every definition says of itself."""
        return {
            "resourceType": kind,
            "id": identifier(self.package.slug, self.package.version, *names),
            "language": LANGUAGE,
            "url": self.canonical(kind, *names),
            "version": self.package.version,
            "name": computer_name(self.package.slug, *names),
            "status": "active",
            "experimental": False,
            "date": self.origin.installed_at.isoformat(timespec="seconds"),
            "publisher": self.origin.publisher,
        }

    def text(self, key: str) -> str:
        """A text of the package in Finnish, with its blanks as FHIR wants them."""
        return one_line(self.package.text(key, LANGUAGE))

    def say(self, field: str, key: str | None) -> dict[str, Any]:
        """A field with its text, and beside it the texts of the other languages; nothing when there is no text."""
        if not key or not self.text(key):
            return {}
        texts = self.package.document["texts"]
        others = {each: one_line(texts[each][key]) for each in texts if each != LANGUAGE and texts[each].get(key)}
        found: dict[str, Any] = {field: self.text(key)}
        if others:
            found[f"_{field}"] = {"extension": [translation(each, said) for each, said in sorted(others.items())]}
        return found

    def concept(self, key: str) -> dict[str, Any]:
        """A concept that has only words."""
        return self.say("text", key)

    @property
    def copyright(self) -> dict[str, str]:
        """The licence of the package's words, and who holds rights to the model itself."""
        own = self.package.model
        rights = self.text(own.rights) if own.rights else ""
        return {"copyright": " ".join(part for part in (f"{own.licence}.", rights) if part)}

    @property
    def authors(self) -> dict[str, list[dict[str, str]]]:
        """Who developed the model."""
        names = [{"name": one_line(each.name)} for each in self.package.model.authors]
        return {"author": names} if names else {}


def identifier(*names: str) -> str:
    """An id as FHIR allows: letters, digits, hyphens and dots, at most 64; a longer one ends in its own digest."""
    plain = "-".join(names).replace("_", "-")
    if len(plain) <= _LONGEST_ID:
        return plain
    return f"{plain[:51]}-{hashlib.sha256(plain.encode()).hexdigest()[:12]}"


def computer_name(*names: str) -> str:
    """A name that programs can use: begins with a capital letter, has letters, digits and underscores."""
    words = re.split(r"[^A-Za-z0-9]+", "-".join(names))
    return "".join(word[:1].upper() + word[1:] for word in words if word)[:254]


def one_line(text: str) -> str:
    """A text without line breaks or blanks at its ends."""
    return _EDGES.sub(" ", text).strip()


def amount_words(value: Any) -> str:
    """A number or a length of time; what an organisation decides is named by its setting."""
    if isinstance(value, SettingRef):
        return f"as the setting {value.id} says"
    if isinstance(value, SpanOf):
        return f"{amount_words(value.amount)} {value.unit}"
    return str(value)


def rests_on(said: Statement) -> list[str]:
    """Where a statement was read, and how sure it is."""
    source = [f"source {', '.join(said.source)}"] if said.source else []
    return source + ([f"mark {said.mark}"] if said.mark else [])
