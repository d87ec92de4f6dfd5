"""The one door: role and grant together, refusals that reveal nothing, and a log of every use."""

from datetime import timedelta

import pytest

from solmu.access import gate
from solmu.access.classes import InformationClass as C
from solmu.access.deeds import Deed
from solmu.access.grants import Basis, close_grants, open_grant
from solmu.access.models import Grant
from solmu.accesslog import ledger
from solmu.accesslog.models import Entry
from solmu.kernel.ids import new_id
from tests.cast import MONDAY, later

pytestmark = pytest.mark.django_db


def grant(actor, record, classes=C.IDENTITY | C.CASEWORK, **more):
    basis = more.pop("basis", Basis(Grant.Basis.CASE, new_id()))
    fields = {"purpose": "support", "valid_from": MONDAY - timedelta(days=1), **more}
    return open_grant(
        subject=(Grant.Subject.PERSON, actor.account_id), record_id=record, classes=classes, basis=basis, **fields
    )


def test_without_a_grant_the_record_does_not_exist(cast):
    with pytest.raises(gate.OutOfScope):
        gate.require(cast.aino, Deed.READ_FAMILY, new_id())


def test_a_grant_opens_its_classes_and_no_others(cast):
    record = new_id()
    grant(cast.aino, record, C.IDENTITY | C.SITUATION)
    access = gate.require(cast.aino, Deed.READ_FAMILY, record)
    assert access.covers(C.SITUATION)
    assert not access.covers(C.OWN_NOTES)


def test_a_grant_of_somebody_else_opens_nothing(cast):
    record = new_id()
    grant(cast.aino, record)
    with pytest.raises(gate.OutOfScope):
        gate.require(cast.cecilia, Deed.READ_FAMILY, record)


def test_a_grant_without_the_needed_class_is_not_enough(cast):
    record = new_id()
    grant(cast.aino, record, C.PACKET)
    with pytest.raises(gate.NotPermitted):
        gate.require(cast.aino, Deed.READ_FAMILY, record)


def test_reading_does_not_permit_writing(cast):
    record = new_id()
    grant(cast.aino, record, C.IDENTITY)
    with pytest.raises(gate.NotPermitted):
        gate.require(cast.aino, Deed.WRITE_FAMILY, record)


def test_a_role_without_the_deed_is_refused_even_with_a_grant(cast):
    record = new_id()
    grant(cast.paula, record)
    with pytest.raises(gate.NotPermitted):
        gate.require(cast.paula, Deed.READ_FAMILY, record)


@pytest.mark.parametrize(
    ("fields", "moment"),
    [({"valid_to": MONDAY}, MONDAY), ({"valid_from": MONDAY + timedelta(hours=1)}, MONDAY)],
)
def test_a_grant_holds_only_in_its_time(cast, fields, moment):
    record = new_id()
    grant(cast.aino, record, **fields)
    with pytest.raises(gate.OutOfScope):
        gate.require(cast.aino, Deed.READ_FAMILY, record)


def test_closing_the_basis_closes_the_access_at_once(cast):
    record, basis = new_id(), Basis(Grant.Basis.CASE, new_id())
    grant(cast.aino, record, basis=basis)
    assert close_grants(basis_id=basis.id, at=MONDAY) == 1
    with pytest.raises(gate.OutOfScope):
        gate.require(later(cast.aino, minutes=1), Deed.READ_FAMILY, record)


def test_who_waits_for_the_log_is_let_in_by_what_holds_then(cast, monkeypatch):
    """Somebody else withdraws and commits while this one waits for its turn."""
    record, basis, locked = new_id(), Basis(Grant.Basis.REFERRAL, new_id()), ledger._locked_head
    grant(cast.aino, record, basis=basis)

    def waited_for():
        close_grants(basis_id=basis.id, at=MONDAY)
        return locked()

    monkeypatch.setattr(ledger, "_locked_head", waited_for)
    assert gate.list_records(cast.aino, Deed.LIST_FAMILIES, [record]) == set()
    with pytest.raises(gate.OutOfScope):
        gate.require(cast.aino, Deed.READ_FAMILY, record)


def test_what_was_allowed_is_logged_with_its_ground(cast):
    record = new_id()
    given = grant(cast.aino, record, C.IDENTITY | C.SITUATION)
    gate.require(cast.aino, Deed.READ_FAMILY, record)
    entry = Entry.objects.get(record_id=record)
    assert (entry.account_id, entry.basis, entry.basis_id) == (cast.aino.account_id, "case", given.basis_id)
    assert entry.classes == "identity,situation"


def test_a_list_shows_and_logs_only_what_is_granted(cast):
    mine, other = new_id(), new_id()
    grant(cast.aino, mine)
    assert gate.list_records(cast.aino, Deed.LIST_FAMILIES, [mine, other]) == {mine}
    assert list(Entry.objects.values_list("record_id", flat=True)) == [mine]


def test_a_list_costs_the_same_number_of_queries_for_one_and_for_many(cast, django_assert_max_num_queries):
    records = [new_id() for _ in range(50)]
    for record in records:
        grant(cast.aino, record)
    gate.list_records(cast.aino, Deed.LIST_FAMILIES, records[:1])  # the log has its head from now on
    with django_assert_max_num_queries(8) as for_one:
        gate.list_records(cast.aino, Deed.LIST_FAMILIES, records[:1])
    with django_assert_max_num_queries(8) as for_many:
        gate.list_records(cast.aino, Deed.LIST_FAMILIES, records)
    assert len(for_many) == len(for_one)


def test_a_deed_on_records_is_refused_without_one(cast):
    with pytest.raises(gate.NotPermitted):
        gate.require(cast.aino, Deed.READ_FAMILY)


def test_nobody_but_the_clock_keeps_up(cast):
    with pytest.raises(gate.NotPermitted):
        gate.require(cast.hilla, Deed.KEEP_UP)
