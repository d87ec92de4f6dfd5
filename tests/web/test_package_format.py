"""The format as an installation publishes it: a program needs its address alone, and a person reads the same."""

from html import unescape
from urllib.parse import urljoin

import pytest
import yaml
from django.test import Client
from django.urls import reverse
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from solmu.operating_models.schema import NAMES
from tests.models import NETWORK, package

pytestmark = pytest.mark.django_db
PAGE = reverse("public:library_format")


def at(part: str) -> str:
    return reverse("public:library_schema", args=[part])


def published(address: str) -> Resource:
    """What the installation answers at an address, as a program fetches it."""
    answer = Client().get(address)
    assert answer.status_code == 200, address
    return Resource.from_contents(answer.json())


def references(value) -> set[str]:
    if isinstance(value, dict):
        own = {value["$ref"]} if isinstance(value.get("$ref"), str) else set()
        return own.union(*map(references, value.values()))
    return set().union(*map(references, value)) if isinstance(value, list) else set()


@pytest.mark.parametrize("part", NAMES)
def test_a_schema_is_published_and_what_it_refers_to_is_found_from_there(part):
    answer = Client().get(at(part))
    assert answer.headers["Content-Type"] == "application/schema+json"
    contents = answer.json()
    assert urljoin(at(part), contents["$id"]) == at(part)
    resolver = Registry(retrieve=published).resolver(at(part))
    for each in references(contents):
        assert resolver.lookup(urljoin(at(part), each)).contents


def test_a_program_checks_a_file_knowing_only_the_address():
    entry = yaml.safe_load(package(NETWORK).files["entry.yaml"])

    checks = Draft202012Validator({"$ref": at("entry")}, registry=Registry(retrieve=published))
    assert not list(checks.iter_errors(entry))
    assert list(checks.iter_errors(entry | {"criteria": [{"id": "Iso Kirjain"}]}))


def test_a_schema_is_kept_for_an_hour_and_asked_for_again_by_its_mark():
    first = Client().get(at("entry"))
    assert first.headers["Cache-Control"] == "public, max-age=3600"
    assert first.headers["Access-Control-Allow-Origin"] == "*"
    again = Client(headers={"if-none-match": first.headers["ETag"]}).get(at("entry"))
    assert (again.status_code, again.content) == (304, b"")
    assert Client().get(at("process")).headers["ETag"] != first.headers["ETag"]


@pytest.mark.parametrize("part", ["passwd", "Entry", "entry-1", "__init__"])
def test_there_is_no_other_schema(part):
    assert Client().get(f"{PAGE}{part}.json", follow=True).status_code == 404


def shown(part: str) -> str:
    address = reverse("public:library_format_part", args=[part])
    return unescape(Client(headers={"accept-language": "fi"}).get(address).content.decode())


def test_the_page_lists_every_part_with_its_reference_and_its_schema():
    page = unescape(Client(headers={"accept-language": "fi"}).get(PAGE).content.decode())
    for part in NAMES:
        assert f'href="{reverse("public:library_format_part", args=[part])}"' in page
        assert f'href="{at(part)}"' in page and f'href="{at(part)}"' in shown(part)
    assert "python -m" not in page


def test_a_part_is_told_field_by_field_and_leads_to_what_it_shares():
    page, shared = shown("entry"), shown("common")
    assert "<code>criteria[].strength</code>" in page and 'lang="en"' in page
    for name in ("wording", "condition", "open_span"):
        assert f'id="{name}"' in shared
    assert f'href="{reverse("public:library_format_part", args=["common"])}#wording"' in page


def test_the_page_is_found_from_the_library_and_from_where_packages_are_installed(cast):
    assert f'href="{PAGE}"' in Client().get(reverse("public:library")).content.decode()
    client = Client()
    client.force_login(cast.account("kaisa"))
    assert f'href="{PAGE}"' in client.get(reverse("coordination:version_install")).content.decode()
    assert client.get(PAGE).status_code == 200
