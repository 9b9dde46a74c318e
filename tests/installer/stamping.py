"""Another version's number in a Windows program, so that one build can be two releases."""

from __future__ import annotations

import struct
from pathlib import Path

_SIGNATURE = struct.pack("<I", 0xFEEF04BD)  # begins VS_FIXEDFILEINFO


def stamp(program: Path, version: str) -> None:
    """Let *program* say that it is *version*."""
    major, minor, patch = (int(part) for part in version.split("."))
    content = bytearray(program.read_bytes())
    at = content.index(_SIGNATURE)
    said = struct.pack("<II", (major << 16) | minor, patch << 16)
    content[at + 8 : at + 16] = content[at + 16 : at + 24] = said
    program.write_bytes(content)
