"""Text files in: whatever the letters are stored as, lines out."""

from __future__ import annotations

import codecs
import re
import unicodedata

from app.importers.analysis.lettering import LETTERINGS, is_unicode_vietnamese, likeness, mended
from app.importers.lines import Line
from app.importers.refusal import NotReadable
from app.text import clean, folded
from app.words import told

_UNREAL = re.compile("[\x00-\x08\x0e-\x1f\ufffd\ufffe]")
_COLUMNS = re.compile(r"\t+|\s{3,}")
_RIGHT_SIDE = re.compile(
    r"^\s*(?:cong hoa xa hoi|doc lap\s*-|dang cong san|\S.{0,30},\s*ngay\b|(?:tm|kt|tl|tuq)\s*\.)"
)
_GARBAGE = 0.02  # share of characters no text has, from which we refuse to call it text


def lines_of_text(data: bytes) -> tuple[list[Line], list[str]]:
    """The lines of a text file and what to warn of. Raises NotReadable."""
    text, warnings = decoded(data)
    lines, lettering = mended(re.split(r"\r\n|[\n\r\x0b\x0c\u2028\u2029]", text))
    if lettering:
        warnings.append(
            told("Chữ trong tệp theo bảng mã cũ {names}; đã chuyển sang Unicode.", names=lettering)
        )
    found = [Line(clean(piece)) for line in lines for piece in _columns(line) if clean(piece)]
    if found and _reads_badly(found):
        warnings.append(told("Tệp không có chữ tiếng Việt có dấu: đối chiếu kỹ với bản gốc."))
    return found, warnings


def decoded(data: bytes) -> tuple[str, list[str]]:
    """*data* as text, with the encoding that makes it Vietnamese. Raises NotReadable."""
    text = _by_mark(data) or _utf8(data) or _two_bytes(data)
    if text is None:
        text = _eight_bits(data)
    twice = _decoded_twice(text)
    if len(_UNREAL.findall(text)) > max(2, len(text) * _GARBAGE):
        raise NotReadable("nội dung không phải văn bản chữ.")
    return unicodedata.normalize("NFC", twice or text), []


def _by_mark(data: bytes) -> str | None:
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    return None


def _utf8(data: bytes) -> str | None:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return None if "\x00" in text else text


def _two_bytes(data: bytes) -> str | None:
    """UTF-16 without a mark: every second byte of the ASCII letters is zero."""
    sample = data[:4000]
    if len(data) < 4 or sample.count(0) < len(sample) // 5:
        return None
    little = sample[1::2].count(0) >= sample[0::2].count(0)
    text = data.decode("utf-16-le" if little else "utf-16-be", "replace")
    return text if is_unicode_vietnamese(text) or likeness(text) else None


def _eight_bits(data: bytes) -> str:
    """cp1258 (Windows) when that reads as Vietnamese; else characters for a legacy lettering."""
    latin = "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in data[:200_000])
    latin += data[200_000:].decode("latin-1")
    windows = unicodedata.normalize("NFC", data.decode("cp1258", "replace"))
    best = max(likeness(lettering.decode(latin)) for lettering in LETTERINGS)
    return windows if likeness(windows) > best else latin


def _decoded_twice(text: str) -> str | None:
    """UTF-8 that was taken for cp1252 and saved again: "Äiá»u" for "Điều"."""
    if "á»" not in text and "áº" not in text and "Ä\x91" not in text and "Æ°" not in text:
        return None
    try:
        whole = b"".join(_byte(c) for c in text).decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return None
    return whole if likeness(whole) > likeness(text) else None


def _byte(character: str) -> bytes:
    try:
        return character.encode("cp1252")
    except UnicodeEncodeError:
        return character.encode("latin-1")


def _columns(line: str) -> list[str]:
    """A letterhead typed in two columns: the left, then the right."""
    parts = _COLUMNS.split(line.strip())
    if len(parts) > 1 and any(_RIGHT_SIDE.match(folded(part)) for part in parts[1:]):
        return parts
    return [line]


def _reads_badly(lines: list[Line]) -> bool:
    text = "\n".join(line.text for line in lines)
    return len(text) > 200 and likeness(text) < 0.02
