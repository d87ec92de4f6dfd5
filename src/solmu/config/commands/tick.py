"""Does what time brings: ends permissions and emergency access, reminds by mail, tidies up.

`solmu serve` does it every minute; run it from a timer where pages are served in another way. Safe to do again."""

from solmu.config.console import FAULT, OK, say, start_django, tell


def add_arguments(parser) -> None:
    parser.add_argument("--quiet", action="store_true", help="say nothing unless something fails")


def run(options) -> int:
    start_django()
    from django.db import connection

    from solmu.config import serving, upkeep

    connection.ensure_connection()
    with upkeep.alone() as mine:
        if not mine or not serving.hold():
            if not options.quiet:
                say("Another process is at it.")
            return OK
        done = list(upkeep.tick())
    failed = [name for name, count in done if count is None]
    if not options.quiet:
        for name, count in done:
            say(f"{name}: {'failed' if count is None else count}")
    if failed:
        tell(f"Failed: {', '.join(failed)}. Everything else was done; the server's log says where.")
    return FAULT if failed else OK
