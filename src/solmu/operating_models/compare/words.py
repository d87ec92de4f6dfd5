"""How are the differences between two versions told to somebody who has never seen the files?"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.utils.translation import gettext as _

from solmu.operating_models.absent import ABSENT
from solmu.operating_models.compare import Change, FieldChange, Kind, PartChanges, compare
from solmu.operating_models.compare.codes import CODES
from solmu.operating_models.compare.labels import KINDS, counted, field_label, part_label
from solmu.operating_models.compare.questions import languages_in, question_words
from solmu.operating_models.compare.speaker import NO_FACTS, Speaker
from solmu.operating_models.facts import Fact

_OF_THE_FILE = {"resourceType", "extension", "experimental", "language", "name", "status"}
"""Fields of a form that a program reads and nobody sees."""
_LENGTHS = {"days", "weeks", "months", "years"}


@dataclass(frozen=True, slots=True)
class Row:
    """One field in words, then and now; empty where it was not."""

    label: str
    then: str
    now: str
    is_page: bool = False
    """Whether the words are Markdown of a guide."""


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
    def counts(self) -> str:
        """How many of each kind, in words."""
        kinds = [each.kind for each in self.told]
        return ", ".join(counted(kind, kinds.count(kind)) for kind in KINDS if kind in kinds)


def tell(
    then: Mapping[str, Any], now: Mapping[str, Any], language: str, facts: Mapping[str, Fact] = NO_FACTS
) -> list[PartTold]:
    """The differences from one document to another in words of this language; `facts` asks what no package words."""
    before, after = Speaker(then, language, facts), Speaker(now, language, facts)
    return [
        PartTold(
            each.part,
            part_label(each.part),
            tuple(_told(each.part, one, before, after) for one in _own_first(each, language)),
        )
        for each in compare(then, now)
    ]


def _own_first(part: PartChanges, language: str) -> list[Change]:
    """Of texts and pages, those in the reader's language first."""
    by_language = part.part in {"texts", "guide"}
    return sorted(part.changes, key=lambda each: by_language and each.id.partition(" ")[0] != language)


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
        if part == "guide":
            yield from _paragraphs(each.then, each.now)
        elif part == "forms" and each.field.startswith("question "):
            yield _question(each, after.language)
        elif part == "forms" and (each.field in _OF_THE_FILE or each.field.startswith("_")):
            continue
        else:
            for label, field, then, now in _leaves(part, each.field, each.then, each.now, after):
                yield _row("" if part == "texts" else label, then, now, field, before, after)


def _row(label: str, then: Any, now: Any, field: str, before: Speaker, after: Speaker) -> Row:
    was, is_now = before.value(then, field), after.value(now, field)
    if was == is_now and isinstance(then, str) and isinstance(now, str):  # two things of the same name
        was, is_now = f"{was} ({then})", f"{is_now} ({now})"
    return Row(label, was, is_now)


def _paragraphs(then: Any, now: Any) -> Iterator[Row]:
    """Of a page, only the paragraphs that differ."""
    were, are = ([] if text is ABSENT else text.strip().split("\n\n") for text in (then, now))
    for kind, a, b, c, d in SequenceMatcher(None, were, are, autojunk=False).get_opcodes():
        if kind != "equal":
            yield Row("", "\n\n".join(were[a:b]), "\n\n".join(are[c:d]), is_page=True)


def _question(change: FieldChange, language: str) -> Row:
    """A question of a form; where only its words in another language differ, in that language."""
    label, sides = _("question"), (change.then, change.now)
    for each in dict.fromkeys((language, *languages_in(change.then), *languages_in(change.now))):
        was, is_now = ("" if side is ABSENT else question_words(side, each) for side in sides)
        if was != is_now:
            return Row(label, was, is_now)
    return Row(label, was, _("The words are the same; what a program reads differs."))


def _leaves(part: str, field: str, then: Any, now: Any, speaker: Speaker) -> Iterator[tuple[str, str, Any, Any]]:
    """What differs in a field, each with its label: a map that is no value of its own (a clock, a wording in two
    voices) field by field, things of a list one by one.
    """
    if field == "condition":
        yield field_label(field, part), field, then, now
    elif (things := _by_id(then, now)) is not None:
        for name, (was, is_now) in things.items():
            title = speaker.title("", name, is_now if is_now is not ABSENT else was)
            for label, last, *ends in _inside(part, "", was, is_now, speaker):
                yield f"{title} · {label}", last, *ends
    elif all(isinstance(each, dict) and not _is_value(each) for each in (then, now) if each is not ABSENT):
        meeting = field.removeprefix("also ")
        before = f"{CODES['with'].get(meeting, meeting)} · " if meeting != field else ""
        for label, last, *ends in _inside(part, field, then, now, speaker):
            if not (before and last == "with"):
                yield f"{before}{label}", last, *ends
    else:
        yield field_label(field, part), field.rpartition(".")[2], then, now


def _inside(part: str, field: str, then: Any, now: Any, speaker: Speaker) -> Iterator[tuple[str, str, Any, Any]]:
    for name in dict.fromkeys(name for each in (then, now) if each is not ABSENT for name in each if name != "id"):
        was, is_now = (each.get(name, ABSENT) if each is not ABSENT else ABSENT for each in (then, now))
        if was != is_now:
            yield from _leaves(part, f"{field}.{name}" if field else name, was, is_now, speaker)


def _by_id(then: Any, now: Any) -> dict[str, tuple[Any, Any]] | None:
    """The things of two lists by their ids, those that differ; None when these are no such lists."""
    both = [each for each in (then, now) if isinstance(each, list)]
    if len(both) < 2 or not all(isinstance(one, dict) and "id" in one for each in both for one in each):
        return None
    were, are = ({one["id"]: one for one in each} for each in both)
    sides = {name: (were.get(name, ABSENT), are.get(name, ABSENT)) for name in {**are, **were}}
    return {name: ends for name, ends in sides.items() if ends[0] != ends[1]} or None


def _is_value(value: Mapping[str, Any]) -> bool:
    keys = value.keys()
    return keys == {"setting"} or (len(keys) == 1 and keys <= _LENGTHS) or bool(keys & {"fact", "any", "all", "not"})
