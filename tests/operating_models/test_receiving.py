"""A package file from outside: refused with all its faults, or kept until its sender has looked it through."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from solmu.access import gate
from solmu.instruments.packages import form_faults
from solmu.kernel.errors import NotNow
from solmu.kernel.ids import new_id
from solmu.operating_models.actions import VersionTaken, install_package, put_on_shelf
from solmu.operating_models.library import package_file
from solmu.operating_models.models import InstalledModel, PackageFile
from solmu.operating_models.package import PackageRefused, load_archive, load_files, pack
from solmu.operating_models.package.writing import files_of
from solmu.operating_models.receiving import drop_received, install_received, receive_package, received
from tests.cast import later
from tests.operating_models.catalogue import CATALOGUE
from tests.operating_models.example import FILES

pytestmark = pytest.mark.django_db
WHOLE = {name: text.encode() for name, text in FILES.items()}
RAW = pack("evening-walks", "1", WHOLE)
OTHER = pack("evening-walks", "1", WHOLE | {"texts/fi.yaml": "title: Kävelyt\n".encode()})


@pytest.mark.parametrize("name", ["kaisa", "hilla"])
def test_a_coordinator_or_an_administrator_installs_a_file(cast, name):
    actor = cast.actor(name)
    row = receive_package(actor, RAW, CATALOGUE, form_faults)
    waiting = received(actor, row.id, CATALOGUE)
    assert (waiting.package.slug, waiting.before) == ("evening-walks", None)
    assert InstalledModel.objects.count() == 0
    model = install_received(actor, file_id=row.id, catalogue=CATALOGUE)
    assert package_file(model) == RAW
    assert received(actor, row.id, CATALOGUE) is None


@pytest.mark.parametrize("name", ["aino", "ritva", "paula", "tapio"])
def test_nobody_else_does(cast, name):
    with pytest.raises(gate.NotPermitted):
        receive_package(cast.actor(name), RAW, CATALOGUE, form_faults)


def test_a_refused_file_changes_nothing(cast):
    broken = pack("evening-walks", "1", WHOLE | {"entry.yaml": b"about: family\n"})
    for raw in (broken, b"PK\x03\x04 and then nothing", b""):
        with pytest.raises(PackageRefused):
            receive_package(cast.kaisa, raw, CATALOGUE, form_faults)
    assert PackageFile.objects.count() == InstalledModel.objects.count() == 0


def test_a_package_with_a_form_that_could_not_be_shown_is_refused(cast):
    """A text asks nobody anything."""
    item = {"linkId": "1", "type": "display", "text": "Tervetuloa"}
    told = {"title": "Jutellaan", "publisher": "Rantasäätiö", "copyright": "CC BY 4.0", "status": "active"}
    form = {"resourceType": "Questionnaire", "id": "talk", "language": "fi", "item": [item], **told}
    raw = pack("evening-walks", "1", WHOLE | {"forms/talk.json": json.dumps(form).encode()})
    with pytest.raises(PackageRefused, match=r"forms/talk\.json: "):
        receive_package(cast.kaisa, raw, CATALOGUE, form_faults)
    assert PackageFile.objects.count() == 0


def test_a_version_that_is_there_is_not_received_again(cast):
    row = receive_package(cast.kaisa, RAW, CATALOGUE, form_faults)
    install_received(cast.kaisa, file_id=row.id, catalogue=CATALOGUE)
    with pytest.raises(PackageRefused, match="already installed"):
        receive_package(cast.kaisa, RAW, CATALOGUE, form_faults)
    with pytest.raises(VersionTaken):
        receive_package(cast.kaisa, OTHER, CATALOGUE, form_faults)


def test_no_file_brings_a_version_in_an_organisations_name(cast):
    """Nor when the organisation has such a version, which nobody else hears of."""
    document = load_archive(RAW, CATALOGUE).document
    named = {**document, "model": {**document["model"], "version": "1+rantasaatio.1"}}
    raw = pack("evening-walks", "1+rantasaatio.1", files_of(named))
    with pytest.raises(PackageRefused, match="organisation's own version"):
        receive_package(cast.kaisa, raw, CATALOGUE, form_faults)
    with pytest.raises(PackageRefused, match="organisation's own version"):
        install_package(cast.hilla, load_archive(raw, CATALOGUE))
    assert InstalledModel.objects.count() == PackageFile.objects.count() == 0


def test_one_organisations_version_is_not_anothers_though_they_say_the_same(cast):
    base = install_package(cast.kaisa, load_archive(RAW, CATALOGUE))
    package = load_archive(RAW, CATALOGUE)
    whole = {"base": base, "overlay": {"format": 1, "by": "", "changes": []}}
    named = {**package.document, "model": {**package.document["model"], "version": "1+same.1"}}
    twin = load_files("evening-walks", "1+same.1", files_of(named), CATALOGUE)
    put_on_shelf(cast.kaisa, twin, organisation_id=new_id(), **whole)
    with pytest.raises(VersionTaken):
        put_on_shelf(cast.kaisa, twin, organisation_id=cast.kaisa.organisation_id, **whole)


def test_who_may_no_longer_receive_does_not_learn_whether_the_file_is_there(cast):
    row = receive_package(cast.kaisa, RAW, CATALOGUE, form_faults)
    for file_id in (row.id, new_id()):
        with pytest.raises(gate.NotPermitted):
            install_received(replace(cast.kaisa, roles=frozenset()), file_id=file_id, catalogue=CATALOGUE)


def test_somebody_elses_file_is_not_there(cast):
    row = receive_package(cast.kaisa, RAW, CATALOGUE, form_faults)
    assert received(cast.hilla, row.id, CATALOGUE) is None
    drop_received(cast.hilla, file_id=row.id)
    with pytest.raises(NotNow):
        install_received(cast.hilla, file_id=row.id, catalogue=CATALOGUE)
    assert PackageFile.objects.count() == 1


def test_what_nobody_installed_is_forgotten_after_a_day(cast):
    receive_package(cast.hilla, RAW, CATALOGUE, form_faults)
    row = receive_package(later(cast.kaisa, days=1, minutes=1), RAW, CATALOGUE, form_faults)
    assert list(PackageFile.objects.all()) == [row]
    assert timedelta(days=1) < row.received_at - cast.hilla.at


def test_one_sender_has_one_file_waiting(cast):
    receive_package(cast.kaisa, OTHER, CATALOGUE, form_faults)
    row = receive_package(cast.kaisa, RAW, CATALOGUE, form_faults)
    assert list(PackageFile.objects.all()) == [row]


def test_an_adapted_version_travels_as_a_file_too(cast):
    """Its file is written from the whole that it is; the hash inside is that of the installed version."""
    from solmu.operating_models.adaptations import begin_adaptation, finish_adaptation, write_changes
    from solmu.operating_models.overlay import Change

    row = receive_package(cast.kaisa, RAW, CATALOGUE, form_faults)
    base = install_received(cast.kaisa, file_id=row.id, catalogue=CATALOGUE)
    begun = begin_adaptation(cast.kaisa, base_id=base.id)
    own = Change("model.settings.months.default", "set", 6)
    begun = write_changes(cast.kaisa, adaptation_id=begun.id, version=1, changes=[own])
    made = finish_adaptation(cast.kaisa, adaptation_id=begun.id, version=2, catalogue=CATALOGUE)
    assert load_archive(package_file(made), CATALOGUE).content_hash == made.content_hash
