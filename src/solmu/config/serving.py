"""Keeps the pages up: checks what must be in place, starts the server's processes and the minute's upkeep."""

import fcntl
import hashlib
import logging
import multiprocessing
import os
import socket
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import OperationalError, connections

from solmu.config.console import Stopped, data_folder, say, tell, unmigrated

_log = logging.getLogger("solmu.serving")
THREADS = 4  # each process answers so many requests at a time
MINUTE = 60
LONGEST_TICK = 15 * MINUTE


def serve(*, host: str, port: int, workers: int | None) -> int:
    """Serves until it is told to stop; returns the exit code."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    _refuse_taken(host, port)
    _refuse_unmigrated()
    collect_static()
    _greet(host, port)
    connections.close_all()
    for connection in connections.all(initialized_only=True):
        getattr(connection, "close_pool", lambda: None)()
    multiprocessing.set_start_method("spawn", force=True)  # no process inherits a connection or a lock
    server = Granian(
        "solmu.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers or min(4, os.cpu_count() or 1),
        blocking_threads=THREADS,
        respawn_failed_workers=True,
        workers_kill_timeout=20,
        log_level=LogLevels.warning,
    )
    with _Upkeep():
        server.serve()
    return 0


def _refuse_taken(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with closing(socket.socket(family)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Stopped(f"Port {port} of {host} cannot be used ({error.strerror}). Choose another: --port") from error


def _refuse_unmigrated() -> None:
    """Without a database the server starts all the same: its pages say so, and it serves again when one answers."""
    try:
        waiting = unmigrated()
    except OperationalError:
        tell("The database cannot be reached. The pages say so until it answers.")
        return
    if waiting:
        raise Stopped("The database does not have the shape that this version needs. Run: solmu migrate")


def _greet(host: str, port: int) -> None:
    address = settings.SOLMU_PUBLIC_URL or f"http://{f'[{host}]' if ':' in host else host}:{port}"
    say(f"Solmu is at {address}/  (stop with Ctrl-C)")
    if settings.SOLMU_DEMO:
        for line in _signins(address):
            say(line)


def _signins(address: str) -> list[str]:
    """Who can sign in to a practice installation, with the address of each one's first page."""
    from solmu.accounts.models import Account
    from solmu.demo.region import PASSWORD, WORKERS, email_of
    from solmu.kernel import clock
    from solmu.organisations.queries import actor_for
    from solmu.web.ui.context import home_of

    try:
        accounts = {account.email: account for account in Account.objects.filter(is_active=True)[:1000]}
    except OperationalError:
        return []
    people = [
        f"  {email_of(plan.key):30} {plan.title:28} {address}{home_of(actor_for(account, at=clock.now()))}"
        for plan in WORKERS
        if (account := accounts.get(email_of(plan.key)))
    ]
    return ["", f"Invented people, each with the password {PASSWORD}", *people, ""] if people else []


# Static files ------------------------------------------------------------------------------------


def _sources() -> str:
    """A fingerprint of every static file's name, size and time."""
    digest = hashlib.sha256(str(settings.STORAGES["staticfiles"]).encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            found = Path(storage.path(path)).stat()
            digest.update(f"{path}\0{found.st_size}\0{found.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def collect_static() -> bool:
    """Gathers the static files when one has changed since the last time; returns whether it did."""
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    sources = _sources()
    if stamp.exists() and stamp.read_text() == sources:
        return False
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(sources)
    return True


# Who has the installation in use -----------------------------------------------------------------


def hold(*, alone: bool = False) -> bool:
    """Notes until this process ends that it uses the installation; False when it cannot be had `alone` (or at all).

    Every server process holds it together with the others; a restore needs it alone. The lock's file is closed by the
    operating system when the process is gone, however that comes about, and by nothing before that.
    """
    lock = os.open(data_folder() / "in-use.lock", os.O_WRONLY | os.O_CREAT, 0o666)
    try:
        fcntl.flock(lock, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        return False
    return True


# Upkeep ------------------------------------------------------------------------------------------


class _Upkeep:
    """Runs `solmu tick` every minute in a process of its own; whatever happens to it, serving goes on."""

    def __init__(self):
        self.stopping = threading.Event()
        self.thread = threading.Thread(target=self._run, name="upkeep", daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.stopping.set()
        self.thread.join(timeout=5)

    def _run(self) -> None:
        while not self.stopping.wait(MINUTE):
            try:
                self._tick()
            except OSError:
                _log.exception("upkeep could not be started")

    def _tick(self) -> None:
        command = [sys.executable, "-m", "solmu.config.cli", "tick", "--quiet"]
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL)  # noqa: S603 (our own command)
        for _second in range(LONGEST_TICK):
            if child.poll() is not None or self.stopping.wait(1):
                break
        if child.poll() is None:
            child.terminate()
            child.wait()
