"""A screen that nobody looks at: Xvfb, for the real window of a Windows program."""

from __future__ import annotations

import contextlib
import os
import subprocess
from collections.abc import Iterator

from tools.stop import Stop

SIZE = "1366x768x24"


@contextlib.contextmanager
def screen(size: str = SIZE) -> Iterator[str]:
    """Start a virtual screen and name it in DISPLAY for the time being."""
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", size, "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL) as server:
        os.close(write)
        with os.fdopen(read, encoding="ascii") as told:
            number = told.readline().strip()
        before = os.environ.get("DISPLAY")
        try:
            if not number:
                raise Stop("The virtual screen Xvfb does not open.")
            os.environ["DISPLAY"] = f":{number}"
            yield f":{number}"
        finally:
            _set("DISPLAY", before)
            server.terminate()


def _set(name: str, value: str | None) -> None:
    if value is None:
        os.environ.pop(name, None)
    else:
        os.environ[name] = value
