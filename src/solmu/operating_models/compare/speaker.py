"""How is what stands in one version said? Texts by their keys, closed lists by their labels, things by their names."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from re import compile as pattern
from textwrap import shorten
from types import MappingProxyType
from typing import Any

from django.utils import formats
from django.utils.translation import get_language_info, gettext as _

from solmu.access.classes import LABELS as CLASSES, InformationClass
from solmu.operating_models.absent import ABSENT
from solmu.operating_models.compare.codes import CODES
from solmu.operating_models.compare.labels import COMPARISONS, HEADINGS, field_label, part_label
from solmu.operating_models.compare.parts import Parts, parts_of
from solmu.operating_models.facts import Fact
from solmu.operating_models.lengths import length_words
from solmu.operating_models.package.loaded import FALLBACK

_NAMES = {
    # a field that holds the id of something else in the package: where that is, and what stands before the id there
    "chair": ("roles", ""),
    "contact_point": ("contact_points", ""),
    "form": ("forms", ""),
    "law": ("law", ""),
    "methods": ("methods", ""),
    "of": ("roles", ""),
    "path": ("entry", "way "),
    "phase": ("phases", ""),
    "setting": ("settings", ""),
    "themes": ("themes", ""),
    "update_adds": ("orientation", ""),
    "who": ("roles", ""),
}
_PLAIN = frozenset({"source", "licence", "owner", "url", "phone", "slug"})
"""Fields whose words stand there themselves: never the key of a text."""
_DAY = pattern(r"\d{4}-\d\d-\d\d\Z")
_LENGTHS = frozenset({"days", "weeks", "months", "years"})
_SHORT = 72
"""As much of a title as tells it from others."""
_SAID_AS = {"questions": "question", "choices": "choice"}
_TITLES = ("title", "text", "name", "says")
NO_FACTS: Mapping[str, Fact] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text is said: the part, the thing in it, and the thing's field; what says nothing more is empty."""

    part: str
    thing: str
    field: str
    names_the_thing: bool = False
    """Whether the thing is called by this very text."""

    @property
    def within(self) -> str:
        """The place within its part, for where the text itself is read too."""
        return " · ".join(each for each in ("" if self.names_the_thing else self.thing, self.field) if each)

    def __str__(self) -> str:
        field = "" if self.names_the_thing else self.field
        return " · ".join(each for each in (self.part, self.thing, field) if each)


class Speaker:
    """Says what stands in one version in the words of that version, and facts in the words of their catalogue."""

    def __init__(self, document: Mapping[str, Any], language: str, facts: Mapping[str, Fact] = NO_FACTS):
        self._document, self.language, self._facts = document, language, facts
        self._texts = document["texts"]
        self._places: dict[str, list[Place]] | None = None
        self._parts: Parts | None = None

    def things(self) -> Parts:
        """The parts of the version."""
        if self._parts is None:
            self._parts = parts_of(self._document)
        return self._parts

    def text(self, key: str) -> str | None:
        """A text in the reader's language or those that packages fall back to; None when there is no such text."""
        for each in (self.language, *FALLBACK):
            found = self._texts.get(each, {}).get(key)
            if found is not None:
                return found
        return None

    def title(self, part: str, name: str, fields: Mapping[str, Any]) -> str:
        """What a thing is called."""
        if part in ("texts", "guide"):
            language, _space, key = name.partition(" ")
            called = self.place(key) if part == "texts" else self.heading(key, language)
            return f"{_language_name(language)}: {called or key}"
        if part == "families":
            return str(fields.get("family", fields).get("about") or name.replace("-", " "))
        kind, _space, rest = name.partition(" ")
        if part == "identity" and kind == "heading":
            return str(HEADINGS.get(rest, rest))
        return self._own_title(part, fields) or self._named_otherwise(part, name, rest)

    def _own_title(self, part: str, fields: Mapping[str, Any]) -> str:
        for field in _TITLES:
            key = _of_worker(fields.get(field))
            if isinstance(key, str):
                plain = " " in key or (part in ("forms", "identity") and key[:1].isupper())
                if found := self.text(key) or (key if plain else ""):
                    return found
        return ""

    def _named_otherwise(self, part: str, name: str, rest: str) -> str:
        if name == part:
            return part_label(part)
        if part == "series":
            return self.title("phases", name, self.things().get("phases", {}).get(name, {}))
        return rest if part == "identity" and rest else name.replace("_", " ").replace("-", " ")

    def places(self, key: str) -> list[Place]:
        """Where a text is said, in the order of the parts."""
        if self._places is None:
            self._places = {}
            for part, things in self.things().items():
                for name, fields in things.items() if part not in ("texts", "guide", "families") else ():
                    for said, place in self._places_in(part, name, fields):
                        if place not in (known := self._places.setdefault(said, [])):
                            known.append(place)
        return self._places.get(key, [])

    def _places_in(self, part: str, name: str, fields: Mapping[str, Any]) -> Iterator[tuple[str, Place]]:
        kind = name.partition(" ")[0]
        if part == "identity" and kind in ("heading", "evidence"):
            yield fields["says"], self._place_of_what_is_told(kind, name.partition(" ")[2], fields["says"])
            return
        title = "" if name in {"model", part} else self.title(part, name, fields)
        for key, field, inside in _keys(fields):
            called = self._own_title("", inside) or title
            names_it = bool(called) and self.text(key) == called
            thing = shorten(called, _SHORT, placeholder="…")
            yield key, Place(part_label(part), thing, field_label(field, part), names_it)

    def _place_of_what_is_told(self, kind: str, name: str, key: str) -> Place:
        """The place of one of Innokylä's headings, or of a sentence on what is known of the results."""
        if kind == "heading":
            return Place(part_label("identity"), str(HEADINGS.get(name, name)), "")
        told = shorten(self.text(key) or "", _SHORT, placeholder="…")
        evidence = _("Evidence")
        return Place(part_label("identity"), f"{evidence}: {told}", evidence, names_the_thing=True)

    def place(self, key: str) -> str:
        """The first place where a text is said, in words; empty when nothing says it."""
        found = self.places(key)
        return str(found[0]) if found else ""

    def value(self, value: Any, field: str = "") -> str:
        """A value in words."""
        if value is ABSENT:
            return ""
        if value is None:
            return _("not said")
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(value, str):
            return self._string(value, field)
        if isinstance(value, list):
            between = "\n" if field == "source" else "; "
            return between.join(self._item(each, field) for each in value) or _("none")
        if isinstance(value, dict):
            return self._map(value)
        return str(formats.localize(value))

    def _string(self, value: str, field: str) -> str:
        if (label := CODES.get(field, {}).get(value)) is not None:
            return str(label)
        if field == "information_class" and value.upper() in InformationClass.__members__:
            return str(CLASSES[InformationClass[value.upper()]])
        if field == "when":
            return self.condition({"fact": value, "is": True})
        if field == "limit_from":
            return f"“{self.fact(value)}”"
        if field == "source":
            return self._source(value)
        if field in _PLAIN:
            return value
        if _DAY.match(value):
            return formats.date_format(date.fromisoformat(value), "SHORT_DATE_FORMAT")
        return self.named(value, field) or self.text(value) or value

    def _source(self, key: str) -> str:
        title = self.things().get("identity", {}).get(f"source {key}", {}).get("title", "")
        return f"{key}: {shorten(title, _SHORT, placeholder='…')}" if title else key

    def named(self, value: str, field: str) -> str | None:
        """What a field leads to, by its own name; None when the field leads nowhere."""
        if field == "guide":
            return self.heading(value, self.language, *FALLBACK)
        part, before = _NAMES.get(field, ("", ""))
        thing = self.things().get(part, {}).get(f"{before}{value}")
        return self.title(part, value, thing) if thing else None

    def heading(self, page: str, *languages: str) -> str | None:
        """The first heading of a page of the guide, in the first of the languages that has the page."""
        pages = self._document["guide"]
        text = next((pages[each][page] for each in languages if page in pages.get(each, {})), "")
        first = text.strip().partition("\n")[0]
        return first.removeprefix("# ").strip() if first.startswith("# ") else None

    def fact(self, name: str) -> str:
        """A fact by the question that asks for it, in the package's words or else in the catalogue's."""
        own = self.text(self._document["entry"]["questions"].get(name, {}).get("worker", ""))
        known = self._facts.get(name)
        return own or (str(known.asks or known.means) if known else "") or name

    def _item(self, value: Any, field: str) -> str:
        if isinstance(value, dict) and "id" in value:
            return self.title("", value["id"], value)
        return self.value(value, field)

    def _map(self, value: Mapping[str, Any]) -> str:
        if value.keys() == {"setting"}:
            return _("as set in “%s”") % self._setting(value)
        if value.keys() <= _LENGTHS and len(value) == 1:
            (unit, amount), *_rest = value.items()
            if isinstance(amount, dict):
                words = {"name": self._setting(amount), "unit": CODES["unit"][unit]}
                return _("as set in “%(name)s” (%(unit)s)") % words
            return length_words(unit, amount) if isinstance(amount, int) else self.value(amount)
        if value.keys() & {"fact", "any", "all", "not"}:
            return self.condition(value)
        return ", ".join(f"{field_label(name)}: {self.value(each, name)}" for name, each in value.items())

    def _setting(self, value: Mapping[str, str]) -> str:
        name = self.named(value["setting"], "setting") or value["setting"]
        return name.partition(". ")[0].rstrip(".")

    def condition(self, value: Mapping[str, Any]) -> str:
        """A condition in words: a fact by the question that asks for it."""
        for word, label in (("any", _("any of")), ("all", _("all of"))):
            if word in value:
                return f"{label}: " + "; ".join(f"({self.condition(part)})" for part in value[word])
        if "not" in value:
            return _("not: (%s)") % self.condition(value["not"])
        operator = next((name for name in COMPARISONS if name in value), None)
        said = str(COMPARISONS[operator]) % {"value": self.value(value[operator])} if operator else ""
        return f"“{self.fact(value['fact'])}” {said}".strip()


def _keys(value: Any, field: str = "", inside: Mapping[str, Any] = MappingProxyType({})) -> Iterator[tuple]:
    """Every string in a thing that may be the key of a text, with its field and the nearest thing that holds it."""
    if isinstance(value, str) and field.rpartition(".")[2] not in _PLAIN | _NAMES.keys():
        yield value, field, inside
    elif isinstance(value, dict):
        holder = value if field and "id" in value else inside
        for name, each in value.items():
            if name == "text" and field in _SAID_AS:  # a question or an answer, told by what it belongs to
                yield each, _SAID_AS[field], inside
                continue
            in_words = name in ("worker", "family") and isinstance(each, str)
            yield from _keys(each, f"{field}.{name}" if in_words else name, holder)
    elif isinstance(value, list):
        for each in value:
            yield from _keys(each, field, inside)


def _of_worker(key: Any) -> Any:
    return key.get("worker") if isinstance(key, dict) else key


def _language_name(code: str) -> str:
    try:
        name = get_language_info(code)["name_translated"]
    except KeyError:
        return code
    return name[:1].upper() + name[1:]
