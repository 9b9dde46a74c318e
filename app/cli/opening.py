"""Whether the window is meant, told without loading a single command: it has to open quickly."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

from app.cli.usage import Asked, WrongUsage, read
from app.errors import AppError, InvalidFields
from app.models.typed_date import read_date

DONE, REFUSED, WRONG = 0, 1, 2
"""Exit codes: done, refused with one sentence on stderr, words that make no command."""
ShowWindow = Callable[[Path | None, date | None, Sequence[str]], int]


def wants_window(argv: Sequence[str]) -> Asked | None:
    """What was asked when no command was typed, and so the window is meant; else None."""
    try:
        asked = read(argv, {})
    except WrongUsage:
        return None
    return None if asked.options["--help"] or asked.options["--version"] else asked


def window(asked: Asked, *, today: date, show: ShowWindow) -> int:
    """Show the window that `wants_window` found was meant."""
    try:
        day = asked_today(asked, today) if asked.options["--today"] else None
    except WrongUsage as error:
        refuse({"code": "usage", "message": error.sentence}, wants_json=asked.options["--json"])
        return WRONG
    typed: str | None = asked.options["--data"]
    folder = Path(typed).expanduser().absolute() if typed else None
    try:
        return show(folder, day, sys.argv[:1])
    except AppError as error:
        refuse(error_json(error), wants_json=asked.options["--json"])
        return REFUSED


def asked_today(asked: Asked, today: date) -> date:
    """The day to work on; raises WrongUsage for one that is not in the calendar."""
    typed: str | None = asked.options["--today"]
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
