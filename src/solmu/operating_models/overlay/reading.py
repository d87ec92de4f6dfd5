"""What does an overlay file say? As untrusted as a package: read by the same reader, held against its own schema."""

from django.utils.translation import gettext as _
from jsonschema import FormatChecker

from solmu.operating_models.overlay import Change, from_json
from solmu.operating_models.package.checking import shape_problems
from solmu.operating_models.package.files import MAX_FILE_BYTES, kilobytes
from solmu.operating_models.package.problems import PackageRefused, Problem
from solmu.operating_models.package.reading import read_document


def read_overlay(name: str, raw: bytes) -> list[Change]:
    """The changes of an overlay file; raises PackageRefused with all its faults."""
    if len(raw) > MAX_FILE_BYTES:
        raise PackageRefused([Problem(name, None, "", _("The file is too large."), kilobytes(MAX_FILE_BYTES))])
    document = read_document(name, raw)
    problems = document.problems or list(shape_problems(document, "overlay", FormatChecker([]), {}))
    if problems:
        raise PackageRefused(problems)
    return from_json(document.content["changes"])
