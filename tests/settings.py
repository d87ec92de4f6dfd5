"""Solmu's settings for tests: the chosen database, quick passwords, nothing that sends or limits."""

import atexit
import os
import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path

from tests.postgres import throwaway_server

# The first process of a run makes the place of its data; the workers that xdist starts inherit these variables.
_run = ExitStack()
atexit.register(_run.close)

if "SOLMU_TEST_FOLDER" not in os.environ:
    _memory = Path("/dev/shm")  # a folder of its own is made inside
    _folder = tempfile.mkdtemp(prefix="solmu-test-", dir=_memory if os.access(_memory, os.W_OK) else None)
    _run.callback(shutil.rmtree, _folder, ignore_errors=True)
    os.environ["SOLMU_TEST_FOLDER"] = _folder
    os.environ.pop("SOLMU_DATABASE_URL", None)
    if os.environ.get("SOLMU_TEST_DATABASE") == "postgres":
        os.environ["SOLMU_DATABASE_URL"] = _run.enter_context(throwaway_server())
os.environ["SOLMU_DATA"] = os.environ["SOLMU_TEST_FOLDER"]
os.environ["SOLMU_SECRET"] = "the same in every test"

from solmu.config.settings import *  # noqa: E402, F403
from solmu.config.settings import DATABASES, SOLMU_DATA, STORAGES  # noqa: E402

if os.environ.get("SOLMU_DATABASE_URL"):
    # An open pool would keep the test database from being dropped.
    DATABASES["default"]["OPTIONS"].pop("pool")
else:
    # A file rather than memory: the live server's threads and the test each have a connection of their own.
    DATABASES["default"]["TEST"] = {"NAME": str(SOLMU_DATA / "test.sqlite3")}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
WHITENOISE_AUTOREFRESH = True  # static files straight from the source folders
ACCOUNT_RATE_LIMITS = False
SOLMU_REQUIRE_SECOND_FACTOR = False  # the tests of sign-in turn it on
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
