"""A file with a higher number is not yet the model's newest version: it stands under the name of who brought it in."""

from dataclasses import replace
from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse

from solmu.access.actor import Actor, system
from solmu.access.roles import Role
from solmu.operating_models.actions import adopt, install_package
from solmu.operating_models.library import Wish, count_using, library, public_library, public_version, versions_of
from solmu.operating_models.models import InstalledModel
from tests.cast import MONDAY, later
from tests.models import FAMILY_UNITY, install, package
from tests.operating_models.test_adoption import changed

pytestmark = pytest.mark.django_db
SLUG = package(FAMILY_UNITY).slug


def bring(actor: Actor, version: str) -> InstalledModel:
    return install_package(actor, changed(FAMILY_UNITY, version=version))


def cards(page) -> list[tuple[str, str]]:
    return sorted((row.version, row.brought_by) for row in page.object_list)


def test_a_higher_number_does_not_take_the_models_place_and_says_whose_it_is(cast):
    install(FAMILY_UNITY)
    bring(cast.kaisa, "9999")
    assert public_version(SLUG).model_version == "2022"
    assert cards(public_library("fi", Wish())) == [("2022", ""), ("9999", "Rantasäätiö")]
    assert cards(library(cast.kaisa, "fi", Wish())) == [("2022", ""), ("9999", "Rantasäätiö")]
    told = [(row.version, row.is_authors, row.brought_by) for row in versions_of(SLUG)]
    assert told == [("9999", False, "Rantasäätiö"), ("2022", True, "")]


def test_what_the_same_one_brings_takes_the_place_of_what_it_brought(cast):
    install(FAMILY_UNITY)
    for version in ("3000", "3001"):
        bring(cast.hilla, version)  # an administrator of the same organisation as Kaisa
    bring(cast.kaisa, "3002")
    assert cards(public_library("fi", Wish())) == [("2022", ""), ("3002", "Rantasäätiö")]


def test_who_brought_the_first_goes_on_with_the_model_until_the_installation_has_its_own(cast):
    other = replace(later(cast.ritva, days=1), roles=frozenset({Role.COORDINATOR}))
    bring(cast.kaisa, "1")
    bring(other, "9")
    bring(later(cast.kaisa, days=2), "2")
    assert public_version(SLUG).model_version == "2"
    assert [row.is_authors for row in versions_of(SLUG)] == [False, True, True]
    install(FAMILY_UNITY)
    bring(later(cast.kaisa, days=2), "4000")
    assert public_version(SLUG).model_version == "2022"


def test_what_the_installation_brings_too_is_the_models_own(cast):
    install(FAMILY_UNITY)
    brought = bring(cast.kaisa, "2030")
    assert bring(later(cast.kaisa, days=1), "2030").brought_by == cast.kaisa.organisation_id
    assert bring(system(MONDAY), "2030").id == brought.id
    assert public_version(SLUG).id == brought.id
    assert cards(public_library("fi", Wish())) == [("2030", "")]


def test_who_uses_the_models_own_does_not_speak_for_what_stands_beside_it(cast):
    own, brought = install(FAMILY_UNITY), bring(cast.kaisa, "9999")
    adopt(cast.kaisa, model_id=own.id)

    def told() -> list[tuple]:
        rows = library(cast.kaisa, "fi", Wish()).object_list
        return sorted((row.version, row.versions, row.used_by, row.in_use) for row in rows)

    assert told() == [("2022", 1, 1, True), ("9999", 1, 0, False)]
    assert (count_using(own), count_using(brought)) == (1, 0)
    adopt(cast.kaisa, model_id=brought.id)
    assert told() == [("2022", 1, 0, False), ("9999", 1, 1, True)]
    assert (count_using(own), count_using(brought)) == (0, 1)


def test_its_pages_say_that_nobody_has_confirmed_it_and_lead_to_the_models_own(cast, client):
    own, brought = install(FAMILY_UNITY), bring(cast.kaisa, "9999")
    doubt, to_own = (
        "nobody has confirmed that this one is by the same authors",
        reverse("public:library_model", args=[SLUG]),
    )

    def shown(address: str) -> str:
        return client.get(address, headers={"accept-language": "en"}).content.decode()

    page = shown(reverse("public:library_version", args=[SLUG, "9999"]))
    assert "Rantasäätiö brought this version in" in page and doubt in page and to_own in page
    page = shown(reverse("public:library_version", args=[SLUG, "2022"]))
    assert "brought in by Rantasäätiö" in page and doubt not in page
    assert client.get(to_own).url.endswith("/2022/")
    bundle = client.get(reverse("public:library_export", args=[SLUG, "9999", "fhir.json"])).json()
    assert bundle["entry"][0]["resource"]["publisher"].startswith("Rantasäätiö, Solmu, ")
    client.force_login(cast.account("kaisa"))
    assert doubt in shown(reverse("coordination:model", args=[brought.id]))
    assert doubt not in shown(reverse("coordination:model", args=[own.id]))
    assert "brought in by Rantasäätiö" in shown(reverse("coordination:versions", args=[own.id]))


def test_who_had_brought_a_version_before_it_was_kept_is_told_by_where_that_person_worked(cast):
    shipped, brought = install(FAMILY_UNITY), bring(cast.kaisa, "2030")
    InstalledModel.objects.update(brought_by=None)
    import_module("solmu.operating_models.migrations.0006_brought_by").tell_bringers(apps, None)
    told = dict(InstalledModel.objects.values_list("id", "brought_by"))
    assert told == {shipped.id: None, brought.id: cast.kaisa.organisation_id}
