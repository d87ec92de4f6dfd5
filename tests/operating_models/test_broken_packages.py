"""A broken package says in which file, on which line and in which field it is broken, and how to mend it."""

import pytest

from solmu.operating_models.package import PackageRefused, check_package, load_package, try_package
from tests.operating_models.catalogue import CATALOGUE
from tests.operating_models.example import write_package

ENTRY, MODEL, PROCESS, FAMILY = "entry.yaml", "model.yaml", "process.yaml", "families/newcomers.yaml"


def test_the_example_is_whole(tmp_path):
    assert try_package(write_package(tmp_path), CATALOGUE) == []


BROKEN = {
    "a misspelt field": (
        ENTRY,
        ("strength: required", "strenght: required"),
        {
            (6, "criteria[0].strenght", "The field 'strenght' is not known here.", "Did you mean 'strength'?"),
            (3, "criteria[0]", "The field 'strength' is missing.", "Add it."),
        },
    ),
    "a fact that no room provides": (
        ENTRY,
        ("fact: family.latest_arrival", "fact: family.latest_arival"),
        {
            (
                4,
                "criteria[0].fact",
                "The fact 'family.latest_arival' is not in the catalogue of facts.",
                "Did you mean 'family.latest_arrival'?",
            )
        },
    ),
    "a text that is not written": (
        ENTRY,
        ("{worker: title, family: title}\n    source", "{worker: title, family: titel}\n    source"),
        {(7, "criteria[0].says.family", "The text 'titel' is not in texts/fi.yaml.", "Did you mean 'title'?")},
    ),
    "a source that is not listed": (
        ENTRY,
        ("source: AB1", "source: AB2"),
        {(8, "criteria[0].source", "The source 'AB2' is not in model.yaml.", "Add it under sources")},
    ),
    "a setting that does not exist": (
        ENTRY,
        ("setting: months", "setting: weeks"),
        {(5, "criteria[0].at_least_ago.months.setting", "The setting 'weeks' is not in model.yaml.", "Add it")},
    ),
    "a comparison that does not suit the fact": (
        ENTRY,
        ("at_least_ago: {months: {setting: months}}", "at_least: 4"),
        {(5, "criteria[0].at_least", "at_least does not suit family.latest_arrival", "Use one of: is, between")},
    ),
    "two comparisons": (
        ENTRY,
        ("    strength", "    before: 2026-01-01\n    strength"),
        {(3, "criteria[0]", "A fact needs exactly one comparison.", "Keep one of:")},
    ),
    "an impossible answer": (
        ENTRY,
        (
            "fact: family.latest_arrival\n    at_least_ago: {months: {setting: months}}",
            "fact: test.colour\n    is: pink",
        ),
        {(5, "criteria[0].is", "'pink' cannot be an answer to test.colour.", "(red, green, blue)")},
    ),
    "a member's fact in a model about the family": (
        ENTRY,
        (
            "fact: family.latest_arrival\n    at_least_ago: {months: {setting: months}}",
            "fact: person.lives_in_area\n    is: true",
        ),
        {(4, "criteria[0].fact", "person.lives_in_area is a member's fact", "set about: person")},
    ),
    "a fact that nobody is told how to ask": (
        ENTRY,
        ("questions:\n  family.latest_arrival", "questions:\n  family.has_children"),
        {(4, "criteria[0].fact", "Nobody is told how to ask for family.latest_arrival.", "under questions")},
    ),
    "both any and all": (
        ENTRY,
        ("    strength", "    any: [{fact: family.has_children, is: true}]\n    strength"),
        {(3, "criteria[0]", "Exactly one of several fields must stand here.", "fact, any, all, not")},
    ),
    "a day that does not exist": (
        FAMILY,
        ("today: 2026-03-02", "today: 2026-02-30"),
        {(3, "today", "'2026-02-30' is not a day of the calendar.", "Write it as 2026-03-31.")},
    ),
    "a criterion without expectation": (
        FAMILY,
        ("{settled: not_met}", "{setled: not_met}"),
        {
            (9, "expect.criteria.settled", "The criterion 'settled' has no expectation.", "Name each criterion"),
            (9, "expect.criteria.setled", "The criterion 'setled' does not exist.", "Name each criterion"),
        },
    ),
    "an answer of the wrong type": (
        FAMILY,
        ("2026-01-31}", "true}"),
        {(4, "facts.family.latest_arrival", "true cannot be an answer", "Write a day as 2026-03-31")},
    ),
    "a folder with another name": (
        MODEL,
        ('version: "1"', 'version: "2"'),
        {(3, "version", "'2' is not the folder's name '1'.", "the same name")},
    ),
    "a version without quotation marks": (
        MODEL,
        ('version: "1"', "version: 1"),
        {(3, "version", "1 has the wrong shape.", "Write text.")},
    ),
    "a default for what was not found": (
        MODEL,
        ("mark: F}", "mark: N}"),
        {(14, "settings[0].default", "What was not found (N) cannot have a default.", "Leave it null")},
    ),
    "a default of the wrong type": (
        MODEL,
        ("default: 4", "default: four"),
        {(14, "settings[0].default", "'four' cannot be the value of months.", "Write a whole number")},
    ),
    "a found fact without a source": (
        MODEL,
        (", source: AB1, mark: F", ", mark: F"),
        {(14, "settings[0]", "A found fact (F) names no source.", "Name the source")},
    ),
    "an unknown choice": (
        PROCESS,
        ("kind: meeting", "kind: meting"),
        {(7, "phases[0].steps[0].kind", "'meting' is not one of the choices.", "Did you mean 'meeting'?")},
    ),
    "a role that does not exist": (
        PROCESS,
        ("who: [lead]", "who: [led]"),
        {(7, "phases[0].steps[0].who[0]", "The role 'led' does not exist.", "use one of: lead")},
    ),
    "an id used twice": (
        PROCESS,
        ("phases:", "  - {id: lead, name: title, kind: client, min: 1, max: 1}\nphases:"),
        {(3, "roles[1].id", "The id 'lead' is used twice.", "Rename one of them.")},
    ),
    "a guide page that is not there": (
        PROCESS,
        ("kind: meeting}", "kind: meeting, guide: walking}"),
        {(7, "phases[0].steps[0].guide", "The guide page in guide/fi 'walking' does not exist.", "Add it")},
    ),
    "an address that leaves the package": (
        PROCESS,
        ("kind: meeting}", "kind: meeting, guide: ../../../etc/passwd}"),
        {(7, "phases[0].steps[0].guide", "This does not pass", "small letters, digits and single hyphens")},
    ),
    "a key written twice": (
        ENTRY,
        ("    strength: required", "    strength: required\n    strength: recommended"),
        {(7, "criteria[0].strength", "The key 'strength' stands here twice.", "Keep one of the two.")},
    ),
    "crooked YAML": (
        ENTRY,
        ("questions:", "questions: ]"),
        {(10, "", "This is not valid YAML", "Look at the indentation")},
    ),
    "a text only in another language": (
        "texts/sv.yaml",
        "title: Kvällspromenader\nextra: Något mer\n",
        {(2, "extra", "This text is not in Finnish.", "Write it in texts/fi.yaml too")},
    ),
    "an unknown language": (
        "texts/xx.yaml",
        "title: Walks\n",
        {(1, "", "The language 'xx' is not known.", "Use fi, sv, en.")},
    ),
}


@pytest.mark.parametrize(("file", "change", "expected"), BROKEN.values(), ids=BROKEN)
def test_broken_package_says_where_and_how_to_mend(tmp_path, file, change, expected):
    found = check_package(write_package(tmp_path, **{file: change}), CATALOGUE)
    for line, field, what, mend in expected:
        fitting = [each for each in found if (each.file, each.line, each.field) == (file, line, field)]
        assert any(each.what.startswith(what.rstrip(".")) and mend in each.mend for each in fitting), [*map(str, found)]
    assert len(found) == len(expected), [*map(str, found)]


def test_a_missing_file_is_named(tmp_path):
    (problem,) = check_package(write_package(tmp_path, **{"measures.yaml": None}), CATALOGUE)
    assert str(problem) == "measures.yaml: The file is missing. Every package needs it: add it."


def test_a_broken_package_cannot_be_loaded(tmp_path):
    with pytest.raises(PackageRefused) as refused:
        load_package(write_package(tmp_path, **{ENTRY: ("strength: required", "strength: must")}), CATALOGUE)
    assert "entry.yaml:6: criteria[0].strength: 'must' is not one of the choices." in str(refused.value)


def test_a_wrong_expectation_is_a_problem(tmp_path):
    (problem,) = try_package(write_package(tmp_path, **{FAMILY: ("until: 2026-05-31", "until: 2026-06-01")}), CATALOGUE)
    assert (problem.field, problem.what) == ("expect.until", "Expected '2026-06-01', got '2026-05-31'.")
