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
    libraries: Any = getattr(ctypes, "WinDLL")  # noqa: B009 - absent elsewhere, as mypy knows
    crypt32 = libraries("crypt32", use_last_error=True)
    buffer = ctypes.create_string_buffer(given, len(given))
    source = _Blob(len(given), ctypes.cast(buffer, _Blob._fields_[1][1]))
    target = _Blob()
    done = getattr(crypt32, name)(
        ctypes.byref(source), None, None, None, None, _UI_FORBIDDEN, ctypes.byref(target)
    )
    if not done:
        code = getattr(ctypes, "get_last_error")()  # noqa: B009
        raise OSError(code, f"{name} refused: {code}")
    try:
        return ctypes.string_at(target.data, target.size)
    finally:
        libraries("kernel32").LocalFree(target.data)
