"""The installation's one secret, from the environment or from a file made at the first start."""

import os
import secrets
from pathlib import Path


def read_secret(data: Path) -> str:
    """SOLMU_SECRET, or the content of `secret` in the data folder; the file is made, readable by its owner alone.

    Without this secret the sealed fields cannot be opened and the access log cannot be verified: keep a copy of it
    apart from the backups.
    """
    given = os.environ.get("SOLMU_SECRET", "")
    if given:
        return given
    path = data / "secret"
    try:
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return path.read_text().strip()
