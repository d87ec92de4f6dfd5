"""The differences between two versions, part by part, each thing by its lasting id, in words and as data."""

import json
from copy import deepcopy
from itertools import pairwise

import pytest
from django.utils import translation

from solmu.instruments.questionnaire import Type
from solmu.operating_models.compare import compare
from solmu.operating_models.compare.codes import CODES, ITEMS
from solmu.operating_models.compare.labels import FIELDS
from solmu.operating_models.compare.parts import parts_of
from solmu.operating_models.compare.words import as_data, tell
from solmu.operating_models.facts import Fact, FactType, Scope
from solmu.operating_models.overlay.addresses import look, put, take_out
from solmu.operating_models.package import load_package
from solmu.operating_models.schema import NAMES, read_schema
from tests.operating_models.catalogue import CATALOGUE
from tests.operating_models.example import write_package
from tests.operating_models.test_shipped_packages import PACKAGES

UNNAMED = {"texts", "guide", "families", "law", "permissions"}  # each of these has words or fields of its own
NOT_TOLD = {"family", "overlay"}  # invented families are told by name; an overlay is told by what it changes
STEP = "process.phases.walk.steps.go"


@pytest.fixture
def then(tmp_path):
    texts = {
        "texts/fi.yaml": "title: Iltakävelyt\nend: Lopetetaan\n",
        "texts/sv.yaml": "title: Kvällspromenader\nend: Slut\n",
    }
    return dict(load_package(write_package(tmp_path, **texts), CATALOGUE).document)


@pytest.fixture
def now(then):
    return deepcopy(then)


def changes(then, now):
    return {each.part: {(one.kind.value, one.id) for one in each.changes} for each in compare(then, now)}


def told(then, now, language="fi"):
    with translation.override("en"):
        return {
            each.part: [
                (one.kind_label, one.title, [(row.label, row.then, row.now) for row in one.rows]) for one in each.told
            ]
            for each in tell(then, now, language)
        }


def test_the_same_version_has_no_differences(then, now):
    now["model"]["version"] = "2"
    assert compare(then, now) == ()


def test_things_are_known_by_their_ids_and_not_by_their_places(then, now):
    reasons = now["process"]["closing_reasons"]
    reasons.insert(0, {"id": "rain", "text": "title", "ends": "ended_early"})
    assert changes(then, now) == {"closing_reasons": {("added", "rain")}}
    assert changes(now, then) == {"closing_reasons": {("removed", "rain")}}


def test_a_step_that_moves_to_another_phase_is_one_change(then, now):
    phase = {"id": "rest", "title": "end", "steps": [now["process"]["phases"][0]["steps"].pop()]}
    now["process"]["phases"].append(phase)
    assert changes(then, now) == {"phases": {("added", "rest")}, "steps": {("changed", "end")}}
    assert told(then, now)["steps"] == [("changed", "Iltakävelyt", [("phase", "Iltakävelyt", "Lopetetaan")])]


def test_a_step_in_another_place_of_its_phase_is_moved(then, now):
    now["process"]["phases"][0]["steps"].reverse()
    assert len(changes(then, now)["steps"]) == 1
    assert told(then, now)["steps"][0][0] == "moved to another place"


def test_every_part_has_its_own_place(then, now):
    now["model"]["licence"] = "CC-BY-4.0"
    now["model"]["sources"]["AB2"] = {"title": "Another book", "url": None}
    put(now, "model.settings.months.default", 6)
    put(now, "entry.criteria.settled.strength", "recommended")
    put(now, f"{STEP}.clock", {"working_days": 3, "from": "contact"})
    put(now, "process.phases.walk.series", {"min": 7, "max": {"setting": "months"}})
    now["measures"]["measures"].append({"id": "walks", "title": "title"})
    put(now, "texts.fi.end", "Loppu")
    now["guide"] = {"fi": {"walking": "# Kävely"}}
    now["orientation"]["modules"].append({"id": "idea", "title": "title", "text": "title", "required": True})
    now["form_links"]["mood"] = {
        "id": "mood",
        "title": "title",
        "owner": "Me",
        "licence": None,
        "url": "https://a.example",
    }
    assert changes(then, now) == {
        "identity": {("changed", "model"), ("added", "source AB2")},
        "settings": {("changed", "months")},
        "criteria": {("changed", "settled")},
        "steps": {("changed", "go")},
        "series": {("added", "walk")},
        "forms": {("added", "mood")},
        "guide": {("added", "fi walking")},
        "orientation": {("added", "idea")},
        "measures": {("added", "walks")},
        "texts": {("changed", "fi end")},
    }


def test_differences_are_told_in_words(then, now):
    put(now, "entry.criteria.settled.at_least_ago", {"months": 6})
    put(now, f"{STEP}.clock", {"working_days": None, "from": "contact"})
    put(now, "model.settings.months.default", None)
    put(now, "process.phases.walk.series", {"min": 7, "max": {"setting": "months"}})
    words = told(then, now)
    assert words["settings"] == [
        ("changed", "Iltakävelyt", [("value unless the organisation gives its own", "4", "not said")])
    ]
    assert words["criteria"] == [
        (
            "changed",
            "Iltakävelyt",
            [
                (
                    "condition",
                    "“Iltakävelyt” was at least as set in “Iltakävelyt” (months) ago",
                    "“Iltakävelyt” was at least 6 months ago",
                )
            ],
        )
    ]
    assert words["steps"] == [
        ("changed", "Iltakävelyt", [("working days", "", "not said"), ("counted from", "", "the contact")])
    ]
    rows = [("at least", "", "7"), ("at most", "", "as set in “Iltakävelyt”")]
    assert words["series"] == [("new", "Iltakävelyt", rows)]


def test_a_text_is_told_with_the_thing_that_says_it(then, now):
    put(now, "texts.sv.end", "Färdigt")
    put(now["process"], "closing_reasons", [{**now["process"]["closing_reasons"][0], "text": "end"}])
    assert told(then, now)["texts"] == [("changed", "Swedish: Closing reasons · Lopetetaan", [("", "Slut", "Färdigt")])]


def test_of_a_guide_page_the_paragraphs_that_differ_are_told(then, now):
    then["guide"] = {"fi": {"walking": "# Kävely\n\nHitaasti.\n\nYhdessä.\n"}}
    now["guide"] = {"fi": {"walking": "# Kävely\n\nReippaasti.\n\nYhdessä.\n\nRannassa.\n"}}
    ((_kind, title, rows),) = told(then, now)["guide"]
    assert (title, rows) == ("Finnish: Kävely", [("", "Hitaasti.", "Reippaasti."), ("", "", "Rannassa.")])


def test_what_a_field_leads_to_is_called_by_its_own_name(then, now):
    then["guide"] = now["guide"] = {"fi": {"first": "# Eka sivu\n\nA", "second": "# Toka sivu\n\nB"}}
    put(then, f"{STEP}.guide", "first")
    put(now, f"{STEP}.guide", "second")
    ((_kind, _title, rows),) = told(then, now)["steps"]
    assert rows == [("guide page", "Eka sivu", "Toka sivu")]


def test_two_things_of_one_name_are_told_apart(then, now):
    phase = {"id": "later", "title": "title", "steps": [now["process"]["phases"][0]["steps"].pop()]}
    now["process"]["phases"].append(phase)
    ((_kind, _title, rows),) = told(then, now)["steps"]
    assert rows == [("phase", "Iltakävelyt (walk)", "Iltakävelyt (later)")]


@pytest.mark.parametrize("path", PACKAGES.values(), ids=PACKAGES)
def test_every_field_of_the_shipped_packages_has_a_name(path):
    parts = parts_of(load_package(path, CATALOGUE).document)
    fields = {name for part in parts if part not in UNNAMED for fields in parts[part].values() for name in fields}
    of_the_file = {"resourceType", "extension", "experimental", "language", "status"}
    assert not {name for name in fields - FIELDS.keys() - of_the_file if " " not in name and name[0] != "_"}


def test_the_data_holds_raw_values_and_nothing_for_what_was_not_there(then, now):
    put(now, f"{STEP}.optional", True)
    take_out(now, "process.outcomes.rested")
    now["process"]["outcomes"].append({"id": "dry", "text": "title"})
    data = json.loads(json.dumps(as_data(then, now)))
    assert (data["slug"], data["then"]["version"]) == ("evening-walks", "1")
    assert {each["part"]: each["changes"] for each in data["parts"]} == {
        "steps": [{"kind": "changed", "id": "go", "fields": [{"field": "optional", "now": True}]}],
        "outcomes": [
            {"kind": "added", "id": "dry", "fields": [{"field": "text", "now": "title"}]},
            {"kind": "removed", "id": "rested", "fields": [{"field": "text", "then": "title"}]},
        ],
    }


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_any_two_shipped_packages_can_be_compared(language):
    """Even two that have nothing in common: every value has its words."""
    documents = [load_package(path, CATALOGUE).document for path in PACKAGES.values()]
    for one, other in pairwise(documents):
        for part in tell(one, other, language):
            assert part.label
            for each in part.told:
                assert each.kind_label and each.title
                assert all("{'" not in row.then + row.now for row in each.rows if part.part != "guide")
        json.dumps(as_data(one, other))


def test_what_stands_there_is_found_by_its_address(then):
    assert look(then, "process.phases.walk.steps.go.kind") == "meeting"
    assert look(then, "texts.fi.end") == "Lopetetaan"


def lists_of(schema, field=""):
    """Each closed list of a schema, with the field that holds it."""
    if isinstance(schema, dict):
        if "enum" in schema:
            yield field, schema["enum"]
        for holder in ("properties", "$defs"):
            for name, each in schema.get(holder, {}).items():
                yield from lists_of(each, name)
        for name, each in schema.items():
            if name not in ("properties", "$defs", "enum"):
                yield from lists_of(each, field)
    elif isinstance(schema, list):
        for each in schema:
            yield from lists_of(each, field)


LISTS = [
    (name, field, words)
    for name in NAMES
    if name not in NOT_TOLD
    for field, words in lists_of(read_schema(name))
    if (name, field) != ("questionnaire", "status")
]


@pytest.mark.parametrize(("schema", "field", "words"), LISTS, ids=[f"{name}.{field}" for name, field, _ in LISTS])
def test_every_word_of_the_formats_closed_lists_has_its_label(schema, field, words):
    assert set(words) <= CODES[field].keys()


def test_the_lists_are_found_wherever_they_stand():
    found = {(name, field) for name, field, _words in LISTS}
    assert found > {("common", "mark"), ("process", "never"), ("process", "with"), ("model", "unit")}


def test_every_kind_of_question_has_its_label():
    assert {each.value for each in Type} == ITEMS.keys()


def test_a_raw_word_of_the_format_is_never_shown(then, now):
    put(now, "process.phases.walk.also", [{"with": "parents", "strength": "some", "says": "end"}])
    put(now, "process.phases.walk.series", {"min": 1, "max": 2, "place": "anywhere"})
    put(now, f"{STEP}.kind", "check_back")
    put(now, f"{STEP}.optional", True)
    words = told(then, now)
    assert words["series"][0][2][2:] == [
        ("place", "", "anywhere"),
        ("parents · strength", "", "some of the meetings"),
        ("parents · wording", "", "Lopetetaan"),
    ]
    assert words["steps"][0][2] == [
        ("kind", "meeting", "it is checked that help came"),
        ("may be left out", "", "yes"),
    ]


def test_of_a_list_of_questions_only_what_differs_is_told(then, now):
    check = {"id": "check", "title": "title", "text": "end", "kind": "check", "required": True}
    choices = [{"id": "yes", "text": "title", "right": True}, {"id": "no", "text": "end"}]
    question = {"id": "one", "text": "end", "choices": choices}
    then["orientation"]["modules"].append({**check, "questions": [question]})
    other = [choices[0], {**choices[1], "right": True}]
    now["orientation"]["modules"].append({**check, "questions": [{**question, "choices": other}]})
    rows = told(then, now)["orientation"][0][2]
    assert rows == [("Lopetetaan · Lopetetaan · the right answer", "", "yes")]


def test_a_fact_that_the_package_does_not_word_is_asked_in_the_catalogues_words(then, now):
    fact = Fact("family.has_children", FactType.YES_NO, Scope.FAMILY, "identity", asks="Are there children?")
    put(now, "entry.criteria.settled.fact", fact.name)
    (part,) = tell(then, now, "fi", {fact.name: fact})
    assert "“Are there children?”" in part.told[0].rows[0].now


def translated(words, **others):
    url = "http://hl7.org/fhir/StructureDefinition/translation"
    said = [
        {"url": url, "extension": [{"url": "lang", "valueCode": code}, {"url": "content", "valueString": text}]}
        for code, text in others.items()
    ]
    return {"text": words, "_text": {"extension": said}}


def test_a_question_of_a_form_is_told_on_one_line_and_its_translation_when_only_that_differs(then, now):
    answers = [{"valueCoding": {"code": "a", "display": "Kotona"}}, {"valueString": "Muualla"}]
    item = {"linkId": "1", "type": "choice", "answerOption": answers, **translated("Missä?", sv="Var?")}
    form = {"resourceType": "Questionnaire", "id": "mood", "title": "Mieli", "item": [item]}
    then["questionnaires"] = {"mood": form}
    now["questionnaires"] = {"mood": {**form, "item": [{**item, **translated("Missä nyt?", sv="Var?")}]}}
    line = "(one of a list; Kotona, Muualla)"
    assert told(then, now)["forms"][0][2] == [("question", f"Missä? {line}", f"Missä nyt? {line}")]
    now["questionnaires"] = {"mood": {**form, "item": [{**item, **translated("Missä?", sv="Var nu?")}]}}
    assert told(then, now)["forms"][0][2] == [("question", f"Var? {line}", f"Var nu? {line}")]


def test_days_and_people_are_named_as_the_reader_names_them(then, now):
    law = {"id": "plan", "says": {"worker": "title", "family": "end"}, "force": "may", "of": ["guide"]}
    now["process"]["law"] = [{**law, "act": "1/2025", "section": None, "from": "2025-01-31", "until": None}]
    rows = {label: said for label, _then, said in told(then, now)["law"][0][2]}
    assert (rows["holds from"], rows["holds until"]) == ("31 Jan 2025", "not said")
    assert rows["force"] == "allowed, not a duty"


def test_the_readers_own_language_stands_first(then, now):
    now["guide"] = {"en": {"walking": "# Walk"}, "fi": {"walking": "# Kävely"}}
    assert [title for _kind, title, _rows in told(then, now, "fi")["guide"]] == ["Finnish: Kävely", "English: Walk"]
    assert [title for _kind, title, _rows in told(then, now, "en")["guide"]] == ["English: Walk", "Finnish: Kävely"]


def test_a_page_of_the_guide_is_marked_as_such(then, now):
    now["guide"] = {"fi": {"walking": "# Kävely\n\n- Hitaasti."}}
    ((row,),) = [one.rows for part in tell(then, now, "fi") for one in part.told]
    assert (row.then, row.now, row.is_page) == ("", "# Kävely\n\n- Hitaasti.", True)
