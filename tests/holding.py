"""Another program that holds files, as a virus scanner does on Windows; made up on any system."""

from __future__ import annotations

import errno
import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from app import durable

SHARING_VIOLATION = 32


class Holder:
    """Bars steps on files with an error of Windows; notes how long the program waited."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.patch = patch
        self.waited: list[float] = []
        self.barred: Counter[str] = Counter()
        patch.setattr(durable.time, "sleep", self.waited.append)  # type: ignore[attr-defined]

    def holds(
        self, *steps: str, times: int | None = None, winerror: int = SHARING_VIOLATION
    ) -> None:
        """From now on bar each of *steps*, *times* for each file, or for ever."""
        for step in steps or ("replace", "rename"):
            self._bar(Path, step, times, winerror)
            if step == "unlink":
                self._bar(os, step, times, winerror)  # what empties a folder asks the system

    def _bar(self, of: Any, step: str, times: int | None, winerror: int) -> None:
        really = getattr(of, step)

        def barred(path: Any, *given: Any, **named: Any) -> Any:
            is_there = named.get("dir_fd") is not None or Path(path).exists()
            if is_there and (times is None or self.barred[str(path)] < times):
                self.barred[str(path)] += 1
                raise held(Path(path), winerror)
            return really(path, *given, **named)

        self.patch.setattr(of, step, barred)


def held(path: Path, winerror: int = SHARING_VIOLATION) -> OSError:
    """What Windows says of a file that another program has open."""
    error = PermissionError(errno.EACCES, "the file is used by another process", str(path))
    error.winerror = winerror  # type: ignore[attr-defined]
    return error
