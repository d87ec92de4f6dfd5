"""What a snapshot keeps, how two lie side by side, and what a next step needs."""

import pytest

from solmu.learning.rules.commitment import frozen, side_by_side, step_lacks

PARTS = [
    {"id": "conditions", "title": {"fi": "Ehdot"}, "items": [{"id": "agenda", "title": {"fi": "Agenda"}, "ask": {}}]},
    {"id": "joining", "title": {"fi": "Askeleet"}, "items": [{"id": "group", "title": {"fi": "Ryhmä"}}]},
]


def snapshot(**levels) -> list[dict]:
    items = [{"id": name, "title": {"fi": name}, "level": level} for name, level in levels.items()]
    return [{"id": "conditions", "title": {"fi": "Ehdot"}, "items": items}]


def test_a_snapshot_keeps_the_words_it_was_made_with():
    kept = frozen(PARTS, {"agenda": {"level": "partly", "evidence": "Sovittu keväällä."}})
    assert kept == [
        {
            "id": "conditions",
            "title": {"fi": "Ehdot"},
            "items": [{"id": "agenda", "title": {"fi": "Agenda"}, "level": "partly", "evidence": "Sovittu keväällä."}],
        }
    ]


def test_what_was_not_talked_about_is_kept_as_such():
    assert frozen(PARTS, {})[0]["items"][0]["level"] == ""


def test_then_and_now_stand_item_by_item():
    ((title, sides),) = side_by_side(snapshot(a="not_yet", b="yes"), snapshot(a="partly", b="yes"))
    assert title == {"fi": "Ehdot"}
    assert [(side.id, side.then["level"], side.now["level"], side.has_moved) for side in sides] == [
        ("a", "not_yet", "partly", True),
        ("b", "yes", "yes", False),
    ]


def test_an_item_that_a_list_did_not_have_stands_on_one_side():
    ((_title, sides),) = side_by_side(snapshot(old="yes"), snapshot(new="yes"))
    assert [(side.id, bool(side.then), bool(side.now), side.has_moved) for side in sides] == [
        ("new", False, True, False),
        ("old", True, False, False),
    ]


def test_a_part_that_is_gone_stands_last():
    before = [*snapshot(a="yes"), {"id": "readiness", "title": {"fi": "Ennen"}, "items": []}]
    assert [title["fi"] for title, _sides in side_by_side(before, snapshot(a="yes"))] == ["Ehdot", "Ennen"]


@pytest.mark.parametrize(
    ("step", "owner", "day", "lacks"),
    [
        (False, False, False, set()),
        (True, True, True, set()),
        (True, False, False, {"owner", "due_on"}),
        (False, True, False, {"next_step", "due_on"}),
        (True, True, False, {"due_on"}),
    ],
)
def test_a_next_step_has_words_an_owner_and_a_day(step, owner, day, lacks):
    assert step_lacks(has_step=step, has_owner=owner, has_day=day) == lacks
