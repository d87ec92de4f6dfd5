"""A form that nobody here wrote is taken in, changed where it must be, or refused; the report tells."""

import json
from time import perf_counter

import pytest
from hypothesis import given, strategies as st

from solmu.instruments.questionnaire import FormRefused, languages_of, limits, read_form, take
from solmu.instruments.questionnaire.texts import TRANSLATION, said
from tests.instruments.forms import choices, document, form, group, item, report

_FHIR = "http://hl7.org/fhir/StructureDefinition/"
_SDC = "http://hl7.org/fhir/uv/sdc/StructureDefinition/"


def extension(url: str, **value) -> list[dict]:
    return [{"url": url, **value}]


def expression() -> dict:
    return {"valueExpression": {"language": "text/fhirpath", "expression": "%resource.item.answer.value.sum()"}}


def test_attachments_and_references_are_left_out_with_what_is_inside():
    said = report(item("a"), item("file", "attachment", item=[item("inside")]), item("who", "reference"))
    assert said == {
        ("file", "left_out", "type"),
        ("inside", "left_out", "inside_left_out"),
        ("who", "left_out", "type"),
    }


def test_a_total_is_never_calculated_nor_its_points_kept():
    total = item(
        "total", "integer", extension=extension(f"{_SDC}sdc-questionnaire-calculatedExpression", **expression())
    )
    points = choices("a", "b")
    points[0]["extension"] = extension(f"{_FHIR}ordinalValue", valueDecimal=3)
    points[1]["valueCoding"]["extension"] = extension(f"{_FHIR}itemWeight", valueDecimal=4)
    question = item("q", "choice", answerOption=points)
    assert report(question, total) == {("total", "left_out", "calculated"), ("q", "left_out", "score")}
    kept = json.dumps(take(document(question, total)).document)
    assert "ordinalValue" not in kept and "itemWeight" not in kept and "sum()" not in kept


def test_formulas_patterns_and_formatting_are_not_run():
    said = report(
        item("a", extension=extension(f"{_FHIR}regex", valueString="(a+)+$")),
        item("b", extension=extension(f"{_SDC}sdc-questionnaire-initialExpression", **expression())),
        item("c", extension=extension(f"{_SDC}sdc-questionnaire-enableWhenExpression", **expression())),
        item("d", _text={"extension": extension(f"{_FHIR}rendering-xhtml", valueString="<b onclick=x>")}),
        item("e", _text={"extension": extension(f"{_FHIR}rendering-markdown", valueMarkdown="**x**")}),
    )
    assert said == {
        ("a", "left_out", "pattern"),
        ("b", "left_out", "expression"),
        ("c", "changed", "condition_expression"),
        ("d", "left_out", "formatting"),
        ("e", "left_out", "formatting"),
    }


def test_a_condition_about_what_was_left_out_shows_its_item():
    behind = item("b", when=("file", "exists", "answerBoolean", True))
    assert ("b", "changed", "condition_gone") in report(item("file", "attachment"), behind)
    assert "enableWhen" not in json.dumps(take(document(item("file", "attachment"), behind)).document)
    two = [
        {"question": "a", "operator": "=", "answerBoolean": True},
        {"question": "gone", "operator": "=", "answerBoolean": True},
    ]
    both = take(document(item("a", "boolean"), item("c", enableWhen=two, enableBehavior="all"))).document
    assert [each["question"] for each in both["item"][1]["enableWhen"]] == ["a"]


@pytest.mark.parametrize(
    "items",
    [
        [item("a", "boolean", when=("a", "exists", "answerBoolean", True))],
        [
            item("a", "boolean", when=("b", "exists", "answerBoolean", True)),
            item("b", "boolean", when=("a", "exists", "answerBoolean", True)),
        ],
        [group("g", item("a", "boolean"), when=("a", "=", "answerBoolean", True))],
    ],
    ids=["itself", "each other", "what is inside"],
)
def test_conditions_that_run_in_a_ring_are_refused(items):
    with pytest.raises(FormRefused) as refused:
        take(document(*items))
    assert refused.value.code == "ring"


def test_a_list_of_answers_elsewhere_is_answered_in_own_words():
    away = item("q", "choice", answerValueSet="https://example.org/ValueSet/x")
    assert report(away) == {("q", "changed", "answers_elsewhere")}
    assert take(document(away)).document["item"][0]["type"] == "open-choice"


def test_a_list_that_the_form_carries_is_used_in_the_readers_language():
    carried = {
        "resourceType": "ValueSet",
        "id": "calm",
        "status": "active",
        "compose": {
            "include": [
                {
                    "system": "urn:x",
                    "concept": [{"code": "y", "display": "Yes", "designation": [{"language": "fi", "value": "Kyllä"}]}],
                }
            ]
        },
    }
    read = form(item("q", "choice", answerValueSet="#calm"), contained=[carried], language="fi")
    assert [(option.label, option.value["valueCoding"]["code"]) for option in read.items[0].options] == [("Kyllä", "y")]


def test_texts_answers_and_title_are_read_in_a_language_else_in_the_forms_own():
    def beside(**told) -> dict:
        parts = [
            {
                "url": f"{_FHIR}translation",
                "extension": [{"url": "lang", "valueCode": code}, {"url": "content", "valueString": text}],
            }
            for code, text in told.items()
        ]
        return {"extension": parts}

    option = {"valueCoding": {"code": "c", "display": "Calm", "_display": beside(fi="Rauhallinen")}}
    raw = document(
        item("q", "choice", text="How?", _text=beside(fi="Miten?", sv="Hur?"), answerOption=[option]),
        language="en",
        _title=beside(fi="Testi"),
    )
    kept = take(raw).document
    finnish, arabic = read_form(kept, "fi"), read_form(kept, "ar")
    assert (finnish.title, finnish.items[0].text, finnish.items[0].options[0].label) == (
        "Testi",
        "Miten?",
        "Rauhallinen",
    )
    assert (arabic.title, arabic.items[0].text) == ("Test", "How?")
    assert set(finnish.languages) == {"en", "fi", "sv"}
    assert finnish.items[0].options[0].value == arabic.items[0].options[0].value, "the same answer in every language"


def test_help_stands_with_its_question():
    helping = extension(f"{_FHIR}questionnaire-itemControl", valueCodeableConcept={"coding": [{"code": "help"}]})
    read = form(item("q", item=[item("h", "display", text="Take your time.", extension=helping)]))
    assert read.items[0].hints == ("Take your time.",) and not read.items[0].children


def conditioned(link_id):
    """An item with as many conditions as one may have."""
    asks = {"question": "q", "operator": "=", "answerString": "x"}
    return {**item(link_id), "enableWhen": [asks] * limits.CONDITIONS, "enableBehavior": "any"}


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ({"resourceType": "Patient"}, "not_a_form"),
        ([], "shape"),
        (document(), "asks_nothing"),
        (document(item("d", "display")), "asks_nothing"),
        (document(item("a"), item("a")), "link_id_twice"),
        (document(item("")), "link_id"),
        (document({**item("a"), "text": 5}), "shape"),
        (document({**item("a"), "item": {"linkId": "b"}}), "shape"),
        (document({**item("a"), "required": "yes"}), "shape"),
        (document({**item("a"), "text": "x" * (limits.TEXT + 1)}), "too_long"),
        (document({**item("a"), "text": "nul\x00"}), "shape"),
        (document(*(item(str(n)) for n in range(limits.ITEMS + 1))), "too_many"),
        (document(item("a", "choice", answerOption=choices(*map(str, range(limits.OPTIONS + 1))))), "too_many"),
        (document(*(conditioned(str(n)) for n in range(61))), "too_many"),
        (document(item("a", "integer", initial=[{"valueInteger": True}])), "shape"),
        (document(item("a", "date", initial=[{"valueDate": "yesterday"}])), "shape"),
        (document(item("a", "decimal", initial=[{"valueDecimal": 10**400}])), "shape"),
    ],
)
def test_what_is_no_form_or_too_much_of_one_is_refused(raw, code):
    with pytest.raises(FormRefused) as refused:
        take(raw)
    assert refused.value.code == code


def test_a_list_that_many_questions_share_counts_for_each_of_them():
    concepts = [{"code": f"c{number}"} for number in range(limits.OPTIONS)]
    shared = {"resourceType": "ValueSet", "id": "v", "compose": {"include": [{"concept": concepts}] * 3}}
    units = {"url": "http://hl7.org/fhir/StructureDefinition/questionnaire-unitValueSet", "valueCanonical": "#v"}
    for kind, more in (("choice", {"answerValueSet": "#v"}), ("quantity", {"extension": [units]})):
        asked = [item(f"q{number}", kind, **more) for number in range(7)]
        assert len(take(document(*asked[:6], contained=[shared])).document["item"]) == 6
        with pytest.raises(FormRefused, match="too_many"):
            take(document(*asked, contained=[shared]))


def test_what_is_said_of_a_form_has_an_end():
    unknown = {f"x{number}": 0 for number in range(limits.LINES)}
    with pytest.raises(FormRefused, match="too_many"):
        take(document(item("a")) | unknown)


def test_what_is_said_holds_nothing_that_a_database_does_not_keep():
    assert ("", "left_out", "field") in report(item("a"), **{"x\x00": 1})
    assert not [line for line in take(document(item("a")) | {"x\x00": 1}).report if "\x00" in line.about]


def test_nesting_has_an_end():
    deep = item("deep")
    for level in range(limits.DEPTH):
        deep = group(f"g{level}", deep)
    with pytest.raises(FormRefused, match="too_deep"):
        take(document(deep))
    for level in range(5000):
        deep = {"linkId": f"x{level}", "type": "attachment", "item": [deep]}
    with pytest.raises(FormRefused, match="too_deep"):
        take(document(item("a"), deep))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.floats(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
FIELDS = [
    "linkId",
    "type",
    "text",
    "_text",
    "enableWhen",
    "answerOption",
    "answerValueSet",
    "initial",
    "item",
    "extension",
]
FIELDS += ["required", "repeats", "maxLength", "code", "prefix", "enableBehavior", "definition"]


@given(st.dictionaries(st.sampled_from(FIELDS), JSON), st.dictionaries(st.sampled_from(["contained", "title"]), JSON))
def test_any_json_is_taken_or_refused_and_never_breaks(fields, of_form):
    raw = document(item("first"), {**item("second", "choice"), **fields}) | of_form
    try:
        taken = take(raw)
    except FormRefused:
        return
    assert take(taken.document).document == taken.document
    read_form(taken.document, "fi")


def test_whatever_stands_beside_a_text_it_is_read_and_a_long_form_at_once():
    for beside in (1, [1], {"extension": 1}, {"extension": [1, {"url": TRANSLATION, "extension": [1, {"url": [1]}]}]}):
        assert said({"title": "Test", "_title": beside}, "title", "fi") == "Test"
    started = perf_counter()
    taken = take(document(item("a"), jurisdiction=[1] * 300_000))
    assert languages_of(taken.document) == ()
    assert perf_counter() - started < 3
