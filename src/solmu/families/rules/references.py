"""How people write a reference, and how it is kept."""

LENGTH = 8


def tidy_reference(typed: str) -> str:
    """`k7m4 pq2x` as it is kept: `K7M4-PQ2X`. What cannot be a reference comes back empty."""
    letters = "".join(letter for letter in typed.upper() if letter.isalnum())
    return f"{letters[:4]}-{letters[4:]}" if len(letters) == LENGTH else ""
