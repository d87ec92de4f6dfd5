"""A whole installation in a folder of its own: real commands, a real server, and a way to end it without mercy."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

SECRET = "the same in every test of faults, and long enough"
TOKEN = "t" * 32  # of CSRF: cookie and form agree


@dataclass
class Installation:
    """Commands run with its settings; `serve` starts its server in a process group of its own."""

    data: Path
    database_url: str = ""
    extra: dict[str, str] = field(default_factory=dict)
    port: int = 0
    server: subprocess.Popen | None = None

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("SOLMU_", "DJANGO_"))}
        own = {"SOLMU_DATA": str(self.data), "SOLMU_SECRET": SECRET, "SOLMU_REQUIRE_SECOND_FACTOR": "0"}
        own |= {"SOLMU_DATABASE_URL": self.database_url} if self.database_url else {}
        return kept | own | self.extra

    def solmu(self, *arguments: str, code: int | None = 0) -> subprocess.CompletedProcess:
        """Runs a command; fails the test when it ends with another code."""
        done = self._python("-m", "solmu.config.cli", *arguments)
        assert code is None or done.returncode == code, f"solmu {' '.join(arguments)}\n{done.stdout}{done.stderr}"
        return done

    def script(self, text: str, *arguments: str):
        """Runs Python inside the installation; returns what it prints as JSON."""
        start = "import django, json, sys; django.setup()\n"
        done = self._python("-c", start + text, *arguments)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def _python(self, *command: str) -> subprocess.CompletedProcess:
        environment = {"DJANGO_SETTINGS_MODULE": "solmu.config.settings", **self.environment}
        return subprocess.run(
            [sys.executable, *command],
            env=environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
            stdin=subprocess.DEVNULL,
        )

    def serve(self, workers: int = 2, *, wait: bool = True) -> None:
        """Starts the server and waits until it answers, or only listens."""
        self.port = self.port or free_port()
        command = ["-m", "solmu.config.cli", "serve", "--port", str(self.port), "--workers", str(workers)]
        with (self.data / "server.log").open("ab") as log:
            self.server = subprocess.Popen(
                [sys.executable, *command],
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        for _time in range(150):
            with suppress(OSError, http.client.HTTPException):
                if self._listens() and (not wait or self.get("/health/")[0] == 200):
                    return
            assert self.server.poll() is None, (self.data / "server.log").read_text()
            time.sleep(0.1)
        raise AssertionError("the server did not answer")

    def _listens(self) -> bool:
        socket.create_connection(("127.0.0.1", self.port), timeout=5).close()
        return True

    def kill(self) -> None:
        """kill -9 of every process of the server."""
        if self.server is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self.server.pid, signal.SIGKILL)
        self.server.wait(timeout=10)
        for _time in range(100):  # its children die a moment later and hold the port until then
            try:
                os.killpg(self.server.pid, 0)
            except ProcessLookupError:
                return
            time.sleep(0.1)

    def stop(self) -> int:
        """Asks the server to end; returns its exit code."""
        self.server.terminate()
        return self.server.wait(timeout=30)

    def get(self, path: str, cookie: str = "") -> tuple[int, str, http.client.HTTPMessage]:
        """One request on a connection of its own, so that any worker may take it."""
        return self._ask("GET", path, None, cookie)

    def post(self, path: str, cookie: str = "", **typed: str) -> tuple[int, str, http.client.HTTPMessage]:
        """Sends a form as a browser would."""
        return self._ask("POST", path, {"csrfmiddlewaretoken": TOKEN, "once": str(uuid4()), **typed}, cookie)

    def _ask(self, method: str, path: str, typed: dict | None, cookie: str):
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)) as connection:
            headers = {"Cookie": f"csrftoken={TOKEN}; {cookie}", "Accept-Language": "en"}
            if typed is not None:
                headers["Content-Type"] = "application/x-www-form-urlencoded"
            connection.request(method, path, urlencode(typed) if typed is not None else None, headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode(), answer.headers


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


MAKE_PEOPLE = """
from datetime import timedelta
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from solmu.accounts.models import Account
from solmu.families.models import Family
from solmu.kernel import clock
from solmu.organisations.models import Membership, Organisation, Unit

workers, families = int(sys.argv[1]), int(sys.argv[2])
home = Organisation.objects.create(name="Rantasäätiö", kind="ngo")
unit = Unit.objects.create(organisation=home, name="Palveluneuvonta")
cookies = []
for number in range(workers):
    account = Account(email=f"worker{number}@example.org", name=f"Worker {number}")
    account.set_unusable_password()
    account.save()
    Membership.objects.create(account=account, unit=unit, role="counsellor", started_on="2026-01-01")
    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.create()
    cookies.append(f"{settings.SESSION_COOKIE_NAME}={session.session_key}")
made = [Family(name="Salo", organisation_id=home.id, created_at=clock.now()) for _ in range(families)]
Family.objects.bulk_create(made)
print(json.dumps({"cookies": cookies, "references": [family.reference for family in made]}))
"""
OPENED = """
from solmu.access.models import EmergencyAccess
from solmu.families.models import Family
ids = EmergencyAccess.objects.values("record_id")
print(json.dumps(list(Family.objects.filter(pk__in=ids).values_list("reference", flat=True))))
"""
