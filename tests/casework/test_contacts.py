"""Contacts: taken with three things, open to those who took them, and waiting for somebody until they end."""

from datetime import date, timedelta

import pytest

from solmu.access import gate
from solmu.access.classes import InformationClass as C
from solmu.access.deeds import Deed
from solmu.access.models import Grant
from solmu.accesslog.models import Entry
from solmu.agenda.models import Item
from solmu.casework.actions.contacts import (
    answer_safety,
    end_with_advice,
    reopen_contact,
    take_contact,
    update_contact,
)
from solmu.casework.actions.notifications import consider_notification
from solmu.casework.models import Contact, NotificationConsideration
from solmu.kernel.errors import Conflict, InvalidInput, NotNow
from solmu.kernel.ids import new_id
from tests.cast import later
from tests.scenes import WORDS, a_contact, open_family

pytestmark = pytest.mark.django_db


def waiting(contact, kind):
    """Who waits for what about the contact, and when."""
    rows = Item.objects.filter(about_id=contact.id, kind=kind, settled_at=None)
    return {row.owner_account_id: row.due_on for row in rows}


def test_words_channel_and_who_contacts_are_enough(cast):
    contact = take_contact(cast.aino, by="person", channel="phone", words=WORDS)
    assert (contact.state, contact.taken_by, contact.family_id) == ("open", cast.aino.account_id, None)


@pytest.mark.parametrize("lacking", ["by", "channel", "words"])
def test_without_one_of_the_three_it_is_not_taken(cast, lacking):
    said = {"by": "person", "channel": "phone", "words": WORDS} | {lacking: ""}
    with pytest.raises(InvalidInput) as refused:
        take_contact(cast.aino, **said)
    assert list(refused.value.errors) == [lacking]
    assert not Contact.objects.exists()


def test_it_opens_to_the_taker_and_the_named_colleague_and_to_nobody_else(cast):
    contact = a_contact(cast.aino, pair_account_id=cast.bertta.account_id)
    for actor in (cast.aino, cast.bertta):
        access = gate.require(actor, Deed.READ_CONTACT, contact.id)
        assert access.classes == C.CASEWORK | C.IDENTITY | C.OWN_NOTES
        assert access.basis == Grant.Basis.CONTACT
    for actor in (cast.cecilia, cast.ritva):
        with pytest.raises(gate.OutOfScope):
            gate.require(actor, Deed.READ_CONTACT, contact.id)


def test_a_receiver_takes_no_contacts(cast):
    with pytest.raises(gate.NotPermitted):
        a_contact(cast.ritva)


def test_the_colleague_works_in_the_same_unit(cast):
    with pytest.raises(InvalidInput, match="unit"):
        a_contact(cast.aino, pair_account_id=cast.outi.account_id)


def test_it_waits_for_those_who_took_it_on_the_next_working_day(cast):
    contact = a_contact(cast.aino, pair_account_id=cast.bertta.account_id)
    assert waiting(contact, "contact") == {
        cast.aino.account_id: date(2026, 11, 3),
        cast.bertta.account_id: date(2026, 11, 3),
    }


@pytest.mark.parametrize("safety", ["unsure", "cannot_talk", "danger"])
def test_a_question_about_safety_waits_by_itself_for_the_next_working_day(cast, safety):
    friday = later(cast.aino, days=4)
    contact = a_contact(friday, safety=safety)
    assert waiting(contact, "safety") == {friday.account_id: date(2026, 11, 9)}


def test_the_day_on_which_safety_is_asked_again_can_be_chosen(cast):
    contact = a_contact(cast.aino, safety="unsure", safety_ask_on=cast.aino.today)
    assert waiting(contact, "safety") == {cast.aino.account_id: cast.aino.today}
    with pytest.raises(InvalidInput, match="later day"):
        a_contact(cast.aino, safety="unsure", safety_ask_on=cast.aino.today - timedelta(days=1))


def test_an_answer_of_safe_ends_the_question(cast):
    contact = a_contact(cast.aino, safety="unsure")
    answer_safety(cast.aino, contact_id=contact.id, expected=1, safety="safe")
    assert waiting(contact, "safety") == {}


def test_a_professional_asks_advice_without_saying_about_whom(cast):
    contact = a_contact(cast.aino, by="professional", words="Miten tuen perhettä, jonka rahat eivät riitä?")
    assert contact.family_id is None
    with pytest.raises(InvalidInput, match="without saying whom"):
        a_contact(cast.aino, by="professional", words="Asia koskee henkilöä 010190-123A.")


def test_changes_need_the_version_that_was_read(cast):
    contact = a_contact(cast.aino, pair_account_id=cast.bertta.account_id)
    update_contact(cast.bertta, contact_id=contact.id, expected=1, would_help="Joku kävisi kirjeet läpi kanssani.")
    with pytest.raises(Conflict) as conflict:
        update_contact(cast.aino, contact_id=contact.id, expected=1, would_help="Velkaneuvoja.")
    assert conflict.value.current.would_help == "Joku kävisi kirjeet läpi kanssani."


def test_an_edit_does_not_postpone_the_day_by_which_it_is_finished(cast):
    contact = a_contact(cast.aino)
    update_contact(later(cast.aino, days=1), contact_id=contact.id, expected=1, would_help="Apua kirjeisiin.")
    assert waiting(contact, "contact") == {cast.aino.account_id: date(2026, 11, 3)}


def test_a_new_colleague_gets_the_contact_and_the_former_one_loses_it(cast):
    contact = a_contact(cast.aino, pair_account_id=cast.bertta.account_id)
    update_contact(cast.aino, contact_id=contact.id, expected=1, pair_account_id=cast.cecilia.account_id)
    assert gate.require(cast.cecilia, Deed.READ_CONTACT, contact.id)
    assert cast.cecilia.account_id in waiting(contact, "contact")
    with pytest.raises(gate.OutOfScope):
        gate.require(later(cast.bertta, minutes=1), Deed.READ_CONTACT, contact.id)


def test_advice_ends_the_contact_and_its_waiting(cast):
    contact = a_contact(cast.aino)
    ended = end_with_advice(cast.aino, contact_id=contact.id, expected=1, advice="Velkaneuvonta auttaa maksutta.")
    assert (ended.state, ended.ended_at) == ("advised", cast.aino.at)
    assert waiting(contact, "contact") == {}


def test_advice_needs_words(cast):
    contact = a_contact(cast.aino)
    with pytest.raises(InvalidInput, match="advised"):
        end_with_advice(cast.aino, contact_id=contact.id, expected=1, advice="  ")


def test_an_unanswered_question_about_safety_outlives_the_advice(cast):
    contact = a_contact(cast.aino, safety="cannot_talk", safety_ask_on=date(2026, 12, 24))
    end_with_advice(cast.aino, contact_id=contact.id, expected=1, advice="Kerroin velkaneuvonnasta.")
    assert waiting(contact, "safety") == {cast.aino.account_id: date(2026, 12, 24)}
    on_the_day = later(cast.aino, days=52)
    answer_safety(on_the_day, contact_id=contact.id, expected=2, safety="safe")
    assert waiting(contact, "safety") == {}


def test_those_who_gave_advice_read_it_for_the_set_days_and_no_longer(cast, settings):
    settings.SOLMU_ADVICE_DAYS = 10
    contact = a_contact(cast.aino, pair_account_id=cast.bertta.account_id)
    end_with_advice(cast.aino, contact_id=contact.id, expected=1, advice="Velkaneuvonta auttaa maksutta.")
    assert gate.require(later(cast.bertta, days=9), Deed.READ_CONTACT, contact.id)
    with pytest.raises(gate.OutOfScope):
        gate.require(later(cast.bertta, days=10), Deed.READ_CONTACT, contact.id)


def test_a_contact_that_ended_can_be_taken_up_again(cast, settings):
    contact = a_contact(cast.aino)
    end_with_advice(cast.aino, contact_id=contact.id, expected=1, advice="Velkaneuvonta auttaa maksutta.")
    again = reopen_contact(later(cast.aino, days=2), contact_id=contact.id, expected=2)
    assert (again.state, again.ended_at, again.advice) == ("open", None, "Velkaneuvonta auttaa maksutta.")
    assert waiting(contact, "contact") == {cast.aino.account_id: date(2026, 11, 5)}
    assert gate.require(later(cast.aino, days=settings.SOLMU_ADVICE_DAYS + 9), Deed.READ_CONTACT, contact.id)


def test_an_ended_contact_is_not_changed_before_it_is_taken_up_again(cast):
    contact = a_contact(cast.aino)
    end_with_advice(cast.aino, contact_id=contact.id, expected=1, advice="Velkaneuvonta auttaa maksutta.")
    with pytest.raises(NotNow):
        update_contact(cast.aino, contact_id=contact.id, expected=2, would_help="Muuta.")


def test_a_contact_about_a_known_family_belongs_to_its_record_and_to_its_pair(cast):
    scene = open_family(cast)
    contact = a_contact(cast.bertta, family_id=scene.family_id, by="close")
    assert set(waiting(contact, "contact")) == {cast.aino.account_id, cast.bertta.account_id}
    assert not Grant.objects.filter(record_id=contact.id).exists()
    with pytest.raises(gate.OutOfScope):
        a_contact(cast.cecilia, family_id=scene.family_id)


def test_a_notification_can_be_considered_at_any_time_and_the_list_only_grows(cast):
    contact = a_contact(cast.aino)
    for conclusion, reason in [("unsure", "Kysyin neuvoa nimettömänä."), ("not_needed", "Lapsilla on turvallista.")]:
        consider_notification(
            cast.aino, record_id=contact.id, contact_id=contact.id, conclusion=conclusion, reason=reason
        )
    kept = NotificationConsideration.objects.order_by("id").values_list("conclusion", "considered_by_name")
    assert list(kept) == [("unsure", "Aino Salmi"), ("not_needed", "Aino Salmi")]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"conclusion": "notified", "reason": "Lapsi jää yksin."}, "done_on"),
        ({"conclusion": "not_needed", "reason": " "}, "reason"),
        ({"conclusion": "", "reason": "Lapsi jää yksin."}, "conclusion"),
        ({"conclusion": "notified", "reason": "Lapsi jää yksin.", "done_on": date(2026, 11, 3)}, "done_on"),
    ],
)
def test_a_consideration_has_a_conclusion_a_reason_and_a_day_when_something_was_made(cast, said, field):
    contact = a_contact(cast.aino)
    with pytest.raises(InvalidInput) as refused:
        consider_notification(cast.aino, record_id=contact.id, **said)
    assert list(refused.value.errors) == [field]


def test_a_consideration_needs_no_permission_of_the_family(cast):
    scene = open_family(cast)
    made = consider_notification(
        cast.aino,
        record_id=scene.family_id,
        conclusion="joint_request",
        reason="Pyysimme arviota yhdessä Minnan kanssa.",
        done_on=cast.aino.today,
        family_told=True,
    )
    assert made.record_id == scene.family_id


def test_every_deed_is_logged_and_an_unknown_contact_is_out_of_scope(cast):
    contact = a_contact(cast.aino)
    end_with_advice(cast.aino, contact_id=contact.id, expected=1, advice="Velkaneuvonta auttaa maksutta.")
    taken, ended = Entry.objects.filter(record_id=contact.id)
    for entry in (taken, ended):
        assert (entry.deed, entry.basis, entry.basis_id, entry.writes) == ("write_contact", "contact", contact.id, True)
    with pytest.raises(gate.OutOfScope):
        end_with_advice(cast.aino, contact_id=new_id(), expected=1, advice="Neuvo.")
