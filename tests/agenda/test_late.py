"""What waits on Today, and what is late: the same in the count at the head of the page and on the chip of its line."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from solmu.access import gate
from solmu.access.deeds import Deed
from solmu.agenda.actions import put
from solmu.agenda.queries import waiting
from solmu.agenda.rules import is_late
from solmu.kernel.ids import new_id
from solmu.web.templatetags.ui import day
from tests.cast import MONDAY, later

DAY = MONDAY.date()
WEEK = {"friday": 4, "saturday": 5, "sunday": 6, "monday": 7}


@pytest.mark.parametrize(("after", "late"), [(-1, False), (0, False), (1, True), (30, True)])
def test_a_thing_is_in_time_until_its_day_has_ended(after, late):
    assert is_late(DAY, DAY + timedelta(days=after)) is late


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("seen_on", "chip", "late"),
    [("friday", "Today", 0), ("saturday", "Late", 1), ("sunday", "Late", 1), ("monday", "1 working day late", 1)],
)
def test_what_was_due_on_friday_is_late_on_saturday(client, cast, monkeypatch, seen_on, chip, late):
    put(cast.aino, kind="contact", about_id=new_id(), due_on=DAY + timedelta(days=4), accounts=[cast.aino.account_id])
    monkeypatch.setattr("solmu.kernel.clock.now", lambda: later(cast.aino, days=WEEK[seen_on]).at)
    client.force_login(cast.account("aino"))
    client.cookies["django_language"] = "en"
    answer = client.get(reverse("desk:today"))
    page = answer.content.decode()
    assert answer.context["late"] == page.count('data-tone="late"') == late
    assert f"</svg>{chip}</span>" in page


@pytest.mark.django_db
def test_what_is_only_to_be_seen_is_never_late(client, cast, monkeypatch):
    put(cast.aino, kind="permission_withdrawn", about_id=new_id(), due_on=DAY, accounts=[cast.aino.account_id])
    monkeypatch.setattr("solmu.kernel.clock.now", lambda: later(cast.aino, days=9).at)
    client.force_login(cast.account("aino"))
    answer = client.get("/desk/", headers={"accept-language": "en"})
    page = answer.content.decode()
    assert answer.context["late"] == page.count('data-tone="late"') == 0
    with translation.override("en"):
        told = day(MONDAY)
    assert f"</svg>{told}</span>" in page and f"by {told}" not in page


@pytest.mark.django_db
def test_permissions_of_a_family_that_end_on_the_same_day_are_one_thing(cast):
    family_id, mine = new_id(), [cast.aino.account_id]
    for after in (7, 7, 9):
        due_on = DAY + timedelta(days=after)
        put(cast.aino, kind="permission_ends", about_id=new_id(), record_id=family_id, due_on=due_on, accounts=mine)
    put(cast.aino, kind="permission_ends", about_id=new_id(), record_id=new_id(), due_on=DAY, accounts=mine)
    items, total, _late = waiting(gate.require(cast.aino, Deed.SEE_DESK))
    assert [(item.due_on - DAY).days for item in items] == [0, 7, 9] and total == 3


@pytest.mark.django_db
def test_a_page_that_is_no_longer_there_is_the_last_one(cast):
    """Whoever settles the last thing on the second page is not told that nothing waits."""
    for _each in range(3):
        put(cast.aino, kind="contact", about_id=new_id(), due_on=DAY, accounts=[cast.aino.account_id])
    access = gate.require(cast.aino, Deed.SEE_DESK)
    assert [len(waiting(access, first=first, most=2)[0]) for first in (0, 2, 4, 198)] == [2, 1, 1, 1]
