"""The command line: a second front door over the same services.

Exit codes: 0 done, 1 refused with one sentence on stderr, 2 wrong usage. With --json whatever
is answered, a refusal too, is one JSON value on stdout.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from app import __version__, paths
from app.cli import (
    classifying,
    disputing,
    duplicates,
    files,
    imports,
    joining,
    keeping,
    obligations,
    plain,
    registers,
    reviewing,
    samples,
    syncing,
)
from app.cli.desk import Answer, Creating, Desk, OpenStore
from app.cli.opening import DONE, REFUSED, WRONG, asked_today, error_json, refuse
from app.cli.usage import Asked, Command, WrongUsage, read, usage
from app.errors import AppError
from app.services.sync.damage import damage_told
from app.store import clock
from app.store.folder import Folder

_ALL = (
    *samples.COMMANDS,
    *registers.COMMANDS,
    *obligations.COMMANDS,
    *imports.COMMANDS,
    *files.COMMANDS,
    *reviewing.COMMANDS,
    *joining.COMMANDS,
    *syncing.COMMANDS,
    *disputing.COMMANDS,
    *duplicates.COMMANDS,
    *classifying.COMMANDS,
    *keeping.COMMANDS,
)
COMMANDS: Mapping[str, Command] = {command.name: command for command in _ALL}


def run(
    asked: Asked, *, folder: Path, today: date, open_store: OpenStore, creating: Creating
) -> int:
    """Do what was asked and print it; returns the exit code."""
    command = asked.command
    if command is None or asked.has("--help"):
        print(usage(command, COMMANDS))
        return DONE
    day = asked_today(asked, today)
    is_sure = asked.has("--clock-is-right")
    doubt = None if is_sure else clock.doubt(Folder(folder), datetime.now().astimezone())
    desk = Desk(folder, day, open_store, creating, may_begin=command.may_begin, doubt=doubt)
    is_done = False
    try:
        with damage_told(folder):
            answer: Answer = command.run(desk, asked)
        is_done = True
    finally:
        desk.close(is_done=is_done)
    print(plain.as_json(answer.value) if asked.has("--json") else answer.text)
    return answer.code


def main(
    argv: Sequence[str],
    *,
    default_folder: Path,
    today: date,
    open_store: OpenStore,
    creating: Creating,
) -> int:
    """Take *argv* apart, run it, and turn a refusal into its sentence and exit code."""
    wants_json = "--json" in argv
    asked = Asked()
    try:
        asked = read(argv, COMMANDS)
        if asked.has("--version"):
            print(__version__)
            return DONE
        folder = folder_of(asked, default_folder)
        return run(asked, folder=folder, today=today, open_store=open_store, creating=creating)
    except WrongUsage as error:
        refuse({"code": "usage", "message": error.sentence}, wants_json=wants_json)
        print(f"\n{usage(error.command or asked.command, COMMANDS)}", file=sys.stderr)
        return WRONG
    except AppError as error:
        refuse(error_json(error), wants_json=wants_json)
        return REFUSED


def folder_of(asked: Asked, default: Path) -> Path:
    """The office's folder."""
    typed: str | None = asked.get("--data")
    return paths.typed(typed).absolute() if typed else default
