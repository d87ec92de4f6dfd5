"""The practice region stands beside a real installation and shares nothing with it but the operating models."""

import hashlib
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from solmu.config.commands.practice import _environment
from solmu.demo.models import bring_models, told_models
from solmu.demo.region import PASSWORD, WORKERS, email_of
from solmu.operating_models.models import Adoption, InstalledModel
from tests.cast import MONDAY
from tests.models import COUNSELLING, TEAM, install

ANNI = email_of(WORKERS[0].key)
RUN = "import sys; from solmu.config.cli import main; sys.exit(main())"


def test_the_region_has_its_own_secret_database_and_sign_in(tmp_path, monkeypatch):
    monkeypatch.setenv("SOLMU_SECRET", "of the real installation")
    monkeypatch.setenv("SOLMU_DATABASE_URL", "postgres://real")
    monkeypatch.setenv("SOLMU_OIDC_SERVER", "https://sign-in.example.org")
    env = _environment(tmp_path, "https://practice.example.org")
    assert not {"SOLMU_SECRET", "SOLMU_DATABASE_URL", "SOLMU_OIDC_SERVER"} & set(env)
    assert env["SOLMU_DATA"] == str(tmp_path)
    assert "practice.example.org" in env["SOLMU_HOSTS"].split()


@pytest.mark.django_db
class TestModels:
    def test_the_version_in_use_in_the_real_installation_is_in_use_in_the_region(self, cast):
        model = install(TEAM)
        Adoption.objects.create(
            organisation_id=cast.unit("counselling").organisation_id, model=model, adopted_at=MONDAY
        )
        told = told_models()
        Adoption.objects.all().delete()
        InstalledModel.objects.all().delete()
        older = install(COUNSELLING)
        Adoption.objects.create(organisation_id=cast.unit("school").organisation_id, model=older, adopted_at=MONDAY)
        assert bring_models(told, MONDAY) == 1
        in_use = Adoption.objects.filter(ended_at=None, model__slug=model.slug)
        assert [each.organisation_id for each in in_use] == [cast.unit("school").organisation_id]

    def test_bringing_them_again_changes_nothing(self, cast):
        install(TEAM)
        assert bring_models(told_models(), MONDAY) == 0


@pytest.mark.django_db
class TestChoosingWhoToBe:
    @pytest.fixture
    def anni(self, cast, django_user_model):
        return django_user_model.objects.create_user(ANNI, PASSWORD, name=WORKERS[0].name)

    def test_nobody_signs_in_so_to_a_real_installation(self, client, anni, settings):
        settings.SOLMU_DEMO = False
        assert client.post("/practice/enter/", {"who": ANNI}).status_code == 404
        assert ANNI not in client.get("/accounts/login/").content.decode()

    def test_an_invented_worker_is_chosen_by_name(self, client, anni, settings):
        settings.SOLMU_DEMO = True
        assert ANNI in client.get("/accounts/login/").content.decode()
        assert client.post("/practice/enter/", {"who": ANNI}).status_code == 302
        assert client.session["_auth_user_id"] == str(anni.pk)

    def test_a_worker_who_is_not_invented_is_not_chosen(self, client, cast, settings):
        settings.SOLMU_DEMO = True
        assert client.post("/practice/enter/", {"who": cast.account("aino").email}).status_code == 404

    def test_the_region_says_in_words_and_in_colour_what_it_is(self, client, settings):
        settings.SOLMU_DEMO = settings.SOLMU_PRACTICE = True
        page = client.get("/about/", headers={"accept-language": "en"}).content.decode()
        assert " data-practice>" in page
        assert "nothing that you do here is counted" in page


@pytest.mark.skipif(os.environ.get("SOLMU_TEST_DATABASE") == "postgres", reason="the same on every database")
def test_making_the_region_leaves_the_real_database_as_it_was(tmp_path):
    """Runs the commands as an operator does: two processes, two data folders."""
    own = ("SOLMU_", "DJANGO_", "PYTEST_")
    env = {name: value for name, value in os.environ.items() if not name.startswith(own)}
    env |= {"SOLMU_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "solmu.config.settings"}

    def solmu(*words: str) -> subprocess.CompletedProcess:
        return subprocess.run([sys.executable, "-c", RUN, *words], env=env, capture_output=True, text=True, check=False)

    def content(folder: Path) -> str:
        with closing(sqlite3.connect(folder / "solmu.sqlite3")) as database:
            return hashlib.sha256("\n".join(database.iterdump()).encode()).hexdigest()

    assert solmu("migrate").returncode == 0
    before = content(tmp_path)
    assert solmu("practice", "serve").returncode == 1
    made = solmu("practice", "make", "--families", "0")
    assert made.returncode == 0, made.stderr
    assert content(tmp_path) == before
    assert (tmp_path / "secret").read_text() != (tmp_path / "practice" / "secret").read_text()
    again = solmu("practice", "make", "--families", "1")
    assert (again.returncode, "--yes" in again.stderr) == (2, True)
