"""Whether the window is meant, told without loading a single command: it has to open quickly."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Protocol

from app import paths
from app.carried import kind_of
from app.cli.usage import Asked, WrongUsage, first_loose, read
from app.errors import AppError, InvalidFields
from app.models.typed_date import read_date
from app.words import marked

DONE, REFUSED, WRONG = 0, 1, 2
"""Exit codes: done, refused with one sentence on stderr, words that make no command."""
FILE = marked("TỆP")
"""The word of a window's command line: a carried file to be shown there."""


class ShowWindow(Protocol):
    """Shows the window and returns the exit code."""

    def __call__(
        self,
        folder: Path | None,
        today: date | None,
        argv: Sequence[str],
        *,
        carried: Path | None = None,
    ) -> int: ...


def wants_window(argv: Sequence[str]) -> Asked | None:
    """What was asked when no command was typed, and so the window is meant; else None.

    A word that names a file is for the window: no command has a dot in its name.
    """
    file, rest = _file_apart(argv)
    try:
        asked = read(rest, {})
    except WrongUsage:
        return None
    asked.carried = file
    return None if asked.has("--help") or asked.has("--version") else asked


def _file_apart(argv: Sequence[str]) -> tuple[Path | None, Sequence[str]]:
    at = first_loose(argv)
    if at is None or not _names_file(argv[at]):
        return None, argv
    return paths.typed(argv[at]).absolute(), [*argv[:at], *argv[at + 1 :]]


def _names_file(word: str) -> bool:
    """A carried file that is not there is one too: the window then says so."""
    path = Path(word)
    if kind_of(path) is not None:
        return True
    return bool(path.suffix) and paths.is_there(path) and path.is_file()


def window(
    asked: Asked, *, today: date, show: ShowWindow, tell: Callable[[str], object] = str
) -> int:
    """Show the window that `wants_window` found was meant.

    What keeps it from opening goes to stderr, and to *tell* for whoever sees no terminal.
    """
    try:
        day = asked_today(asked, today) if asked.get("--today") else None
    except WrongUsage as error:
        refuse({"code": "usage", "message": error.sentence}, wants_json=asked.has("--json"))
        tell(error.sentence)
        return WRONG
    typed: str | None = asked.get("--data")
    folder = paths.typed(typed).absolute() if typed else None
    try:
        return show(folder, day, sys.argv[:1], carried=asked.carried)
    except AppError as error:
        refuse(error_json(error), wants_json=asked.has("--json"))
        tell(str(error))
        return REFUSED


def asked_today(asked: Asked, today: date) -> date:
    """The day to work on; raises WrongUsage for one that is not in the calendar."""
    typed: str | None = asked.get("--today")
    if typed is None:
        return today
    try:
        return read_date(typed, today)
    except ValueError as error:
        raise WrongUsage(f"--today: {error}") from error


def one_line(sentence: str) -> str:
    """*sentence* without line breaks: scripts read one line."""
    return " ".join(sentence.split())


def error_json(error: AppError) -> dict[str, object]:
    """A refusal for --json: a stable code, the sentence, and the fields at fault."""
    found: dict[str, object] = {"code": error.code, "message": one_line(str(error))}
    if isinstance(error, InvalidFields):
        found["fields"] = error.problems
    return found


def refuse(error: Mapping[str, object], *, wants_json: bool) -> None:
    """Say a refusal's message on stderr; with --json all of it goes to stdout."""
    if wants_json:
        print(json.dumps({"error": error}, ensure_ascii=False, indent=2))
    print(error["message"], file=sys.stderr)
