"""Operating-model packages: read from a folder, checked, kept as one immutable document."""

from pathlib import Path

from solmu.operating_models.facts import Catalogue
from solmu.operating_models.package.archive import open_archive, pack
from solmu.operating_models.package.checking import check_files, document_of, read_draft
from solmu.operating_models.package.draft import Draft
from solmu.operating_models.package.families import facts_from, run_families, run_family
from solmu.operating_models.package.files import fingerprint, read_files
from solmu.operating_models.package.loaded import Package
from solmu.operating_models.package.problems import PackageRefused, Problem

__all__ = [
    "Package",
    "PackageRefused",
    "Problem",
    "check_package",
    "content_hash",
    "facts_from",
    "load_archive",
    "load_files",
    "load_package",
    "open_archive",
    "pack",
    "run_families",
    "run_family",
    "try_package",
]


def check_package(path: Path, catalogue: Catalogue) -> list[Problem]:
    """All that is wrong with a package folder; empty when it can be loaded."""
    return read_draft(Path(path), catalogue).problems


def load_package(path: Path, catalogue: Catalogue) -> Package:
    """The package of a folder; raises PackageRefused with all its problems."""
    return _whole(read_draft(Path(path), catalogue))


def load_files(slug: str, version: str, files: dict[str, bytes], catalogue: Catalogue) -> Package:
    """The package of files at hand, as if they stood in its folder; raises PackageRefused with all its problems."""
    return _whole(check_files(Path(slug) / version, dict(files), catalogue))


def load_archive(raw: bytes, catalogue: Catalogue) -> Package:
    """The package of a package file, its invented families tried; raises PackageRefused with all its problems."""
    opened = open_archive(raw)
    package = load_files(opened.slug, opened.version, dict(opened.files), catalogue)
    if problems := list(run_families(package, catalogue)):
        raise PackageRefused(problems)
    return package


def _whole(draft: Draft) -> Package:
    if draft.problems:
        raise PackageRefused(draft.problems)
    return Package.from_json(document_of(draft), draft.files)


def try_package(path: Path, catalogue: Catalogue) -> list[Problem]:
    """All that is wrong with a package and with the verdicts of its invented families."""
    draft = read_draft(Path(path), catalogue)
    return draft.problems or list(run_families(Package.from_json(document_of(draft)), catalogue))


def content_hash(path: Path) -> str:
    """SHA-256 of a package folder's files; raises PackageRefused when the folder may not be read."""
    return fingerprint(read_files(Path(path)))
