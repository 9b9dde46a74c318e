"""The types of documents: how a title is recognised and what code the register keeps."""

from __future__ import annotations

import re

from app.importers.lines import is_caps

TITLES: tuple[tuple[str, str], ...] = (
    ("THÔNG TƯ LIÊN TỊCH", "joint_circular"),
    ("NGHỊ QUYẾT LIÊN TỊCH", "joint_resolution"),
    ("QUY CHẾ PHỐI HỢP", "regulation"),
    ("QUY ĐỊNH PHỐI HỢP", "regulation"),
    ("CHƯƠNG TRÌNH PHỐI HỢP", "programme"),
    ("CHƯƠNG TRÌNH HÀNH ĐỘNG", "programme"),
    ("KẾ HOẠCH PHỐI HỢP", "plan"),
    ("KẾ HOẠCH LIÊN NGÀNH", "plan"),
    ("QUY CHẾ", "regulation"),
    ("QUY ĐỊNH", "regulation"),
    ("QUYẾT ĐỊNH", "decision"),
    ("NGHỊ ĐỊNH", "decree"),
    ("NGHỊ QUYẾT", "resolution"),
    ("THÔNG TƯ", "circular"),
    ("BỘ LUẬT", "law"),
    ("LUẬT", "law"),
    ("PHÁP LỆNH", "law"),
    ("HIẾN PHÁP", "law"),
    ("CHỈ THỊ", "other"),
    ("CHƯƠNG TRÌNH", "programme"),
    ("KẾ HOẠCH", "plan"),
    ("BÁO CÁO", "report"),
    ("THÔNG BÁO", "other"),
    ("HƯỚNG DẪN", "other"),
    ("ĐIỀU LỆ", "other"),
    ("NỘI QUY", "other"),
    ("ĐỀ ÁN", "other"),
    ("PHƯƠNG ÁN", "other"),
    ("TỜ TRÌNH", "other"),
    ("BIÊN BẢN", "agreement"),
    ("THỎA THUẬN", "agreement"),
    ("THOẢ THUẬN", "agreement"),
    ("BẢN GHI NHỚ", "agreement"),
    ("KẾT LUẬN", "other"),
    ("QUY TRÌNH", "other"),
    ("QUY ƯỚC", "other"),
)
ENCLOSED_FORMS = frozenset(
    {"QUY CHẾ", "QUY ĐỊNH", "ĐIỀU LỆ", "NỘI QUY", "CHƯƠNG TRÌNH", "KẾ HOẠCH"}
)

_SPACED = re.compile(r"^(?:\S ){3,}\S$")
_TYPE_WORD = re.compile(
    r"\b(?:" + "|".join(title for title, _ in TITLES) + r"|CÔNG VĂN|CÔNG ĐIỆN|SẮC LỆNH|LỆNH)\b",
    re.IGNORECASE,
)
_CODES = dict(TITLES)


def title_in(line: str) -> tuple[str, str, str] | None:
    """The title a line begins with: (as printed, code, rest of the line). None for other lines.

    A line in small letters counts only when it says nothing else ("Quy chế phối hợp").
    """
    text = _closed(line).strip(" *_")
    upper = text.upper()
    for title, code in TITLES:
        if not upper.startswith(title):
            continue
        rest = text[len(title) :]
        if not rest.strip(" ."):
            return text[: len(title)], code, ""
        if (
            is_caps(text[: len(title)])
            and not rest[0].isalnum()
            and not rest.strip().startswith(":")
        ):
            return text[: len(title)], code, rest.strip(" .-–")
    return None


def type_words(text: str) -> list[tuple[int, int, str]]:
    """Every type of document named in *text*: start, end, code ("other" for unlisted types)."""
    return [
        (m.start(), m.end(), _CODES.get(m.group().upper(), "other"))
        for m in _TYPE_WORD.finditer(text)
        if m.group()[0].isupper()
    ]


def form_named(text: str) -> str:
    """The code of the first type of document named in *text*; "other" when none is."""
    found = type_words(text)
    return found[0][2] if found else "other"


def _closed(line: str) -> str:
    """A title spaced out for show, "Q U Y Ế T  Đ Ị N H", closed up."""
    if not _SPACED.match(line) or len(line) > 60:
        return line
    whole = line.replace(" ", "")
    for title, _ in TITLES:
        if whole.upper() == title.replace(" ", ""):
            return title
    return line
