"""Names are found as heard, as typed and as spelt."""

import unicodedata

import pytest
from hypothesis import given, strategies as st

from solmu.families.rules.names import LONGEST_WORD, asked_words, fold, sort_key, words


@given(st.text())
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_a_name_is_found_however_its_letters_are_composed(text):
    assert fold(unicodedata.normalize("NFC", text)) == fold(unicodedata.normalize("NFD", text))


@given(st.text(st.characters(categories=["Lu", "Ll"]), min_size=1))
def test_capitals_do_not_matter(text):
    assert fold(text.upper().lower()) == fold(text.lower().upper().lower())


@given(st.text())
def test_every_word_that_is_asked_is_among_the_words_that_are_kept(text):
    assert set(asked_words(text)) <= set(words(text))


@given(st.text())
def test_words_are_each_once_and_fit_their_column(text):
    found = words(text)
    assert len(found) == len(set(found))
    assert all(0 < len(word) <= LONGEST_WORD for word in found)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("maki", "Mäki"),
        ("mäki", "Maki"),
        ("aberg", "Åberg"),
        ("dorde", "Đorđe"),
        ("STRASSE", "Straße"),
        ("oneil", "O'Neil"),
        ("haddad", "al-Haddad"),
        ("annaliisa", "Anna-Liisa"),
        ("محمد", "مُحَمَّد"),
        ("алеша", "Алёша"),
        ("علی", "علي"),
    ],
)
def test_a_name_is_found_as_people_type_it(typed, kept):
    assert set(asked_words(typed)) <= set(words(kept))


def test_finnish_letters_come_after_z():
    names = ["Öhman", "Zidan", "Ahonen", "Ärje", "Åberg", "Virtanen", "Östman", "Wirtanen"]
    expected = ["Ahonen", "Virtanen", "Wirtanen", "Zidan", "Åberg", "Ärje", "Öhman", "Östman"]
    assert sorted(names, key=sort_key) == expected
