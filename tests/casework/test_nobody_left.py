"""Both of a pair have left the unit: what comes then waits in the unit's queue, until somebody takes the work on."""

import pytest

from solmu.access import gate
from solmu.access.deeds import Deed
from solmu.casework.actions.cases import pass_contact
from solmu.casework.actions.closing import record_follow_up
from solmu.casework.actions.contacts import answer_safety, take_contact
from solmu.casework.actions.promises import settle_own_promise
from solmu.casework.models import Case, Contact
from tests.casework.test_closing import FOLLOW_UP, a_promise, close
from tests.casework.test_leaving import leave, waiting
from tests.cast import later
from tests.scenes import WORDS, a_contact, open_family

pytestmark = pytest.mark.django_db


def pass_on(cast, scene, cecilia):
    pass_contact(cecilia, contact_id=a_contact(cecilia).id, family_id=scene.family_id)


def take(cast, scene, cecilia):
    take_contact(cecilia, by="person", channel="phone", words=WORDS, family_id=scene.family_id)


def ask_about_safety(cast, scene, cecilia):
    contact = Contact.objects.get(pk=scene.contact_id)
    answer_safety(cecilia, contact_id=contact.id, expected=contact.version, safety="unsure")


def end(cast, scene, cecilia):
    close(cecilia, scene, **FOLLOW_UP)


def take_up_again(cast, scene, cecilia):
    case = close(cecilia, scene, **FOLLOW_UP)
    again = {"reopen": True, "reopened_reason": "Tilanne muuttui."}
    record_follow_up(cecilia, case_id=case.id, version=case.version, help_came="no", **again)
    assert Case.objects.get(pk=case.id).state == Case.State.OPEN


@pytest.mark.parametrize(
    ("deed", "kind"),
    [(pass_on, "contact"), (take, "contact"), (ask_about_safety, "safety"), (end, "follow_up"), (take_up_again, "map")],
)
def test_what_comes_when_nobody_is_left_waits_in_the_units_queue(cast, deed, kind):
    scene = open_family(cast)
    leave(cast, "aino", "bertta")
    deed(cast, scene, later(cast.cecilia, hours=2))
    owners = waiting(scene).filter(kind=kind).values_list("owner_account_id", "owner_unit_id")
    assert set(owners) == {(None, cast.unit("counselling").id)}
    assert gate.require(later(cast.cecilia, hours=3), Deed.READ_FAMILY, scene.family_id)


def test_a_partner_tells_of_a_promise_though_nobody_of_the_pair_is_left(cast):
    scene = open_family(cast)
    promise = a_promise(cast, scene, "paula@example.org")
    leave(cast, "aino", "bertta")
    settle_own_promise(later(cast.paula, hours=2), promise_id=promise.id, version=1, state="kept")
    assert waiting(scene).get(kind="promise_view").owner_unit_id == cast.unit("counselling").id
