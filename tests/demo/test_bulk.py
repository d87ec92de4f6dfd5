"""The measured world: what is copied is whole, and open to its own workers alone."""

import pytest

from solmu.access import gate
from solmu.access.deeds import Deed
from solmu.access.gate import OutOfScope
from solmu.access.models import Grant
from solmu.accounts.models import Account
from solmu.casework.models import Case, CaseWorker
from solmu.casework.queries.cases import my_cases
from solmu.demo import bulk
from solmu.families.models import Family, Person
from solmu.families.queries import people
from solmu.organisations.queries import actor_for
from solmu.situations.queries import family_map

pytestmark = pytest.mark.django_db
AT = bulk.clock_of_world()


@pytest.fixture
def heard(monkeypatch):
    """A world of four families and two copies of it; what was told on the way."""
    monkeypatch.setattr(bulk, "FIRST", 4)
    monkeypatch.setattr(bulk, "count_rows", lambda: 0)  # what is counted outlives a test on PostgreSQL
    told = []
    bulk.fill(bulk.make_world(12, AT), 12, AT, told=told.append)
    return told


def actor(worker: CaseWorker):
    return actor_for(Account.objects.get(pk=worker.account_id), at=AT)


def test_it_has_as_many_families_as_were_asked_for(heard):
    assert heard == [4, 8, 12]
    assert Family.objects.count() == Case.objects.count() == 12
    assert len(set(Family.objects.values_list("reference", flat=True))) == 12


def test_each_family_has_people_a_map_and_a_pair_of_its_own(heard):
    for case in Case.objects.all():
        pair = list(CaseWorker.objects.filter(case=case))
        assert len(pair) == 2
        access = gate.require(actor(pair[0]), Deed.READ_FAMILY, case.family_id)
        assert people(access)
        assert family_map(access).items
    assert Person.objects.values("family_id").distinct().count() == 12


def test_a_copy_is_closed_to_the_workers_of_the_first(heard):
    worker = CaseWorker.objects.order_by("account_id")[0]
    strange = Case.objects.exclude(workers__account_id=worker.account_id).first()
    with pytest.raises(OutOfScope):
        gate.require(actor(worker), Deed.READ_FAMILY, strange.family_id)
    _lines, total = my_cases(actor(worker))
    assert total == CaseWorker.objects.filter(account_id=worker.account_id).count()
    assert total < 12
    assert Grant.objects.filter(subject_id=worker.account_id).count() == total
