"""Further versions of the shipped operating models, made by changing a shipped one."""

from collections.abc import Callable
from copy import deepcopy

from solmu.access.actor import system
from solmu.casework.facts import CATALOGUE
from solmu.operating_models.actions import put_on_shelf
from solmu.operating_models.models import InstalledModel
from solmu.operating_models.package import load_files
from solmu.operating_models.package.writing import files_of
from tests.cast import MONDAY
from tests.models import package


def another_version(path: str, version: str, change: Callable[[dict], object], **adapted) -> InstalledModel:
    """Puts a shipped package on the shelf as another version; `change` alters its document first."""
    document = deepcopy(dict(package(path).document))
    document["model"]["version"] = version
    change(document)
    slug = document["model"]["slug"]
    return put_on_shelf(system(MONDAY), load_files(slug, version, files_of(document), CATALOGUE), **adapted)
