"""Identifiers: time-ordered UUIDs for rows, short random references for people to read aloud."""

import secrets
import time
import uuid

_READABLE = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_id() -> uuid.UUID:
    """A UUID of version 7 (RFC 9562): 48 bits of milliseconds, then random bits, so indexes grow at one end."""
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds & 0xFFFF_FFFF_FFFF) << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return uuid.UUID(int=value)


def new_reference() -> str:
    """A random reference such as `K7M4-PQ2X`: says nothing of the person, the day or how many there are.

    Letters and digits that sound or look alike are left out. Among 30^8 a million families meet by chance with a
    likelihood near one half in all; the column is unique, so the one who meets is asked to send the form again.
    """
    letters = "".join(secrets.choice(_READABLE) for _ in range(8))
    return f"{letters[:4]}-{letters[4:]}"
