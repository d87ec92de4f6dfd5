"""Templates and styles that a strict content security policy lets through and that turn with the script's direction."""

import re

import pytest

from tests.house import files, place

FORBIDDEN = {
    "a style attribute": r"<[^>]*\sstyle\s*=",
    "a style element": r"<style\b",
    "a script in the page": r"<script\b(?![^>]*\bsrc=)(?![^>]*\btype=\"application/json\")[^>]*>",
    "an event handler in the page": r"<[^>]*\son[a-z]+\s*=",
    "a javascript: address": r"javascript:",
    "something from another machine": r"""\b(?:src|action)\s*=\s*["']?(?:https?:)?//""",
}
SIDED = re.compile(
    r"(?:^|[;{])\s*("
    r"(?:margin|padding|border)-(?:left|right|top|bottom)(?:-[a-z]+)*"
    r"|(?:min-|max-)?(?:width|height)"
    r"|left|right|top|bottom"
    r"|(?:text-align|float|clear)(?=\s*:\s*(?:left|right)\b)"
    r")\s*:",
    re.MULTILINE,
)

# Forms that choose a language or a unit, and those of signing in: done twice, they have done the same.
REPEATABLE = {"who_menu.html", "account", "mfa", "socialaccount"}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_has(what):
    pattern = re.compile(FORBIDDEN[what], re.IGNORECASE)
    found = []
    for path in files(".html", ".svg"):
        text = path.read_text()
        found += [f"{place(path, text, hit.start())} {hit[0][:80]}" for hit in pattern.finditer(text)]
    assert not found, "\n".join(found)


def test_styles_know_no_left_or_right():
    found = []
    for path in files(".css"):
        text = path.read_text()
        blank = re.sub(r"/\*.*?\*/", lambda comment: re.sub(r"[^\n]", " ", comment[0]), text, flags=re.DOTALL)
        found += [f"{place(path, text, hit.start(1))} {hit[1]}" for hit in SIDED.finditer(blank)]
    assert not found, "\n".join(found)


def test_every_class_of_the_styles_is_used():
    said = "\n".join(path.read_text() for path in files(".html", ".py", ".js", ".svg"))
    styles = "\n".join(re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL) for path in files(".css"))
    selectors = re.findall(r"([^{};]+)\{", styles)
    names = {name for each in selectors if "@" not in each for name in re.findall(r"\.([a-z][\w-]*)", each)}
    words = set(re.findall(r"[\w-]+", said)) | {"errorlist"}  # which Django writes
    assert not names - words


def test_every_form_that_posts_is_guarded():
    """Against other sites (csrf_token), and against a second press of the button (once)."""
    forms = re.compile(r"<form\b[^>]*\bmethod=\"post\".*?</form>", re.IGNORECASE | re.DOTALL)
    unguarded = []
    for path in files(".html"):
        text = path.read_text()
        guards = ["{% csrf_token %}"] if REPEATABLE & {*path.parts} else ["{% csrf_token %}", "{% once %}"]
        for form in forms.finditer(text):
            where = place(path, text, form.start())
            unguarded += [f"{where} lacks {guard}" for guard in guards if guard not in form[0]]
    assert not unguarded, "\n".join(unguarded)
