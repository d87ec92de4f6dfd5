"""A package as one file, to be handed to another installation; a file from outside is never trusted.

The file is a zip: it opens on any office computer, and its directory tells every name and size before a byte is
unpacked. Nothing in it is compressed, so that the same package gives the same bytes on every machine, whichever
library packs it; a file that somebody packed anew by hand may be compressed, within limits. `solmu-package.json` at its
beginning names the version and the hash of its content. The hash shows damage, not who made the package.
"""

import io
import json
import stat
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from solmu.operating_models.package.files import (
    MAX_FILE_BYTES,
    MAX_FILES,
    MAX_TOTAL_BYTES,
    fingerprint,
    has_place,
    kilobytes,
    megabytes,
    missing_files,
    so_many_files,
)
from solmu.operating_models.package.problems import PackageRefused, Problem

MANIFEST = "solmu-package.json"
FORMAT = "solmu-package/1"
MAX_ARCHIVE_BYTES = MAX_TOTAL_BYTES + 256 * 1024
MAX_RATIO = 100
MAX_ENTRIES = 2 * MAX_FILES  # with the folders that some programs write
_DAY = (1980, 1, 1, 0, 0, 0)  # the first that a zip can tell
_ENTRY = b"PK\x01\x02"
_ENCRYPTED = 0x1


@dataclass(frozen=True, slots=True)
class Opened:
    """What a package file holds: which version it says it is, and its files by their names in the package."""

    slug: str
    version: str
    content_hash: str
    files: Mapping[str, bytes]


def pack(slug: str, version: str, files: Mapping[str, bytes]) -> bytes:
    """The one file of a package; the same package gives the same bytes."""
    said = {"format": FORMAT, "slug": slug, "version": version, "content_hash": fingerprint(files)}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        _write(archive, MANIFEST, (json.dumps(said, indent=1) + "\n").encode())
        for name in sorted(files):
            _write(archive, f"{slug}/{version}/{name}", files[name])
    return out.getvalue()


def _write(archive: zipfile.ZipFile, name: str, raw: bytes) -> None:
    entry = zipfile.ZipInfo(name, _DAY)
    entry.create_system = 3
    entry.external_attr = (stat.S_IFREG | 0o644) << 16
    archive.writestr(entry, raw)


def open_archive(raw: bytes) -> Opened:
    """The files of a package file; raises PackageRefused before anything that breaks a limit is unpacked."""
    if len(raw) > MAX_ARCHIVE_BYTES:
        raise _refused("", _("The file is too large."), kilobytes(MAX_ARCHIVE_BYTES))
    if not raw.startswith(b"PK\x03\x04"):
        raise _refused("", _("This is not a package file."), _make_it())
    if raw.count(_ENTRY) > MAX_ENTRIES:
        raise _refused("", _("The file holds too many entries."), so_many_files())
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            entries = _entries(archive)
            return _opened({name: _read(archive, entry) for name, entry in entries.items()})
    except PackageRefused:
        raise
    except Exception as error:  # a damaged zip fails in a dozen ways
        raise _refused("", _("The file is damaged."), _("Ask for it again, or pack it again.")) from error


def _make_it() -> str:
    return _("Make the file with: solmu model pack")


def _refused(file: str, what: str, mend: str) -> PackageRefused:
    return PackageRefused([Problem(file or _("package file"), None, "", what, mend)])


def _entries(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """The plain files of the archive by name, after every limit has been checked by what its directory says."""
    found: dict[str, zipfile.ZipInfo] = {}
    for entry in archive.infolist():
        name = entry.orig_filename
        if entry.is_dir() and not entry.file_size:
            continue
        problem = _wrong(entry)
        if name in found:
            problem = _("The name stands in the file twice."), _("Keep one of the two.")
        if problem:
            raise _refused(ascii(name)[1:-1][:120], *problem)
        found[name] = entry
    if sum(entry.file_size for entry in found.values()) > MAX_TOTAL_BYTES:
        raise _refused("", _("The package is too large."), megabytes())
    if len(found) > MAX_FILES + 1:
        raise _refused("", _("The package holds too many files."), so_many_files())
    return found


def _wrong(entry: zipfile.ZipInfo) -> tuple[str, str] | None:
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in (0, stat.S_IFREG):
        return _("This is a link or not a plain file."), _("Put a plain file in its place.")
    if entry.flag_bits & _ENCRYPTED:
        return _("The file is locked with a password."), _("Pack it without one.")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return _("It is compressed in a way that is not read here."), _make_it()
    if entry.file_size > MAX_FILE_BYTES:
        return _("The file is too large."), kilobytes(MAX_FILE_BYTES)
    if entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
        return _("It would grow more than a text does when it is unpacked."), _make_it()
    return None


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    with archive.open(entry) as file:
        raw = file.read(MAX_FILE_BYTES + 1)
    if len(raw) != entry.file_size:
        raise zipfile.BadZipFile
    return raw


def _opened(raw: dict[str, bytes]) -> Opened:
    said = _manifest(raw.pop(MANIFEST, None))
    folder = f"{said['slug']}/{said['version']}/"
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    for name in sorted(raw):
        inside = name.removeprefix(folder)
        if inside == name or not has_place(inside):
            mend = _("Only the files of %(folder)s and %(manifest)s belong here.")
            mend %= {"folder": folder, "manifest": MANIFEST}
            problems.append(Problem(ascii(name)[1:-1][:120], None, "", _("This file has no place in a package."), mend))
        files[inside] = raw[name]
    if problems := problems or missing_files(files):
        raise PackageRefused(problems)
    if fingerprint(files) != said["content_hash"]:
        raise _refused(MANIFEST, _("The content is not the one that was packed: its hash is another."), _make_it())
    return Opened(said["slug"], said["version"], said["content_hash"], files)


def _manifest(raw: bytes | None) -> dict[str, str]:
    if raw is None:
        raise _refused(MANIFEST, _("The file is missing."), _make_it())
    try:
        said: Any = json.loads(raw.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise _refused(MANIFEST, _("The file cannot be read."), _make_it()) from error
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        raise _refused(MANIFEST, _("It is of another format than this Solmu reads."), _make_it())
    fields = {name: said.get(name) for name in ("slug", "version", "content_hash")}
    if not all(isinstance(value, str) and value and value.isascii() for value in fields.values()):
        raise _refused(MANIFEST, _("It does not say which version it is, or the hash of its content."), _make_it())
    return fields
