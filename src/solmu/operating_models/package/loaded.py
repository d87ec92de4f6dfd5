"""A package that has passed every check: what it says, in which language, with which settings."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from solmu.operating_models.package import parts
from solmu.operating_models.package.building import build, build_entry, build_model
from solmu.operating_models.rules import CompiledEntry, Entry, Settings, Span, compile_entry, settle

FALLBACK = ("fi", "en")


@dataclass(frozen=True, slots=True, eq=False)
class Package:
    """One immutable version of an operating model."""

    document: Mapping[str, Any] = field(repr=False)
    """The whole package as one JSON document: what the database keeps of an installed version."""
    content_hash: str
    model: parts.Model = field(repr=False)
    entry: Entry = field(repr=False)
    process: parts.Process = field(repr=False)
    measures: tuple[parts.Measure, ...] = field(repr=False)
    orientation: parts.Orientation = field(repr=False)
    form_links: tuple[parts.FormLink, ...] = field(repr=False)
    files: Mapping[str, bytes] | None = field(default=None, repr=False)
    """The files that it was read from, while they are at hand."""

    @property
    def slug(self) -> str:
        """The model's lasting name."""
        return self.model.slug

    @property
    def version(self) -> str:
        """The name of this version."""
        return self.model.version

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which the package has texts."""
        return tuple(self.document["texts"])

    @property
    def questionnaires(self) -> Mapping[str, Any]:
        """The forms that may be copied, as FHIR R4 Questionnaires, by id."""
        return self.document["questionnaires"]

    def text(self, key: str, language: str) -> str:
        """A text in this language, else in Finnish, else in English, else its key."""
        for each in (language, *FALLBACK):
            found = self.document["texts"].get(each, {}).get(key)
            if found is not None:
                return found
        return key

    def title(self, language: str) -> str:
        """The model's own name: for its page, never for lists or notices about a family."""
        return self.text(self.model.title, language)

    def neutral_name(self, language: str) -> str:
        """The name for lists, notices, titles and calendars."""
        return self.text(self.model.neutral_name, language)

    def guide(self, page: str, language: str) -> str | None:
        """A page of the worker's guide as Markdown, in this language, else in Finnish, else in English."""
        for each in (language, *FALLBACK):
            found = self.document["guide"].get(each, {}).get(page)
            if found is not None:
                return found
        return None

    def settings(self, given: Settings | None = None) -> dict[str, Any]:
        """Every setting's value: what the organisation gave, else the default; dates as days."""
        given = given or {}
        return {
            each.id: _typed(each.type, value if (value := given.get(each.id)) is not None else each.default)
            for each in self.model.settings
        }

    def amount(self, value: Any, settings: Settings) -> int | Span | None:
        """A number or a length of time with the settings filled in; None where nobody has said it."""
        settled, missing = settle(value, settings)
        return None if missing else settled

    def compiled(self, given: Settings | None = None) -> CompiledEntry:
        """The entry rules with an organisation's settings, ready to be judged."""
        return compile_entry(self.entry, self.settings(given))

    def to_json(self) -> str:
        """The package as one JSON text that `from_json` reads back."""
        return json.dumps(self.document, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, document: str | Mapping[str, Any], files: Mapping[str, bytes] | None = None) -> "Package":
        """A package from the document that an installed version keeps. It was checked when it was loaded."""
        whole = json.loads(document) if isinstance(document, str) else document
        return cls(
            document=whole,
            content_hash=whole["content_hash"],
            model=build_model(whole["model"]),
            entry=build_entry(whole["entry"]),
            process=build(parts.Process, whole["process"]),
            measures=tuple(build(parts.Measure, each) for each in whole["measures"]["measures"]),
            orientation=build(parts.Orientation, whole["orientation"]),
            form_links=tuple(build(parts.FormLink, each) for each in whole["form_links"].values()),
            files=files,
        )


def _typed(kind: str, value: Any) -> Any:
    return date.fromisoformat(value) if kind == "date" and isinstance(value, str) else value
