"""How a name is folded so that it is found as heard, as typed and as spelt."""

import re
import unicodedata

LONGEST_WORD = 64
_WORD = re.compile(r"[^\W_]+")
_JOINS = str.maketrans("", "", "'’ʼ`´\u0640")  # apostrophes, and the stroke that stretches an Arabic word
# Letters that Unicode does not take apart; the Persian and Urdu forms of Arabic letters are the same letter.
_ALIKE = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ی": "ي", "ى": "ي", "ک": "ك"}
)
_AFTER_Z = str.maketrans({"å": "zza", "ä": "zzb", "ö": "zzc", "ø": "zzc", "æ": "zzb"})


def _unmarked(text: str) -> str:
    """The letters without their marks, also when a mark's removal uncovers a letter that folds further."""
    taken_apart = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in taken_apart if unicodedata.category(letter) != "Mn")


def fold(text: str) -> str:
    """Lower case without marks: `Mäki` and `maki` are one; other scripts stay what they are."""
    folded = text
    for _ in range(4):  # a casefold may bring a mark and a lost mark a capital; settles in two rounds
        before, folded = folded, _unmarked(folded.casefold()).translate(_ALIKE).translate(_JOINS)
        if folded == before:
            break
    return folded


def words(text: str) -> list[str]:
    """The folded words of a text, each once, in order; what is joined by a hyphen is also found as one word."""
    found = []
    for part in fold(text).split():
        pieces = _WORD.findall(part)
        found += pieces
        if len(pieces) > 1:
            found.append("".join(pieces))
    return list(dict.fromkeys(word[:LONGEST_WORD] for word in found))


def asked_words(text: str) -> list[str]:
    """The words that somebody searches with, each of which has to be met."""
    return list(dict.fromkeys(word[:LONGEST_WORD] for word in _WORD.findall(fold(text))))


def sort_key(name: str) -> str:
    """What a name is sorted by in Finnish, as plain letters: å, ä and ö come after z."""
    return fold(unicodedata.normalize("NFC", name).casefold().translate(_AFTER_Z))[:120]
