"""How numbers, dates and names are written in an administrative document (NĐ 30/2020)."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from app.export.packet_content import Figure
from app.text import clean_lines

NBSP = "\u00a0"
_QUALIFIERS = {"exact": "", "nearly": f"gần{NBSP}", "over": f"trên{NBSP}"}
_BOUND = re.compile(
    r"\b([Ss]ố|[Đđ]iều|[Kk]hoản|[Đđ]iểm|[Cc]hương|[Mm]ục|[Pp]hụ lục|[Nn]gày|[Tt]háng|[Nn]ăm|[Qq]uý"
    r"|[Bb]ảng|[Kk]ỳ) (?=\d|[IVXLC]+\b|[a-eghik-vxyđ]\b)"
)
_PERCENT = re.compile(r"(?<=\d) ?%")
_LONE_DIGIT = re.compile(r"^(\d)(?!\d)")
_STRAIGHT = re.compile(r'"([^"\n]*)"')
# XML has no way to say these, and python's readers refuse a file that holds them.
_NONCHARACTERS = re.compile("[\ufdd0-\ufdef\ufffe\uffff]|[\U0001fffe\U0001ffff]")


def printable(text: str) -> str:
    """*text* fit to be written into a Word or Excel file: NFC, nothing that XML refuses."""
    return _NONCHARACTERS.sub("", clean_lines(text))


def typeset(text: str) -> str:
    """*text* as running text: curly quotes, and blanks that never part "số 88" or "Điều 5"."""
    quoted = _STRAIGHT.sub(r"“\1”", printable(text))
    return _PERCENT.sub(f"{NBSP}%", _BOUND.sub(rf"\1{NBSP}", quoted))


def number(value: Decimal) -> str:
    """*value* as the office writes it in a table: 36.720; 61,475; a true minus."""
    whole, _, rest = f"{abs(value):f}".partition(".")
    grouped = f"{int(whole):,}".replace(",", ".")
    rest = rest.rstrip("0")
    return ("\u2212" if value < 0 else "") + grouped + (f",{rest}" if rest else "")


def number_in_text(value: Decimal) -> str:
    """*value* as running text has it: whole numbers below 10 take a leading 0 (02)."""
    shown = number(value)
    return f"0{shown}" if len(shown) == 1 and shown != "0" else shown


def figure_in_text(figure: Figure) -> str:
    """A figure as running text cites it: "gần 36.720 lượt người", "16,8 %", "02 cuộc"."""
    shown = _QUALIFIERS[figure.qualifier] + number_in_text(figure.value)
    return f"{shown}{NBSP}{figure.unit}" if figure.unit else shown


def figure_in_table(figure: Figure) -> str:
    """A figure as a table cell has it; the unit stands in a column of its own."""
    return _QUALIFIERS[figure.qualifier] + number(figure.value)


def change(figure: Figure) -> str:
    """How a figure moved since the review before: "+12 (+16,8 %)"; empty when unknown."""
    if figure.previous is None:
        return ""
    moved = figure.value - figure.previous
    sign = "+" if moved > 0 else ""
    if figure.previous == 0 or figure.unit == "%" or moved == 0:
        return f"{sign}{number(moved)}"
    share = (moved * 100 / figure.previous).quantize(Decimal("0.1"))
    return f"{sign}{number(moved)} ({sign}{number(share)}{NBSP}%)"


def document_number(number: str) -> str:
    """A document's number as it is printed: below 10 with a leading 0 (07/BC-CAT)."""
    return _LONE_DIGIT.sub(r"0\1", printable(number))


def short_date(day: date) -> str:
    """05/9/2014: a leading 0 below day 10 and for months 1 and 2 only (Phụ lục I)."""
    return f"{day.day:02d}/{_month(day.month)}/{day.year}"


def place_and_date(place: str, day: date | None, year: int) -> str:
    """The date line of a letterhead; a missing day is left blank to be written by hand."""
    if day is None:
        blank = NBSP * 6
        return f"{place}, ngày{blank}tháng{blank}năm{NBSP}{year}"
    return f"{place}, ngày{NBSP}{day.day:02d} tháng{NBSP}{_month(day.month)} năm{NBSP}{day.year}"


def period_words(first: date, last: date) -> str:
    """A period in words: "từ ngày 15/6/2022 đến ngày 14/6/2023"."""
    return f"từ ngày{NBSP}{short_date(first)} đến ngày{NBSP}{short_date(last)}"


def _month(month: int) -> str:
    return f"{month:02d}" if month <= 2 else str(month)
