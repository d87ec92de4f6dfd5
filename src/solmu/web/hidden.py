"""What stands in an address and is readable to nobody: the way back from a guide to the work, a name searched for.

It would otherwise be read in the browser's history and in a proxy's log: what a guide's page is about beside a family,
or whose doings somebody has looked into.
"""

import base64
import binascii

from cryptography.exceptions import InvalidTag

from solmu.kernel.keys import keyed_hash, seal, unseal

_PURPOSE = "part of an address"


def hide(words: str) -> str:
    """What stands in an address for `words`, such as the path of a page of Solmu: the same every time.

    The nonce is a keyed hash of the words, so that no two share one.
    """
    nonce = bytes.fromhex(keyed_hash(f"{_PURPOSE} nonce", words))[:12]
    return base64.urlsafe_b64encode(seal(_PURPOSE, words, nonce)).decode().rstrip("=")


def find(hidden: str) -> str:
    """The words that `hide` hid; nothing when it is anything else."""
    try:
        return unseal(_PURPOSE, base64.urlsafe_b64decode(hidden + "=" * (-len(hidden) % 4)))
    except (InvalidTag, ValueError, binascii.Error):
        return ""
