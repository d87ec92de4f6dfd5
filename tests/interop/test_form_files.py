"""Files with forms are untrusted: what harms is refused, what differs is told, and nothing has been changed."""

import io
import json
import zipfile
from time import perf_counter

import pytest
from django.utils import translation
from openpyxl import Workbook

from solmu.instruments.questionnaire import limits, read_form
from solmu.instruments.questionnaire.values import content
from solmu.instruments.wording import NotAForm
from solmu.interop.forms import read_form_file
from tests.instruments.forms import choices, document, item, named
from tests.marked import marked, untranslated


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def sheet(survey: list[list], choices_: list[list] = (), settings: list[list] = ()) -> bytes:
    """An XLSForm with these rows."""
    book = Workbook()
    book.active.title = "survey"
    for name, rows in (("survey", survey), ("choices", choices_), ("settings", settings)):
        page = book[name] if name in book.sheetnames else book.create_sheet(name)
        for row in rows:
            page.append(row)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def fhir(raw: dict) -> bytes:
    return json.dumps(raw).encode()


def refusal(raw: bytes) -> str:
    with pytest.raises(NotAForm) as refused:
        read_form_file(raw)
    assert str(refused.value)
    return refused.value.code


def said(raw: bytes) -> set[tuple[str, str, str]]:
    lines = read_form_file(raw).taken.report
    return {(line.place, line.outcome.value, line.code) for line in lines if line.code != "taken"}


def items(raw: bytes) -> list[dict]:
    return read_form_file(raw).taken.document["item"]


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "kind"),
        (b"<Questionnaire/>", "kind"),
        (b"{", "broken"),
        (b"[]", "not_a_form"),
        (b'{"resourceType": "Questionnaire", "item": NaN}', "broken"),
        (b'{"a":' * 100_000, "too_deep"),
        (b'{"resourceType": "Bundle"}', "not_a_form"),
        (b"\xd0\xcf\x11\xe0 old excel", "too_new"),
        (b"PK\x03\x04 no zip", "damaged"),
        (b" " * (limits.BYTES + 1), "size"),
        (b'{"resourceType": "Questionnaire", "item": ' + b"[" * 70 + b"]" * 70 + b"}", "too_deep"),
        (b'{"resourceType": "Questionnaire", "title": "\\ud800"}', "broken"),
        (b'{"resourceType": "Questionnaire", "contact": 1e999}', "broken"),
        (fhir(document({**item("a"), "type": ["string"]})), "shape"),
        (fhir(document({**item("a"), "type": {}, "answerConstraint": ["optionsOnly"]})), "shape"),
    ],
)
def test_what_is_no_form_is_refused(raw, code):
    assert refusal(raw) == code


def test_a_form_of_stu3_is_refused_by_its_name():
    old = document({**item("a", "choice"), "option": [{"valueCoding": {"code": "x"}}]})
    with pytest.raises(NotAForm, match="STU3"):
        read_form_file(fhir(old))


def test_a_form_of_r5_is_read_as_r4_and_told():
    newer = document(
        {**item("a", "coding"), "answerOption": choices("x"), "answerConstraint": "optionsOrString"},
        {**item("b", "string"), "answerOption": [{"valueString": "x"}], "answerConstraint": "optionsOnly"},
        {**item("c", "question")},
        versionAlgorithmString="semver",
    )
    assert [each["type"] for each in items(fhir(newer))] == ["open-choice", "choice", "string"]
    assert {("", "changed", "version"), ("a", "changed", "r5_type"), ("c", "changed", "r5_type")} <= said(fhir(newer))


# Sheets

HEAD = ["type", "name", "label", "relevant", "constraint", "required"]


def test_conditions_of_a_sheet_are_said_as_far_as_they_can_be():
    rows = [
        HEAD,
        ["select_one yn", "a", "A"],
        ["select_multiple yn", "m", "M"],
        ["integer", "n", "N"],
        ["text", "t", "T"],
        ["text", "q1", "Q", "${a} = 'yes'"],
        ["text", "q2", "Q", "not(selected(${m}, 'no'))"],
        ["text", "q3", "Q", "${n} >= 18 and ${n} < 30"],
        ["text", "q4", "Q", "${a} = 'yes' or ${t} != ''"],
        ["text", "q5", "Q", "18 <= ${n}"],
        ["text", "q6", "Q", "string-length(${t}) > 0"],
        ["text", "q7", "Q", "${a} = 'yes' and (${n} > 3 or ${n} < 1)"],
        ["text", "q8", "Q", "${n} + 1 > 3"],
        ["text", "q9", "Q", "not(${n} > 3)"],
        ["text", "q10", "Q", "count(${m}) > 1"],
    ]
    raw = sheet(rows, [["list_name", "name", "label"], ["yn", "yes", "Yes"], ["yn", "no", "No"]])
    found = {each["linkId"]: (each.get("enableWhen"), each.get("enableBehavior")) for each in items(raw)}
    assert found["q1"] == ([{"question": "a", "operator": "=", "answerCoding": {"code": "yes"}}], None)
    assert found["q2"][0] == [{"question": "m", "operator": "!=", "answerCoding": {"code": "no"}}]
    assert [(each["operator"], each["answerInteger"]) for each in found["q3"][0]] == [(">=", 18), ("<", 30)]
    assert found["q3"][1] == "all" and found["q4"][1] == "any"
    assert found["q4"][0][1] == {"question": "t", "operator": "exists", "answerBoolean": True}
    assert found["q5"][0] == [{"question": "n", "operator": ">=", "answerInteger": 18}]
    assert found["q6"][0][0]["operator"] == "exists"
    assert found["q7"][0] == [{"question": "a", "operator": "=", "answerCoding": {"code": "yes"}}]
    assert all(found[each][0] is None for each in ("q8", "q9", "q10"))
    told = {place for place, outcome, code in said(raw) if code == "condition_words" and outcome == "changed"}
    assert told == {"q7", "q8", "q9", "q10"}


def test_rules_for_an_answer_are_said_as_far_as_they_can_be():
    rows = [
        HEAD,
        ["integer", "a", "A", None, ". > 0 and . <= 120", "yes"],
        ["decimal", "b", "B", None, ". >= 0.5"],
        ["text", "c", "C", None, "string-length(.) <= 10 and regex(., '[a-z]+')"],
        ["decimal", "d", "D", None, ". > 0"],
        ["date", "e", "E", None, ". <= today()"],
    ]
    raw = sheet(rows)
    read = read_form(read_form_file(raw).taken.document, "")
    bounds = {each.link_id: each.bounds for each in read.items}
    assert (bounds["a"].least, bounds["a"].most) == ({"valueInteger": 1}, {"valueInteger": 120})
    assert bounds["b"].least == {"valueDecimal": 0.5} and bounds["c"].longest == 10
    assert read.items[0].required
    assert {
        ("c", "changed", "constraint_part"),
        ("d", "changed", "constraint"),
        ("e", "changed", "constraint"),
    } <= said(raw)


@pytest.mark.parametrize(
    "formula", ["${n} = number(3)", "3 sign ${n}", "${n} > number", "${n} = 'inf'", "${n} > date(n)"]
)
def test_a_formula_that_is_not_understood_is_left_as_words(formula):
    raw = sheet([HEAD, ["integer", "n", "N"], ["text", "q", "Q", formula]])
    assert "enableWhen" not in items(raw)[1]
    assert ("q", "changed", "condition_words") in said(raw)


def test_a_name_that_a_sheet_gives_twice_names_nothing():
    rows = [HEAD, ["begin_group", "one", "One"], ["text", "n", "N"], ["end_group"]]
    rows += [["begin_group", "two", "Two"], ["text", "n", "N"], ["end_group"], ["text", "q", "Q", "${n} = 'x'"]]
    assert refusal(sheet(rows)) == "sheet"


@pytest.mark.parametrize(
    ("kind", "formula", "least", "most"),
    [
        ("integer", ". > -2.5 and . < 2.5", -2, 2),
        ("integer", ". > -2 and . < 2", -1, 1),
        ("integer", ". >= 1000000000 and . <= 9999999999", 1_000_000_000, None),  # a phone number, say
        ("decimal", f". >= 0 and . < {'9' * 400}", 0, None),
        ("text", "string-length(.) < 'inf'", None, None),
    ],
)
def test_a_bound_is_what_the_sheet_says_or_is_not_checked(kind, formula, least, most):
    read = read_form(read_form_file(sheet([HEAD, [kind, "a", "A", None, formula]])).taken.document, "")
    bounds = read.items[0].bounds
    assert [content(each) if each else None for each in (bounds.least, bounds.most)] == [least, most]


@pytest.mark.parametrize(("kind", "default"), [("date", "31.12.2026"), ("integer", "99999999999"), ("decimal", "inf")])
def test_a_value_to_begin_with_that_does_not_suit_is_left_out(kind, default):
    raw = sheet([[*HEAD, "default"], [kind, "a", "A", None, None, None, default]])
    assert ("a", "left_out", "initial") in said(raw)


def test_groups_repeats_hints_and_languages_of_a_sheet():
    rows = [
        ["type", "name", "label::English (en)", "label::suomi (fi)", "hint::English (en)", "calculation"],
        ["begin_group", "home", "Home", "Koti", None],
        ["begin_repeat", "child", "A child", "Lapsi", None],
        ["text", "called", "What is ${called} called?", "Nimi?", "As the child says it"],
        ["end_repeat"],
        ["end_group"],
        ["select_one c or_other", "colour", "Colour", "Väri", None],
        ["calculate", "sum", None, None, None, "1 + 1"],
        ["geopoint", "where", "Where?", "Missä?", None],
    ]
    listed = [["list_name", "name", "label::English (en)", "label::suomi (fi)"], ["c", "red", "Red", "Punainen"]]
    raw = sheet(rows, listed, [["form_title", "default_language"], ["Colours", "English (en)"]])
    taken = read_form_file(raw).taken
    finnish = read_form(taken.document, "fi")
    assert taken.document["language"] == "en" and set(finnish.languages) == {"en", "fi"}
    assert [each.text for each in finnish.items if each.type != "display"] == ["Koti", "Lapsi", "Nimi?", "Väri"]
    assert named(finnish, "child").repeats_group
    assert named(read_form(taken.document, "en"), "called").hints == ("As the child says it",)
    assert [option.label for option in named(finnish, "colour").options] == ["Punainen"]
    assert {
        ("colour", "changed", "or_other"),
        ("sum", "left_out", "calculated"),
        ("where", "left_out", "type"),
        ("called", "changed", "mentions"),
    } <= said(raw)


@pytest.mark.parametrize("rows", [[["type", "name"], ["begin_group", "a"]], [["x"]], [], [HEAD, ["text", None, "A"]]])
def test_a_sheet_with_a_fault_is_refused_in_words(rows):
    assert refusal(sheet(rows)).startswith("sheet_")


CHOICES = ["list_name", "name", "label"]
SHEETS = {
    "no type": ([HEAD, ["", "a", "A"]], (), "survey:2: A question has no type."),
    "no name": ([HEAD, ["text", "", "A"]], (), "survey:2: A question or a group has no name."),
    "a name with a blank": ([HEAD, ["text", "1 a", "A"]], (), "survey:2: A name may hold letters, digits"),
    "a name twice": ([HEAD, ["text", "a"], ["text", "a"]], (), "survey:3: The name a stands twice"),
    "no list": ([HEAD, ["select_one b", "a"]], [CHOICES, ["c", "x", "X"]], "survey:2: The sheet “choices” has no"),
    "no answers": ([HEAD, ["select_one b", "a"]], (), "The file lacks the sheet “choices”"),
    "an answer without a name": ([HEAD, ["select_one b", "a"]], [CHOICES, ["b", "", "X"]], "choices:2: An answer"),
    "an answer twice": ([HEAD, ["select_one b", "a"]], [CHOICES, *[["b", "x", "X"]] * 2], "choices:3: Two answers"),
    "a space": ([HEAD, ["select_multiple b", "a"]], [CHOICES, ["b", "x y", "X"]], "The name of an answer has a space"),
    "an unknown name": ([HEAD, ["text", "a", "A", "${b} = 1"]], (), "survey:2: A formula asks about b,"),
    "a crooked name": ([HEAD, ["text", "a", "A", "${b = 1"]], (), "survey:2: A formula names a question in a wrong"),
    "no end": ([HEAD, ["begin_group", "a"], ["text", "b"]], (), "survey:2: What begins here has no end. Write end_gr"),
    "no beginning": ([HEAD, ["text", "b"], ["end_repeat"]], (), "survey:3: What ends here has not begun."),
    "no formula": ([HEAD, ["calculate", "a"]], (), "survey:2: What is calculated has no formula."),
    "no column": ([["x"], ["text"]], (), "survey: The sheet lacks a column ('type')."),
    "nothing": ([], (), "The sheet “survey” is empty"),
    "another fault": (
        [[*HEAD, "parameters"], ["range", "a", *[None] * (len(HEAD) - 2), "start=x"]],
        (),
        "The sheet has a fault: [row : 2]",
    ),
}


@pytest.mark.parametrize(("rows", "listed", "told"), SHEETS.values(), ids=SHEETS)
def test_a_fault_of_a_sheet_is_told_with_its_place_in_the_readers_language(monkeypatch, rows, listed, told):
    raw = sheet(rows, listed)
    with pytest.raises(NotAForm) as in_english:
        read_form_file(raw)
    assert str(in_english.value).startswith(told)
    with marked(monkeypatch), pytest.raises(NotAForm) as refused:
        read_form_file(raw)
    assert untranslated(str(refused.value)) in {"", f"{refused.value.place}:"}


def test_what_no_person_writes_into_a_sheet_is_left_out_and_told():
    rows = [
        [*HEAD, "default"],
        ["integer", "a", "A", None, None, None, "1e999"],
        ["text", "b", "B", "(" * 150 + "${a} = 1" + ")" * 40],
    ]
    assert [each["linkId"] for each in items(sheet(rows))] == ["a", "b"]
    told = said(sheet(rows))
    assert ("a", "left_out", "initial") in told and ("b", "changed", "condition_words") in told


def with_file(raw: bytes, name: str, text: bytes) -> bytes:
    """The same sheet with one file of its zip in other words."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename != name:
                new.writestr(entry.filename, old.read(entry))
        new.writestr(name, text)
    return held.getvalue()


def test_bombs_and_definitions_in_a_sheet_are_refused():
    whole = sheet([HEAD, ["text", "a", "A"]])
    assert read_form_file(whole).taken.document["item"][0]["linkId"] == "a"
    assert refusal(with_file(whole, "xl/media/big.bin", b"\x00" * 40_000_000)) == "size"
    laughs = b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">]><lolz>&lol;</lolz>'
    assert refusal(with_file(whole, "xl/sharedStrings.xml", laughs)) == "entities"
    wide = laughs.decode().encode("utf-16")
    assert refusal(with_file(whole, "xl/sharedStrings.xml", wide)) == "entities"
    split = b"<!--" + b"x" * (65_536 - 4 - 6) + b"--><!DOCTYPE a>"
    assert refusal(with_file(whole, "xl/styles.xml", split)) == "entities"
    assert refusal(whole[: len(whole) // 2]) == "damaged"
    start = whole.index(b"xl/worksheets/sheet1.xml") + len("xl/worksheets/sheet1.xml")
    assert refusal(whole[:start] + b"\xff" * 40 + whole[start + 40 :]) == "damaged"
    assert refusal(with_file(whole, "xl/worksheets/sheet1.xml", b"<a>")) in {"damaged", "sheet"}


@pytest.mark.parametrize(
    ("name", "end", "more", "code"),
    [
        ("xl/styles.xml", b"</fonts>", b'<font><name val="x"/></font>' * 90_000, "size"),
        ("xl/worksheets/sheet1.xml", b"</sheetData>", b"<row/>" * 800_000, "size"),
        ("xl/workbook.xml", b"</sheets>", b'<sheet name="Survey" sheetId="9" r:id="rId1"/>' * 400, "damaged"),
    ],
    ids=["looks", "rows", "the same sheet many times"],
)
def test_a_small_sheet_that_takes_long_to_read_is_refused(name, end, more, code):
    whole = sheet([HEAD, ["text", "a", "A"]])
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        text = archive.read(name)
    assert end in text
    started = perf_counter()
    assert refusal(with_file(whole, name, text.replace(end, more + end))) == code
    assert perf_counter() - started < 2


def test_a_sheet_of_too_many_columns_or_groups_is_refused():
    wide = [[*HEAD, *(f"label::x{number}" for number in range(600))], ["text", "a", "A"]]
    assert refusal(sheet(wide)) == "too_many_columns"
    deep = [["begin_group", f"g{number}", "G"] for number in range(700)]
    assert refusal(sheet([HEAD, *deep, ["text", "a", "A"], *([["end_group"]] * 700)])) == "too_deep"


def test_openpyxl_reads_xml_through_defusedxml():
    from openpyxl.xml import DEFUSEDXML, LXML

    assert DEFUSEDXML and not LXML
