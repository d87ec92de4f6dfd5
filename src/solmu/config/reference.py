"""Writes docs/reference/commands.md from the commands themselves: `python -m solmu.config.reference`."""

import argparse
from collections.abc import Iterator
from pathlib import Path

from solmu.config.cli import parser

PAGE = Path(__file__).resolve().parents[3] / "docs" / "reference" / "commands.md"
_HEAD = """# Commands

Made from the commands themselves by `python -m solmu.config.reference`; a test keeps it current.

Results go to standard output, progress and faults to standard error. Exit codes: 0 all is well, 1 a fault was found or
the work could not be done, 2 the command was used wrongly. `solmu --debug COMMAND` shows the whole trace of an error.
The commands speak English, whatever the language of the pages.
"""


def page() -> str:
    """The reference of every command."""
    return "\n".join([_HEAD, *_commands(parser(), "solmu", 2)]).rstrip() + "\n"


def _commands(above: argparse.ArgumentParser, name: str, level: int) -> Iterator[str]:
    for action in above._actions:  # noqa: SLF001 (argparse tells its commands in no other way)
        if not isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            continue
        helps = {choice.dest: choice.help for choice in action._choices_actions}  # noqa: SLF001
        for word, below in action.choices.items():
            yield f"{'#' * level} {name} {word}\n"
            yield _described(below.description or f"{helps[word][0].upper()}{helps[word][1:]}.")
            yield from _arguments(below)
            yield from _commands(below, f"{name} {word}", level + 1)


def _described(text: str) -> str:
    """Paragraphs as they are; indented lines as code."""
    parts = [f"```\n{part}\n```" if part.startswith("  ") else part for part in text.split("\n\n")]
    return "\n\n".join(parts) + "\n"


def _arguments(command: argparse.ArgumentParser) -> Iterator[str]:
    rows = [
        f"| `{_spelled(action)}` | {action.help or ''} |"
        for action in command._actions  # noqa: SLF001
        if not isinstance(action, argparse._HelpAction | argparse._SubParsersAction)  # noqa: SLF001
    ]
    if rows:
        yield "\n".join(["| | |", "|---|---|", *rows]) + "\n"


def _spelled(action: argparse.Action) -> str:
    if not action.option_strings:
        return action.dest.upper() if action.nargs != "?" else f"[{action.dest.upper()}]"
    if action.nargs == 0:
        return action.option_strings[0]
    return f"{action.option_strings[0]} {action.metavar or _choices(action) or action.dest.upper()}"


def _choices(action: argparse.Action) -> str:
    return f"{{{','.join(action.choices)}}}" if action.choices else ""


if __name__ == "__main__":
    PAGE.write_text(page())
