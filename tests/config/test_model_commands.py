"""`solmu model`: from a folder to a version in use, and from one version to the next."""

import json
from pathlib import Path

import pytest

from solmu.casework.facts import CATALOGUE
from solmu.casework.models import Engagement
from solmu.config import cli
from solmu.config.console import FAULT, OK, USAGE
from solmu.directory.models import ContactPoint
from solmu.operating_models.models import InstalledModel
from solmu.operating_models.package import load_archive
from solmu.operating_models.queries import package_of
from tests.casework.test_moves import engage, same, without_first_phase
from tests.house import ROOT
from tests.models import NETWORK, take_into_use
from tests.operating_models.example import write_package
from tests.versions import another_version

pytestmark = pytest.mark.django_db
FOLDER = str(ROOT / "operating-models" / NETWORK)
SLUG = NETWORK.partition("/")[0]
OVERLAY = """\
format: 1
changes:
  - {at: process.closing_reasons, add: {id: own-rain, text: own.rain, ends: ended_early}}
  - {at: texts.fi.own.rain, set: Satoi liikaa}
  - {at: texts.sv.own.rain, set: Det regnade för mycket}
  - {at: texts.en.own.rain, set: It rained too much}
"""


@pytest.fixture(autouse=True)
def data(tmp_path, settings, monkeypatch):
    settings.SOLMU_DATA = tmp_path
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(capsys):
    def command(*words, code=OK):
        ended = cli.main(("model", *map(str, words)))
        said = capsys.readouterr()
        assert ended == code, said.out + said.err
        return said.err if code else said.out

    return command


def overlay(tmp_path, text=OVERLAY):
    file = tmp_path / "overlay.yaml"
    file.write_text(text)
    return file


class TestAPackage:
    def test_a_whole_one_passes(self, run):
        assert "whole" in run("check", FOLDER)
        lines = run("test", FOLDER).splitlines()
        assert all(line.startswith("ok ") for line in lines)
        assert len(lines) == len(list((Path(FOLDER) / "families").iterdir())) + 1

    def test_a_broken_one_says_where_and_how_to_mend(self, run, tmp_path):
        root = write_package(tmp_path, **{"entry.yaml": ("strength: required", "strenght: required")})
        said = run("check", root, code=FAULT)
        assert "entry.yaml:6: criteria[0].strenght: The field 'strenght' is not known here." in said
        assert "2 faults." in said
        assert (
            run("test", root, code=FAULT) == said == run("install", root, code=FAULT) == run("pack", root, code=FAULT)
        )
        assert not InstalledModel.objects.exists()

    def test_a_whole_one_that_does_not_do_what_it_says_fails_its_test(self, run, tmp_path):
        root = write_package(tmp_path, **{"families/newcomers.yaml": ("verdict: not_now", "verdict: fits")})
        run("check", root)
        said = run("test", root, code=FAULT)
        assert "families/newcomers.yaml:6: expect.verdict: Expected 'fits', got 'not_now'." in said

    def test_what_is_not_there_is_said(self, run):
        assert "There is no folder or file nowhere." in run("check", "nowhere", code=FAULT)
        assert "See: solmu model list" in run("diff", "nowhere/1", "nowhere/2", code=FAULT)

    def test_it_travels_as_one_file(self, run, tmp_path):
        run("pack", FOLDER)
        file = tmp_path / f"{NETWORK.replace('/', '-')}.zip"
        first = file.read_bytes()
        run("pack", file, "-o", "again.zip")
        assert Path("again.zip").read_bytes() == first
        for deed in ("check", "test", "install"):
            run(deed, file)
        model = InstalledModel.objects.get()
        assert model.content_hash == load_archive(first, CATALOGUE).content_hash
        assert ContactPoint.objects.filter(model_slug=model.slug).exists()
        run("pack", NETWORK, "-o", "installed.zip")
        assert Path("installed.zip").read_bytes() == first
        assert model.content_hash[:12] in run("list")

    def test_a_hostile_file_changes_nothing(self, run, tmp_path):
        file = tmp_path / "evil.zip"
        file.write_bytes(b"PK\x03\x04" + b"x" * 500)
        assert "The file is damaged." in run("install", file, code=FAULT)
        assert not InstalledModel.objects.exists()

    def test_another_content_under_the_same_version_is_refused(self, run, tmp_path):
        run("install", write_package(tmp_path / "a"))
        other = write_package(tmp_path / "b", **{"texts/fi.yaml": "title: Aamukävelyt\n"})
        assert "never changes" in run("install", other, code=FAULT)


class TestTwoVersions:
    def test_are_compared_in_words_and_as_data(self, run):
        another_version(NETWORK, "2", without_first_phase)
        said = run("diff", FOLDER, f"{SLUG}/2")
        assert said.startswith("Phases: 1 left out")
        data = json.loads(run("diff", FOLDER, f"{SLUG}/2", "--json"))
        assert data["parts"][0]["part"] == "phases"

    def test_that_say_the_same_are_told_so(self, run):
        assert run("diff", FOLDER, FOLDER) == "They say the same.\n"


class TestAnOwnVersion:
    def test_is_made_of_a_version_and_an_overlay(self, run, cast, tmp_path):
        run("install", FOLDER)
        words = ("adapt", NETWORK, overlay(tmp_path), "--organisation", "Rantasäätiö")
        dry = run(*words, "--dry-run")
        assert "Closing reasons: 1 new" in dry and InstalledModel.objects.count() == 1
        assert "1+rantasaatio.1 is installed for Rantasäätiö" in run(*words)
        own = InstalledModel.objects.get(model_version="1+rantasaatio.1")
        assert [each.id for each in package_of(own).process.closing_reasons][-1] == "own-rain"
        assert "Rantasäätiö" in run("list")

    def test_a_wrong_overlay_says_where(self, run, cast, tmp_path):
        run("install", FOLDER)
        to = ("--organisation", "Rantasäätiö")
        wrong = overlay(tmp_path, "format: 1\nchanges:\n  - {at: entry.about, set: person}\n")
        assert "the model's own" in run("adapt", NETWORK, wrong, *to, code=FAULT)
        twice = overlay(tmp_path, "format: 1\nchanges:\n  - {at: texts.fi.a, set: A, remove: true}\n")
        assert "overlay.yaml:3: changes[0]: Exactly one of several fields" in run(
            "adapt", NETWORK, twice, *to, code=FAULT
        )
        tagged = overlay(tmp_path, "format: !!int 1\n")
        assert "The tag" in run("adapt", NETWORK, tagged, *to, code=FAULT)
        lone = overlay(tmp_path, OVERLAY.splitlines(keepends=True)[0] + "".join(OVERLAY.splitlines(keepends=True)[1:3]))
        assert "process.yaml" in run("adapt", NETWORK, lone, *to, code=FAULT)
        assert InstalledModel.objects.count() == 1

    def test_nobodys_organisation_is_refused(self, run, cast, tmp_path):
        run("install", FOLDER)
        words = ("adapt", NETWORK, overlay(tmp_path), "--organisation", "Nobody")
        assert "no organisation Nobody" in run(*words, code=FAULT)

    def test_comes_along_to_a_new_version_when_everything_is_decided(self, run, cast, tmp_path):
        run("install", FOLDER)
        key = package_of(InstalledModel.objects.get()).model.title
        text = f"  - {{at: texts.fi.{key}, set: Omat sanat}}\n"
        run("adapt", NETWORK, overlay(tmp_path, OVERLAY + text), "--organisation", "Rantasäätiö")
        another_version(NETWORK, "2", lambda document: document["texts"]["fi"].__setitem__(key, "Uudet sanat"))
        words = ("adapt", f"{SLUG}/2", f"{SLUG}/1+rantasaatio.1", "--organisation", "Rantasäätiö")
        said = run(*words, code=FAULT)
        assert "both changed it" in said and "now:  'Uudet sanat'" in said and f"--choose texts.fi.{key}=own" in said
        run(*words, "--choose", f"texts.fi.{key}=own")
        own = InstalledModel.objects.get(model_version="2+rantasaatio.1")
        assert package_of(own).text(key, "fi") == "Omat sanat"


class TestWorkUnderWay:
    def test_moves_after_a_dry_run_has_told_what_changes(self, run, cast):
        model = take_into_use(cast, NETWORK)[NETWORK]
        _scene, row = engage(cast, model=model)
        another_version(NETWORK, "2", same)
        said = run("upgrade", SLUG, "--to", "2", "--dry-run")
        assert "1 to move. Nothing was changed." in said and "Kallio" not in said
        assert Engagement.objects.get().model == model
        apply = ("upgrade", SLUG, "--to", "2", "--apply", "--reason", "Uusi versio")
        assert run(*apply) == "1 moved to 2, 0 left where they were.\n"
        assert Engagement.objects.get(pk=row.id).model.model_version == "2"
        assert run(*apply) == "0 moved to 2, 0 left where they were.\n"
        assert "Nothing is under way" in run("upgrade", SLUG, "--to", "2", "--dry-run")

    def test_needs_a_reason_and_a_phase_where_one_has_gone(self, run, cast):
        model = take_into_use(cast, NETWORK)[NETWORK]
        _scene, row = engage(cast, model=model)
        on = package_of(another_version(NETWORK, "2", without_first_phase)).process.phases[0].id
        words = ("upgrade", SLUG, "--to", "2", "--organisation", "Rantasäätiö")
        assert f"CHOOSE: --phase {row.phase}=" in run(*words, "--dry-run")
        assert "--reason" in run(*words, "--apply", code=USAGE)
        apply = (*words, "--apply", "--reason", "Uusi")
        assert "choose where the work goes on" in run(*apply, code=FAULT)
        assert run(*apply, "--phase", f"{row.phase}={on}") == "1 moved to 2, 0 left where they were.\n"
