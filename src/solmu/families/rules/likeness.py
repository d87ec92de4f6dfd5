"""Are two descriptions perhaps of one person? A question for a worker, never an answer."""

from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from solmu.families.rules.names import words

# Of 1. Mohammed and Muhammad 0.88, Karim and Kareem 0.86, Yusuf and Youssef 0.83; Anna and Aino 0.75.
ALIKE_FROM = 0.8
_VOWELS = frozenset("aeiouy")
_SOUNDS = (("ph", "f"), ("kh", "h"), ("q", "k"), ("w", "v"), ("j", "y"))


@dataclass(frozen=True)
class Described:
    """What is told of a person: all names and spellings in one text, and the date of birth if known."""

    names: str
    birth_date: date | None = None


def _bones(word: str) -> str:
    """The word's first letter and consonants, each once: what writing a name in another script keeps."""
    for written, sounds in _SOUNDS:
        word = word.replace(written, sounds)
    kept = [letter for place, letter in enumerate(word) if place == 0 or letter not in _VOWELS]
    return "".join(letter for place, letter in enumerate(kept) if place == 0 or kept[place - 1] != letter)


def _ratio(one: str, other: str) -> float:
    return max(SequenceMatcher(None, one, other).ratio(), SequenceMatcher(None, other, one).ratio())


def word_likeness(one: str, other: str) -> float:
    """How alike two folded words are, from 0 to 1: as they are written, and half of it by their consonants."""
    return (_ratio(one, other) + _ratio(_bones(one), _bones(other))) / 2


def names_alike(one: str, other: str) -> bool:
    """Every word of the shorter name has a word much like it in the longer one."""
    shorter, longer = sorted((words(one), words(other)), key=len)
    return bool(shorter) and all(max(word_likeness(word, w) for w in longer) >= ALIKE_FROM for word in shorter)


def dates_alike(one: date, other: date) -> bool:
    """The same date, one of day, month and year misheard, or day and month changed about."""
    same = (one.year == other.year, one.month == other.month, one.day == other.day)
    turned = same[0] and (one.month, one.day) == (other.day, other.month)
    return sum(same) >= 2 or turned


def perhaps_same(one: Described, other: Described) -> bool:
    """Similar names, and dates of birth that allow it; without both dates, names of two words at least."""
    if one.birth_date and other.birth_date:
        return dates_alike(one.birth_date, other.birth_date) and names_alike(one.names, other.names)
    return min(len(words(one.names)), len(words(other.names))) >= 2 and names_alike(one.names, other.names)
