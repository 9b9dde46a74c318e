"""What the program writes down about its own faults holds nothing of the office's records."""

from __future__ import annotations

import logging
import re
from pathlib import Path

from app import paths

_PARAMETERS = re.compile(r"\[parameters:.*?\]\s*(?=\n|$)", re.DOTALL)
_QUOTED = re.compile(r"'(?:[^'\\\n]|\\.){40,}'|\"(?:[^\"\\\n]|\\.){40,}\"|“[^”\n]{40,}”")
_LONG_HEX = re.compile(r"\b[0-9a-fA-F]{32,}\b")


def redacted(words: str) -> str:
    """*words* without statement parameters, long literals, keys and the person's own folder."""
    words = _PARAMETERS.sub("[parameters: …]", words)
    words = _QUOTED.sub("'…'", words)
    words = _LONG_HEX.sub("…", words)
    for folder, sign in ((paths.home(), "<PHOIHOP>"), (Path.home(), "~")):
        if len(folder.parts) > 1:
            words = words.replace(str(folder), sign)
    return words


class DiscreetFormatter(logging.Formatter):
    """A line of the log, tracebacks included, redacted."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """The record as it is written."""
        return redacted(super().format(record))
