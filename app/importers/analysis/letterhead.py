"""The head of a document: who issued it, its number, where and when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.importers.analysis.bodies import letterhead_bodies, starts_body
from app.importers.analysis.said_dates import first_date, number_said, symbol_said
from app.importers.lines import Line
from app.text import clean, folded

_MOTTO = re.compile(
    r"cong\s+hoa\s+xa\s+hoi\s+chu\s+nghia|doc\s+lap\s*[-–—.]*\s*tu\s+do|dang\s+cong\s+san\s+viet\s+nam"
)
_RULE = re.compile(r"^[\W_]+$")
_DATED = re.compile(r"ngày.{0,20}tháng.{0,20}năm|ngày\s*[\d.…]+\s*[/.-]", re.IGNORECASE)
_PLACE = re.compile(r"^(.*?)\s*,?\s*ngày\b", re.IGNORECASE)
_NUMBER = re.compile(r"^\W*(?:\w+ )?số\s*:?\s*\S+", re.IGNORECASE)
_SENTENCE = re.compile(r"^\W*(?:Căn cứ|Theo|Thực hiện|Xét|Quyết định|Nghị|Luật|Thông tư)\b")
_SECRET = re.compile(r"^\W*(?:tuyệt mật|tối mật|mật)\W*$", re.IGNORECASE)
_ASIDE = re.compile(
    r"^\W*(?:(?:dự thảo|bản dự thảo|hỏa tốc|hoả tốc|v/v|mẫu|phụ lục).*|thượng khẩn|khẩn)\W*$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Letterhead:
    """What a head says. `symbol` is what is printed of a number still blank ("/QĐ-UBND")."""

    superior: str = ""
    bodies: tuple[str, ...] = ()
    number: str = ""
    symbol: str = ""
    signed_on: date | None = None
    place: str = ""
    is_secret: bool = False
    is_dated: bool = False  # a date line is there, its day may be blank


def is_motto(text: str) -> bool:
    """True for the Quốc hiệu, the Tiêu ngữ and the Party's title."""
    return _MOTTO.search(folded(text)) is not None and len(text) < 110


def is_rule(text: str) -> bool:
    """True for a line drawn with signs: "_____", "* * *"."""
    return _RULE.match(text) is not None


def is_number_line(text: str) -> bool:
    """True for "Số: 12/QĐ-UBND", "Luật số: 72/2025/QH15", "Số 05-QC/…"."""
    return re.match(r"^\(?(?:\w+ )?số\s*[:.]?\s*[\d./…_(–-]", text, re.IGNORECASE) is not None and (
        len(text) < 160
    )


def is_date_line(text: str) -> bool:
    """True for "Thanh Hóa, ngày … tháng … năm …"."""
    if len(text) > 90 or "kèm theo" in text or _SENTENCE.match(text):
        return False
    return _DATED.search(text) is not None


def letterhead_of(lines: Sequence[Line]) -> Letterhead:
    """Read the *lines* above a title."""
    number, symbol, place, signed_on = "", "", "", None
    pieces: list[tuple[str, bool]] = []
    for line in lines:
        if is_number_line(line.text):
            number = number or number_said(line.text) or ""
            symbol = symbol or symbol_said(line.text)
        elif not is_date_line(line.text) and _is_agency_line(line, pieces):
            pieces.append((line.text, line.bold))
        if is_date_line(line.text):
            signed_on = signed_on or first_date(line.text)
            place = place or _place(line.text)
    superior, bodies = letterhead_bodies(pieces)
    dated = any(is_date_line(line.text) for line in lines)
    secret = any(_SECRET.match(line.text) for line in lines)
    return Letterhead(superior, bodies, number, symbol, signed_on, place, secret, dated)


def _is_agency_line(line: Line, before: Sequence[tuple[str, bool]]) -> bool:
    text = line.text
    if is_motto(text) or is_rule(text) or _SECRET.match(text) or _ASIDE.match(text):
        return False
    if len(text) > 120:
        return False
    return starts_body(text.lstrip("-– ")) or (bool(before) and line.is_caps)


def _place(text: str) -> str:
    """The place before ", ngày"; the number may stand on the same line before it."""
    found = _PLACE.match(text)
    if found is None:
        return ""
    return clean(_NUMBER.sub("", found[1])).strip(" ,")
