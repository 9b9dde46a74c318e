"""Windows' own protection of a user's secrets (CryptProtectData), by ctypes.

What one user protected on one machine cannot be read by another user or on another machine.
"""

from __future__ import annotations

import ctypes
from ctypes import wintypes
from typing import Any

_UI_FORBIDDEN = 0x1


class _Blob(ctypes.Structure):
    _fields_ = (("size", wintypes.DWORD), ("data", ctypes.POINTER(ctypes.c_char)))


def protect(secret: bytes) -> bytes:
    """*secret* sealed for this user on this machine; raises OSError if Windows refuses."""
    return _call("CryptProtectData", secret)


def unprotect(sealed: bytes) -> bytes:
    """What was sealed here; raises OSError for bytes sealed by another user or machine."""
    return _call("CryptUnprotectData", sealed)


def _call(name: str, given: bytes) -> bytes:
    windll: Any = getattr(ctypes, "windll")  # noqa: B009 - absent elsewhere, as mypy knows
    source = _Blob(
        len(given), ctypes.cast(ctypes.create_string_buffer(given), _Blob._fields_[1][1])
    )
    target = _Blob()
    done = getattr(windll.crypt32, name)(
        ctypes.byref(source), None, None, None, None, _UI_FORBIDDEN, ctypes.byref(target)
    )
    if not done:
        message = f"{name} refused"
        raise OSError(message)
    try:
        return ctypes.string_at(target.data, target.size)
    finally:
        windll.kernel32.LocalFree(target.data)
