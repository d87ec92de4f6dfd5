"""Which words find which: a stem answers to its word's other forms."""

import pytest
from hypothesis import given, strategies as st

from solmu.operating_models.rules.words import SHORTEST_STEM, order_of, place_of, stem, stems_of, words_of


@pytest.mark.parametrize(
    ("searched", "written"),
    [
        ("perheille", "perhe"),
        ("perheiden", "perheen"),
        ("perhettä", "perhetyö"),
        ("pakolaisten", "pakolaisperheille"),
        ("nuorille", "nuoret"),
        ("nuori", "nuorten"),
        ("verkostossa", "verkostotapaaminen"),
        ("kotoutumisen", "kotoutumissuunnitelma"),
        ("lapsia", "lapsiperhe"),
        ("families", "families"),
        ("familjerna", "familjer"),
        ("tuki", "tukiperhe"),
        ("palveluneuvonnasta", "palveluneuvonta"),
        ("kotoutumisen", "kotoutuminen"),
        ("yhteisövaikuttavuudesta", "yhteisövaikuttavuus"),
        ("PERHE", "perhe"),
    ],
)
def test_a_word_finds_its_other_forms(searched, written):
    (found,) = stems_of(searched)
    assert written.startswith(found)


@given(st.text(alphabet="aeiouyäöjklmnrstv", max_size=20))
def test_a_word_always_finds_itself(word):
    assert word.startswith(stem(word))
    assert len(stem(word)) >= min(len(word), SHORTEST_STEM)


@pytest.mark.parametrize(
    ("searched", "written", "found"),
    [
        ("neuvonta", " palveluneuvonta", True),
        ("neuvontaa", " palveluneuvonta", True),
        ("ryhmässä", " vertaisryhmä", True),
        ("verkosto", " yhteistyöverkosto", True),
        ("tuki", " vertaistuki", False),
        ("tuki", " tukiperhe", True),
        ("työ", " verkostotyö", False),
    ],
)
def test_a_longer_word_is_found_inside_another(searched, written, found):
    (stem,) = stems_of(searched)
    assert (place_of(stem) in written) is found


def test_words_are_told_once_in_small_letters():
    assert words_of("Perhe, PERHE ja 2–3 lasta_täällä") == ["perhe", "ja", "2", "3", "lasta", "täällä"]


def test_only_a_few_words_are_searched():
    assert len(stems_of(" ".join(f"sana{n}" for n in range(50)))) == 8


def test_versions_sort_as_numbers():
    named = ["10", "9", "2.10", "2.9", "2022", "2", "1"]
    assert sorted(named, key=order_of) == ["1", "2", "2.9", "2.10", "9", "10", "2022"]
