"""How people write a reference, and how it is kept."""

LENGTH = 7


def tidy_reference(typed: str) -> str:
    """`k7m 4pq2` as it is kept: `K7M-4PQ2`. What cannot be a reference comes back empty."""
    letters = "".join(letter for letter in typed.upper() if letter.isalnum())
    return f"{letters[:3]}-{letters[3:]}" if len(letters) == LENGTH else ""
