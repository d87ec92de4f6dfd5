"""The commands speak one language to one reader: English, also where the installation's usual language is Finnish."""

import json

import pytest
from django.utils import translation

from solmu.config.cli import FAULT, OK, main
from solmu.operating_models.models import InstalledModel
from tests.house import ROOT
from tests.instruments.forms import document, item
from tests.marked import put_marks
from tests.models import NETWORK, take_into_use
from tests.operating_models.example import write_package
from tests.versions import another_version

pytestmark = pytest.mark.django_db
TO = ("--organisation", "Rantasäätiö")


@pytest.fixture
def run(capsys, monkeypatch, settings, tmp_path):
    """Runs a command as an installation in Finnish would; what is translated there would stand between marks."""
    settings.SOLMU_DATA = tmp_path
    monkeypatch.chdir(tmp_path)
    put_marks(monkeypatch)

    def command(*words, code):
        with translation.override("fi"):
            assert translation.gettext("The file is missing.") == "⟦The file is missing.⟧"
            assert main([str(word) for word in words]) == code
            assert translation.get_language() == "fi"  # what follows in the same process is not turned round
        told = "".join(capsys.readouterr())
        assert told and "⟦" not in told, told
        return told

    return command


@pytest.fixture
def broken(tmp_path):
    return write_package(tmp_path, **{"entry.yaml": ("strength: required", "strenght: required")})


@pytest.mark.parametrize("deed", ["check", "test", "pack", "install"])
def test_of_a_broken_package(run, broken, deed):
    assert "The field 'strenght' is not known here." in run("model", deed, broken, code=FAULT)


def test_of_a_package_file_and_of_a_course(run, tmp_path):
    (tmp_path / "a.zip").write_bytes(b"MZ\x90")
    assert "This is not a package file." in run("model", "install", "a.zip", code=FAULT)
    lame = write_package(tmp_path, **{"process.yaml": ("kind: closing", "kind: review")})
    assert "The work never comes to its end." in run("model", "test", lame, code=FAULT)


def test_of_the_installation(run, broken, settings):
    settings.SOLMU_MODELS = broken.parent.parent
    assert "has a fault. entry.yaml:3: criteria[0]: The field 'strength' is missing." in run("check", code=FAULT)


def test_of_versions(run, cast, tmp_path):
    folder = ROOT / "operating-models" / NETWORK
    take_into_use(cast, NETWORK)
    slug = NETWORK.partition("/")[0]
    another_version(NETWORK, "2", lambda said: said["process"]["closing_reasons"].pop())
    assert "1 left out" in run("model", "diff", folder, f"{slug}/2", code=OK)
    run("model", "upgrade", slug, "--to", "2", "--dry-run", code=OK)
    assert "already installed with another content" in run("model", "install", _other(tmp_path, slug), code=FAULT)
    overlay = tmp_path / "overlay.yaml"
    overlay.write_text("format: 1\nchanges:\n  - {at: entry.about, set: person}\n")
    assert "cannot be adapted" in run("model", "adapt", NETWORK, overlay, *TO, code=FAULT)
    overlay.write_text("format: 1\nchanges:\n  - {at: texts.fi.a, set: A, remove: true}\n")
    assert "Exactly one of several fields" in run("model", "adapt", NETWORK, overlay, *TO, code=FAULT)


def _other(tmp_path, slug):
    """A package under a name and a version that are taken."""
    root = write_package(tmp_path, **{"model.yaml": ("slug: evening-walks", f"slug: {slug}")})
    root.parent.rename(tmp_path / slug)
    assert InstalledModel.objects.filter(slug=slug, model_version=root.name).exists()
    return tmp_path / slug / root.name


def test_of_a_form(run, tmp_path):
    file = tmp_path / "form.json"
    file.write_text(json.dumps(document(item("a"), item("b", "attachment"))))
    for deed in ("check", "import"):
        assert "left out\tLeft out: Solmu does not show this kind of item" in run("form", deed, file, code=OK)
    file.write_text("{")
    for deed in ("check", "import"):
        assert "The file cannot be read: it is broken" in run("form", deed, file, code=FAULT)


def test_of_what_pages_would_refuse_in_their_own_language(run, cast):
    """Whatever else a command cannot do is said in English too."""
    assert "account" in run("account", "end", "nobody@example.org", "--yes", code=FAULT)
