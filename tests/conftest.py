"""What every test stands on: a closed network, steady examples, and the fixtures of the browser."""

import gc
import os
import socket
from datetime import timedelta

import pytest
from django.db import connection
from django.test import client
from django.utils import translation
from hypothesis import settings

from solmu.accesslog import guard
from solmu.kernel import clock
from tests.cast import MONDAY, make_cast

pytest_plugins = ["tests.browser"]

gc.set_threshold(50_000, 50, 50)  # a test process keeps most of what it makes; looking for the rest takes time

settings.register_profile("steady", deadline=None, derandomize=True, database=None)
settings.register_profile("roaming", deadline=None)
settings.load_profile("steady" if os.environ.get("CI") else "roaming")

LOOPBACK = {"localhost", "127.0.0.1", "::1", ""}


_TOUCH_A_DATABASE = {"db", "transactional_db", "live_server", "django_db_setup"}
_START_THEIR_OWN = {"faults", "config"}  # folders of tests that run commands and servers as processes


def pytest_collection_modifyitems(config, items):
    """What says the same on the second database is left out there: what touches none, and the look of a page.

    A journey without scripts sends the forms that the one with scripts sends, and is about the pages too.
    """
    if os.environ.get("SOLMU_TEST_DATABASE") != "postgres":
        return
    kept, pure = [], []
    for item in items:
        touches = item.get_closest_marker("django_db") or _TOUCH_A_DATABASE & set(item.fixturenames)
        of_pages = "journeys" in item.path.parts and ("accessible" in item.name or "no-scripts" in item.name)
        (kept if (touches or _START_THEIR_OWN & set(item.path.parts)) and not of_pages else pure).append(item)
    config.hook.pytest_deselected(items=pure)
    items[:] = kept


class NetworkClosed(BaseException):
    """A test tried to leave this machine. Not an Exception, so that no code under test can swallow it."""


@pytest.fixture(autouse=True, scope="session")
def _closed_network():
    """Only this machine answers in tests; Chromium has the same rule in tests/browser.py."""
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex

    def guarded(really_connect):
        def connect_on_this_machine(self, address):
            if self.family != socket.AF_UNIX and address[0] not in LOOPBACK:
                raise NetworkClosed(f"Tests stay on this machine; this one asked for {address[0]}.")
            return really_connect(self, address)

        return connect_on_this_machine

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded(connect))
        patch.setattr(socket.socket, "connect_ex", guarded(connect_ex))
        yield


@pytest.fixture(autouse=True, scope="session")
def _page_alone():
    """Of what a page is rendered from, its own context is kept for tests to read, not that of each part of it."""
    keep = client.store_rendered_templates

    def keep_first(store, **rendered):
        if not store.get("context"):
            keep(store, **rendered)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(client, "store_rendered_templates", keep_first)
        yield


@pytest.fixture(autouse=True)
def _in_english():
    """Tests read what Solmu says in English; pages follow their reader's language as ever."""
    with translation.override("en"):
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup):
    """The ledger refuses deletion; emptying the database after a transactional test lifts that and puts it back."""
    operations = type(connection.ops)  # of the class: where Playwright's loop runs, Django opens another connection
    flush = operations.execute_sql_flush

    def flush_ledger_too(self, statements):
        guard.run(self.connection, guard.REMOVE)
        flush(self, statements)
        guard.run(self.connection, guard.INSTALL)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(operations, "execute_sql_flush", flush_ledger_too)
        yield


@pytest.fixture
def cast(db):
    """The same people in every test."""
    return make_cast()


@pytest.fixture
def an_hour_later(monkeypatch):
    """Pages live an hour after the moment at which the cast acts."""
    monkeypatch.setattr(clock, "now", lambda: MONDAY + timedelta(hours=1))


@pytest.fixture
def by(client, cast):
    """The browser of one of the cast, after signing in; pages come in English."""

    def signed_in(name: str):
        client.force_login(cast.account(name))
        client.cookies["django_language"] = "en"
        return client

    return signed_in
