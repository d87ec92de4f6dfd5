"""Ages on a day, telephone numbers in one form, and what an identity code says."""

from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from solmu.families.rules.ages import age_on, is_adolescent, is_adult
from solmu.families.rules.identity_codes import born_by, normal_identity_code, sign_by
from solmu.families.rules.phones import looks_like_phone, normal_phone, shown_phone

days = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@given(days, st.integers(0, 120 * 365))
def test_age_grows_by_at_most_one_a_day_and_never_shrinks(born, lived):
    day = born + timedelta(days=lived)
    assert 0 <= age_on(born, day + timedelta(days=1)) - age_on(born, day) <= 1


def test_a_year_is_full_on_the_birthday():
    assert age_on(date(2008, 11, 2), date(2026, 11, 1)) == 17
    assert age_on(date(2008, 11, 2), date(2026, 11, 2)) == 18


def test_who_is_born_on_a_leap_day_turns_on_the_first_of_march():
    assert age_on(date(2008, 2, 29), date(2026, 2, 28)) == 17
    assert age_on(date(2008, 2, 29), date(2026, 3, 1)) == 18


def test_no_age_without_a_birth():
    assert age_on(None, date(2026, 11, 2)) is None
    assert age_on(date(2026, 11, 3), date(2026, 11, 2)) is None


@given(st.integers(0, 120))
def test_nobody_is_both_adolescent_and_adult(age):
    assert not (is_adolescent(age) and is_adult(age))
    assert is_adolescent(age) == (13 <= age <= 17)


@pytest.mark.parametrize("typed", ["040 123 4567", "0401234567", "+358 40 1234567", "00358401234567", "(040) 123-4567"])
def test_a_number_has_one_form_however_it_is_typed(typed):
    assert normal_phone(typed) == "+358401234567"


@pytest.mark.parametrize("typed", ["", "ask the school", "12", "not known"])
def test_what_is_no_number_is_nothing(typed):
    assert normal_phone(typed) == ""


def test_numbers_are_shown_as_people_say_them():
    assert shown_phone("+358401234567") == "040 1234567"
    assert shown_phone("+46701234567").startswith("+46 70")
    assert shown_phone("as heard") == "as heard"


def test_a_search_for_a_number_is_told_from_a_name():
    assert looks_like_phone("040 1234")
    assert not looks_like_phone("K7M-4PQ2")
    assert not looks_like_phone("Samir")


@pytest.mark.parametrize(
    ("code", "born", "sign"),
    [
        ("131052-308T", date(1952, 10, 13), "woman"),
        ("010384-901T", date(1984, 3, 1), "man"),  # temporary: 900 to 999
        ("010101A999X", date(2001, 1, 1), "man"),
        ("131052Y308T", date(1952, 10, 13), "woman"),  # intermediate signs of 2023
    ],
)
def test_a_code_tells_the_date_of_birth_and_the_sign(code, born, sign):
    normal = normal_identity_code(f" {code.lower()} ")
    if not normal:
        pytest.fail(f"{code} was not read")
    assert (normal, born_by(normal), sign_by(normal)) == (code, born, sign)


@pytest.mark.parametrize("typed", ["", "131052-308U", "310252-308Y", "13.10.1952", "131052308T", "Samir Haddad"])
def test_what_is_no_code_is_nothing(typed):
    assert normal_identity_code(typed) == ""
