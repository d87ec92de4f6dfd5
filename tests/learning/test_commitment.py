"""An organisation says where it stands, item by item; steps wait with their owners; what is saved never changes."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from solmu.access.gate import NotPermitted
from solmu.access.roles import Role
from solmu.agenda.models import Item
from solmu.kernel.errors import Conflict, InvalidInput, NotNow
from solmu.learning.actions.commitment import save_answer, save_snapshot, settle_step, share_snapshot
from solmu.learning.lists import BrokenList, newest_list, read_list
from solmu.learning.models import Answer, Snapshot
from solmu.learning.queries.commitment import (
    shared_with_region,
    snapshot,
    snapshots,
    working_paper,
    working_state,
)
from solmu.organisations.models import Membership
from tests.cast import MONDAY, later

pytestmark = pytest.mark.django_db
AGENDA, TRUST, CORE = "common-agenda", "trust-and-respect", "core-group"
SOON = MONDAY.date() + timedelta(days=14)


def answer(actor, item: str = AGENDA, version: int = 0, **said) -> Answer:
    return save_answer(actor, item_id=item, version=version, **{"level": "partly", **said})


def step(cast, name: str = "aino", **said) -> dict:
    return {"next_step": "Kirjataan tavoite", "owner_id": cast.account(name).id, "due_on": SOON, **said}


def save(actor, **said) -> Snapshot:
    return save_snapshot(
        actor, **{"seen": working_state(actor), "made_on": actor.today, "present": "Kaisa ja Aino", **said}
    )


def waiting(cast, name: str) -> list[tuple]:
    items = Item.objects.filter(owner_account_id=cast.account(name).id, settled_at=None)
    return list(items.values_list("kind", "due_on"))


def row_of(actor, item: str = AGENDA):
    return next(row for part in working_paper(actor) for row in part.items if row.id == item)


# The list itself


def test_the_shipped_list_has_five_conditions_eight_principles_and_the_steps_of_joining():
    counts = {part["id"]: len(part["items"]) for part in newest_list().parts}
    assert counts == {"readiness": 6, "conditions": 5, "principles": 8, "joining": 6}


def test_every_text_of_the_list_is_in_three_languages_with_its_source_and_mark():
    own = newest_list()
    told = [*own.parts, *(item for part in own.parts for item in part["items"])]
    for each in told:
        assert {"title", "source", "mark"} <= each.keys()
        assert own.sources_of(each)
        assert each["mark"] in {"F", "I", "G"}
        for name in ("title", "text", "ask"):
            assert name not in each or all(each[name][language] for language in ("fi", "sv", "en")), each["id"]
    assert len(own.items) == sum(len(part["items"]) for part in own.parts), "an id stands twice"


def test_the_highest_number_is_the_list_in_use(settings, tmp_path):
    settings.SOLMU_COMMITMENT = tmp_path
    assert newest_list() is None
    for number in (2, 10, 9):
        (tmp_path / f"{number}.yaml").write_text(f'version: "{number}"\nsources: {{}}\nparts: []\n')
    assert newest_list().version == "10"


def test_a_list_that_cannot_be_read_says_where(tmp_path):
    path = tmp_path / "1.yaml"
    path.write_text('version: "1"\nversion: "2"\n')
    with pytest.raises(BrokenList, match="twice"):
        read_list(path)


def test_without_a_list_the_paper_is_empty(cast, settings, tmp_path):
    settings.SOLMU_COMMITMENT = tmp_path
    assert working_paper(cast.kaisa) == []
    with pytest.raises(NotNow):
        answer(cast.kaisa)


# The working paper


def test_an_answer_is_written_and_changed(cast):
    answer(cast.kaisa, evidence=" Sovittu keväällä. ")
    changed = answer(cast.kaisa, version=1, level="yes")
    assert (changed.level, changed.evidence, changed.version) == ("yes", "", 2)
    assert row_of(cast.aino).answer.level == "yes"


def test_two_who_write_at_once_do_not_overwrite_each_other(cast):
    answer(cast.kaisa, level="yes")
    with pytest.raises(Conflict) as conflict:
        answer(cast.hilla, level="not_yet")
    assert conflict.value.current.level == "yes"
    answer(cast.hilla, version=1, level="partly")
    with pytest.raises(Conflict):
        answer(cast.kaisa, version=1, level="yes")


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"level": "very"}, {"level"}),
        ({"next_step": "Kirjataan"}, {"owner", "due_on"}),
        ({"due_on": SOON}, {"owner", "next_step"}),
        ({"next_step": "Kirjataan", "due_on": MONDAY.date() - timedelta(days=1)}, {"owner", "due_on"}),
    ],
)
def test_what_does_not_hold_together_is_refused(cast, said, wrong):
    with pytest.raises(InvalidInput) as refused:
        answer(cast.kaisa, **said)
    assert set(refused.value.errors) == wrong
    assert not Answer.objects.exists()


def test_a_next_step_belongs_to_somebody_of_the_own_organisation(cast):
    with pytest.raises(InvalidInput) as refused:
        answer(cast.kaisa, **step(cast, "ritva"))
    assert set(refused.value.errors) == {"owner"}


def test_an_item_that_is_not_on_the_list_is_not_answered(cast):
    with pytest.raises(NotNow):
        answer(cast.kaisa, item="no-such")


@pytest.mark.parametrize("name", ["aino", "ritva", "paula", "tapio"])
def test_nobody_else_writes(cast, name):
    actor = cast.actor(name)
    with pytest.raises(NotPermitted):
        answer(actor)
    with pytest.raises(NotPermitted):
        save(actor)
    answer(cast.kaisa)
    with pytest.raises(NotPermitted):
        share_snapshot(actor, snapshot_id=save(cast.kaisa).id, is_shared=True)


# Next steps


def test_a_next_step_waits_on_its_owners_agenda(cast):
    answer(cast.kaisa, **step(cast))
    assert waiting(cast, "aino") == [(Item.Kind.COMMITMENT_STEP, SOON)]
    answer(cast.kaisa, version=1, **step(cast, "bertta"))
    assert waiting(cast, "aino") == []
    assert waiting(cast, "bertta") == [(Item.Kind.COMMITMENT_STEP, SOON)]
    answer(cast.kaisa, version=2)
    assert waiting(cast, "bertta") == []


def test_its_owner_says_that_it_is_done_and_may_take_it_back(cast):
    answer(cast.kaisa, **step(cast))
    assert settle_step(cast.aino, item_id=AGENDA, version=1, is_done=True).step_done_on == MONDAY.date()
    assert waiting(cast, "aino") == []
    assert not row_of(cast.aino).waits
    settle_step(cast.aino, item_id=AGENDA, version=2, is_done=False)
    assert waiting(cast, "aino") == [(Item.Kind.COMMITMENT_STEP, SOON)]


def test_a_step_done_stays_done_until_another_is_agreed(cast):
    answer(cast.kaisa, **step(cast))
    settle_step(cast.aino, item_id=AGENDA, version=1, is_done=True)
    answer(cast.kaisa, version=2, level="yes", **step(cast))
    assert waiting(cast, "aino") == []
    answer(cast.kaisa, version=3, **step(cast, next_step="Kerrotaan muille"))
    assert waiting(cast, "aino") == [(Item.Kind.COMMITMENT_STEP, SOON)]


def test_only_its_owner_and_those_who_write_settle_a_step(cast):
    answer(cast.kaisa, **step(cast))
    with pytest.raises(NotPermitted):
        settle_step(cast.bertta, item_id=AGENDA, version=1, is_done=True)
    settle_step(cast.hilla, item_id=AGENDA, version=1, is_done=True)
    with pytest.raises(NotPermitted):  # another organisation has no such step
        settle_step(cast.ritva, item_id=AGENDA, version=2, is_done=False)


def test_a_step_whose_day_has_gone_by_can_still_be_written_about(cast):
    answer(cast.kaisa, **step(cast))
    answer(later(cast.kaisa, days=30), version=1, evidence="Kesken.", **step(cast))
    assert waiting(cast, "aino") == [(Item.Kind.COMMITMENT_STEP, SOON)]


def test_a_step_of_joining_needs_no_words_of_its_own(cast):
    owned = {"owner_id": cast.account("aino").id, "due_on": SOON}
    answer(cast.kaisa, item=CORE, level="not_yet", **owned)
    assert waiting(cast, "aino") == [(Item.Kind.JOINING_STEP, SOON)]
    settle_step(cast.aino, item_id=CORE, version=1, is_done=True)
    assert (row_of(cast.kaisa, CORE).answer.level, waiting(cast, "aino")) == ("yes", [])
    settle_step(cast.aino, item_id=CORE, version=2, is_done=False)
    assert (row_of(cast.kaisa, CORE).answer.level, len(waiting(cast, "aino"))) == ("partly", 1)


# Snapshots


def test_a_snapshot_keeps_what_was_said_that_day(cast):
    answer(cast.kaisa, evidence="Sovittu.", **step(cast))
    answer(cast.kaisa, item=CORE, level="yes")
    save(cast.kaisa)
    answer(cast.kaisa, version=1, level="yes")
    (listed,) = snapshots(cast.aino)
    row = snapshot(cast.aino, listed.id)
    said = {each["id"]: each for part in row.content for each in part["items"]}
    assert said[AGENDA] == {
        "id": AGENDA,
        "title": newest_list().items[AGENDA][1]["title"],
        "level": "partly",
        "evidence": "Sovittu.",
        "next_step": "Kirjataan tavoite",
        "owner": "Aino Salmi",
        "due_on": SOON.isoformat(),
        "step_done_on": None,
    }
    assert said[TRUST]["level"] == ""
    assert CORE not in said
    assert (row.list_version, row.present, row.is_shared) == ("1", "Kaisa ja Aino", False)


def test_a_snapshot_costs_the_same_for_many_steps_as_for_one(cast, django_assert_num_queries):
    answer(cast.kaisa, **step(cast))
    with CaptureQueriesContext(connection) as one:
        save(cast.kaisa)
    for item in (TRUST, "shared-measurement", "backbone"):
        answer(cast.kaisa, item=item, **step(cast, "bertta"))
    with django_assert_num_queries(len(one)):
        save(cast.kaisa)


def test_a_list_of_snapshots_costs_the_same_for_many_and_opens_none(cast):
    answer(cast.kaisa)
    coordinator, asked = replace(cast.roope, roles=frozenset({Role.COORDINATOR})), []
    for number in range(1, 4):
        save(cast.kaisa, is_shared=True)
        with CaptureQueriesContext(connection) as queries:
            listed = [len(snapshots(cast.kaisa)), len(shared_with_region(coordinator))]
        assert listed == [number, 1]
        asked.append([query["sql"] for query in queries])
    assert len({len(each) for each in asked}) == 1
    assert not [sql for sql in asked[-1] if '"content"' in sql]


def test_no_number_sums_a_snapshot_up(cast):
    answer(cast.kaisa)
    names = {field.name for field in Snapshot._meta.get_fields()}
    assert not {name for name in names if any(word in name for word in ("score", "total", "sum", "percent"))}
    kept = save(cast.kaisa).content
    assert not [value for part in kept for each in part["items"] for value in each.values() if isinstance(value, int)]


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"present": "  "}, "present"),
        ({"made_on": None}, "made_on"),
        ({"made_on": date(2026, 11, 3)}, "made_on"),
        ({"seen": 0}, ""),
    ],
)
def test_a_snapshot_is_made_together_and_of_what_was_seen(cast, said, wrong):
    answer(cast.kaisa)
    with pytest.raises(InvalidInput) as refused:
        save(cast.kaisa, **said)
    assert set(refused.value.errors) == {wrong}


def test_what_changed_in_the_meantime_is_not_saved_unseen(cast):
    answer(cast.kaisa)
    seen = working_state(cast.kaisa)
    answer(cast.hilla, version=1, level="yes")
    with pytest.raises(InvalidInput):
        save(cast.kaisa, seen=seen)


def test_nothing_said_is_not_saved(cast):
    with pytest.raises(NotNow):
        save(cast.kaisa)


def test_only_what_is_shared_is_seen_by_coordinators_of_others(cast):
    Membership.objects.create(
        account=cast.account("roope"), unit=cast.unit("receivers"), role="coordinator", started_on=date(2026, 1, 1)
    )
    answer(cast.kaisa)
    first = save(cast.kaisa)
    assert shared_with_region(cast.roope) == []
    assert snapshot(cast.roope, first.id) is None
    share_snapshot(cast.kaisa, snapshot_id=first.id, is_shared=True)
    assert [row.organisation for row in shared_with_region(cast.roope)] == ["Rantasäätiö"]
    assert snapshot(cast.roope, first.id).id == first.id
    assert snapshot(cast.ritva, first.id) is None  # works beside Roope and coordinates nothing
    second = save(later(cast.kaisa, days=1), is_shared=True)
    assert [row.id for row in shared_with_region(cast.roope)] == [second.id]
    share_snapshot(cast.kaisa, snapshot_id=second.id, is_shared=False)
    assert snapshot(cast.roope, second.id) is None


def test_nobody_shares_anothers_snapshot(cast):
    answer(cast.kaisa)
    made = save(cast.kaisa)
    Membership.objects.create(
        account=cast.account("roope"), unit=cast.unit("receivers"), role="coordinator", started_on=date(2026, 1, 1)
    )
    with pytest.raises(NotNow):
        share_snapshot(cast.roope, snapshot_id=made.id, is_shared=True)
