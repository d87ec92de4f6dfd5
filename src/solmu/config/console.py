"""How commands speak: results on standard output, progress and faults on standard error, in plain words."""

import os
import sys
import time
from collections.abc import Iterable
from pathlib import Path

OK, FAULT, USAGE = 0, 1, 2


class Stopped(Exception):
    """A command that could not do its work; the text says why and how to mend it."""

    def __init__(self, message: str, code: int = FAULT):
        super().__init__(message)
        self.code = code


def say(text: str = "") -> None:
    """A result, for people and for pipes."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def tell(text: str) -> None:
    """Progress or a warning; never mixed into results."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


class Progress:
    """Says how far long work has come, at most every other second, and nothing about short work."""

    def __init__(self, words: str, total: int = 0):
        self.words, self.total = words, total
        self.last = time.monotonic()

    def __call__(self, done: int) -> None:
        if time.monotonic() - self.last >= 2:
            self.last = time.monotonic()
            tell(f"{self.words}: {done:,}{f' of {self.total:,}' if self.total else ''}".replace(",", " "))


def confirm(question: str, *, yes: bool) -> None:
    """Goes on with `--yes` or a typed yes; else stops."""
    if yes:
        return
    if not sys.stdin.isatty():
        raise Stopped(f"{question} Say --yes to go on.", USAGE)
    tell(f"{question} Type yes to go on:")
    if sys.stdin.readline().strip().lower() != "yes":
        raise Stopped("Nothing was changed.", USAGE)


def start_django() -> None:
    """Reads the settings and loads the rooms; a setting that cannot be read is said in one sentence."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "solmu.config.settings")
    os.umask(0o077)  # what Solmu writes is its own user's alone
    try:
        django.setup()
    except (ValueError, OSError) as error:
        raise Stopped(f"The settings cannot be read: {error}. docs/reference/settings.md lists them.") from error


def unmigrated() -> list[str]:
    """Which changes of the database's shape wait for `solmu migrate`; raises OperationalError without a database."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label} {migration.name}" for migration, _backwards in plan]


def data_folder() -> Path:
    """The folder of SOLMU_DATA."""
    from django.conf import settings

    return settings.SOLMU_DATA


def lines(texts: Iterable[object]) -> str:
    """Texts below each other, indented, each after a dash."""
    return "\n".join(f"  - {text}" for text in texts)
