"""The shipped operating models, installed and taken into use by the cast's coordinator."""

from functools import cache

from solmu.access.actor import system
from solmu.casework.facts import CATALOGUE
from solmu.operating_models.actions import adopt, install_package
from solmu.operating_models.models import InstalledModel
from solmu.operating_models.package import Package, load_package
from tests.cast import MONDAY
from tests.house import ROOT

FAMILY_UNITY, COUNSELLING = "perhe-yhtenaiseksi/2022", "palveluneuvonta/1"
NETWORK, TEAM = "yhteisovaikuttavuus/1", "nurri/1"


@cache
def package(path: str) -> Package:
    """A shipped package by its folder."""
    return load_package(ROOT / "operating-models" / path, CATALOGUE)


def install(path: str) -> InstalledModel:
    """Puts a shipped package on the shelf."""
    return install_package(system(MONDAY), package(path))


def take_into_use(cast, *paths: str, **settings) -> dict[str, InstalledModel]:
    """Installs and adopts these packages for the counsellors' organisation."""
    found = {path: install(path) for path in paths}
    for model in found.values():
        adopt(cast.kaisa, model_id=model.id, settings=settings)
    return found
