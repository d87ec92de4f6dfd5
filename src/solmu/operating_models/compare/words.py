"""How are the differences between two versions told to somebody who has never seen the files?"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.utils.translation import gettext as _

from solmu.operating_models.absent import ABSENT
from solmu.operating_models.compare import Change, FieldChange, Kind, compare
from solmu.operating_models.compare.labels import COMPARISONS, ENDS, KINDS, MARKS, UNITS, field_label, part_label
from solmu.operating_models.compare.parts import Parts, parts_of
from solmu.operating_models.lengths import length_words
from solmu.operating_models.package.loaded import FALLBACK

_NAMES = {
    # a field that holds the id of something else in the package: where that is, and what stands before the id there
    "contact_point": ("contact_points", ""),
    "form": ("forms", ""),
    "law": ("law", ""),
    "methods": ("methods", ""),
    "path": ("entry", "way "),
    "phase": ("phases", ""),
    "setting": ("settings", ""),
    "themes": ("themes", ""),
    "update_adds": ("orientation", ""),
    "who": ("roles", ""),
}
_OF_THE_FILE = {"resourceType", "extension", "experimental", "language", "name", "status"}
"""Fields of a form that a program reads and nobody sees."""
_CODES = {"mark": MARKS, "ends": ENDS}
_PLAIN = ("source", "mark", "licence", "owner", "url", "phone")  # never the key of a text


@dataclass(frozen=True, slots=True)
class Row:
    """One field in words, then and now; empty where it was not."""

    label: str
    then: str
    now: str


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that is different, in words."""

    kind: str
    kind_label: str
    id: str
    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class PartTold:
    """Everything that is different in one part, in words."""

    part: str
    label: str
    told: tuple[Told, ...]

    @property
    def counts(self) -> list[tuple[str, int]]:
        """How many of each kind."""
        kinds = [each.kind for each in self.told]
        return [(str(KINDS[kind]), kinds.count(kind)) for kind in KINDS if kind in kinds]


def tell(then: Mapping[str, Any], now: Mapping[str, Any], language: str) -> list[PartTold]:
    """The differences from one document to another in words of this language."""
    before, after = Speaker(then, language), Speaker(now, language)
    return [
        PartTold(each.part, part_label(each.part), tuple(_told(each.part, one, before, after) for one in each.changes))
        for each in compare(then, now)
    ]


def as_data(then: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
    """The differences as plain data for another program: raw values, by part and id; what was not there is left out."""

    def plain(each: FieldChange) -> dict[str, Any]:
        ends = {"then": each.then, "now": each.now}
        return {"field": each.field} | {name: value for name, value in ends.items() if value is not ABSENT}

    def change(each: Change) -> dict[str, Any]:
        return {"kind": each.kind.value, "id": each.id, "fields": [plain(one) for one in each.fields]}

    def end(document: Mapping[str, Any]) -> dict[str, str]:
        return {"version": document["model"]["version"], "content_hash": document["content_hash"]}

    return {
        "slug": now["model"]["slug"],
        "then": end(then),
        "now": end(now),
        "parts": [{"part": each.part, "changes": [change(one) for one in each.changes]} for each in compare(then, now)],
    }


class Speaker:
    """Says what stands in one version in the words of that version."""

    def __init__(self, document: Mapping[str, Any], language: str):
        self._document, self._language = document, language
        self._texts = document["texts"]
        self._used: dict[str, str] | None = None
        self._parts: Parts | None = None

    def things(self) -> Parts:
        """The parts of the version."""
        if self._parts is None:
            self._parts = parts_of(self._document)
        return self._parts

    def text(self, key: str) -> str | None:
        """A text in the reader's language or those that packages fall back to; None when there is no such text."""
        for each in (self._language, *FALLBACK):
            found = self._texts.get(each, {}).get(key)
            if found is not None:
                return found
        return None

    def title(self, part: str, name: str, fields: Mapping[str, Any]) -> str:
        """What a thing is called."""
        if part in ("texts", "guide"):
            language, _space, key = name.partition(" ")
            called = self.used_in().get(key) if part == "texts" else self.heading(key, language)
            return f"{language}: {called or key}"
        for field in ("title", "text", "name", "says"):
            key = fields.get(field)
            key = key.get("worker") if isinstance(key, dict) else key
            plain = isinstance(key, str) and (" " in key or (part == "forms" and key[:1].isupper()))
            found = (self.text(key) or (key if plain else "")) if isinstance(key, str) else ""
            if found:
                return found
        return part_label(part) if name == part else name.replace("_", " ")

    def used_in(self) -> dict[str, str]:
        """Of each text, the part and the thing that it is said in."""
        if self._used is None:
            self._used = {}
            for part, things in self.things().items():
                for name, fields in things.items() if part not in ("texts", "guide", "families") else ():
                    place = part_label(part) if part == "identity" else f"{part_label(part)} · {name}"
                    for key in _strings(fields):
                        self._used.setdefault(key, f"{place} ({key})")
        return self._used

    def value(self, value: Any, field: str = "") -> str:
        """A value in words."""
        if value is ABSENT:
            return ""
        if value is None:
            return _("not said")
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if field in _CODES:
            return str(_CODES[field].get(value, value))
        if isinstance(value, str):
            return (None if field in _PLAIN else self.named(value, field) or self.text(value)) or value
        if isinstance(value, list):
            return "; ".join(self._item(each, field) for each in value) or _("none")
        if isinstance(value, dict):
            return self._map(value)
        return str(value)

    def named(self, value: str, field: str) -> str | None:
        """What a field leads to, by its own name; None when the field leads nowhere."""
        if field == "guide":
            return self.heading(value, self._language, *FALLBACK)
        part, before = _NAMES.get(field, ("", ""))
        thing = self.things().get(part, {}).get(f"{before}{value}")
        return self.title(part, value, thing) if thing else None

    def heading(self, page: str, *languages: str) -> str | None:
        """The first heading of a page of the guide, in the first of the languages that has the page."""
        pages = self._document["guide"]
        text = next((pages[each][page] for each in languages if page in pages.get(each, {})), "")
        first = text.strip().partition("\n")[0]
        return first.removeprefix("# ").strip() if first.startswith("# ") else None

    def _item(self, value: Any, field: str) -> str:
        if isinstance(value, dict) and "id" in value:
            return self.title("", value["id"], value)
        return self.value(value, field)

    def _map(self, value: Mapping[str, Any]) -> str:
        if value.keys() == {"setting"}:
            name = self.named(value["setting"], "setting") or value["setting"]
            return _("as set in “%s”") % name.partition(". ")[0].rstrip(".")
        if value.keys() <= UNITS.keys() and len(value) == 1:
            (unit, amount), *_rest = value.items()
            whole = isinstance(amount, int)
            return length_words(unit, amount) if whole else str(UNITS[unit]) % {"n": self.value(amount)}
        if value.keys() & {"fact", "any", "all", "not"}:
            return self.condition(value)
        return ", ".join(f"{field_label(name)}: {self.value(each, name)}" for name, each in value.items())

    def condition(self, value: Mapping[str, Any]) -> str:
        """A condition in words: a fact by the question that asks for it."""
        for word, label in (("any", _("any of")), ("all", _("all of"))):
            if word in value:
                return f"{label}: " + "; ".join(f"({self.condition(part)})" for part in value[word])
        if "not" in value:
            return _("not: (%s)") % self.condition(value["not"])
        question = self._document["entry"]["questions"].get(value["fact"], {}).get("worker", "")
        operator = next((name for name in COMPARISONS if name in value), None)
        said = str(COMPARISONS[operator]) % {"value": self.value(value[operator])} if operator else ""
        return f"“{self.text(question) or value['fact']}” {said}".strip()


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _strings(each)


def _told(part: str, change: Change, before: Speaker, after: Speaker) -> Told:
    gone = change.kind is Kind.REMOVED
    speaker = before if gone else after
    fields = {each.field: each.then if gone else each.now for each in change.fields}
    whole = {**speaker.things().get(part, {}).get(change.id, {}), **fields}
    rows = () if part == "families" else tuple(_rows(part, change.fields, before, after))
    return Told(
        change.kind.value, str(KINDS[change.kind.value]), change.id, speaker.title(part, change.id, whole), rows
    )


def _rows(part: str, fields: Iterable[FieldChange], before: Speaker, after: Speaker) -> Iterator[Row]:
    for each in fields:
        if part == "guide" and each.then is not ABSENT and each.now is not ABSENT:
            yield from _paragraphs(each.then, each.now)
            continue
        if part == "forms" and (each.field in _OF_THE_FILE or each.field.startswith("_")):
            continue
        for name, then, now in _leaves(each.field, each.then, each.now):
            if then != now:
                label = "" if part in ("texts", "guide") else field_label(name)
                last = name.rpartition(".")[2]
                was, is_now = before.value(then, last), after.value(now, last)
                if was == is_now and isinstance(then, str) and isinstance(now, str):  # two things of the same name
                    was, is_now = f"{was} ({then})", f"{is_now} ({now})"
                yield Row(label, was, is_now)


def _paragraphs(then: str, now: str) -> Iterator[Row]:
    """Of a page, only the paragraphs that differ."""
    were, are = (text.strip().split("\n\n") for text in (then, now))
    for kind, a, b, c, d in SequenceMatcher(None, were, are, autojunk=False).get_opcodes():
        if kind != "equal":
            yield Row("", "\n\n".join(were[a:b]), "\n\n".join(are[c:d]))


def _leaves(field: str, then: Any, now: Any) -> Iterator[tuple[str, Any, Any]]:
    """A map that is no value of its own (a clock, a wording in two voices) field by field."""
    whole = [each for each in (then, now) if each is not ABSENT]
    if field == "condition" or not all(isinstance(each, dict) and not _is_value(each) for each in whole):
        yield field, then, now
        return
    for name in dict.fromkeys(name for each in whole for name in each):
        ends = (each.get(name, ABSENT) if each is not ABSENT else ABSENT for each in (then, now))
        yield from _leaves(f"{field}.{name}", *ends)


def _is_value(value: Mapping[str, Any]) -> bool:
    keys = value.keys()
    return (
        keys == {"setting"} or (len(keys) == 1 and keys <= UNITS.keys()) or bool(keys & {"fact", "any", "all", "not"})
    )
