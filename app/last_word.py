"""What keeps the program from starting is seen: a window has no terminal to say it on.

Qt's own box is used where Qt lives (`app/ui/failure.py`); this one needs nothing but Windows.
"""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path
from typing import Any

from app.words import marked, told

TITLE = marked("Phối Hợp không mở được")
_ERROR, _IN_FRONT = 0x10, 0x10000  # MB_ICONERROR, MB_SETFOREGROUND
_PLATFORM = "QT_QPA_PLATFORM"
_SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", _PLATFORM)


def has_screen() -> bool:
    """Whether a window can be opened at all, as far as the environment tells."""
    return not sys.platform.startswith("linux") or any(os.environ.get(name) for name in _SCREENS)


def is_seen() -> bool:
    """Whether somebody sits before the screen: what draws for nobody must not wait for anybody."""
    platform, _, _options = os.environ.get(_PLATFORM, "").partition(":")
    return has_screen() and platform not in ("offscreen", "minimal")


def with_log(sentence: str, log: Path) -> str:
    """*sentence* and where the log lies, for whoever is asked to help."""
    if str(log) in sentence:
        return sentence
    return sentence + told("\n\nNhật ký của chương trình: {log}", log=log)


def show_plainly(words: str) -> bool:
    """Show *words* in a box of Windows' own; False, and nothing, on another system.

    Ctrl+C copies what such a box says; it is told so.
    """
    if sys.platform != "win32" or not is_seen():
        return False
    windll: Any = getattr(ctypes, "windll")  # noqa: B009 - absent elsewhere, as mypy knows
    whole = words + told("\n\nNhấn Ctrl+C để sao chép nội dung này.")
    return bool(windll.user32.MessageBoxW(None, whole, told(TITLE), _ERROR | _IN_FRONT))
