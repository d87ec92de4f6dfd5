"""Takes a backup while Solmu serves, and puts one back so that a broken archive changes nothing.

One archive file: a manifest, and the database as it was at one moment. The secret is never inside.
"""

import os
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection

from solmu.accesslog import ledger
from solmu.config import serving
from solmu.config.backup import postgresql, sqlite
from solmu.config.backup.archive import Manifest, Reader, Writer, applied_migrations
from solmu.config.console import Progress, Stopped, tell
from solmu.kernel import clock

_KINDS = {"sqlite": sqlite, "postgresql": postgresql}


def take_backup(path: Path | None) -> tuple[Path, Manifest]:
    """Writes an archive to `path`, or to a dated file in the data folder; the file appears when it is whole."""
    now = clock.now().astimezone(clock.HELSINKI)
    path = path or settings.SOLMU_DATA / "backups" / f"solmu-{now:%Y-%m-%dT%H%M%S}.zip"
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with Writer(unfinished, database=connection.vendor, made_at=now) as writer:
            _KINDS[connection.vendor].dump(writer)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    _stamp().write_text(f"{path.resolve()}\n")
    return path, writer.manifest


def latest_backup() -> Path | None:
    """A file as old as the newest backup."""
    return _stamp() if _stamp().exists() else None


def _stamp() -> Path:
    return settings.SOLMU_DATA / "latest-backup"


def in_use() -> bool:
    """Whether the database holds anything that a restore would put aside."""
    from solmu.accounts.models import Account

    with suppress(Exception):  # no table, no file: nothing to lose
        return Account.objects.exists()
    return False


def put_back(path: Path, *, accept_faults: bool = False) -> tuple[Manifest, str]:
    """Puts an archive's database in the place of the present one; returns where the present one was put aside.

    The archive is read through before anything is touched, and the log is verified before it stands.
    """
    with Reader(path) as reader:
        manifest = reader.verified()
        _refuse_foreign(manifest)
        if not serving.hold(alone=True):
            raise Stopped("Solmu is running. Stop it first: nothing that is written meanwhile must be lost.")

        def whole() -> bool:
            return accept_faults or _log_is_whole(manifest)

        aside = _KINDS[manifest.database].load(reader, manifest, stamp=_now(), accept=whole)
    return manifest, aside


def _now() -> str:
    moment: datetime = clock.now()
    return f"{moment.astimezone(clock.HELSINKI):%Y%m%dt%H%M%S}"


def _refuse_foreign(manifest: Manifest) -> None:
    if manifest.database != connection.vendor:
        kinds = f"The archive is of {manifest.database}, this installation uses {connection.vendor}."
        raise Stopped(f"{kinds} Set SOLMU_DATABASE_URL.")
    known = set(applied_migrations(on_disk=True))
    if newer := [each for each in manifest.migrations if each not in known]:
        raise Stopped(f"The archive was made by a newer Solmu ({manifest.version}; {newer[0]}). Upgrade Solmu first.")


def _log_is_whole(manifest: Manifest) -> bool:
    places = 0
    for fault in ledger.faults(manifest.anchor, seen=Progress("entries verified", manifest.anchor[0])):
        places += 1
        if places <= 3:
            tell(f"access log, entry {fault.sequence}: {fault.what}")
    return not places
