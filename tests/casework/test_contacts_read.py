"""What is read of contacts: own list without the words, one record with all of it, and the loop's steps."""

from datetime import date

import pytest

from solmu.access import gate
from solmu.access.deeds import Deed
from solmu.accesslog.models import Entry
from solmu.agenda import actions as agenda
from solmu.casework.actions.contacts import end_with_advice
from solmu.casework.actions.notifications import consider_notification
from solmu.casework.models import Case
from solmu.casework.queries.cases import family_with_reference, journey, my_cases
from solmu.casework.queries.contacts import considered, contact, contacts_page, records_of
from solmu.families.models import Family
from solmu.kernel.ids import new_id
from tests.cast import later
from tests.scenes import WORDS, a_contact, open_family

pytestmark = pytest.mark.django_db


def read(actor, scene):
    return gate.require(actor, Deed.READ_FAMILY, scene.family_id)


def test_the_list_holds_what_is_open_to_the_reader_and_logs_each(cast):
    mine = a_contact(cast.aino, caller_name="Minna")
    a_contact(cast.cecilia, caller_name="Joku muu")
    before = Entry.objects.count()
    lines, page = contacts_page(cast.aino)
    assert [line.name for line in lines] == ["Minna"]
    assert page.paginator.count == 1
    assert list(Entry.objects.filter(sequence__gt=before).values_list("record_id", flat=True)) == [mine.id]


def test_contacts_under_way_come_first(cast):
    a_contact(cast.aino, caller_name="Vanha")
    ended = a_contact(later(cast.aino, hours=1), caller_name="Neuvottu")
    end_with_advice(later(cast.aino, hours=2), contact_id=ended.id, expected=1, advice="Velkaneuvonta.")
    lines, _page = contacts_page(later(cast.aino, hours=3))
    assert [line.name for line in lines] == ["Vanha", "Neuvottu"]


def test_a_contact_in_a_familys_record_is_listed_under_the_familys_name_to_the_pair(cast):
    open_family(cast, name="Perhe Kallio")
    lines, _page = contacts_page(cast.bertta)
    assert [line.name for line in lines] == ["Perhe Kallio"]


def test_the_words_are_read_in_the_contact_itself(cast):
    row = a_contact(cast.aino, caller_phone="0401234567")
    view = contact(gate.require(cast.aino, Deed.READ_CONTACT, row.id), row.id)
    assert (view.words, view.phone_shown) == (WORDS, "040 1234567")


def test_what_happened_before_there_was_a_family_belongs_to_its_log(cast):
    scene = open_family(cast)
    access = read(cast.aino, scene)
    assert set(records_of(access)) == {scene.family_id, scene.contact_id}


def test_considerations_follow_the_contact_into_the_familys_record(cast):
    scene = open_family(cast)
    consider_notification(
        cast.aino, record_id=scene.family_id, conclusion="unsure", reason="Kysyin neuvoa.", contact_id=scene.contact_id
    )
    assert [row.reason for row in considered(read(cast.bertta, scene))] == ["Kysyin neuvoa."]


def test_the_journey_stands_at_the_map_when_work_has_begun(cast):
    scene = open_family(cast)
    steps = journey(read(cast.aino, scene))
    assert [(step.key, step.state) for step in steps][:3] == [("contact", "done"), ("map", "now"), ("model", "later")]
    assert steps[0].on == date(2026, 11, 2)


def test_the_journey_of_a_closed_case_stands_nowhere(cast):
    scene = open_family(cast)
    Case.objects.filter(pk=scene.case_id).update(state="closed", closed_at=cast.aino.at)
    assert "now" not in {step.state for step in journey(read(cast.aino, scene))}


def test_namesakes_among_my_cases_are_told_apart_by_their_references(cast):
    open_family(cast)
    homes = [open_family(cast, name="Lehto").family_id for _each in range(2)]
    references = Family.objects.filter(pk__in=homes).values_list("reference", flat=True)
    lines, _total = my_cases(cast.aino)
    assert {line.name for line in lines} == {"Kallio", *(f"Lehto ({reference})" for reference in references)}


def test_my_cases_show_the_next_step_and_its_day(cast):
    scene = open_family(cast)
    open_family(cast, by="cecilia", name="Muu perhe")
    lines, total = my_cases(cast.aino)
    assert total == 1
    assert (lines[0].family_id, lines[0].pair, lines[0].due_on) == (
        scene.family_id,
        "Aino Salmi, Bertta Niemi",
        date(2026, 11, 9),
    )


def test_what_a_receiver_is_to_do_is_not_told_as_the_pairs_next_step(cast):
    scene = open_family(cast)
    receivers, day = cast.ritva.unit_id, date(2026, 11, 3)
    agenda.put(cast.ritva, kind="answer", about_id=new_id(), record_id=scene.family_id, due_on=day, unit_id=receivers)
    (line,), _total = my_cases(cast.aino)
    assert line.due_on == date(2026, 11, 9)


def test_a_list_costs_the_same_for_one_case_and_for_many(cast, django_assert_max_num_queries):
    for number in range(6):
        open_family(cast, name=f"Perhe {number}", people=())
    with django_assert_max_num_queries(14):
        my_cases(cast.aino)
    with django_assert_max_num_queries(14):
        contacts_page(cast.aino)


def test_a_reference_said_aloud_finds_the_own_organisations_family_only(cast):
    scene = open_family(cast)
    reference = Family.objects.get(pk=scene.family_id).reference
    assert family_with_reference(cast.outi, f" {reference.lower()} ") == scene.family_id
    Family.objects.filter(pk=scene.family_id).update(restricted=True)
    assert family_with_reference(cast.outi, reference) is None
