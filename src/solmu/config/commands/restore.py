"""Puts a backup back in the present database's place.

Reads the whole archive first: a broken one changes nothing. The present database is kept aside, and the access log is
verified before the restored one stands. Stop Solmu before; run `solmu migrate` after."""

from pathlib import Path

from solmu.config.console import Stopped, confirm, say, start_django, tell, unmigrated


def add_arguments(parser) -> None:
    parser.add_argument("file", type=Path, help="the archive")
    parser.add_argument("--yes", action="store_true", help="do not ask, although this installation is in use")
    parser.add_argument("--accept-faults", action="store_true", help="restore although the log is not whole")


def run(options) -> int:
    if not options.file.is_file():
        raise Stopped(f"There is no file {options.file}.")
    start_django()
    from solmu.config.backup import in_use, put_back

    if in_use():
        confirm("This installation is in use. Its present database would be put aside.", yes=options.yes)
    manifest, aside = put_back(options.file, accept_faults=options.accept_faults)
    say(f"Restored: the backup of {manifest.made_at}, log entry {manifest.anchor[0]}.")
    if aside:
        tell(f"What was here before is kept in {aside}. Remove it when it is no longer needed.")
    if unmigrated():
        tell("The backup is of an older version. Run: solmu migrate")
    return 0
