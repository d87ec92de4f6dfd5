"""Duplicates are a question: similar names, and dates that allow it."""

from datetime import date

import pytest
from hypothesis import given, strategies as st

from solmu.families.rules.likeness import Described, dates_alike, names_alike, perhaps_same

BORN = date(1984, 3, 2)
names = st.text(st.characters(categories=["Lu", "Ll"]), min_size=2, max_size=12)
days = st.dates(date(1940, 1, 1), date(2026, 1, 1))


@given(names, names, days, days)
def test_likeness_goes_both_ways(one, other, born, other_born):
    a, b = Described(one, born), Described(other, other_born)
    assert perhaps_same(a, b) == perhaps_same(b, a)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mohammed Haddad", "Muhammad Haddad"),
        ("Yusuf Ali", "Youssef Ali"),
        ("Rima Hussein", "Reema Hossein"),
        ("Samir", "Samir Haddad"),
        ("Haddad Samir", "Samir Haddad"),
        ("Anna-Liisa Mäki", "annaliisa maki"),
    ],
)
def test_spellings_of_a_name_are_alike(one, other):
    assert names_alike(one, other)


@pytest.mark.parametrize(
    ("one", "other"), [("Samir Haddad", "Rima Haddad"), ("Anna Mäki", "Aino Mäki"), ("Maija", "Raija"), ("", "Samir")]
)
def test_other_names_are_not(one, other):
    assert not names_alike(one, other)


@pytest.mark.parametrize(
    ("other", "alike"),
    [
        (date(1984, 3, 2), True),
        (date(1984, 2, 3), True),  # day and month changed about
        (date(1948, 3, 2), True),  # one field misheard
        (date(1984, 3, 12), True),
        (date(1985, 4, 2), False),
        (date(1990, 7, 9), False),
    ],
)
def test_dates_differ_by_one_slip_at_most(other, alike):
    assert dates_alike(BORN, other) is alike


def test_a_date_that_speaks_against_it_wins_over_the_name():
    assert not perhaps_same(Described("Samir Haddad", BORN), Described("Samir Haddad", date(2010, 9, 9)))


def test_without_dates_one_word_is_too_little():
    assert not perhaps_same(Described("Samir"), Described("Samir Haddad", BORN))
    assert perhaps_same(Described("Samir Haddad"), Described("Samir Haddad", BORN))
