"""A language in which everything translated stands between marks, so that a test needs no real translation.

`with marked(monkeypatch): …` puts it in Finnish's place: «⟦The file is missing.⟧» has been translated, and what stands
outside the marks has not.
"""

import re
from contextlib import contextmanager

from django.utils import translation
from django.utils.translation import trans_real

_INNERMOST = re.compile(r"⟦[^⟦⟧]*⟧")


class _Marked:
    """Finnish, but for its words."""

    def __init__(self, finnish):
        self._finnish = finnish

    def __getattr__(self, name):
        return getattr(self._finnish, name)

    def gettext(self, message):
        return f"⟦{message.rpartition(chr(4))[2]}⟧"

    def ngettext(self, singular, plural, number):
        return self.gettext(singular if number == 1 else plural)


def put_marks(monkeypatch) -> None:
    """From now on Finnish pages show marks."""
    monkeypatch.setitem(trans_real._translations, "fi", _Marked(trans_real.translation("fi")))


@contextmanager
def marked(monkeypatch):
    """What is said inside is said between marks."""
    put_marks(monkeypatch)
    with translation.override("fi"):
        yield


def untranslated(text: str) -> str:
    """What stands outside the marks."""
    while _INNERMOST.search(text):
        text = _INNERMOST.sub("", text)
    return text.strip()


def plain(text: str) -> str:
    """The words without their marks: the English that was translated."""
    return re.sub("[⟦⟧]", "", text)
