"""Takes a backup into one archive file, while Solmu serves.

The archive holds everything that Solmu knows of families, so keep it as safe as the installation itself. The secret is
NOT inside: without the same SOLMU_SECRET, sealed fields cannot be opened and the log cannot be verified."""

from pathlib import Path

from solmu.config.console import Stopped, say, start_django, tell, unmigrated


def add_arguments(parser) -> None:
    parser.add_argument("file", nargs="?", type=Path, help="the archive (a dated file in the data folder)")


def run(options) -> int:
    start_django()
    from solmu.config.backup import take_backup

    if "accesslog 0001_initial" in unmigrated():
        raise Stopped("There is no database yet. Run: solmu migrate")
    path, manifest = take_backup(options.file)
    say(str(path))
    tell(f"Content: {manifest.content}")
    tell(f"Anchor of the access log: {manifest.anchor[0]}:{manifest.anchor[1]}")
    tell("The secret is not in the archive. Keep a copy of it apart: SOLMU_SECRET, or the file `secret` in SOLMU_DATA.")
    return 0
