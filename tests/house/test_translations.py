"""Everything Solmu says, it says in Finnish and in Swedish."""

import ast
from collections.abc import Iterator
from io import BytesIO

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.utils import translation
from django.utils.translation.template import templatize

from tests.house import SOURCE, files, place

KEYWORDS = {"_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None}
KEYWORDS |= {"ngettext": (1, 2), "ngettext_lazy": (1, 2)}
KEYWORDS |= {"pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3)}


def _catalogue(language: str) -> Catalog:
    with (SOURCE / "locale" / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        return read_po(file, locale=language)


def _said() -> Iterator[tuple[str, str, str | None]]:
    """Each sentence marked for translation: where it stands, the sentence (its singular), its context."""
    for path in files(".py", ".html", ".txt"):
        text = path.read_text()
        # Django turns a template into calls amid blanks; only the lenient reader of the two takes that.
        reader, calls = ("python", text) if path.suffix == ".py" else ("javascript", templatize(text))
        for line, message, _comments, context in extract(reader, BytesIO(calls.encode()), KEYWORDS):
            singular = message if isinstance(message, str) else message[0]
            yield f"{place(path, text, 0)[:-2]}:{line}", singular, context


def _translated(message: Message | None) -> bool:
    if message is None:
        return False
    strings = message.string if isinstance(message.string, tuple) else (message.string,)
    return all(strings) and not message.fuzzy


def test_nothing_is_said_inside_a_formatted_string():
    """What gathers the sentences does not look there, and they would stay English for everybody."""
    hidden = [
        place(path, text, 0)[:-2] + f":{call.lineno}"
        for path in files(".py")
        for text in [path.read_text()]
        for formatted in ast.walk(ast.parse(text))
        if isinstance(formatted, ast.JoinedStr)
        for call in ast.walk(formatted)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in KEYWORDS
    ]
    assert not hidden, "\n".join(hidden)


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_everything_said_is_translated(language):
    catalogue = _catalogue(language)
    lacking = [
        f"{where} {sentence}"
        for where, sentence, context in _said()
        if not _translated(catalogue.get(sentence, context))
    ]
    assert not lacking, f"{len(lacking)} sentences lack {language}:\n" + "\n".join(lacking[:40])


def test_english_stays_as_it_was_written():
    """English has no catalogue: neither the default language nor another package's may put words in its place."""
    with translation.override("en"):
        changed = [
            f"{where} {sentence}"
            for where, sentence, context in _said()
            if (translation.pgettext(context, sentence) if context else translation.gettext(sentence)) != sentence
        ]
    assert not changed, "\n".join(changed)


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_placeholders_survive_translation(language):
    """A lost `%(name)s` would lose the name, a misspelled one would break the page."""
    broken = [f"{message.id!r}: {error}" for message in _catalogue(language) for error in message.check()]
    assert not broken, "\n".join(broken)
