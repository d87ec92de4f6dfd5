"""Who may only read is offered nothing else: no form that would be refused, and no link to one."""

import re
from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse

from solmu.kernel import clock
from tests.cast import MONDAY, make_cast
from tests.web.states import make_world
from tests.web.test_permission_table import NOW, browser

pytestmark = pytest.mark.django_db

# Offered to everybody who works at a desk; they concern no family's record.
WITHOUT_A_RECORD = ("/desk/contacts/new", "/desk/emergency", "/gap/")


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setattr(clock, "now", lambda: MONDAY + timedelta(hours=1))
        yield make_world(make_cast())
        transaction.set_rollback(True)


def main_of(answer) -> str:
    return answer.content.decode().split("<main", 1)[1].split("</main>", 1)[0]


def links_of(page: str) -> set[str]:
    found = set(re.findall(r'<a[^>]* href="(/[^"#]*|\?[^"#]*)"', page))
    return {link.replace("&amp;", "&") for link in found}


def test_emergency_access_offers_nothing_that_it_may_not_do(world, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    client = browser(world, "cecilia")
    family_id = str(world.homes["emergency"].ids["family_id"])
    todo, read, refused, forms = {reverse("desk:family", args=[family_id])}, set(), {}, set()
    while todo:
        address = todo.pop()
        read.add(address)
        answer = client.get(address)
        if answer.status_code != 200:
            refused[address] = answer.status_code
            continue
        if "text/html" not in answer.headers["Content-Type"]:
            continue
        page = main_of(answer)
        links = {f"{address.split('?')[0]}{link}" if link.startswith("?") else link for link in links_of(page)}
        todo |= {link for link in links if "/families/" in link or "/referrals/" in link} - read
        if not any(each in address for each in WITHOUT_A_RECORD):
            forms |= {(address, action) for action in re.findall(r'<form method="post"[^>]*', page)}
    assert not refused
    assert not forms
    assert len(read) > 8
