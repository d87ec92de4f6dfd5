"""The shipped operating models, installed and taken into use by the cast's coordinator."""

from functools import cache

from solmu.access.actor import system
from solmu.casework.facts import CATALOGUE
from solmu.learning.models import ModuleDone
from solmu.learning.rules.content import parts_of
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
    """Installs and adopts these packages for the counsellors' organisation; Aino and Bertta are oriented to them."""
    found = {path: install(path) for path in paths}
    for path, model in found.items():
        adopt(cast.kaisa, model_id=model.id, settings=settings)
        for name in ("aino", "bertta"):
            orient(cast.account(name), package(path))
    return found


def orient(account, package: Package) -> None:
    """The account has gone through every module of the package; nobody has been asked to sign."""
    ModuleDone.objects.bulk_create(
        ModuleDone(
            account=account,
            slug=package.slug,
            model_version=package.version,
            module_id=part.id,
            fingerprint=part.fingerprint,
            done_on=MONDAY.date(),
            recorded_at=MONDAY,
        )
        for part in parts_of(package)
    )
