"""What Solmu stands on is fixed to the byte, has a reason, and names no index."""

import re
import tomllib

import pytest

from tests.house import ROOT

LOCKS = sorted((ROOT / "requirements").glob("*.txt"))


def _name(requirement: str) -> str:
    return re.match(r"[A-Za-z0-9._-]+", requirement)[0].lower().replace("_", "-")


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_lock_names_no_place_and_hashes_everything(lock):
    text = lock.read_text()
    assert "://" not in text and "file:" not in text and "--find-links" not in text and "index-url" not in text
    packages = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    assert packages and all("--hash=sha256:" in package for package in packages)


def _locked(lock: str) -> dict[str, str]:
    """Package and version of each line."""
    text = (ROOT / "requirements" / f"{lock}.txt").read_text()
    return dict(re.findall(r"^([a-z0-9.-]+)==(\S+)", text, re.MULTILINE))


def test_locks_hold_everything_declared():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert {_name(requirement) for requirement in project["project"]["dependencies"]} <= _locked("base").keys()
    assert {_name(requirement) for requirement in project["dependency-groups"]["dev"]} <= _locked("dev").keys()


def test_tests_run_on_the_versions_that_serve():
    assert _locked("base").items() <= _locked("dev").items()


def test_every_dependency_has_its_reason():
    text = (ROOT / "pyproject.toml").read_text()
    blocks = re.findall(r"^(?:dependencies|dev) = \[\n(.*?)^\]", text, re.MULTILINE | re.DOTALL)
    lines = [line.strip() for block in blocks for line in block.splitlines()]
    lines += (ROOT / "requirements" / "bootstrap.in").read_text().splitlines()
    assert len(blocks) == 2
    assert not [line for line in lines if not re.search(r"#\s+\S+ \S+", line)]
