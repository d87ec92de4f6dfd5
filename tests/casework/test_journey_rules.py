"""The loop's steps by rule, without a database."""

from datetime import date

from hypothesis import given, strategies as st

from solmu.casework.rules.journey import STEPS, stand

DAY = date(2026, 11, 2)


def test_the_first_step_not_taken_is_the_present_one():
    steps = stand({"contact": DAY, "network": DAY}, {}, ended=False)
    assert [step.state for step in steps] == ["done", "now", "later", "later", "done", "later"]


def test_a_planned_day_is_shown_on_its_step():
    steps = {step.key: step for step in stand({}, {"follow_up": DAY}, ended=False)}
    assert (steps["follow_up"].state, steps["follow_up"].on) == ("later", DAY)


@given(st.dictionaries(st.sampled_from(STEPS), st.just(DAY)), st.booleans())
def test_at_most_one_step_is_present_and_none_at_the_end(done, ended):
    steps = stand(done, {}, ended=ended)
    assert [step.key for step in steps] == list(STEPS)
    now = [step for step in steps if step.state == "now"]
    assert len(now) == (0 if ended or len(done) == len(STEPS) else 1)
    assert all(step.on for step in steps if step.state == "done")
