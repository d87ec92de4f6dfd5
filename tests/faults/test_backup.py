"""A backup is one file that can be trusted, and a restore happens wholly or not at all."""

import hashlib
import json
import shutil
import zipfile
from dataclasses import asdict

import pytest

from solmu.config.backup.archive import Manifest, Reader
from solmu.config.console import Stopped
from tests.faults.installation import MAKE_PEOPLE, Installation

USE = """
from solmu.access.emergency import open_record
from solmu.accounts.models import Account
from solmu.families.models import Family
from solmu.families.models import Person, SearchWord
from solmu.kernel import clock
from solmu.organisations.queries import actor_for

actor = actor_for(Account.objects.get(), at=clock.now())
for family in Family.objects.order_by("reference")[int(sys.argv[1]):int(sys.argv[2])]:
    open_record(actor, record_id=family.id, reason="A reason that is long enough to read.")
    person = Person.objects.create(family=family, place="adult", first_names="Aino\\tÄ\\n\\\\N")
    SearchWord.objects.create(organisation_id=family.organisation_id, word="aino", person=person, family_id=family.id)
print("1")
"""
STATE = """
from solmu.access.models import EmergencyAccess, Grant
from solmu.accesslog.ledger import anchor
from solmu.families.models import Person, SearchWord
counts = [model.objects.count() for model in (EmergencyAccess, Grant, Person, SearchWord)]
print(json.dumps([anchor(), counts, sorted(set(Person.objects.values_list("first_names", flat=True)))]))
"""


@pytest.fixture
def filled(installation):
    """Some families have been used."""
    installation.script(MAKE_PEOPLE, "1", "9")
    installation.script(USE, "0", "3")
    return installation


def backup(installation: Installation):
    target = installation.data / "archive.zip"
    installation.solmu("backup", str(target))
    return target


def test_a_restore_brings_back_that_moment_and_keeps_the_present_aside(filled):
    before = filled.script(STATE)
    archive = backup(filled)
    filled.script(USE, "3", "6")
    assert filled.script(STATE) != before
    assert filled.solmu("restore", str(archive), code=2).stderr
    assert "is kept in" in filled.solmu("restore", str(archive), "--yes").stderr
    assert filled.script(STATE) == before
    assert "whole" in filled.solmu("verify-log").stdout
    filled.script(USE, "6", "9")  # numbering goes on where it was
    assert filled.script(STATE)[1] == [6, 6, 6, 6]


def test_a_new_machine_is_restored_without_a_question(filled, empty):
    before = filled.script(STATE)
    archive = backup(filled)
    empty.solmu("restore", str(archive))
    assert empty.script(STATE) == before


def test_the_archive_says_what_it_is_and_never_holds_the_secret(filled):
    archive = backup(filled)
    with zipfile.ZipFile(archive) as opened:
        manifest = json.loads(opened.read("manifest.json"))
        held = b"".join(opened.read(name) for name in opened.namelist())
    assert manifest["version"] and manifest["database"] in {"sqlite", "postgresql"}
    assert manifest["anchor"] == filled.script(STATE)[0]
    assert filled.environment["SOLMU_SECRET"].encode() not in held
    assert archive.stat().st_mode & 0o077 == 0


def broken(archive, kind):
    """A copy of the archive that something has happened to."""
    other = archive.with_name(f"{kind}.zip")
    data = archive.read_bytes()
    if kind == "cut":
        other.write_bytes(data[: len(data) // 2])
    elif kind == "flipped":
        other.write_bytes(data[:2000] + bytes([data[2000] ^ 1]) + data[2001:])
    elif kind == "text":
        other.write_text("no archive")
    else:
        with zipfile.ZipFile(archive) as read, zipfile.ZipFile(other, "w") as write:
            for name in read.namelist():
                content = read.read(name)
                if name == "manifest.json":
                    content = json.dumps(changed(json.loads(content), kind)).encode()
                write.writestr(name, content)
    return other


def changed(said, kind):
    """The manifest with another fact; signed anew where a stranger's archive would be whole in itself."""
    manifest = Manifest(**(said | CHANGES[kind]))
    if kind in {"newer", "foreign"}:
        manifest.content = manifest.fingerprint()
    return asdict(manifest)


CHANGES = {
    "newer": {"migrations": ["families.9999_from_the_future"]},
    "foreign": {"database": "oracle"},
    "anchor": {"anchor": [2, "0" * 64]},
    "format": {"format": 99},
    "parts": {"parts": {}},
}


@pytest.mark.parametrize("kind", ["cut", "flipped", "text", "format", "parts", "anchor"])
def test_an_archive_that_is_not_as_it_was_written_is_not_read(kind, tmp_path):
    whole = tmp_path / "whole.zip"
    content = bytes(range(256)) * 64
    digest = hashlib.sha256(content).hexdigest()
    manifest = Manifest("sqlite", "2026-11-02", "0.1.0", [], anchor=(2, "1" * 64), parts={"part": digest})
    manifest.content = manifest.fingerprint()
    with zipfile.ZipFile(whole, "w") as archive:
        archive.writestr("part", content)
        archive.writestr("manifest.json", json.dumps(asdict(manifest)))
    with Reader(whole) as reader:
        assert reader.verified() == manifest
    with pytest.raises(Stopped), Reader(broken(whole, kind)) as reader:
        reader.verified()


def test_a_broken_or_strange_archive_changes_nothing(filled):
    archive, before = backup(filled), filled.script(STATE)
    for kind in ("flipped", "newer", "foreign"):
        said = filled.solmu("restore", str(broken(archive, kind)), "--yes", code=1).stderr
        assert "Traceback" not in said and said, kind
    assert filled.script(STATE) == before


def test_with_another_secret_nothing_is_restored(filled, tmp_path_factory):
    archive, before = backup(filled), filled.script(STATE)
    filled.extra["SOLMU_SECRET"] = "quite another secret, which is long as well"
    said = filled.solmu("restore", str(archive), "--yes", code=1).stderr
    assert "secret" in said
    del filled.extra["SOLMU_SECRET"]
    assert filled.script(STATE) == before


def test_a_backup_that_cannot_be_written_leaves_nothing_behind(filled):
    folder = filled.data / "full"
    folder.mkdir()
    (folder / "archive.zip").mkdir()  # a folder stands where the file should
    filled.solmu("backup", str(folder / "archive.zip"), code=1)
    assert [path.name for path in folder.iterdir()] == ["archive.zip"]
    shutil.rmtree(folder)
