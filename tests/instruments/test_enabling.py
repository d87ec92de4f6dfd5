"""What is asked follows from what is answered."""

from time import perf_counter

import pytest
from hypothesis import given, strategies as st

from solmu.instruments.rules.answers import Answers
from solmu.instruments.rules.enabling import asked
from tests.instruments.forms import choices, form, group, item, named


def shown(read, answers: dict) -> set[str]:
    """The linkIds that are asked, when these are the answers by linkId."""
    values = {(named(read, link).number, ()): tuple(given) for link, given in answers.items()}
    return {read.items[number].link_id for number, _path in asked(read, Answers(values))}


@pytest.mark.parametrize(
    ("operator", "name", "value", "answer", "expected"),
    [
        ("exists", "answerBoolean", True, {"valueInteger": 0}, True),
        ("exists", "answerBoolean", True, None, False),
        ("exists", "answerBoolean", False, None, True),
        ("exists", "answerBoolean", False, {"valueInteger": 0}, False),
        ("=", "answerInteger", 3, {"valueInteger": 3}, True),
        ("=", "answerDecimal", 3.0, {"valueInteger": 3}, True),
        ("=", "answerInteger", 3, None, False),
        ("!=", "answerInteger", 3, {"valueInteger": 4}, True),
        ("!=", "answerInteger", 3, None, True),  # no answer is an answer that is not 3 (FHIR R4)
        ("!=", "answerInteger", 3, {"valueInteger": 3}, False),
        (">", "answerInteger", 3, {"valueInteger": 4}, True),
        (">", "answerInteger", 3, {"valueInteger": 3}, False),
        (">=", "answerInteger", 3, {"valueInteger": 3}, True),
        ("<", "answerInteger", 3, {"valueInteger": 2}, True),
        ("<", "answerInteger", 3, None, False),
        ("<=", "answerInteger", 3, {"valueInteger": 4}, False),
        ("=", "answerInteger", 3, {"valueString": "3"}, False),
    ],
)
def test_each_operator_means_what_fhir_says(operator, name, value, answer, expected):
    read = form(item("a", "integer"), item("b", when=("a", operator, name, value)))
    assert ("b" in shown(read, {"a": [answer]} if answer else {})) is expected


@pytest.mark.parametrize(
    ("kind", "name", "value", "answer", "operator"),
    [
        ("date", "answerDate", "2020-05", {"valueDate": "2020-05-17"}, "="),
        ("date", "answerDate", "2020", {"valueDate": "2021-01-01"}, ">"),
        ("dateTime", "answerDateTime", "2026-01-01T12:00:00+02:00", {"valueDateTime": "2026-01-01T10:00:00Z"}, "="),
        ("time", "answerTime", "12:00:00", {"valueTime": "11:30:00"}, "<"),
        ("string", "answerString", "yes", {"valueString": "yes"}, "="),
        ("choice", "answerCoding", {"code": "x"}, {"valueCoding": {"system": "urn:test", "code": "x"}}, "="),
        (
            "quantity",
            "answerQuantity",
            {"value": 2, "unit": "h"},
            {"valueQuantity": {"value": 3, "unit": "h"}},
            ">",
        ),
    ],
)
def test_values_of_every_kind_are_compared(kind, name, value, answer, operator):
    options = {"answerOption": choices("x", "y")} if kind == "choice" else {}
    read = form(item("a", kind, **options), item("b", when=("a", operator, name, value)))
    assert "b" in shown(read, {"a": [answer]})


def test_amounts_in_different_units_are_not_compared():
    read = form(item("a", "quantity"), item("b", when=("a", ">", "answerQuantity", {"value": 2, "unit": "h"})))
    assert "b" not in shown(read, {"a": [{"valueQuantity": {"value": 300, "unit": "min"}}]})


@pytest.mark.parametrize(("behavior", "expected"), [("all", False), ("any", True)])
def test_several_conditions_hold_all_or_any(behavior, expected):
    conditions = [
        {"question": "a", "operator": "=", "answerBoolean": True},
        {"question": "b", "operator": "=", "answerBoolean": True},
    ]
    read = form(item("a", "boolean"), item("b", "boolean"), item("c", enableWhen=conditions, enableBehavior=behavior))
    assert ("c" in shown(read, {"a": [{"valueBoolean": True}]})) is expected


def test_an_answer_that_is_not_asked_counts_for_nothing():
    read = form(
        item("a", "boolean"),
        item("b", "boolean", when=("a", "=", "answerBoolean", True)),
        item("c", when=("b", "=", "answerBoolean", True)),
    )
    said_yes = {"valueBoolean": True}
    assert shown(read, {"a": [said_yes], "b": [said_yes]}) == {"a", "b", "c"}
    assert shown(read, {"b": [said_yes]}) == {"a"}


def test_what_is_inside_an_item_goes_with_it():
    inner = item("c", "boolean", item=[item("d")])
    read = form(item("a", "boolean"), group("b", inner, when=("a", "=", "answerBoolean", True)))
    assert shown(read, {}) == {"a"}
    assert shown(read, {"a": [{"valueBoolean": True}]}) == {"a", "b", "c", "d"}


def test_a_condition_looks_at_its_own_occurrence_of_a_repeating_group():
    child = group(
        "child", item("school", "boolean"), item("which", when=("school", "=", "answerBoolean", True)), repeats=True
    )
    read = form(child, item("any", when=("school", "=", "answerBoolean", True)))
    school = named(read, "school").number
    answers = Answers({(school, (1,)): ({"valueBoolean": True},)}, {(0, ()): 2})
    found = asked(read, answers)
    which = named(read, "which").number
    assert (which, (1,)) in found
    assert (which, (0,)) not in found
    assert (named(read, "any").number, ()) in found


def test_a_long_chain_of_conditions_is_followed_to_its_end():
    links = [item("0", "boolean")]
    links += [item(str(n), "boolean", when=(str(n - 1), "=", "answerBoolean", True)) for n in range(1, 800)]
    read = form(*links)
    assert len(shown(read, {str(n): [{"valueBoolean": True}] for n in range(800)})) == 800


@given(st.lists(st.booleans(), min_size=5, max_size=5), st.lists(st.booleans(), min_size=5, max_size=5))
def test_in_a_chain_an_item_is_asked_exactly_when_all_before_it_say_yes(given_answers, answered):
    links = [item("0", "boolean")]
    links += [item(str(n), "boolean", when=(str(n - 1), "=", "answerBoolean", True)) for n in range(1, 5)]
    answers = {str(n): [{"valueBoolean": given_answers[n]}] for n in range(5) if answered[n]}
    yes = [given_answers[n] and answered[n] for n in range(5)]
    assert shown(form(*links), answers) == {str(n) for n in range(5) if all(yes[:n])}


def test_many_conditions_on_many_answers_are_settled_in_a_moment():
    """A roster of four hundred, and a group of a hundred questions that each ask about every one of them."""
    asking = [{**item(f"q{number}"), "enableWhen": _any_of(30), "enableBehavior": "any"} for number in range(100)]
    inner = group("inner", item("name"), repeats=True)
    read = form(group("outer", inner, repeats=True), group("asking", *asking, repeats=True))
    name, outer, inside = (named(read, each).number for each in ("name", "outer", "inner"))
    times = {(outer, ()): 20, (named(read, "asking").number, ()): 20}
    times |= {(inside, (one,)): 20 for one in range(20)}
    values = {(name, (one, two)): ({"valueString": f"{one} {two}"},) for one in range(20) for two in range(20)}
    started = perf_counter()
    found = asked(read, Answers(values, times))
    assert perf_counter() - started < 5
    assert len(found) == 1 + 20 + 400 + 1


def _any_of(count: int) -> list[dict]:
    return [{"question": "name", "operator": "=", "answerString": f"nobody {number}"} for number in range(count)]
