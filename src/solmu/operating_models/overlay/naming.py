"""What is an organisation's own version called? After the version it stands on, the organisation, and a number."""

import re
import unicodedata
from collections.abc import Collection

_LONGEST = 16


def version_name(base: str, organisation: str, taken: Collection[str]) -> str:
    """The next free name: `2022+rantasaatio.1`, then `2022+rantasaatio.2`."""
    begins = f"{base}+{short_name(organisation)}."
    number = 1
    while f"{begins}{number}" in taken:
        number += 1
    return f"{begins}{number}"


def short_name(organisation: str) -> str:
    """The organisation's name in small plain letters, as many whole words as fit."""
    plain = unicodedata.normalize("NFKD", organisation.lower()).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain) or ["own"]
    short = words[0][:_LONGEST]
    for word in words[1:]:
        if len(short) + 1 + len(word) > _LONGEST:
            break
        short += f"-{word}"
    return short
