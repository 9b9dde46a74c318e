"""A clerk at the real window: what is on the screen is looked for, and keys are pressed."""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from tools.windows.office import Office
from tools.windows.screen import screen
from tools.windows.tally import Failed
from tools.windows.wine import Layout

_PATIENCE = 300.0  # seconds for a window to come, on a machine that does other things besides
_PAUSE = 0.25
_RESTS = 4.0  # seconds for what a window does once it is painted
_DESKTOP = itertools.count(1)


def first_start(layout: Layout, office: Office, picture: Path | None = None) -> str:
    """Begin a register at the window, as a clerk does on the first day, and close the window.

    A *picture* of the screen is kept where ImageMagick is there to take it.
    """
    with at_window(layout, office) as seen:
        asking = seen(lambda title: title.startswith("Phối Hợp"))
        press(asking, "So Y te")
        window = seen(lambda title: title.endswith("– Phối Hợp"))
        title = _title(window)
        time.sleep(4 * _PAUSE)  # it is painted, and then says what may come first
        if picture is not None:
            photograph(picture)
        close(seen, window)
    if not office.register.exists():
        raise Failed(f"the window “{title}” was closed and there is no register.")
    told = office.does("list", "agency")
    if told.code or "So Y te" not in told.said:
        raise Failed(f"the new register does not open again: {told.said}")
    return f"“{title}”, its register opens again"


def open_and_close(layout: Layout, office: Office) -> str:
    """Open the window of an office that is there, let it come to rest and close it; its title."""
    with at_window(layout, office) as seen:
        window = seen(lambda title: title.endswith("– Phối Hợp"))
        title = _title(window)
        time.sleep(_RESTS)
        close(seen, window)
    return title


def close(seen: Seen, window: str) -> None:
    """Close *window* as a clerk does, and wait until it is gone."""
    _xdotool("windowfocus", "--sync", window)
    _xdotool("key", "alt+F4")
    seen.gone(window)


class Seen:
    """What stands on the screen."""

    def __init__(self, child: subprocess.Popen[bytes]) -> None:
        self._child = child

    def __call__(self, wanted: Callable[[str], bool]) -> str:
        """The window whose title is as *wanted*, once it is there; raises Failed if it never is."""
        found: list[str] = []

        def there() -> bool:
            found.extend(window for window in _windows() if wanted(_title(window)))
            return bool(found)

        self.until(there, "the window does not appear.")
        return found[0]

    def gone(self, window: str) -> None:
        """Wait until *window* is closed; raises Failed when it stays."""
        self.until(lambda: window not in _windows(), "the window does not close.")

    def until(self, is_so: Callable[[], bool], otherwise: str) -> None:
        """Wait until something is so; raises Failed, with what is on the screen, if it never is."""
        over = time.monotonic() + _PATIENCE
        while not is_so():
            if self._child.poll() is not None and not is_so():
                raise Failed(f"{otherwise} The program has ended.")
            if time.monotonic() > over:
                titles = ", ".join(map(_title, _windows())) or "no window"
                raise Failed(f"{otherwise} There is: {titles}.")
            time.sleep(_PAUSE)


@contextlib.contextmanager
def at_window(layout: Layout, office: Office, *words: str) -> Iterator[Seen]:
    """The program's window on a screen of its own.

    wine draws the windows of one prefix on one screen, whichever came first; a desktop with a name
    has its own.
    """
    desktop = f"/desktop=may{os.getpid()}-{next(_DESKTOP)},1366x768"
    command = [desktop, *office.program, *words]
    with (
        screen(),
        layout.started("explorer.exe", *command, env=office.environment()) as child,
    ):
        yield Seen(child)


def press(window: str, words: str) -> None:
    """Type *words* into *window* and press Enter. The keyboard has ASCII letters alone."""
    time.sleep(4 * _PAUSE)  # painted, and ready for keys
    _xdotool("windowfocus", "--sync", window)
    _xdotool("type", "--delay", "40", words)
    _xdotool("key", "Return")


def photograph(path: Path) -> None:
    """Keep a picture of the screen, if ImageMagick is there."""
    if shutil.which("import"):
        path.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(["import", "-window", "root", str(path)], check=False)


def _windows() -> Sequence[str]:
    return _xdotool("search", "--onlyvisible", "--name", ".").split()


def _title(window: str) -> str:
    return _xdotool("getwindowname", window).strip()


def _xdotool(*words: str) -> str:
    done = subprocess.run(
        ["xdotool", *words], capture_output=True, text=True, check=False, timeout=30
    )
    return done.stdout
