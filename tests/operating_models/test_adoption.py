"""Versions are installed once and never change; organisations take them into use with their own settings."""

from copy import deepcopy

import pytest

from solmu.access import gate
from solmu.access.actor import system
from solmu.casework.facts import CATALOGUE
from solmu.kernel.errors import Conflict, InvalidInput, NotNow
from solmu.operating_models.actions import (
    VersionTaken,
    adopt,
    end_adoption,
    install_package,
    set_adoption_settings,
)
from solmu.operating_models.library import Wish, library
from solmu.operating_models.models import Adoption, InstalledModel
from solmu.operating_models.package import Package, load_files
from solmu.operating_models.package.writing import files_of
from solmu.operating_models.queries import adopted_models, library_entry, package_of, settings_of
from tests.cast import MONDAY, later
from tests.models import FAMILY_UNITY, NETWORK, install, package

pytestmark = pytest.mark.django_db


def changed(path: str, **fields) -> Package:
    """The same model with another content or version, read and hashed like any package."""
    document = deepcopy(dict(package(path).document))
    own = document["model"] | {"licence": "CC BY 4.0, worded anew", **fields}
    document["model"] = own
    return load_files(own["slug"], own["version"], files_of(document), CATALOGUE)


def test_each_content_has_a_hash_of_its_own_and_the_same_content_the_same():
    hashes = [changed(FAMILY_UNITY, version=version).content_hash for version in ("2030", "2031", "2030")]
    assert len({package(FAMILY_UNITY).content_hash, *hashes}) == 3
    assert hashes[0] == hashes[2]


def test_the_same_package_again_changes_nothing():
    assert install(FAMILY_UNITY).id == install(FAMILY_UNITY).id
    assert InstalledModel.objects.count() == 1


def test_the_same_version_with_another_content_is_refused():
    install(FAMILY_UNITY)
    with pytest.raises(VersionTaken, match="new version number"):
        install_package(system(MONDAY), changed(FAMILY_UNITY))


@pytest.mark.parametrize("name", ["aino", "ritva", "paula", "tapio"])
def test_nobody_but_a_coordinator_or_an_administrator_installs(cast, name):
    with pytest.raises(gate.NotPermitted):
        install_package(cast.actor(name), package(FAMILY_UNITY))


def test_an_installed_package_reads_as_it_was_written():
    model = InstalledModel.objects.defer("content").get(pk=install(FAMILY_UNITY).id)
    assert package_of(model).to_json() == package(FAMILY_UNITY).to_json()


def test_the_coordinator_takes_a_version_into_use(cast):
    model = install(FAMILY_UNITY)
    adopt(cast.kaisa, model_id=model.id, settings={"settling-months": "6", "gap-weeks": ""})
    (used,) = adopted_models(cast.aino.organisation_id)
    assert (used.model_id, used.settings) == (model.id, {"settling-months": 6})


def test_settings_that_the_package_does_not_know_or_cannot_read_are_named(cast):
    model = install(FAMILY_UNITY)
    with pytest.raises(InvalidInput) as refused:
        adopt(cast.kaisa, model_id=model.id, settings={"settling-months": "soon", "colour": "red"})
    assert set(refused.value.errors) == {"settling-months", "colour"}
    for months in (-1, 10_001):
        with pytest.raises(InvalidInput, match="from 0 to 10000"):
            adopt(cast.kaisa, model_id=model.id, settings={"settling-months": months})


@pytest.mark.parametrize("name", ["aino", "hilla", "ritva", "paula"])
def test_nobody_but_a_coordinator_takes_into_use(cast, name):
    model = install(FAMILY_UNITY)
    with pytest.raises(gate.NotPermitted):
        adopt(cast.actor(name), model_id=model.id, settings={})


def test_a_new_version_replaces_the_old_in_new_work(cast):
    old = install(FAMILY_UNITY)
    new = install_package(system(MONDAY), changed(FAMILY_UNITY, version="2030"))
    for model in (old, new):
        adopt(cast.kaisa, model_id=model.id)
    assert [each.model_id for each in adopted_models(cast.aino.organisation_id)] == [new.id]
    assert Adoption.objects.get(model=old).ended_at == MONDAY


def test_work_that_runs_on_keeps_the_values_that_were_decided_for_its_version(cast):
    old = install(FAMILY_UNITY)
    new = install_package(system(MONDAY), changed(FAMILY_UNITY, version="2030"))
    ours = cast.kaisa.organisation_id
    adopt(cast.kaisa, model_id=old.id, settings={"gap-weeks": "3"})
    adopt(later(cast.kaisa, days=1), model_id=new.id, settings={"gap-weeks": "5"})
    assert [settings_of(each, ours)["gap-weeks"] for each in (old, new)] == [3, 5]
    adopt(later(cast.kaisa, days=2), model_id=old.id, settings={"gap-weeks": "4"})
    assert [settings_of(each, ours)["gap-weeks"] for each in (old, new)] == [4, 5]
    assert settings_of(old, cast.ritva.organisation_id) == package_of(old).settings(None)


def test_the_library_tells_which_version_another_one_would_replace(cast):
    old = install(FAMILY_UNITY)
    new = install_package(system(MONDAY), changed(FAMILY_UNITY, version="2030"))
    assert library_entry(cast.kaisa, new.id).replaces is None
    adopt(cast.kaisa, model_id=old.id)
    entry = library_entry(cast.kaisa, new.id)
    assert (entry.adoption, entry.replaces.model_id, entry.used_by) == (None, old.id, 0)
    assert library_entry(cast.kaisa, old.id).replaces is None
    assert library_entry(cast.ritva, new.id).replaces is None


def test_in_use_twice_is_refused(cast):
    model = install(FAMILY_UNITY)
    adopt(cast.kaisa, model_id=model.id)
    with pytest.raises(NotNow):
        adopt(cast.kaisa, model_id=model.id)


def test_an_organisation_without_models_of_its_own_sees_the_regions(cast):
    model = install(NETWORK)
    adopt(cast.kaisa, model_id=model.id)
    assert [each.model_id for each in adopted_models(cast.ritva.organisation_id)] == [model.id]


def test_settings_change_by_version_and_use_ends(cast):
    model = install(FAMILY_UNITY)
    adoption = adopt(cast.kaisa, model_id=model.id)
    set_adoption_settings(cast.kaisa, model_id=model.id, version=adoption.version, settings={"gap-weeks": "3"})
    with pytest.raises(Conflict):
        end_adoption(cast.kaisa, model_id=model.id, version=adoption.version)
    end_adoption(cast.kaisa, model_id=model.id, version=adoption.version + 1)
    assert adopted_models(cast.aino.organisation_id) == []
    with pytest.raises(NotNow):
        end_adoption(cast.kaisa, model_id=model.id, version=3)


def test_the_library_shows_who_uses_what(cast):
    model = install(FAMILY_UNITY)
    adopt(cast.kaisa, model_id=model.id)
    (row,) = library(cast.paula, "fi", Wish())
    assert (row.used_by, row.in_use) == (1, False)
    assert library_entry(cast.kaisa, model.id).adoption is not None
