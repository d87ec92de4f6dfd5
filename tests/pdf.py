"""What a PDF says, read with poppler's tools; without them such a test is skipped, and fails in CI."""

import os
import shutil
import subprocess

import pytest


def words_in_pdf(raw: bytes, *options: str) -> str:
    """The text of a PDF; each space and line break is one space."""
    return " ".join(_poppler(raw, "pdftotext", *options, "-", "-").split())


def facts_of_pdf(raw: bytes) -> str:
    """What a PDF says of itself: title, pages, whether it is tagged."""
    return _poppler(raw, "pdfinfo", "-")


def _poppler(raw: bytes, *command: str) -> str:
    if not shutil.which(command[0]):
        without = pytest.fail if os.environ.get("CI") else pytest.skip
        without("poppler-utils is missing from this machine (on Debian: apt-get install poppler-utils).")
    return subprocess.run(command, input=raw, capture_output=True, check=True, timeout=60).stdout.decode()
