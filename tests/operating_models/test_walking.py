"""A package that is whole may still not be walkable: each way through its process is gone through, step by step."""

import pytest

from solmu.operating_models.package.checking import read_draft
from solmu.operating_models.package.trying import try_draft
from tests.operating_models.catalogue import CATALOGUE
from tests.operating_models.example import write_package
from tests.operating_models.test_shipped_packages import PACKAGES

ENTRY, MODEL, PROCESS, FAMILY = "entry.yaml", "model.yaml", "process.yaml", "families/newcomers.yaml"
MOOD = (
    '{"resourceType": "Questionnaire", "id": "mood", "status": "active", "title": "Mieli", "copyright": "CC0-1.0", '
    '"item": [{"linkId": "1", "text": "Miten menee?", "type": "text"}]}'
)
NUMBER = "  - {id: months, type: number, default: 4, says: title, source: AB1, mark: F}\n"


def tried(folder, **changes):
    draft = read_draft(write_package(folder, **changes), CATALOGUE)
    assert draft.problems == []
    return list(try_draft(draft))


def faults(folder, **changes):
    return [str(problem) for each in tried(folder, **changes) for problem in each.problems]


def test_the_example_can_be_walked(tmp_path):
    assert [(each.what, each.said, each.problems) for each in tried(tmp_path)] == [
        ("families/newcomers", "not_now", ()),
        ("process", "2 steps, from the first to the last", ()),
    ]


@pytest.mark.parametrize("path", PACKAGES.values(), ids=PACKAGES)
def test_a_shipped_package_can_be_walked(path):
    assert not [str(problem) for each in try_draft(read_draft(path, CATALOGUE)) for problem in each.problems]


FAULTS = {
    "a phase in which nothing happens": (
        {PROCESS: ("permissions:", "  - {id: rest, title: title}\npermissions:")},
        "process.yaml:9: phases[1]: Nothing happens in the phase 'rest'. Give it a step or a series, or leave the "
        "phase out.",
    ),
    "a process without an end": (
        {PROCESS: ("kind: closing", "kind: review")},
        "process.yaml:3: phases: The work never comes to its end. Add a step whose kind is closing.",
    ),
    "another organisation is told without a permission": (
        {PROCESS: ("kind: meeting", "kind: referral")},
        "process.yaml:7: phases[0].steps[0]: The step 'go' tells another organisation, but nobody is asked for "
        "permission. Write permissions.disclosure, or give the step another kind.",
    ),
    "a role taken by more than it can be": (
        {PROCESS: ("min: 1, max: 1", "min: 3, max: 2")},
        "process.yaml:2: roles[0].min: The role 'lead' is taken by at least 3 and at most 2. Make the first no larger "
        "than the second.",
    ),
    "a series that ends before it begins": (
        {PROCESS: ("    steps:", "    series: {min: 9, max: 7}\n    steps:")},
        "process.yaml:6: phases[0].series.min: With the defaults there are at least 9 and at most 7 meetings. Make the "
        "first no larger than the second.",
    ),
    "a series that a family's settings turn round": (
        {
            PROCESS: ("    steps:", "    series: {min: {setting: months}, max: 7}\n    steps:"),
            FAMILY: ("facts: {", "settings: {months: 8}\nfacts: {"),
            ENTRY: ("{setting: months}", "4"),
        },
        "process.yaml:6: phases[0].series.min: With families/newcomers.yaml there are at least 8 and at most 7 "
        "meetings. Make the first no larger than the second.",
    ),
    "a length from a setting that is no number": (
        {
            MODEL: (NUMBER, NUMBER + "  - {id: word, type: text, default: null, says: title, mark: I}\n"),
            PROCESS: ("kind: meeting}", "kind: meeting, clock: {working_days: {setting: word}, from: contact}}"),
        },
        "process.yaml:7: phases[0].steps[0].clock.working_days: The setting word is not a number. Refer to a setting "
        "whose type is number.",
    ),
    "a length from a setting that counts something else": (
        {
            MODEL: ("default: 4,", "default: 4, unit: months,"),
            PROCESS: ("kind: meeting}", "kind: meeting, clock: {working_days: {setting: months}, from: contact}}"),
        },
        "process.yaml:7: phases[0].steps[0].clock.working_days: The setting months counts months, and here "
        "working_days are counted. Count the same in both.",
    ),
    "no reason to say that it went well": (
        {PROCESS: ("ends: carried_through", "ends: moved_on")},
        "process.yaml:11: closing_reasons: No closing reason says that the work was carried through. Add one whose "
        "ends is carried_through.",
    ),
    "a closing reason that cannot be reached": (
        {
            PROCESS: ("outcomes:", "  - {id: never, text: other, ends: not_started}\noutcomes:"),
            "texts/fi.yaml": "title: A\nother: B\n",
        },
        "process.yaml:13: closing_reasons[1]: The closing reason 'never' cannot be reached: nobody is asked before the "
        "work begins. Add a step of one of the kinds permission, proposal, offer, contact, or leave the reason out.",
    ),
    "two closing reasons that read the same": (
        {PROCESS: ("outcomes:", "  - {id: again, text: title, ends: moved_on}\noutcomes:")},
        "process.yaml:13: closing_reasons[1].text: The closing reasons 'done' and 'again' read the same. Word one of "
        "them in another way.",
    ),
    "a theme that is never spoken of": (
        {PROCESS: ("permissions:", "themes: [{id: rain, title: title}]\npermissions:")},
        "process.yaml:9: themes[0]: The theme 'rain' is in no series of meetings. Add it to the themes of a series, or "
        "leave it out.",
    ),
    "a form that nobody fills in": (
        {"forms/mood.json": MOOD},
        "forms/mood.json:1: No step uses this form. Name it under form at a step, or leave it out.",
    ),
    "a guide page that nobody is led to": (
        {"guide/fi/walking.md": "# Kävelystä\n"},
        "guide/fi/walking.md: No step, theme or module leads to this page. Name it under guide at a step, a theme or a "
        "module, or leave it out.",
    ),
    "a guide page that is not in Finnish": (
        {"guide/sv/walking.md": "# Om att gå\n"},
        "guide/sv/walking.md: This page is not in Finnish. Write it in guide/fi too, or leave it out.",
    ),
    "a language that it speaks in part": (
        {"texts/fi.yaml": "title: A\nother: B\n", "texts/sv.yaml": "title: A\n"},
        "texts/sv.yaml: 1 text is missing: other. Translate them; until then Finnish is shown.",
    ),
    "a family that gets another verdict": (
        {FAMILY: ("verdict: not_now", "verdict: fits")},
        "families/newcomers.yaml:6: expect.verdict: Expected 'fits', got 'not_now'. Mend the criterion, or the "
        "expectation.",
    ),
}


@pytest.mark.parametrize(("changes", "said"), FAULTS.values(), ids=FAULTS)
def test_says_what_cannot_be_walked(tmp_path, changes, said):
    assert faults(tmp_path, **changes) == [said]


def test_each_way_in_is_walked_by_itself(tmp_path):
    """The one way has a phase of its own; on the other nothing happens."""
    way = "  - id: {0}\n    title: title\n    criteria:\n      - {{id: {0}-wish, {1}}}\n"
    wish = "fact: family.has_children, is: true, strength: recommended, says: {worker: title, family: title}"
    asked = "  family.has_children: {worker: title, family: title}\n"
    ways = "paths:\n" + way.format("by-phone", wish) + way.format("by-foot", wish)
    found = tried(
        tmp_path,
        **{
            ENTRY: ("questions:\n", f"{ways}questions:\n{asked}"),
            PROCESS: ("    title: title\n    steps", "    title: title\n    path: by-phone\n    steps"),
            FAMILY: (
                "{settled: not_met}",
                "{settled: not_met, by-phone-wish: not_yet_known, by-foot-wish: not_yet_known}",
            ),
        },
    )
    assert [each.what for each in found if each.what.startswith("process")] == [
        "process, by-phone",
        "process, by-foot",
        "process",
    ]
    assert "process.yaml:3: phases: Nothing happens on the way 'by-foot'." in str(found[-1].problems[0])
