"""What does an untrusted YAML or JSON file say, and on which line does each part stand?

A small reader over PyYAML's events: plain maps, lists, strings, numbers, true, false and null, nothing else. Tags,
anchors, aliases, merge keys, duplicate keys and deep nesting are refused while reading, before anything is built.
`yes`, `no`, `on` and dates stay text, so that the country code `no` is not false.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml
from django.utils.translation import gettext as _

from solmu.operating_models.package.crooked import not_yaml
from solmu.operating_models.package.problems import Problem, field_path, shown

MAX_DEPTH = 24
MAX_NODES = 20_000
_TURNING = re.compile("[\u202d\u202e]")  # overrides; the marks and isolates of mixed scripts only order them
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}
_WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,14})\Z")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]{0,14})\.[0-9]{1,14}\Z")

Place = tuple[str | int, ...]


@dataclass(slots=True)
class Document:
    """A file's content with the line of each of its parts."""

    file: str
    content: Any = None
    lines: dict[Place, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def line(self, place: Place) -> int | None:
        """The line of a part, or of the nearest part around it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place)

    def problem(self, place: Place, what: str, mend: str) -> Problem:
        """A fault in this file at this place."""
        return Problem(self.file, self.line(place), field_path(place), what, mend)


class _Unreadable(Exception):
    def __init__(self, line: int, what: str, mend: str, place: Place = ()):
        self.line, self.what, self.mend, self.place = line, what, mend, place


def read_document(file: str, raw: bytes) -> Document:
    """The content of one file; a file that cannot be read has its problem and no content."""
    document = Document(file)
    try:
        document.content = _Builder(document).build(raw.decode("utf-8"))
    except UnicodeDecodeError:
        document.problems.append(Problem(file, None, "", *not_utf8()))
    except _Unreadable as error:
        place = field_path(error.place)
        document.problems.append(Problem(file, error.line, place, error.what, error.mend))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what, mend = not_yaml(getattr(error, "problem", None)), _("Look at the indentation, colons and quotes here.")
        document.problems.append(Problem(file, mark.line + 1 if mark else None, "", what, mend))
    if document.problems:
        document.content = None
    return document


def every_part(value: Any, place: Place = ()) -> Iterator[tuple[Place, Any]]:
    """Every part of a document's content with its place, each before those inside it."""
    yield place, value
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in inside:
        yield from every_part(part, (*place, key))


def field_of(place: Place) -> str | int | None:
    """The field that a part is said in, also when it is one of a list there; None for the whole."""
    if len(place) > 1 and isinstance(place[-1], int):
        return place[-2]
    return place[-1] if place else None


class _Builder:
    """Builds values from events on a stack of its own, so that nesting cannot exhaust the interpreter's."""

    def __init__(self, document: Document):
        self.document = document
        self.nodes = 0
        self.stack: list[tuple[Any, Place]] = []
        self.key: list[str | None] = []

    def build(self, text: str) -> Any:
        root: list[Any] = []
        documents = 0
        for event in yaml.parse(text, Loader=_LOADER):
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    what = _("The file holds a second document.")
                    raise _Unreadable(_line(event), what, _("Keep one document in a file."))
            elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
                self.stack.pop()
                self.key.pop()
            elif isinstance(event, yaml.NodeEvent):
                self._node(event, root)
        if not root:
            mend = _("Fill it in, or remove it if the package can do without.")
            raise _Unreadable(1, _("The file is empty."), mend)
        return root[0]

    def _node(self, event: yaml.NodeEvent, root: list[Any]) -> None:
        self._guard(event)
        if self.stack and isinstance(self.stack[-1][0], dict) and self.key[-1] is None:
            self._take_key(event)
            return
        place = self._place()
        self.document.lines.setdefault(place, _line(event))
        if isinstance(event, yaml.ScalarEvent):
            self._put(_scalar(event, place), root)
            return
        value: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
        self._put(value, root)
        self.stack.append((value, place))
        self.key.append(None)
        if len(self.stack) > MAX_DEPTH:
            mend = _("Stay within %(most)d levels.") % {"most": MAX_DEPTH}
            raise _Unreadable(_line(event), _("The file is nested too deeply."), mend)

    def _guard(self, event: yaml.NodeEvent) -> None:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            mend = _("Stay within %(most)d values.") % {"most": MAX_NODES}
            raise _Unreadable(_line(event), _("The file holds too many values."), mend)
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            what = _("Anchors and aliases are not allowed.")
            raise _Unreadable(_line(event), what, _("Write the value out here."))
        if event.tag is not None:
            what = _("The tag %(name)s is not allowed.") % {"name": f"{event.tag:.80}"}
            raise _Unreadable(_line(event), what, _("Write a plain value."))
        if isinstance(event, yaml.ScalarEvent) and "\x00" in event.value:
            raise _Unreadable(_line(event), *holds_nul())
        if isinstance(event, yaml.ScalarEvent) and turns(event.value):
            raise _Unreadable(_line(event), *is_turned())

    def _place(self) -> Place:
        if not self.stack:
            return ()
        value, place = self.stack[-1]
        return (*place, self.key[-1] if isinstance(value, dict) else len(value))

    def _take_key(self, event: yaml.NodeEvent) -> None:
        mapping, place = self.stack[-1]
        if not isinstance(event, yaml.ScalarEvent):
            mend = _("Write a word before the colon.")
            raise _Unreadable(_line(event), _("A key must be a plain word."), mend, place)
        if event.value in mapping:
            what = _("The key %(name)s stands here twice.") % {"name": shown(event.value)}
            raise _Unreadable(_line(event), what, _("Keep one of the two."), (*place, event.value))
        self.key[-1] = event.value
        self.document.lines[(*place, event.value)] = _line(event)

    def _put(self, value: Any, root: list[Any]) -> None:
        if not self.stack:
            root.append(value)
            return
        holder = self.stack[-1][0]
        if isinstance(holder, dict):
            holder[self.key[-1]] = value
            self.key[-1] = None
        else:
            holder.append(value)


def not_utf8() -> tuple[str, str]:
    """What is said of a file in another encoding."""
    return _("The file is not UTF-8 text."), _("Save it as UTF-8.")


def holds_nul() -> tuple[str, str]:
    """What is said of a NUL."""
    return _("It holds a NUL, which no database keeps as text."), _("Remove it.")


def is_turned() -> tuple[str, str]:
    """What is said of a text that turns others round."""
    what = _("It holds a character that shows the words after it backwards.")
    return what, _("Remove it: they would read as others.")


def turns(text: str) -> bool:
    """Whether a text would be read in another order than it is written in."""
    return _TURNING.search(text) is not None


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1


def _scalar(event: yaml.ScalarEvent, place: Place) -> Any:
    text = event.value
    if event.style:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _WHOLE.match(text):
        return int(text)
    if _DECIMAL.match(text):
        return float(text)
    return text
