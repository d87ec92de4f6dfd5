"""`solmu form`: what would become of a form, keeping it, and the list."""

import json

import pytest

from solmu.config.cli import FAULT, OK, USAGE, main
from solmu.instruments.models import Form
from tests.instruments.forms import document, item

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "form.json"
    path.write_text(json.dumps(document(item("a"), item("b", "attachment"))))
    return path


def test_a_form_is_checked_and_nothing_is_kept(file, capsys):
    assert main(["form", "check", str(file), "--json"]) == OK
    report = json.loads(capsys.readouterr().out)["report"]
    assert [(line["place"], line["outcome"]) for line in report] == [("b", "left_out"), ("a", "taken")]
    assert not Form.objects.exists()


def test_a_form_is_kept_unpublished_unless_its_owner_and_licence_are_given(file, capsys, cast):
    assert main(["form", "import", str(file), "--owner", "Me"]) == USAGE
    assert main(["form", "import", str(file), "--organisation", "Nobody"]) == FAULT
    assert main(["form", "import", str(file), "--organisation", "Rantasäätiö"]) == OK
    assert Form.objects.get().state == "draft"
    assert main(["form", "import", str(file), "--owner", "Me", "--licence", "CC0", "--json"]) == OK
    published = Form.objects.get(organisation_id=None)
    assert published.state == "published"
    capsys.readouterr()
    assert main(["form", "list"]) == OK
    assert "Test\tMe\tpublished" in capsys.readouterr().out


def test_a_refused_file_says_why_and_changes_nothing(tmp_path, capsys):
    (tmp_path / "x.json").write_text("{")
    assert main(["form", "import", str(tmp_path / "x.json")]) == FAULT
    assert "cannot be read" in capsys.readouterr().err
    assert main(["form", "check", str(tmp_path / "nothing.json")]) == FAULT
    assert not Form.objects.exists()
