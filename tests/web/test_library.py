"""The open library: everybody reads what a model is; nobody reads of a family, or of one organisation alone."""

import json
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from solmu.access.actor import system
from solmu.operating_models.actions import install_package
from solmu.operating_models.experiences import A_PAGE
from solmu.operating_models.models import Adoption, Experience, InstalledModel
from solmu.operating_models.package import Package
from tests.casework.test_moves import same, without_first_phase
from tests.cast import MONDAY
from tests.interop.oracle import faults
from tests.models import COUNSELLING, NETWORK, TEAM, install, package, take_into_use
from tests.versions import another_version
from tests.web.test_network_pages import client_of

pytestmark = pytest.mark.django_db


def at(name: str, *args) -> str:
    return reverse(f"public:{name}", args=args)


def ask(address: str, language: str = "en", **asked):
    return Client(headers={"accept-language": language}).get(address, asked)


def shown(address: str, language: str = "en", **asked) -> str:
    answer = ask(address, language, **asked)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def of(path: str, name: str = "library_version", *more) -> str:
    own = package(path)
    return at(name, own.slug, own.version, *more)


def titles(language: str = "en", **asked) -> set[str]:
    page = shown(at("library"), language, **asked)
    return {path for path in (COUNSELLING, NETWORK, TEAM) if f">{package(path).title(language)}</a>" in page}


@pytest.fixture
def shelf(db) -> dict[str, InstalledModel]:
    return {path: install(path) for path in (COUNSELLING, NETWORK, TEAM)}


def test_an_empty_shelf_says_so():
    assert "No operating model has been installed here yet" in shown(at("library"))


def test_models_are_found_by_a_word_whatever_its_ending(shelf):
    assert titles("fi") == set(shelf)
    assert NETWORK in titles("fi", q="yhteisövaikuttavuudesta")
    assert titles("fi", q="kvanttifysiikka") == set()
    assert COUNSELLING in titles("en", q="COUNSELLOR counsel")
    assert COUNSELLING in titles("fi", q="neuvonta")


def test_models_are_found_by_need_target_and_evidence(shelf):
    assert COUNSELLING in titles(need="finances")
    assert TEAM not in titles(need="finances")
    assert TEAM in titles(target="young")
    assert TEAM not in titles(target="adult")
    assert NETWORK in titles(target="family")
    kinds = {each.kind for each in package(NETWORK).model.evidence}
    assert all(NETWORK in titles(evidence=kind) for kind in kinds)


def test_what_an_address_cannot_mean_is_left_out(shelf):
    assert titles(need="x", target="x", evidence="x", page="x") == set(shelf)
    assert ask(at("library"), q="%_\\'\"" * 60, page="-1").status_code == 200


@pytest.mark.parametrize("path", [COUNSELLING, NETWORK, TEAM])
def test_a_version_is_told_with_what_it_leaves_out_and_on_what_it_rests(shelf, path):
    page, own = shown(of(path)), package(path)
    assert all(own.text(each.says.worker, "en") in page for each in own.entry.criteria)
    assert all(own.text(key, "en") in page for _name, key in own.model.headings)
    assert all(f'id="s-{source.key}"' in page for source in own.model.sources)
    assert own.model.licence in page
    assert "found in the source" in page
    assert ("The package does not say:" in page) is (len(own.model.headings) < 13)
    assert "No family's words have been published yet." in page
    assert "Where no day stands, the day of checking is not recorded." in page


def test_the_newest_version_answers_for_the_model(shelf):
    own = package(NETWORK)
    assert ask(at("library_model", own.slug)).headers["Location"] == of(NETWORK)


@pytest.mark.parametrize(
    ("demo", "page", "found"), [(False, "library", True), (True, "library", False), (False, "about", False)]
)
def test_a_search_engine_may_show_the_library_of_a_real_installation(client, shelf, settings, demo, page, found):
    settings.SOLMU_DEMO = demo
    assert ("noindex" not in client.get(reverse(f"public:{page}")).content.decode()) is found


def test_public_pages_count_organisations_and_name_none(cast):
    take_into_use(cast, NETWORK)
    page = shown(of(NETWORK))
    assert "1 organisation of this installation uses it." in page
    assert "Rantasäätiö" not in page
    inside = reverse("coordination:model", args=[Adoption.objects.get().model_id])
    assert "Rantasäätiö" in unescape(client_of(cast, "ritva").get(inside).content.decode())


def test_an_organisations_own_version_is_not_public_until_it_is_shared(cast, shelf):
    model = shelf[NETWORK]
    InstalledModel.objects.filter(pk=model.pk).update(
        base=shelf[TEAM], organisation_id=cast.kaisa.organisation_id, overlay=[]
    )
    assert ask(of(NETWORK)).status_code == 404
    assert ask(of(NETWORK, "library_export", "fhir.json")).status_code == 404
    assert NETWORK not in titles()
    InstalledModel.objects.filter(pk=model.pk).update(shared_at=cast.kaisa.at)
    assert NETWORK in titles()
    assert "own version of Rantasäätiö" in shown(at("library"))


def changes(path: str, now: str, then: str) -> str:
    return at("library_changes", package(path).slug, now, then)


def test_versions_are_laid_side_by_side_and_the_other_way_round(shelf):
    another_version(NETWORK, "2", without_first_phase)
    there, back = changes(NETWORK, "2", "1"), changes(NETWORK, "1", "2")
    page = shown(there)
    assert "What is different from version 1 to version 2" in page
    assert "Phases" in page and "left out" in page and f'href="{back}"' in page
    page = shown(back)
    assert "What is different from version 2 to version 1" in page
    assert "left out" not in page and f'href="{there}"' in page


def test_a_version_is_offered_against_the_authors_one_before_it_and_against_every_other(cast, shelf):
    first = shelf[NETWORK]
    for version in ("2", "10"):
        another_version(NETWORK, version, without_first_phase)
    owner, since = cast.kaisa.organisation_id, cast.kaisa.at
    another_version(NETWORK, "2+rantasaatio.1", same, base=first, organisation_id=owner, overlay=[], shared_at=since)
    slug = first.slug
    page = shown(at("library_version", slug, "10"))
    assert f'{changes(NETWORK, "10", "2")}">What is different from version 2<' in page
    assert all(changes(NETWORK, "10", then) in page for then in ("1", "2+rantasaatio.1"))
    page = shown(at("library_version", slug, "1"))
    assert "What is different from version" not in page
    assert all(changes(NETWORK, now, "1") in page for now in ("2", "10", "2+rantasaatio.1"))
    page = shown(changes(NETWORK, "10", "2"))
    assert all(changes(NETWORK, "10", then) in page for then in ("1", "2+rantasaatio.1"))


def test_versions_that_say_the_same_are_said_to(shelf):
    another_version(NETWORK, "2", same)
    assert "The two versions say the same." in shown(changes(NETWORK, "2", "1"))
    assert "The two versions say the same." in shown(changes(NETWORK, "1", "1"))


def test_what_is_not_public_is_not_compared_either(cast, shelf):
    other = another_version(NETWORK, "2", without_first_phase)
    assert ask(changes(NETWORK, "2", "3")).status_code == 404
    assert ask(changes(NETWORK, "3", "2")).status_code == 404
    assert ask(at("library_changes", "ei-ole", "2", "1")).status_code == 404
    InstalledModel.objects.filter(pk=other.pk).update(
        base=shelf[NETWORK], organisation_id=cast.kaisa.organisation_id, overlay=[]
    )
    assert ask(changes(NETWORK, "2", "1")).status_code == 404
    assert ask(changes(NETWORK, "1", "2")).status_code == 404
    assert changes(NETWORK, "2", "1") not in shown(of(NETWORK))


def test_a_comparison_costs_as_many_queries_of_many_versions_as_of_few(shelf):
    another_version(NETWORK, "2", without_first_phase)

    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            shown(changes(NETWORK, "2", "1"))
        return len(asked)

    count()  # both packages are read once in a process
    few = count()
    for number in range(3, 9):
        another_version(NETWORK, str(number), same)
    assert count() == few <= 6


def test_the_guide_is_read_page_by_page(shelf):
    own = package(COUNSELLING)
    for name in own.document["guide"]["fi"]:
        page = shown(of(COUNSELLING, "library_guide", name), "fi")
        assert 'lang="fi"' in page
    assert ask(of(COUNSELLING, "library_guide", "ei-ole")).status_code == 404


def test_a_guide_in_another_language_says_so(shelf):
    own = package(COUNSELLING)
    name = next(iter(own.document["guide"]["fi"]))
    assert "sv" not in own.document["guide"]
    assert '<article class="sheet guide-text" lang="fi">' in shown(of(COUNSELLING, "library_guide", name), "sv")


@pytest.mark.parametrize(
    ("what", "kind"),
    [
        ("booklet.pdf", "application/pdf"),
        ("package.zip", "application/zip"),
        ("innokyla", "text/html; charset=utf-8"),
        ("innokyla.md", "text/markdown; charset=utf-8"),
        ("fhir.json", "application/fhir+json; charset=utf-8"),
    ],
)
def test_a_version_can_be_taken_along(shelf, what, kind):
    answer = ask(of(COUNSELLING, "library_export", what), "fi")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, kind)
    assert answer.content


def test_the_draft_for_innokyla_leads_back_and_to_its_text(cast, shelf):
    page = shown(of(COUNSELLING, "library_export", "innokyla"))
    assert f'href="{of(COUNSELLING)}"' in page
    assert f'href="{of(COUNSELLING, "library_export", "innokyla.md")}"' in page
    inside = reverse("coordination:model_export", args=[shelf[COUNSELLING].id, "innokyla"])
    page = unescape(client_of(cast, "kaisa").get(inside).content.decode())
    assert f'href="{reverse("coordination:model", args=[shelf[COUNSELLING].id])}"' in page


def test_a_search_that_finds_nothing_offers_itself_without_conditions(shelf):
    page = shown(at("library"), q="counselling", target="adolescent", need="housing")
    assert "Nothing was found." in page and 'href="?q=counselling"' in page
    assert "without the conditions" not in shown(at("library"), q="zzzz")


def test_there_is_no_other_way_to_take_it_along(shelf):
    assert ask(of(COUNSELLING, "library_export", "passwd")).status_code == 404


def test_the_exported_bundle_is_valid_and_names_this_installation(shelf):
    bundle = json.loads(ask(of(TEAM, "library_export", "fhir.json")).content)
    assert not faults(bundle)
    assert bundle["entry"][0]["fullUrl"].startswith("http://testserver/fhir/PlanDefinition/")


def test_many_models_cost_as_many_queries_as_few(shelf):
    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert ask(at("library")).status_code == 200
        return len(asked)

    few = count()
    multiply(20)
    assert count() == few
    assert few <= 8


def multiply(times: int) -> None:
    """More models on the shelf: the same package by other names."""
    for number in range(times):
        document = json.loads(package(NETWORK).to_json())
        document["model"]["slug"] = f"malli-{number}"
        document["content_hash"] = f"{number:064}"
        install_package(system(MONDAY), Package.from_json(document))


def test_the_list_is_paged(shelf):
    multiply(30)
    assert "Page 1 of 2" in shown(at("library"))
    assert "Page 2 of 2" in shown(at("library"), page="2")


def test_what_has_been_told_is_read_page_by_page(cast):
    model = install(COUNSELLING)
    common = {"model": model, "organisation_id": cast.kaisa.organisation_id, "organisation_name": "Rantasäätiö"}
    common |= {"written_by": cast.aino.account_id, "writer_name": "Aino Salmi", "state": "public"}
    for number in range(A_PAGE + 1):
        at_ = cast.aino.at + timedelta(number)
        Experience.objects.create(text=f"Sanat numero {number}.", in_role="ohjaaja", written_at=at_, **common)
    first = shown(of(COUNSELLING))
    assert "Sanat numero 1." in first and "Sanat numero 0." not in first
    assert 'href="?families=1&workers=2#told-workers"' in first and 'aria-label="Pages: Families"' not in first
    assert "Sanat numero 0." in shown(of(COUNSELLING), families="1", workers="2")
