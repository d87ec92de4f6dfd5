"""Is a package whole: does each file have the right shape, and does everything that it refers to exist?"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from jsonschema import FormatChecker

from solmu.operating_models.facts import Catalogue
from solmu.operating_models.package.conditions import check_conditions
from solmu.operating_models.package.draft import Draft
from solmu.operating_models.package.explaining import explain
from solmu.operating_models.package.files import LANGUAGES, MAX_PAGE_BYTES, fingerprint, read_files
from solmu.operating_models.package.parts import is_day
from solmu.operating_models.package.problems import PackageRefused, Problem, shown
from solmu.operating_models.package.reading import Document, holds_nul, is_turned, not_utf8, read_document, turns
from solmu.operating_models.package.references import check_references
from solmu.operating_models.schema import validator


def read_draft(path: Path, catalogue: Catalogue) -> Draft:
    """Read and check a package folder; all its faults are in `problems`."""
    try:
        files = read_files(path)
    except PackageRefused as refused:
        return Draft(Path(path), {}, catalogue, problems=refused.problems)
    return check_files(Path(path), files, catalogue)


def check_files(folder: Path, files: dict[str, bytes], catalogue: Catalogue) -> Draft:
    """Check the files of a package that stands, or would stand, in this folder."""
    draft = Draft(folder, files, catalogue)
    _read(draft)
    if not draft.problems:
        _check_texts(draft)
        _check_shapes(draft)
    if not draft.problems:
        draft.problems += check_references(draft)
        draft.problems += check_conditions(draft)
    draft.problems.sort(key=lambda problem: (problem.file, problem.line or 0))
    return draft


def _read(draft: Draft) -> None:
    for name, raw in draft.files.items():
        if name.endswith(".md"):
            _guide, language, page = name.split("/")
            try:
                draft.guide.setdefault(language, {})[page.removesuffix(".md")] = raw.decode("utf-8")
            except UnicodeDecodeError:
                draft.problems.append(Problem(name, None, "", *not_utf8()))
            if b"\x00" in raw:
                draft.problems.append(Problem(name, None, "", *holds_nul()))
            if turns(raw.decode("utf-8", "replace")):
                draft.problems.append(Problem(name, None, "", *is_turned()))
            if len(raw) > MAX_PAGE_BYTES:
                mend = _("Stay within %(most)d kB: divide it into pages.") % {"most": MAX_PAGE_BYTES // 1024}
                draft.problems.append(Problem(name, None, "", _("The page is too long."), mend))
            continue
        document = draft.documents[name] = read_document(name, raw)
        draft.problems += document.problems


def _check_texts(draft: Draft) -> None:
    for language, document in draft.under("texts", ".yaml").items():
        if language not in LANGUAGES:
            what = _("The language %(name)s is not known.") % {"name": shown(language)}
            mend = _("Use %(names)s.") % {"names": ", ".join(LANGUAGES)}
            draft.problems.append(document.problem((), what, mend))
        draft.problems += shape_problems(document, "texts", FormatChecker([]), {})
        draft.texts[language] = dict(_flatten(document.content)) if isinstance(document.content, dict) else {}
    finnish = draft.texts.get("fi", {})
    for language, texts in draft.texts.items():
        for key in texts.keys() - finnish.keys():
            place = tuple(key.split("."))
            document = draft.documents[f"texts/{language}.yaml"]
            mend = _("Write it in texts/fi.yaml too, or remove it.")
            draft.problems.append(document.problem(place, _("This text is not in Finnish."), mend))


def _flatten(texts: dict[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    for key, value in texts.items():
        if isinstance(value, dict):
            yield from _flatten(value, f"{above}{key}.")
        else:
            yield above + key, value


def _check_shapes(draft: Draft) -> None:
    settings = draft.content("model.yaml").get("settings")
    sources = draft.content("model.yaml").get("sources")
    known = {
        "text-key": frozenset(draft.texts.get("fi", ())),
        "fact": frozenset(draft.catalogue),
        "source-key": frozenset(sources if isinstance(sources, dict) else ()),
        "setting": frozenset(
            each["id"]
            for each in (settings if isinstance(settings, list) else ())
            if isinstance(each, dict) and isinstance(each.get("id"), str)
        ),
    }
    checker = _format_checker(known)
    for name, document in draft.documents.items():
        if not name.startswith("texts/"):
            draft.problems += shape_problems(document, _schema_name(name), checker, known)


def _schema_name(file: str) -> str:
    if file.startswith("forms/"):
        return "questionnaire" if file.endswith(".json") else "form"
    return "family" if file.startswith("families/") else file.removesuffix(".yaml")


def shape_problems(
    document: Document, schema: str, checker: FormatChecker, known: dict[str, frozenset[str]]
) -> Iterator[Problem]:
    """What of one file does not have the shape that its schema wants."""
    for error in validator(schema).evolve(format_checker=checker).iter_errors(document.content):
        yield from explain(document, error, known)


def _format_checker(known: dict[str, frozenset[str]]) -> FormatChecker:
    """Checks days of the calendar, and that every name that a package refers to exists."""
    checker = FormatChecker([])
    checker.checks("date")(lambda value: not isinstance(value, str) or is_day(value))
    for name, values in known.items():
        checker.checks(name)(lambda value, values=values: not isinstance(value, str) or value in values)
    return checker


def document_of(draft: Draft) -> dict[str, Any]:
    """The one JSON document of a package without faults."""
    return {
        "format": 1,
        "content_hash": fingerprint(draft.files),
        "model": draft.content("model.yaml"),
        "entry": draft.content("entry.yaml"),
        "process": draft.content("process.yaml"),
        "measures": draft.content("measures.yaml"),
        "orientation": draft.content("orientation.yaml") or {"modules": []},
        "texts": draft.texts,
        "guide": draft.guide,
        "form_links": {name: form.content for name, form in draft.under("forms", ".yaml").items()},
        "questionnaires": {name: form.content for name, form in draft.under("forms", ".json").items()},
        "families": [family.content for family in draft.under("families", ".yaml").values()],
    }
