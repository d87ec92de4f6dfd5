"""Emergency access: a reason, an exact reference, some hours, and a steward who looks at every one."""

import pytest

from solmu.access import gate, review
from solmu.access.actor import system
from solmu.access.classes import InformationClass as C
from solmu.access.deeds import Deed
from solmu.access.emergency import CLASSES, end_emergency, end_expired
from solmu.access.models import EmergencyAccess
from solmu.access.queries import has_open_emergency
from solmu.access.wording import DEEDS
from solmu.accesslog.models import Entry
from solmu.agenda.models import Item
from solmu.families.emergency import open_emergency, review_emergency
from solmu.families.models import Family
from solmu.families.rules.references import tidy_reference
from solmu.kernel.errors import InvalidInput, NotNow
from tests.cast import MONDAY, later

REASON = "The mother called, crying, and said that the father is at the door."


@pytest.fixture
def family(cast):
    return Family.objects.create(
        name="Salo", organisation_id=cast.unit("counselling").organisation_id, created_at=MONDAY
    )


@pytest.fixture
def opened(cast, family):
    return open_emergency(cast.outi, reference=family.reference, reason=REASON)


def test_opens_some_classes_for_some_hours_and_never_a_young_persons_own_part(cast, family, opened):
    access = gate.require(cast.outi, Deed.READ_FAMILY, family.id)
    assert access.classes == CLASSES & (Deed.READ_FAMILY.rule.needs | Deed.READ_FAMILY.rule.shows)
    assert not access.covers(C.YOUNG_PART) and not access.covers(C.OWN_NOTES) and not access.covers(C.PROTECTED)
    with pytest.raises(gate.OutOfScope):
        gate.require(later(cast.outi, hours=4), Deed.READ_FAMILY, family.id)


def test_does_not_permit_writing(cast, family, opened):
    with pytest.raises(gate.NotPermitted):
        gate.require(cast.outi, Deed.WRITE_FAMILY, family.id)


def test_opens_for_nobody_else(cast, family, opened):
    with pytest.raises(gate.OutOfScope):
        gate.require(cast.cecilia, Deed.READ_FAMILY, family.id)


def test_the_opening_and_every_use_stand_in_the_log_with_their_ground(cast, family, opened):
    gate.require(cast.outi, Deed.READ_FAMILY, family.id)
    rows = Entry.objects.filter(record_id=family.id).order_by("sequence")
    assert list(rows.values_list("deed", "basis", "basis_id")) == [
        ("open_in_emergency", "emergency", opened.id),
        ("read_family", "emergency", opened.id),
    ]


def test_waits_for_the_organisations_steward_by_the_next_working_day(cast, opened):
    item = Item.objects.get(kind=Item.Kind.EMERGENCY)
    assert (item.about_id, item.owner_unit_id) == (opened.id, cast.tapio.unit_id)
    assert item.due_on.isoformat() == "2026-11-03"


@pytest.mark.parametrize("reason", ["", "urgent", "              a b c d      ", "in a hurry, must see now"[:19]])
def test_is_refused_without_a_sentence_of_reason(cast, family, reason):
    with pytest.raises(InvalidInput) as refused:
        open_emergency(cast.outi, reference=family.reference, reason=reason)
    assert "reason" in refused.value.errors
    assert not EmergencyAccess.objects.exists()


def test_the_reference_is_exact_and_of_the_own_organisation(cast, family):
    Family.objects.filter(pk=family.pk).update(organisation_id=cast.unit("receivers").organisation_id)
    for reference in (family.reference, family.reference[:-1], "Salo", ""):
        with pytest.raises(InvalidInput) as refused:
            open_emergency(cast.outi, reference=reference, reason=REASON)
        assert "reference" in refused.value.errors


@pytest.mark.parametrize("name", ["ritva", "paula", "kaisa", "tapio", "hilla"])
def test_is_only_for_those_who_may_read_families(cast, family, name):
    with pytest.raises(gate.NotPermitted):
        open_emergency(getattr(cast, name), reference=family.reference, reason=REASON)


def test_opened_twice_it_is_one(cast, family, opened):
    again = open_emergency(later(cast.outi, minutes=5), reference=family.reference, reason=REASON)
    assert again.id == opened.id
    assert EmergencyAccess.objects.count() == 1


def test_ends_at_once_when_its_opener_ends_it(cast, family, opened):
    actor = later(cast.outi, minutes=10)
    end_emergency(actor, emergency_id=opened.id)
    assert not has_open_emergency(actor)
    with pytest.raises(gate.OutOfScope):
        gate.require(later(actor, minutes=1), Deed.READ_FAMILY, family.id)


def test_nobody_ends_the_emergency_of_another(cast, opened):
    with pytest.raises(NotNow):
        end_emergency(cast.aino, emergency_id=opened.id)


def test_the_clock_ends_it_once(cast, opened):
    assert end_expired(system(MONDAY)) == 0
    after = system(later(cast.outi, hours=5).at)
    assert (end_expired(after), end_expired(after)) == (1, 0)
    opened.refresh_from_db()
    assert opened.ended_at == opened.valid_to


def test_nobody_but_the_clock_ends_what_is_over(cast, opened):
    with pytest.raises(gate.NotPermitted):
        end_expired(cast.tapio)


def test_a_review_needs_a_verdict_and_a_note(cast, opened):
    with pytest.raises(InvalidInput) as refused:
        review_emergency(cast.tapio, emergency_id=opened.id, verdict="", note=" ")
    assert set(refused.value.errors) == {"verdict", "note"}


def test_a_review_takes_it_off_the_agenda_and_is_final(cast, opened):
    reviewed = review_emergency(cast.tapio, emergency_id=opened.id, verdict="justified", note="Called the worker.")
    assert reviewed.reviewed_by == cast.tapio.account_id
    assert not Item.objects.filter(settled_at=None).exists()
    with pytest.raises(NotNow):
        review_emergency(cast.tapio, emergency_id=opened.id, verdict="unjustified", note="Changed my mind.")


def test_one_that_was_not_justified_ends_at_once(cast, family, opened):
    review_emergency(later(cast.tapio, hours=1), emergency_id=opened.id, verdict="unjustified", note="Curiosity.")
    with pytest.raises(gate.OutOfScope):
        gate.require(later(cast.outi, hours=2), Deed.READ_FAMILY, family.id)


def test_a_steward_of_another_organisation_sees_and_reviews_nothing(cast, opened):
    from dataclasses import replace

    stranger = replace(cast.tapio, organisation_id=cast.unit("receivers").organisation_id)
    access = gate.require(stranger, Deed.REVIEW_ACCESS)
    assert review.emergencies_to_review(access) == []
    with pytest.raises(NotNow):
        review.uses_in_emergency(access, opened.id)
    with pytest.raises(NotNow):
        review_emergency(stranger, emergency_id=opened.id, verdict="justified", note="Not mine.")


def test_nobody_reviews_their_own(cast, opened):
    from dataclasses import replace

    both = replace(cast.tapio, account_id=cast.outi.account_id)
    with pytest.raises(NotNow, match="yourself"):
        review_emergency(both, emergency_id=opened.id, verdict="justified", note="I was right.")


def test_what_was_done_in_it_is_listed_for_the_review(cast, family, opened):
    gate.require(later(cast.outi, minutes=3), Deed.READ_SITUATION, family.id)
    access = gate.require(cast.tapio, Deed.REVIEW_ACCESS)
    done = [use.did for use in review.uses_in_emergency(access, opened.id)]
    assert done == ["opened the record in an emergency", "read the life-situation map"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("k7m4pq2x", "K7M4-PQ2X"), (" K7M4 PQ2X ", "K7M4-PQ2X"), ("K7M4-PQ2X", "K7M4-PQ2X"), ("K7M", ""), ("", "")],
)
def test_a_reference_is_read_as_people_write_it(typed, kept):
    assert tidy_reference(typed) == kept


def test_every_deed_of_the_log_has_words():
    assert {deed.code for deed in Deed} == set(DEEDS)
