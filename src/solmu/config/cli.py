"""The command `solmu`: one word for each thing that an operator does.

Exit codes: 0 all is well, 1 a fault was found or the work could not be done, 2 the command was used wrongly.
"""

import argparse
import sys
import traceback
from collections.abc import Sequence
from types import ModuleType

from solmu.config.commands import (
    account,
    backup,
    check,
    demo,
    form,
    migrate,
    model,
    practice,
    restore,
    serve,
    tick,
    verify_log,
)
from solmu.config.console import FAULT, OK, USAGE, Stopped, tell

COMMANDS: dict[str, ModuleType] = {
    "serve": serve,
    "migrate": migrate,
    "demo": demo,
    "check": check,
    "verify-log": verify_log,
    "backup": backup,
    "restore": restore,
    "tick": tick,
    "account": account,
    "model": model,
    "form": form,
    "practice": practice,
}
_EPILOG = (
    "Exit codes: 0 all is well, 1 a fault was found or the work could not be done, 2 the command was used wrongly."
)


def parser() -> argparse.ArgumentParser:
    """The whole command line; building it needs neither settings nor a database."""
    top = argparse.ArgumentParser(prog="solmu", description="Runs and looks after Solmu.", epilog=_EPILOG)
    top.add_argument("--debug", action="store_true", help="show the whole trace of an error")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, module in COMMANDS.items():
        summary, _, more = module.__doc__.partition("\n")
        added = commands.add_parser(
            name,
            help=summary.rstrip("."),
            description=f"{summary}\n{more}".strip(),
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        module.add_arguments(added)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Carries out one command and returns its exit code."""
    options = parser().parse_args(arguments)
    try:
        return COMMANDS[options.command].run(options) or OK
    except KeyboardInterrupt:
        tell("Stopped.")
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return FAULT
    except Exception as error:  # noqa: BLE001 (the last place that can say it in plain words)
        if options.debug:
            traceback.print_exc()
            return getattr(error, "code", FAULT)
        return _explain(error)


def _explain(error: Exception) -> int:
    """Says an error in plain words; the driver's own text may hold values, so only expected ones are shown."""
    if isinstance(error, Stopped):
        tell(str(error))
        return error.code
    kinds = {kind.__name__ for kind in type(error).__mro__}
    if "OperationalError" in kinds:
        tell("The database cannot be used: is it running, and is SOLMU_DATABASE_URL right? See --debug.")
    elif "ProgrammingError" in kinds:
        tell("The database does not have the shape that this version needs. Run: solmu migrate")
    elif "Refused" in kinds:
        tell(_in_english(error))
    elif isinstance(error, OSError):
        tell(f"{error.strerror or error}{f': {error.filename}' if error.filename else ''}")
    else:
        tell(f"This failed unexpectedly ({type(error).__name__}). Run it again as: solmu --debug …")
    return FAULT


def _in_english(refused: Exception) -> str:
    """What pages say in their reader's language; the commands speak English, whatever language is the usual one."""
    from django.utils import translation

    with translation.override("en"):
        return str(refused)


__all__ = ["COMMANDS", "FAULT", "OK", "USAGE", "main", "parser"]

if __name__ == "__main__":
    sys.exit(main())
