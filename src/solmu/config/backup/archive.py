"""The archive: a zip file with `manifest.json` and parts, each known by its SHA-256."""

import hashlib
import json
import os
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from django.db import connection
from django.db.migrations.loader import MigrationLoader

from solmu.config.console import Progress, Stopped

FORMAT = 1
CHUNK = 1 << 20
MANIFEST = "manifest.json"


@dataclass
class Manifest:
    """What an archive says of itself."""

    database: str
    made_at: str
    version: str
    migrations: list[str]
    anchor: tuple[int, str] = (0, "")
    parts: dict[str, str] = field(default_factory=dict)  # name: SHA-256
    columns: dict[str, list[str]] = field(default_factory=dict)  # of PostgreSQL's tables
    content: str = ""  # SHA-256 over all of this
    format: int = FORMAT

    def fingerprint(self) -> str:
        """The SHA-256 of everything that the manifest says, and so of everything in the archive."""
        said = {**asdict(self), "content": ""}
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def applied_migrations(*, on_disk: bool = False) -> list[str]:
    """The migrations of this database, or all that this version knows: `app.name`."""
    loader = MigrationLoader(connection)
    found = loader.disk_migrations if on_disk else loader.applied_migrations
    return sorted(f"{app}.{name}" for app, name in found)


class Writer:
    """Writes an archive that only its owner may read."""

    def __init__(self, path: Path, *, database: str, made_at: datetime):
        self.path = path
        self.manifest = Manifest(
            database, made_at.isoformat(timespec="seconds"), version("solmu"), applied_migrations()
        )

    def __enter__(self):
        handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        self.file = os.fdopen(handle, "wb")
        self.zip = zipfile.ZipFile(self.file, "w", zipfile.ZIP_DEFLATED, compresslevel=5)
        return self

    def __exit__(self, kind, *_):
        if kind is None:
            self.manifest.content = self.manifest.fingerprint()
            self.zip.writestr(MANIFEST, json.dumps(asdict(self.manifest), indent=1))
        self.zip.close()
        self.file.flush()
        os.fsync(self.file.fileno())
        self.file.close()

    def add(self, name: str, chunks: Iterable[bytes]) -> None:
        """Adds a part from its pieces."""
        digest, told, written = hashlib.sha256(), Progress(f"{name}: bytes written"), 0
        with self.zip.open(name, "w", force_zip64=True) as part:
            for chunk in chunks:
                digest.update(chunk)
                part.write(chunk)
                told(written := written + len(chunk))
        self.manifest.parts[name] = digest.hexdigest()


class Reader:
    """Reads an archive; nothing in it is trusted before `verified`."""

    def __init__(self, path: Path):
        self.path = path

    def __enter__(self):
        try:
            self.zip = zipfile.ZipFile(self.path)
        except (zipfile.BadZipFile, OSError) as error:
            raise Stopped(f"{self.path} is no archive of Solmu, or it is broken. Nothing was changed.") from error
        return self

    def __exit__(self, *_):
        self.zip.close()

    def verified(self) -> Manifest:
        """The manifest, once every part has been read through and is what the manifest says."""
        try:
            manifest = Manifest(**json.loads(self.zip.read(MANIFEST)))
            manifest.anchor = (int(manifest.anchor[0]), str(manifest.anchor[1]))
            if manifest.format != FORMAT:
                raise Stopped(f"This version of Solmu does not read archives of format {manifest.format}.")
            whole = manifest.content == manifest.fingerprint() and all(
                self._digest(name) == digest for name, digest in manifest.parts.items()
            )
        except (zipfile.BadZipFile, KeyError, TypeError, ValueError, EOFError, OSError) as error:
            raise Stopped(f"{self.path} is broken ({type(error).__name__}). Nothing was changed.") from error
        if not whole:
            raise Stopped(f"{self.path} is not as it was written: its content does not match. Nothing was changed.")
        return manifest

    def _digest(self, name: str) -> str:
        digest = hashlib.sha256()
        for chunk in self.chunks(name):
            digest.update(chunk)
        return digest.hexdigest()

    def chunks(self, name: str) -> Iterator[bytes]:
        """The pieces of a part."""
        with self.zip.open(name) as part:
            while chunk := part.read(CHUNK):
                yield chunk
