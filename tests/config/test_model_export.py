"""`solmu model export`: a version for other systems and for people, never over a file that is there."""

import json

import pytest

from solmu.config import cli
from solmu.config.console import FAULT, OK
from solmu.interop.innokyla import innokyla_draft
from tests.interop.oracle import faults
from tests.models import COUNSELLING, install, package
from tests.pdf import words_in_pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def export(tmp_path, capsys):
    model = install(COUNSELLING)

    def command(way: str, name: str = "out", *more: str, slug: str = model.slug) -> tuple[int, bytes]:
        file = tmp_path / name
        code = cli.main(("model", "export", slug, "1", str(file), "--as", way, *more))
        capsys.readouterr()
        return code, file.read_bytes() if file.exists() else b""

    return command


def test_as_fhir(export):
    code, raw = export("fhir")
    assert code == OK
    assert not faults(json.loads(raw))


def test_under_the_headings_of_innokyla(export):
    assert export("innokyla") == (OK, innokyla_draft(package(COUNSELLING)).encode())


@pytest.mark.parametrize(("language", "contents"), [("fi", "Sisällys"), ("en", "Contents")])
def test_as_a_booklet(export, language, contents):
    code, raw = export("booklet", "out.pdf", "--language", language)
    assert (code, raw[:5]) == (OK, b"%PDF-")
    assert contents in words_in_pdf(raw)


def test_a_file_that_is_there_is_left_alone(export, tmp_path):
    (tmp_path / "out").write_text("mine")
    assert export("fhir") == (FAULT, b"mine")


def test_what_is_not_installed_is_said(export):
    assert export("fhir", slug="ei-ole") == (FAULT, b"")


def test_a_folder_that_is_not_there_is_said(export):
    assert export("fhir", "ei/ole") == (FAULT, b"")
