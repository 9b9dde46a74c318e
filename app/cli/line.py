"""The command line: a second front door over the same services.

Exit codes: 0 done, 1 refused with one sentence on stderr, 2 wrong usage. With --json whatever
is answered, a refusal too, is one JSON value on stdout.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

from app import __version__
from app.cli import duties, files, imports, keeping, plain, registers, reviewing, samples
from app.cli.desk import Answer, Desk, OpenStore
from app.cli.usage import Asked, Command, WrongUsage, read, usage
from app.errors import AppError, InvalidFields
from app.models.typed_date import read_date
from app.services.damage import damage_told

_ALL = (
    *samples.COMMANDS,
    *registers.COMMANDS,
    *duties.COMMANDS,
    *imports.COMMANDS,
    *files.COMMANDS,
    *reviewing.COMMANDS,
    *keeping.COMMANDS,
)
COMMANDS: Mapping[str, Command] = {command.name: command for command in _ALL}
ShowWindow = Callable[[Path | None, date | None, Sequence[str]], int]
DONE, REFUSED, WRONG = 0, 1, 2


def run(asked: Asked, *, folder: Path, today: date, open_store: OpenStore) -> int:
    """Do what was asked and print it; returns the exit code."""
    command = asked.command
    if command is None or asked.options["--help"]:
        print(usage(command, COMMANDS))
        return DONE
    desk = Desk(folder, asked_today(asked, today), open_store, may_begin=command.may_begin)
    try:
        with damage_told(folder):
            answer: Answer = command.run(desk, asked)
    finally:
        desk.close()
    print(plain.as_json(answer.value) if asked.options["--json"] else answer.text)
    return answer.code


def main(argv: Sequence[str], *, default_folder: Path, today: date, open_store: OpenStore) -> int:
    """Take *argv* apart, run it, and turn a refusal into its sentence and exit code."""
    wants_json = "--json" in argv
    asked = Asked()
    try:
        asked = read(argv, COMMANDS)
        if asked.options["--version"]:
            print(__version__)
            return DONE
        return run(
            asked, folder=folder_of(asked, default_folder), today=today, open_store=open_store
        )
    except WrongUsage as error:
        _refuse({"code": "usage", "message": error.sentence}, wants_json=wants_json)
        print(f"\n{usage(error.command or asked.command, COMMANDS)}", file=sys.stderr)
        return WRONG
    except AppError as error:
        _refuse(error_json(error), wants_json=wants_json)
        return REFUSED


def wants_window(argv: Sequence[str]) -> Asked | None:
    """What was asked when no command was typed, and so the window is meant; else None."""
    try:
        asked = read(argv, COMMANDS)
    except WrongUsage:
        return None
    is_window = asked.command is None and not asked.options["--help"]
    return asked if is_window and not asked.options["--version"] else None


def window(asked: Asked, *, today: date, show: ShowWindow) -> int:
    """Show the window that `wants_window` found was meant."""
    try:
        day = asked_today(asked, today) if asked.options["--today"] else None
    except WrongUsage as error:
        print(f"{error.sentence}\n\n{usage(None, COMMANDS)}", file=sys.stderr)
        return WRONG
    typed: str | None = asked.options["--data"]
    folder = Path(typed).expanduser().absolute() if typed else None
    try:
        return show(folder, day, sys.argv[:1])
    except AppError as error:
        _refuse(error_json(error), wants_json=asked.options["--json"])
        return REFUSED


def folder_of(asked: Asked, default: Path) -> Path:
    """The office's folder."""
    typed: str | None = asked.options["--data"]
    return Path(typed).expanduser().absolute() if typed else default


def asked_today(asked: Asked, today: date) -> date:
    """The day to work on; raises WrongUsage for one that is not in the calendar."""
    typed: str | None = asked.options["--today"]
    if typed is None:
        return today
    try:
        return read_date(typed, today)
    except ValueError as error:
        raise WrongUsage(f"--today: {error}") from error


def error_json(error: AppError) -> dict[str, object]:
    """A refusal for --json: a stable code, the sentence, and the fields at fault."""
    found: dict[str, object] = {"code": error.code, "message": one_line(str(error))}
    if isinstance(error, InvalidFields):
        found["fields"] = error.problems
    return found


def one_line(sentence: str) -> str:
    """*sentence* without line breaks: scripts read one line."""
    return " ".join(sentence.split())


def _refuse(error: dict[str, object], *, wants_json: bool) -> None:
    if wants_json:
        print(plain.as_json({"error": error}))
    print(error["message"], file=sys.stderr)
