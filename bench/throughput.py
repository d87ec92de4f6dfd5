"""Requests a second of Solmu's list of families, gate and log included, against the same list in plain Django."""

import http.client
import os
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from bench.world import run_in

SECONDS = 8
CLIENTS = 4
ROUNDS = 3
PLAIN = {"DJANGO_SETTINGS_MODULE": "bench.bare_settings"}


def measure(env: dict[str, str]) -> Iterator[tuple[str, float, float]]:
    """Page, requests a second and share of the plain page: medians of rounds in which each is asked in turn."""
    cookie = run_in(env, "bench.throughput").strip()
    plain_cookie = run_in({**env, **PLAIN}, "bench.throughput").strip()
    pages = {
        "plain Django: the same list, signed in": ({**env, **PLAIN}, "bench.bare:application", "/", plain_cookie),
        "Solmu: families, gate and log": (env, "solmu.config.wsgi:application", "/desk/families/", cookie),
        "barest Django: 25 rows for anybody": ({**env, **PLAIN}, "bench.bare:application", "/barest/", ""),
    }
    rates: dict[str, list[float]] = {name: [] for name in pages}
    for _round in range(ROUNDS):
        for name, page in pages.items():
            rates[name].append(_rate(*page))
    medians = {name: statistics.median(found) for name, found in rates.items()}
    plain = next(iter(medians.values()))
    for name, rate in medians.items():
        yield name, rate, rate / plain


def _session() -> str:
    """A session of a worker, made in this process's environment."""
    import django

    django.setup()
    from django.conf import settings
    from django.test import Client

    from solmu.accounts.models import Account

    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(Account.objects.get(email="w0@example.org"), backend=settings.AUTHENTICATION_BACKENDS[0])
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
        _wait_for(port, application)
        yield port
    finally:
        os.killpg(server.pid, 15)
        server.wait(20)


def _wait_for(port: int, application: str) -> None:
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit(f"{application} did not start.")


def _rate(env: dict, application: str, address: str, cookie: str) -> float:
    with _serving(env, application) as port:
        _load(port, address, cookie, 2)
        return _load(port, address, cookie, SECONDS)


def _load(port: int, address: str, cookie: str, seconds: float) -> float:
    """Requests a second that CLIENTS connections got answered with 200 within `seconds`."""
    answered = [0] * CLIENTS
    wrong: set[int] = set()
    end = time.monotonic() + seconds

    def ask(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        while time.monotonic() < end and not wrong:
            connection.request("GET", address, headers={"Cookie": f"sessionid={cookie}"} if cookie else {})
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                wrong.add(answer.status)
            answered[number] += 1

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong or not any(answered):
        raise SystemExit(f"{address} answered {wrong or 'nothing'}")
    return sum(answered) / seconds


if __name__ == "__main__":
    print(_session())
