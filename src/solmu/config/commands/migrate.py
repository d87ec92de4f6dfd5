"""Brings the database to the shape that this version needs.

Safe to run again. Take a backup first when upgrading: solmu backup"""

from solmu.config.console import say, start_django, unmigrated


def add_arguments(parser) -> None:
    parser.add_argument("--dry-run", action="store_true", help="only list what would be changed")


def run(options) -> int:
    start_django()
    from django.core.management import call_command

    waiting = unmigrated()
    if not waiting:
        say("The database is up to date.")
        return 0
    if options.dry_run:
        say("\n".join(waiting))
        return 0
    call_command("migrate", interactive=False, verbosity=0)
    say(f"The database is up to date: {len(waiting)} changes were made.")
    return 0
