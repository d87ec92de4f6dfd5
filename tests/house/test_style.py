"""Lint, format and the order of the rooms, each by its own tool with its settings in pyproject.toml."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.house import ROOT, SOURCE, files, place

TOOLS = Path(sys.executable).parent
CHECKS = {
    "lint": ["ruff", "check", "--quiet", "--output-format=concise", "."],
    "format": ["ruff", "format", "--check", "--quiet", "."],
    "rooms": ["lint-imports", "--no-cache"],
    "templates": ["djlint", "src", "--lint", "--quiet"],
}


@pytest.mark.parametrize("command", CHECKS.values(), ids=CHECKS)
def test_tool_finds_nothing(command):
    done = subprocess.run(
        [TOOLS / command[0], *command[1:]], cwd=ROOT, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}{done.stderr}"


def test_nothing_is_left_for_later():
    words = ("TO" + "DO", "FIX" + "ME", "XX" + "X", "NotImplemented" + "Error")
    left = []
    for path in (*files(".py", ".html", ".css", ".js"), *files(".py", under=ROOT / "tests")):
        text = path.read_text()
        left += [f"{place(path, text, text.index(word))} {word}" for word in words if word in text]
    assert not left, "\n".join(left)


def test_clock_is_asked_in_one_place():
    """Lint bans the clock by name; here nobody has talked lint out of it."""
    excused = [path.name for path in files(".py", under=SOURCE) if "noqa: TID251" in path.read_text()]
    assert not excused
