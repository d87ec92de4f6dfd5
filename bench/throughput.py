"""Requests a second of Solmu's list of families, gate and log included, against a bare Django list page."""

import argparse
import http.client
import os
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager

from bench.world import environment, run_in

SECONDS = 10
CLIENTS = 4


def main() -> None:
    """Measures both in turn, twice, and prints the table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--families", type=int, default=100_000)
    asked.add_argument("--database", nargs="+", default=["sqlite", "postgresql"])
    asked.add_argument("--sign-in", action="store_true", help=argparse.SUPPRESS)
    options = asked.parse_args()
    if options.sign_in:
        print(_session())
        return
    print("| database | families | page | requests/s | share of the bare page |\n|---|---|---|---|---|")
    for database in options.database:
        with environment(database) as env:
            run_in(env, "bench.world", str(options.families))
            cookie = run_in(env, "bench.throughput", "--sign-in").strip()
            bare = _rate({**env, "DJANGO_SETTINGS_MODULE": "bench.bare_settings"}, "bench.bare:application", "/", "")
            solmu = _rate(env, "solmu.config.wsgi:application", "/desk/families/", cookie)
            for page, rate in (("bare Django list", bare), ("families, gate and log", solmu)):
                print(f"| {database} | {options.families:,} | {page} | {rate:.0f} | {rate / bare:.2f} |", flush=True)


def _session() -> str:
    import django

    django.setup()
    from django.test import Client

    from solmu.accounts.models import Account

    client = Client(headers={"host": "127.0.0.1"})
    account = Account.objects.get(email="w0@example.org")
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client.cookies["sessionid"].value


@contextmanager
def _serving(env: dict, application: str):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "2", "--blocking-threads", "4"]
    command += ["--host", "127.0.0.1", "--port", str(port), "--no-access-log", application]
    server = subprocess.Popen(
        command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield port
    finally:
        os.killpg(server.pid, 15)
        server.wait(20)


def _rate(env: dict, application: str, address: str, cookie: str) -> float:
    with _serving(env, application) as port:
        _load(port, address, cookie, 2)
        return _load(port, address, cookie, SECONDS)


def _load(port: int, address: str, cookie: str, seconds: float) -> float:
    """Requests a second that CLIENTS connections got answered with 200 within `seconds`."""
    answered = [0] * CLIENTS
    end = time.monotonic() + seconds

    def ask(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        while time.monotonic() < end:
            connection.request("GET", address, headers={"Cookie": f"sessionid={cookie}"} if cookie else {})
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                raise SystemExit(f"{address} answered {answer.status}")
            answered[number] += 1

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(answered) / seconds


if __name__ == "__main__":
    main()
