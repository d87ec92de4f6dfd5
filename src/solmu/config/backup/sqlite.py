"""SQLite: the whole database file, copied by its online backup while others read and write."""

import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.db import connections

from solmu.config.backup.archive import CHUNK, Manifest, Reader, Writer
from solmu.config.console import Stopped

PART = "database.sqlite3"


def dump(writer: Writer) -> None:
    """Adds the database as it is at one moment."""
    with tempfile.TemporaryDirectory(dir=settings.SOLMU_DATA, prefix="backup-") as folder:
        copy = Path(folder) / PART
        with closing(sqlite3.connect(_path())) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
            target.execute("PRAGMA journal_mode=DELETE")
            writer.manifest.anchor = _anchor(target)
        writer.add(PART, _read(copy))


def _anchor(database: sqlite3.Connection) -> tuple[int, str]:
    """The log's end in the copy itself: the database may have grown since."""
    row = database.execute("SELECT sequence, hash FROM accesslog_head WHERE id = 1").fetchone()
    return row or (0, "")


def load(reader: Reader, manifest: Manifest, *, stamp: str, accept: Callable[[], bool]) -> str:
    """Puts the copy in the present file's place, in one step, and back again if it is not accepted."""
    path = _path()
    arriving, aside = path.with_name(f"{path.name}.restoring"), path.with_name(f"{path.name}.before-{stamp}")
    try:
        _write(arriving, reader.chunks(PART))
        _refuse_damaged(arriving)
        connections.close_all()
        had_one = _settle(path)
        if had_one:
            os.link(path, aside)
        arriving.replace(path)
    finally:
        arriving.unlink(missing_ok=True)
    if not accept():
        connections.close_all()
        _settle(path)
        aside.replace(path) if had_one else path.unlink()
        raise Stopped("The archive's access log is not whole, or the secret is another. Nothing was changed.")
    connections.close_all()
    return str(aside) if had_one else ""


def _path() -> Path:
    return Path(settings.DATABASES["default"]["NAME"])


def _read(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk


def _write(path: Path, chunks: Iterator[bytes]) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.writelines(chunks)
        file.flush()
        os.fsync(file.fileno())


def _refuse_damaged(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database:
        try:
            answer = database.execute("PRAGMA integrity_check").fetchone()[0]
        except sqlite3.DatabaseError as error:
            answer = str(error)
    if answer != "ok":
        raise Stopped("The database in the archive is damaged. Nothing was changed.")


def _settle(path: Path) -> bool:
    """Moves what is in the write-ahead log into the file itself, so that the file alone is the database."""
    if not path.exists():
        return False
    with closing(sqlite3.connect(path, timeout=20)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        database.execute("PRAGMA journal_mode=DELETE")
    return True
