"""Dates and numbers as documents say them: "ngày 05 tháng 3 năm 2020", "số 30/2020/NĐ-CP"."""

from __future__ import annotations

import re
from datetime import date

_DATE = re.compile(
    r"(?:ngày\s*)?(?<!\d)(\d{1,2})\s*(?:tháng\s*(\d{1,2})\s*(?:năm|,)\s*(\d{4})"
    r"|[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4}))(?!\d)",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"[0-9A-Za-zÀ-ỹĐđ&/.\-–…_]+")
_NUMBER_WORD = re.compile(r"\bsố\s*[:.]?\s*(?=[\d./…_(\-–]|\s*/)", re.IGNORECASE)
_JOINED = re.compile(r"\s*/\s*|\s*[-–]\s*(?=[A-ZĐ]{2,})|(?<=[A-ZĐ])\s*&\s*(?=[A-ZĐ])")


def first_date(text: str) -> date | None:
    """The first full date said in *text*; None when the day is blank or not in the calendar."""
    for found in _DATE.finditer(text):
        day, month_word, year_word, month, year = found.groups()
        try:
            return date(int(year_word or year), int(month_word or month), int(day))
        except ValueError:
            continue
    return None


def number_said(text: str) -> str | None:
    """The document number after "số" in *text*, blanks around its strokes closed up.

    "" when the word is there and the number is still blank ("Số:      /QĐ-UBND"); None when the
    text does not speak of a number.
    """
    found = _NUMBER_WORD.search(text)
    return None if found is None else number_at(text, found.end())


def number_at(text: str, place: int) -> str:
    """The number that stands at *place* of *text*; "" when it has no digits of its own yet."""
    rest = _JOINED.sub(lambda m: m.group().strip().replace("–", "-"), text[place : place + 120])
    token = _TOKEN.match(rest.strip().lstrip("("))
    number = token.group().rstrip(".,;:-–…_/") if token else ""
    return number if re.match(r"\d", number) else ""


def symbol_said(text: str) -> str:
    """What is already printed of a blank number: "/QĐ-UBND"."""
    found = re.search(r"/\s*[A-ZĐ][\w&/\-–]*", text)
    return found.group().replace(" ", "") if found else ""
