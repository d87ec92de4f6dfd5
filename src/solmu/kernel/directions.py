"""Which way words run: letters of Arabic or Hebrew from the right, and the words around them their own way."""

import unicodedata

_FROM_THE_RIGHT = {"R", "AL"}
_STRONG = {"L", *_FROM_THE_RIGHT}


def runs_from_right(words: str) -> bool:
    """Whether the first letter that has a direction runs from the right."""
    kinds = (unicodedata.bidirectional(letter) for letter in words)
    return next((kind for kind in kinds if kind in _STRONG), "L") in _FROM_THE_RIGHT


def isolated(words: str) -> str:
    """Somebody's words to be put inside a line, in isolating marks if they hold anything that runs from the right."""
    mixed = any(unicodedata.bidirectional(letter) in _FROM_THE_RIGHT for letter in words)
    return f"\u2068{words}\u2069" if mixed else words
