"""Keys for one purpose each, derived from the installation's one secret."""

import hashlib
import hmac
from functools import cache

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


@cache
def _derive(secret: bytes, purpose: str) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt=None, info=f"solmu/{purpose}".encode()).derive(secret)


def key_for(purpose: str) -> bytes:
    """32 bytes for `purpose`, the same as long as SOLMU_SECRET is (RFC 5869)."""
    return _derive(settings.SOLMU_SECRET.encode(), purpose)


def keyed_hash(purpose: str, text: str) -> str:
    """HMAC-SHA-256 of `text` in hexadecimal: a blind index, or a link of a chain."""
    return hmac.new(key_for(purpose), text.encode(), hashlib.sha256).hexdigest()


def seal(purpose: str, text: str, nonce: bytes) -> bytes:
    """Encrypts `text` with AES-256-GCM; `nonce` is 12 random bytes, used once, and leads the result."""
    return nonce + AESGCM(key_for(purpose)).encrypt(nonce, text.encode(), None)


def unseal(purpose: str, sealed: bytes) -> str:
    """The text that `seal` hid; raises cryptography.exceptions.InvalidTag with a wrong key or a changed value."""
    sealed = bytes(sealed)
    return AESGCM(key_for(purpose)).decrypt(sealed[:12], sealed[12:], None).decode()
