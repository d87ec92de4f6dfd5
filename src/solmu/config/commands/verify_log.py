"""Proves that the access log is whole: nothing in it was changed, moved or cut off.

Prints the anchor of the log's end. Note it outside this machine: with it, --anchor also reveals a log that was written
anew by somebody with the secret. The anchors that upkeep notes daily in the data folder are compared every time."""

from solmu.config.console import FAULT, OK, USAGE, Progress, Stopped, say, start_django, tell

_WORDS = {
    "missing": "an entry is missing",
    "changed": "the entry was changed",
    "broken": "the entry does not follow the one before it",
    "cut": "the end of the log was cut off",
    "rewritten": "the entry is not the one whose anchor was noted that day",
}


def add_arguments(parser) -> None:
    parser.add_argument("--anchor", metavar="SEQ:HASH", help="an anchor that was noted earlier")


def run(options) -> int:
    noted = _read(options.anchor) if options.anchor else None
    start_django()
    from solmu.accesslog import ledger, verification
    from solmu.kernel import clock

    result = verification.verify(clock.now(), noted, seen=Progress("entries verified", ledger.anchor()[0]))
    for fault in result.faults:
        sequence, what = fault.split(" ")
        tell(f"{sequence}: {_WORDS[what]}")
    if not result.is_whole:
        tell(f"The access log is NOT whole: {len(result.faults)} places. Keep this database and tell the steward.")
        tell("If every entry is said to be changed, the secret is not the one that the log was written with.")
        return FAULT
    say(f"The access log is whole: {result.entries} entries.")
    if result.entries:
        say(f"Anchor: {result.anchor}")
    return OK


def _read(text: str) -> tuple[int, str]:
    sequence, _, digest = text.partition(":")
    if not sequence.isdigit() or not digest:
        raise Stopped("An anchor looks like 1234:0a1b2c…, as this command prints it.", USAGE)
    return int(sequence), digest
