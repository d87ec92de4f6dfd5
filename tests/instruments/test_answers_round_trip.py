"""Answers go to fields and back, and to FHIR and back, and stay what they are; hidden ones are not kept."""

from hypothesis import given, strategies as st

from solmu.instruments.questionnaire import Form, Item, Type, limits
from solmu.instruments.rules.answers import Answers, begin, places, room
from solmu.instruments.rules.checking import faults, lacking
from solmu.instruments.rules.enabling import asked
from solmu.instruments.rules.response import from_items, to_items
from solmu.instruments.rules.typed import from_typed, name_of, number_in, repeated, to_typed
from tests.instruments.forms import ZONE, choices, form, group, item, named

WIDE = form(
    item("yes", "boolean", required=True),
    item("number", "integer"),
    item("amount", "decimal"),
    item("day", "date"),
    item("moment", "dateTime"),
    item("clock", "time"),
    item("words", "text", repeats=True),
    item("place", "url"),
    item("one", "choice", answerOption=choices("a", "b", "c"), item=[item("why", "string")]),
    item("many", "open-choice", answerOption=choices("x", "y"), repeats=True),
    item("much", "quantity"),
    group(
        "person",
        item("name"),
        group("tie", item("to"), item("how", "choice", answerOption=choices("near", "far")), repeats=True),
        repeats=True,
        when=("yes", "=", "answerBoolean", True),
    ),
)
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Z")), min_size=1, max_size=20)
VALUES = {
    Type.BOOLEAN: st.booleans().map(lambda held: {"valueBoolean": held}),
    Type.INTEGER: st.integers(-(2**31) + 1, 2**31 - 1).map(lambda held: {"valueInteger": held}),
    Type.DECIMAL: st.decimals(-(10**9), 10**9, places=3).map(lambda held: {"valueDecimal": float(held)}),
    Type.DATE: st.dates().map(lambda held: {"valueDate": held.isoformat()}),
    Type.DATE_TIME: st.datetimes().map(lambda held: {"valueDateTime": held.isoformat() + "+02:00"}),
    Type.TIME: st.times().map(lambda held: {"valueTime": held.replace(microsecond=0).isoformat()}),
    Type.STRING: TEXT.map(lambda held: {"valueString": held}),
    Type.TEXT: TEXT.map(lambda held: {"valueString": held}),
    Type.URL: st.just({"valueUri": "https://example.org/a?b=c"}),
    Type.QUANTITY: st.integers(0, 999).map(lambda held: {"valueQuantity": {"value": held, "unit": "h"}}),
}


def values(item: Item) -> st.SearchStrategy:
    """One or several answers to an item."""
    if item.options:
        each = st.sampled_from([option.value for option in item.options])
        own = TEXT.map(lambda held: {"valueString": held})
        several = st.lists(each, unique_by=str, min_size=1, max_size=2).map(tuple)
        if item.type is Type.OPEN_CHOICE:
            return st.tuples(several, st.lists(own, max_size=1)).map(lambda both: (*both[0], *both[1]))
        return several if item.repeats else each.map(lambda held: (held,))
    each = VALUES[item.type]
    return st.lists(each, min_size=1, max_size=3).map(tuple) if item.repeats else each.map(lambda held: (held,))


@st.composite
def answered(draw, read: Form = WIDE) -> Answers:
    """Answers in which no occurrence of a group is left empty."""
    people = draw(st.integers(1, 3))
    person, tie = named(read, "person"), named(read, "tie")
    times = {(person.number, ()): people}
    times |= {(tie.number, (n,)): draw(st.integers(1, 2)) for n in range(people)}
    found = {}
    for each, path in places(read, Answers({}, times)):
        always = each.link_id in {"name", "to"}
        if each.asks and (always or draw(st.booleans())):
            found[each.number, path] = draw(values(each))
    return Answers(found, times)


@given(answered())
def test_through_fhir_and_back(answers):
    back = from_items(WIDE, to_items(WIDE, answers))
    assert back.values == answers.values
    assert back.times == answers.times


@given(answered())
def test_through_the_fields_and_back(answers):
    typed = from_typed(WIDE, to_typed(WIDE, answers, ZONE), ZONE, answers)
    assert not typed.faults
    assert typed.answers.values == answers.values


@given(answered())
def test_a_finished_form_holds_only_what_is_asked(answers):
    kept = from_items(WIDE, to_items(WIDE, answers, asked(WIDE, answers)))
    said_yes = answers.values.get((0, ())) == ({"valueBoolean": True},)
    person = named(WIDE, "person").number
    assert said_yes or not any(number >= person for number, _path in kept.values)
    assert {place: held for place, held in answers.values.items() if place in asked(WIDE, answers)} == kept.values


@given(answered())
def test_what_is_required_and_asked_is_lacking_exactly_when_it_has_no_answer(answers):
    needed = lacking(WIDE, answers, asked(WIDE, answers))
    assert set(needed) == ({(0, ())} if (0, ()) not in answers.values else set())


def test_what_nobody_may_write_stays_as_it_was_whatever_is_sent():
    read = form(
        item("told", readOnly=True, initial=[{"valueString": "from the form"}]),
        item("inner", extension=[{"url": HIDDEN, "valueBoolean": True}], initial=[{"valueString": "hidden"}]),
    )
    typed = from_typed(read, {"f0": ["mine"], "f1": ["mine"]}, ZONE, begin(read))
    assert typed.answers.values == begin(read).values


HIDDEN = "http://hl7.org/fhir/StructureDefinition/questionnaire-hidden"
_FHIR = "http://hl7.org/fhir/StructureDefinition/"


def test_a_required_item_that_is_not_asked_is_not_lacking():
    read = form(item("a", "boolean"), item("b", required=True, when=("a", "=", "answerBoolean", True)))
    assert not lacking(read, Answers(), asked(read, Answers()))
    said_yes = Answers({(0, ()): ({"valueBoolean": True},)})
    assert set(lacking(read, said_yes, asked(read, said_yes))) == {(1, ())}


def test_a_required_group_needs_one_answer_inside():
    read = form(group("g", item("a"), item("b"), required=True))
    assert set(lacking(read, Answers(), asked(read, Answers()))) == {(0, ())}
    one = Answers({(2, ()): ({"valueString": "x"},)})
    assert not lacking(read, one, asked(read, one))


def test_bounds_are_told_by_what_they_are():
    read = form(
        item("n", "integer", extension=[bound("minValue", valueInteger=1), bound("maxValue", valueInteger=5)]),
        item("d", "decimal", extension=[bound("maxDecimalPlaces", valueInteger=1)]),
        item("s", maxLength=3, extension=[bound("minLength", valueInteger=2)]),
        item("t", "date", extension=[bound("minValue", valueDate="2026-01-01")]),
    )
    typed = from_typed(read, {"f0": ["9"], "f1": ["1,25"], "f2": ["x"], "f3": ["2025-12-31"]}, ZONE, Answers())
    assert {read.items[n].link_id: fault.code for (n, _p), fault in faults(read, typed.answers).items()} == {
        "n": "too_much",
        "d": "decimals",
        "s": "too_short",
        "t": "too_little",
    }


def bound(name: str, **value) -> dict:
    return {"url": _FHIR + name, **value}


def test_an_answer_that_stands_alone_is_not_chosen_with_others():
    options = choices("a", "none")
    options[1]["extension"] = [{"url": f"{_FHIR}questionnaire-optionExclusive", "valueBoolean": True}]
    read = form(item("q", "choice", answerOption=options, repeats=True))
    both = from_typed(read, {"f0": ["0", "1"]}, ZONE, Answers()).answers
    assert [fault.code for fault in faults(read, both).values()] == ["alone"]


def test_fields_that_cannot_be_read_say_so():
    read = form(
        item("n", "integer"),
        item("d", "date"),
        item("c", "choice", answerOption=choices("a")),
        item("o", "open-choice", answerOption=choices("a")),
        item("u", "url"),
    )
    typed = {"f0": ["1.5"], "f1": ["31.2.2026"], "f2": ["7"], "f3": ["o"], "f4": ["javascript:alert(1)"]}
    found = from_typed(read, typed, ZONE, Answers()).faults
    assert [fault.code for _place, fault in sorted(found.items())] == ["integer", "date", "choice", "own_words", "url"]


def test_people_write_numbers_and_days_as_they_do_here():
    read = form(item("n", "decimal"), item("d", "date", repeats=True), item("t", "time"))
    days = ["3.11.2026", "31.12.2026", "03.01.2026", "2026-01-31"]
    typed = from_typed(read, {"f0": ["1 234,5"], "f1": days, "f2": ["9.05"]}, ZONE, Answers())
    assert list(typed.answers.values.values()) == [
        ({"valueDecimal": 1234.5},),
        tuple({"valueDate": day} for day in ("2026-11-03", "2026-12-31", "2026-01-03", "2026-01-31")),
        ({"valueTime": "09:05:00"},),
    ]


@given(st.text(max_size=40))
def test_the_name_of_a_field_may_be_anything(name):
    number_in(name)
    repeated(WIDE, {name: ["x"], "n11": ["2"]}, f"less:{name}", ZONE, 99)
    repeated(WIDE, {name: ["x"]}, f"more:{name}", ZONE, 99)


def test_a_group_stands_no_more_often_than_it_may():
    person = (named(WIDE, "person").number, ())
    for sent, times in (("9999999", 1), ("500", 20), ("-1", 1), ("x", 1)):
        typed = {name_of(person, "n"): [sent]}
        assert from_typed(WIDE, typed, ZONE, Answers()).answers.times[person] == times


def test_groups_within_groups_stand_no_more_often_than_a_form_has_room_for():
    """Three of them, twenty times each with a hundred questions: eight hundred thousand fields."""
    innermost = group("c", *(item(f"q{number}") for number in range(100)), repeats=True)
    read = form(group("a", group("b", innermost, repeats=True), repeats=True))
    sent = {"n0": ["20"]} | {f"n1-{one}": ["20"] for one in range(20)}
    sent |= {f"n2-{one}-{two}": ["20"] for one in range(20) for two in range(20)}
    answers = from_typed(read, sent, ZONE, Answers()).answers
    assert len(list(places(read, answers))) <= len(read.items) + limits.PLACES
    assert room(read, answers) < 101
    assert repeated(read, {"n0": ["1"]}, "more:n0", ZONE, room(read, answers)) == {"n0": ["1"]}
