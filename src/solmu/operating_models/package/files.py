"""Which files does a package folder hold, and what is their fingerprint?

The folder is untrusted: only plain files with known names are read, never a link, and never more than the limits.
"""

import hashlib
import os
import re
import stat
from collections.abc import Collection, Mapping
from pathlib import Path

from django.utils.translation import gettext as _

from solmu.operating_models.package.problems import PackageRefused, Problem

MAX_FILES = 300
MAX_FILE_BYTES = 256 * 1024
MAX_PAGE_BYTES = 64 * 1024  # of a guide: it is made into HTML each time that somebody reads it
MAX_TOTAL_BYTES = 4 * 1024 * 1024
LANGUAGES = ("fi", "sv", "en")
REQUIRED = ("model.yaml", "entry.yaml", "process.yaml", "measures.yaml", "texts/fi.yaml")

_ID = r"[a-z][a-z0-9]*(-[a-z0-9]+)*"
_ALLOWED = re.compile(
    rf"(model|entry|process|measures|orientation)\.yaml|texts/[a-z]{{2,3}}\.yaml|families/{_ID}\.yaml"
    rf"|forms/{_ID}\.(yaml|json)|guide/[a-z]{{2,3}}/{_ID}\.md"
)


def read_files(path: Path) -> dict[str, bytes]:
    """The bytes of each file, by its path inside the package, sorted; raises PackageRefused."""
    root = Path(path)
    if root.is_symlink() or not root.is_dir():
        what, mend = _("This is not a folder."), _("Give the folder of one version.")
        raise PackageRefused([Problem(root.name, None, "", what, mend)])
    problems: list[Problem] = []
    found: dict[str, bytes] = {}
    total = 0
    for name in _names(root, problems):
        raw = _read(root / name, name, problems)
        if raw is None:
            continue
        total += len(raw)
        if total > MAX_TOTAL_BYTES:
            raise PackageRefused([*problems, Problem(name, None, "", _("The package is too large."), megabytes())])
        found[name] = raw
    refused = {problem.file for problem in problems}
    problems += [problem for problem in missing_files(found) if problem.file not in refused]
    if problems:
        raise PackageRefused(sorted(problems, key=lambda problem: problem.file))
    return found


def missing_files(found: Collection[str]) -> list[Problem]:
    """Those of the files that every package needs which are not among the names."""
    what, mend = _("The file is missing."), _("Every package needs it: add it.")
    return [Problem(name, None, "", what, mend) for name in REQUIRED if name not in found]


def has_place(name: str) -> bool:
    """Is this the name of a file that a package may hold?"""
    return _ALLOWED.fullmatch(name) is not None


def _names(root: Path, problems: list[Problem]) -> list[str]:
    names: list[str] = []
    for folder, folders, files in os.walk(root, followlinks=False):
        inside = Path(folder).relative_to(root)
        for name in list(folders):
            if (Path(folder) / name).is_symlink():
                problems.append(_link((inside / name).as_posix()))
                folders.remove(name)
        if len(inside.parts) > 2:
            folders.clear()
        names += [(inside / name).as_posix() for name in files]
        if len(names) > MAX_FILES:
            what = _("The package holds too many files.")
            raise PackageRefused([Problem(root.name, None, "", what, so_many_files())])
    return sorted(names)


def _read(path: Path, name: str, problems: list[Problem]) -> bytes | None:
    if not has_place(name):
        mend = _("Remove it, or give it a name that the format knows (small letters, digits, hyphens).")
        problems.append(Problem(name, None, "", _("This file has no place in a package."), mend))
        return None
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        problems.append(_link(name))
        return None
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            problems.append(_link(name))
            return None
        raw = file.read(MAX_FILE_BYTES + 1)
    if len(raw) > MAX_FILE_BYTES:
        problems.append(Problem(name, None, "", _("The file is too large."), kilobytes(MAX_FILE_BYTES)))
        return None
    return raw


def _link(name: str) -> Problem:
    mend = _("Put a plain file or folder in its place.")
    return Problem(name, None, "", _("This is a link or not a plain file."), mend)


def kilobytes(most: int) -> str:
    """How a file that is too large is mended."""
    return _("Stay within %(most)d kB.") % {"most": most // 1024}


def megabytes() -> str:
    """How a package that is too large is mended."""
    return _("Stay within %(most)d MB.") % {"most": MAX_TOTAL_BYTES // 1024 // 1024}


def so_many_files() -> str:
    """How a package of too many files is mended."""
    return _("Stay within %(most)d files.") % {"most": MAX_FILES}


def fingerprint(files: Mapping[str, bytes]) -> str:
    """SHA-256 over names, lengths and bytes in the order of names; the same files give the same on every machine."""
    digest = hashlib.sha256()
    for name in sorted(files):
        digest.update(f"{name}\0{len(files[name])}\0".encode())
        digest.update(files[name])
    return digest.hexdigest()
