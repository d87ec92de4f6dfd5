"""What does a page say that explains the package format to an author? Everything in it comes from the schemas."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from solmu.operating_models.schema import NAMES, read_schema

HEAD = """\
# The package format

Generated from the schemas by `python -m solmu.operating_models.schema`; change the schemas, not this page.
"""
INTRODUCTION = """\
An operating model is a folder of data, `operating-models/<slug>/<version>/`, with no code inside:

```
model.yaml         who made it, what it is, its sources and settings
entry.yaml         who it is for: criteria over facts
process.yaml       how it proceeds
measures.yaml      what is followed
texts/fi.yaml      every text; texts/sv.yaml and texts/en.yaml translate it
families/*.yaml    invented families and the verdicts they must get
orientation.yaml   what a worker goes through first (may be left out)
forms/             forms: links (.yaml) or FHIR R4 Questionnaires (.json) (may be left out)
guide/<lang>/*.md  pages of the worker's guide (may be left out)
```

Rules that hold everywhere:

- Files are UTF-8 YAML with plain values: no tags, anchors, aliases or duplicate keys. `true`, `false` and `null` are
  the only words that are not text; a text that holds a colon or a comma inside braces stands in quotation marks.
- A field that is not listed here is refused. **Bold** fields must be there.
- Any statement may carry `source` (a key of `sources` in `model.yaml`) and `mark`; what is marked F names its source,
  and what is marked N is left empty. A contact point's number, a deadline or a length that no source gives is null,
  never guessed.
- A criterion over a fact that nobody has answered is *not yet known*, never false. There is no expression language
  beyond comparisons and *any*, *all*, *not*: what cannot be said so is a question to a person.
- Months are added as Finnish law counts them: the day stays, or is the month's last day (31.10. + 4 months is 28.2.
  or 29.2.).
- The verdict: `fits` (everything is answered and speaks for it), `may_fit` (something is open, or a recommendation is
  passed over), `not_now` (time alone opens it on a known day), `does_not_fit`.
- The next question is the unanswered fact that can decide most: criteria that bind before recommendations, then the
  criterion with the fewest unknown facts, then the package's own order. A question left unanswered is not put again.
- Put sensitive criteria last: the order of the package is the order of the questions.
- What an act lays down stands under `law` in `process.yaml`: whose duty or right it is, by which act, between which
  days and within what time. It is not a setting: an organisation cannot decide it, a new version of the package
  changes it.
- Two settings mean something to Solmu itself, in any package that has them: `both-of-pair` (`yes_no`: both of the pair
  say that a prepared contact is ready before it is sent) and `permission-days` (`number`, in `days`: the length that
  the form proposes for a permission). Both concern the contacts that are prepared while the model is under way.
"""
KINDS = {
    "object": "map",
    "array": "list",
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "true or false",
    "null": "null",
}


@dataclass(frozen=True, slots=True)
class Section:
    """A kind of file, or a definition that several of them use; `text` is Markdown below its heading."""

    name: str
    title: str
    summary: str
    text: str
    definitions: tuple["Section", ...] = ()


@cache
def sections() -> tuple[Section, ...]:
    """Every schema told to a reader, in the order in which an author meets the files."""
    return tuple(_section(name, read_schema(name)) for name in NAMES)


def write_reference() -> str:
    """The whole page as Markdown."""
    parts = [HEAD, INTRODUCTION]
    for each in sections():
        parts.append(f"## {each.title}\n\n{each.text}")
        parts += [f"### {one.title}\n\n{one.text}" for one in each.definitions]
    return "\n".join(parts)


def _section(name: str, schema: dict[str, Any]) -> Section:
    defined = tuple(_definition(key, part) for key, part in schema.get("$defs", {}).items())
    about = schema["description"]
    return Section(name, schema["title"], about, _paragraphs(about, "" if defined else _table(schema)), defined)


def _definition(name: str, schema: dict[str, Any]) -> Section:
    about = schema.get("description", "")
    pattern = f"Pattern: `{schema['pattern']}`" if "pattern" in schema else ""
    choices = f"One of {_choices(schema)}." if "enum" in schema else ""
    return Section(name, name, about, _paragraphs(about, pattern, choices, _table(schema)))


def _paragraphs(*texts: str) -> str:
    return "\n\n".join(text for text in texts if text) + "\n"


def _table(schema: dict[str, Any]) -> str:
    rows = list(_rows(schema, ""))
    if not rows:
        return ""
    return "\n".join(["| Field | Holds | Meaning |", "|---|---|---|", *rows])


def _rows(schema: dict[str, Any], above: str) -> Iterator[str]:
    needed = schema.get("required", ())
    for name, part in schema.get("properties", {}).items():
        label = f"**`{above}{name}`**" if name in needed else f"`{above}{name}`"
        yield f"| {label} | {_kind(part)} | {_meaning(part)} |"
        yield from _inner(part, f"{above}{name}")


def _inner(part: dict[str, Any], place: str) -> Iterator[str]:
    """The fields of a map, of a list's items, or of a map's values, under this place."""
    if part.get("type") == "array":
        yield from _rows(part["items"], f"{place}[].")
    elif "properties" in part:
        yield from _rows(part, f"{place}.")
    elif isinstance(part.get("additionalProperties"), dict):
        yield from _rows(part["additionalProperties"], f"{place}.‹key›.")


def _kind(part: dict[str, Any]) -> str:
    if "$ref" in part:
        name = part["$ref"].rsplit("/", 1)[-1]
        return "nested" if name == "#" else f"[{name}](#{name})"
    if "enum" in part:
        return _choices(part)
    if "const" in part:
        return f"`{part['const']}`"
    if "oneOf" in part and "type" not in part:
        return " or ".join(_kind(each) for each in part["oneOf"])
    kinds = part.get("type", "object")
    if kinds == "array":
        return f"list of {_kind(part['items'])}"
    return " or ".join(KINDS[each] for each in ([kinds] if isinstance(kinds, str) else kinds))


def _choices(part: dict[str, Any]) -> str:
    return ", ".join(f"`{each}`" for each in part["enum"])


def _meaning(part: dict[str, Any]) -> str:
    text = part.get("description", "")
    if not text and "$ref" in part and part["$ref"].startswith("common.json#"):
        text = read_schema("common")["$defs"][part["$ref"].rsplit("/", 1)[-1]].get("description", "")
    return text.replace("|", "\\|")
