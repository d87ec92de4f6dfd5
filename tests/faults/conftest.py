"""An installation on the database that this run is about, migrated once and copied for each test."""

import os
import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.faults.installation import Installation

_number = count(1)


@pytest.fixture(scope="session")
def server() -> str:
    """Nothing for SQLite; the address of the run's own PostgreSQL server when the run is about that."""
    return os.environ.get("SOLMU_DATABASE_URL", "")


def _database(server: str, template: str = "template0") -> str:
    """The address of a new database, a copy of `template`."""
    if not server:
        return ""
    import psycopg

    name = f"faults_{os.environ.get('PYTEST_XDIST_WORKER', '')}_{next(_number)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    return server.replace("/postgres?", f"/{name}?")


def _name(url: str) -> str:
    return url.split("@/")[1].split("?", maxsplit=1)[0]


@pytest.fixture(scope="session")
def migrated(server, tmp_path_factory) -> Installation:
    """What every test's installation is a copy of."""
    made = Installation(tmp_path_factory.mktemp("migrated"), _database(server))
    made.solmu("migrate")
    made.script("from solmu.config.serving import collect_static; print(json.dumps(collect_static()))")
    return made


@pytest.fixture
def empty(tmp_path, server) -> Iterator[Installation]:
    """An installation before its first migration."""
    folder = tmp_path / "empty"
    folder.mkdir()
    yield from _lent(folder, _database(server))


@pytest.fixture
def installation(tmp_path, server, migrated) -> Iterator[Installation]:
    """An installation that is ready to serve."""
    folder = tmp_path / "ready"
    shutil.copytree(migrated.data, folder)
    yield from _lent(folder, _database(server, _name(migrated.database_url)) if server else "")


def _lent(folder: Path, url: str) -> Iterator[Installation]:
    folder.chmod(0o700)
    made = Installation(folder, url)
    yield made
    if made.server and made.server.poll() is None:
        made.kill()
