"""Says whether this installation is sound, and what mends it if it is not.

With --deploy also whether its settings are safe for real people. Warnings do not change the exit code."""

from solmu.config.console import FAULT, OK, lines, say, start_django, tell


def add_arguments(parser) -> None:
    parser.add_argument("--deploy", action="store_true", help="check too that the settings are safe for real people")


def run(options) -> int:
    start_django()
    from django.utils import translation

    from solmu.config import checks

    with translation.override("en"):
        found = checks.installation() + (checks.deployment() if options.deploy else [])
    faults = [each for each in found if not each.warning]
    if found:
        tell(lines(found))
    if faults:
        tell(f"{len(faults)} faults.")
        return FAULT
    say("Solmu is ready for use." if options.deploy else "Solmu is sound.")
    return OK
