"""The way back from a guide to the work: part of an address, and readable to nobody.

What a guide's page is about would otherwise stand beside a family in the browser's history and in a proxy's log.
"""

import base64
import binascii

from cryptography.exceptions import InvalidTag

from solmu.kernel.keys import keyed_hash, seal, unseal

_PURPOSE = "way back"


def hide(path: str) -> str:
    """What stands in an address for `path`, one of Solmu's own pages: the same every time.

    The nonce is a keyed hash of the path, so that no two paths share one.
    """
    nonce = bytes.fromhex(keyed_hash(f"{_PURPOSE} nonce", path))[:12]
    return base64.urlsafe_b64encode(seal(_PURPOSE, path, nonce)).decode().rstrip("=")


def find(hidden: str) -> str:
    """The path that `hide` hid; nothing when it is anything else."""
    try:
        return unseal(_PURPOSE, base64.urlsafe_b64decode(hidden + "=" * (-len(hidden) % 4)))
    except (InvalidTag, ValueError, binascii.Error):
        return ""
