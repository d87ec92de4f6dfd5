"""The ledger only grows, and shows when somebody has changed, moved or cut it."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from solmu.accesslog import ledger
from solmu.accesslog.guard import INSTALL, REMOVE, run
from solmu.accesslog.models import Entry, Head
from solmu.kernel.ids import new_id

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 2, 7, 0, tzinfo=UTC)


def lines(n):
    return [ledger.Line(at=AT, deed="read_family", outcome="allowed", record_id=new_id()) for _ in range(n)]


@pytest.fixture
def unguarded():
    """The database's own guard taken away, as somebody with its password could."""
    run(connection, REMOVE)
    yield
    run(connection, INSTALL)


def found():
    return [(fault.sequence, fault.what) for fault in ledger.faults()]


def test_a_fresh_chain_is_whole():
    ledger.append(lines(3))
    ledger.append(lines(2))
    assert found() == []
    assert list(Entry.objects.order_by("sequence").values_list("sequence", flat=True)) == [1, 2, 3, 4, 5]


def test_an_empty_ledger_is_whole():
    assert found() == []


@pytest.mark.parametrize("change", [{"account_name": "x"}, {"record_id": None}, {"outcome": "refused"}])
def test_a_changed_entry_is_found(unguarded, change):
    ledger.append(lines(3))
    Entry.objects.filter(sequence=2).update(**change)
    assert found() == [(2, "changed")]


def test_a_removed_entry_is_found(unguarded):
    ledger.append(lines(3))
    Entry.objects.filter(sequence=2).delete()
    assert (2, "missing") in found()


def test_a_cut_tail_is_found(unguarded):
    ledger.append(lines(3))
    Entry.objects.filter(sequence=3).delete()
    assert found() == [(3, "cut")]


def test_a_chain_written_anew_is_found_by_an_earlier_anchor(unguarded):
    ledger.append(lines(3))
    noted = ledger.anchor()
    Entry.objects.all().delete()
    Head.objects.all().delete()
    ledger.append(lines(3))
    assert found() == []
    assert [fault.what for fault in ledger.faults(noted)] == ["changed"]


@pytest.mark.parametrize("deed", ["update", "delete"])
def test_the_database_itself_refuses_to_change_the_log(deed):
    ledger.append(lines(1))
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Entry.objects.update(deed="x") if deed == "update" else Entry.objects.all()._raw_delete("default")
    assert found() == []
