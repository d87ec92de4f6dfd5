"""A new version comes as a file, an organisation words it for itself, and work under way moves on purpose."""

import re

import pytest

from solmu.casework.models import Engagement
from solmu.operating_models.models import InstalledModel
from solmu.operating_models.package import pack
from tests.casework.test_moves import engage
from tests.journeys.screens import Screens, follow, meant, open_waiting, press, told
from tests.models import NETWORK, package, take_into_use

pytestmark = pytest.mark.django_db(transaction=True)


def second_version(*, broken: bool = False) -> bytes:
    """The shipped model under another version, as a file."""
    shipped = package(NETWORK)
    files = dict(shipped.files)
    files["model.yaml"] = files["model.yaml"].replace(b'version: "1"', b'version: "2"', 1)
    if broken:
        files["entry.yaml"] = files["entry.yaml"].replace(b"strength:", b"strenght:", 1)
    return pack(shipped.slug, "2", files)


def send_file(page, raw: bytes) -> None:
    page.get_by_label("The package file").set_input_files(
        {"name": "package.zip", "mimeType": "application/zip", "buffer": raw}
    )
    press(page, "Check the package")


def test_a_version_is_installed_worded_and_moved_to(screens: Screens):
    scene, row = engage(screens.cast, model=take_into_use(screens.cast, NETWORK)[NETWORK])

    page = screens.go("kaisa", "/coordination/models/")
    follow(page, "Install a package")
    screens.look(page)
    send_file(page, second_version(broken=True))
    told(page, "Nothing was installed and nothing is kept of the file.")
    meant(page, 422)
    screens.look(page, "with faults")
    send_file(page, second_version())
    told(page, "not installed yet")
    screens.look(page)
    press(page, "Install this version")
    told(page, "The version is installed.")

    follow(page, "Versions, changes and own wordings")
    screens.look(page)
    page.get_by_role("listitem").filter(has=page.get_by_role("link", name="Version 2", exact=True)).get_by_role(
        "link", name="Make it your own"
    ).click()
    screens.look(page)
    press(page, "Begin")
    screens.look(page, "nothing changed")
    follow(page, "Closing reasons")
    screens.look(page)
    page.get_by_label(re.compile("A reason of your own.*Finnish")).fill("Satoi liikaa")
    press(page, "Save")
    told(page, "Satoi liikaa")
    screens.look(page, "changed")
    press(page, "Make the version")
    told(page, "Version 2+rantasaatio.1 is made.")
    own = InstalledModel.objects.get(model_version="2+rantasaatio.1")

    page = screens.go("kaisa", f"/coordination/models/{own.base_id}/compare/{own.id}/")
    told(page, "Satoi liikaa")
    page = screens.go("kaisa", f"/coordination/models/{own.id}/upgrade/")
    assert "Kallio" not in page.inner_text("body")
    page.get_by_label("Why is the work moved?").fill("Oma versiomme on käytössä")
    press(page, "Move what is ticked")
    told(page, "1 was moved.")
    assert Engagement.objects.get(pk=row.id).model_id == own.id

    page = screens.go("bertta", "/desk/")
    open_waiting(page, "The model under way was moved to another version")
    told(page, "Oma versiomme on käytössä")
    screens.look(page)
    page.get_by_role("button", name=re.compile("^We are here now")).first.click()
    told(page, "The present phase is marked.")
    screens.go("bertta", f"/desk/families/{scene.family_id}/case/models/{row.id}/move/{own.base_id}/")
