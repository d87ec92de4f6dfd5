"""What stands in an address or a hidden field, read without trusting it: anybody can write anything there."""

from uuid import UUID

_LONGEST = 9  # digits of the largest number that every database keeps


def whole_number(text: str | None, otherwise: int = 0) -> int:
    """The number written in plain digits; `otherwise` for anything else, and for one too large to be meant."""
    plain = text and text.isascii() and text.isdecimal() and len(text) <= _LONGEST
    return int(text) if plain else otherwise


def identifier(text: object) -> UUID | None:
    """The identifier that is written, if it is one."""
    try:
        return UUID(str(text))
    except ValueError:
        return None
