"""The marks that begin a unit of a document: Phần, Chương, Mục, Điều, khoản, điểm."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.importers.lines import CAPITALS

POINT_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"

PART, CHAPTER, SECTION, SUBSECTION, ARTICLE, CLAUSE, POINT, SUBPOINT = range(8)
UNIT_KINDS = ("part", "chapter", "section", "section", "article", "clause", "point", "point")

_ROMAN = r"[IVXLC]+|\d{1,3}"
_PART = re.compile(
    rf"^(?:Phần|PHẦN)\s+((?:thứ|THỨ)\s+\w+|{_ROMAN}|[A-ZĐ])(?![\w/])\s*[.:\-–]?\s*(.*)$"
)
_CHAPTER = re.compile(rf"^(?:Chương|CHƯƠNG)\s+({_ROMAN})(?![\w/])\s*[.:\-–]?\s*(.*)$")
_SECTION = re.compile(rf"^(?:Mục|MỤC)\s+({_ROMAN}|[A-ZĐ])(?![\w/])\s*[.:\-–]?\s*(.*)$")
_SUBSECTION = re.compile(rf"^(?:Tiểu mục|TIỂU MỤC)\s+({_ROMAN})(?![\w/])\s*[.:\-–]?\s*(.*)$")
_ARTICLE = re.compile(r"^(?:[ĐÐ]iều|[ĐÐ]IỀU)\s+(\d{1,3}\s?[a-zđ]?)(?![\w/])\s*([.:)\-–]?)\s*(.*)$")
_CLAUSE = re.compile(r"^(?:[Kk]hoản\s+)?(\d{1,3})\s*([.)/:]|[-–](?=\s))\s*(?![\d])(.*)$")
_NUMBERED = re.compile(r"^(\d{1,2}(?:\.\d{1,2}){1,3})\s*[.)]?\s+(\D.*)$")
_POINT = re.compile(r"^(?:[Đđ]iểm\s+)?([a-zđăâêôơư]\d?)\s*([.)/])\s*(.*)$")
_ROMAN_HEAD = re.compile(r"^([IVX]{1,6})\s*[.)\-–/]\s*(\S.*)$")
_LETTER_HEAD = re.compile(rf"^([A-H])\s*[.)\-–]\s+([{CAPITALS}]{{2}}.*)$")
_APPENDIX = re.compile(
    r"^(?:PHỤ LỤC|Phụ lục)(?:\s+(?:số\s+|SỐ\s+)?([IVXLC]+|\d{1,2}[a-z]?|[A-ZĐ]))?"
    r"(?![\w/])\s*[.:\-–]?\s*(.*)$"
)
_CONTENTS = re.compile(r"(?:\.{4,}|…{2,})\s*\d{1,4}\s*$")
_REFERRING = re.compile(
    r"^(?:của|và|hoặc|,|;|tại|này|đến|thuộc|nêu|được|khoản|điểm|ban hành|Luật|Nghị định|Thông tư"
    r"|Nghị quyết|Quyết định|Quy chế|Quy định|Pháp lệnh|Bộ luật|Hiến pháp|Chương|Mục|Điều)\b"
)


@dataclass(frozen=True)
class Marker:
    """The mark a line begins with: its level (`PART` … `SUBPOINT`), number and the rest.

    `sure` is false when only the order of numbers can tell a unit from a reference or a list.
    """

    level: int
    number: str
    rest: str
    sure: bool = True

    @property
    def kind(self) -> str:
        """The provision's kind, as the register names it."""
        return UNIT_KINDS[self.level]


def marker_of(text: str) -> Marker | None:
    """The mark *text* begins with, or None. Tables of contents and references have none."""
    if _CONTENTS.search(text[-40:]):
        return None
    return _heading(text) or _article(text) or _item(text)


def plain_heading(text: str) -> Marker | None:
    """The heading "I. …" or "A. …" of a document that has no Điều."""
    if found := _ROMAN_HEAD.match(text):
        return Marker(SECTION, found[1], found[2])
    if found := _LETTER_HEAD.match(text):
        return Marker(PART, found[1], found[2])
    return None


def appendix_number(text: str) -> tuple[str, str] | None:
    """Number ("" when alone) and heading of a line that opens an annex; None for other lines."""
    found = _APPENDIX.match(text)
    if (
        found is None
        or len(text) > 200
        or _CONTENTS.search(text[-40:])
        or _REFERRING.match(found[2])
    ):
        return None
    if found[2][:1].islower() or text.endswith((";", ",")):
        return None
    if found[1] is None and found[2] and not found[2].isupper():
        return None
    return found[1] or "", found[2]


def _heading(text: str) -> Marker | None:
    for pattern, level in (
        (_PART, PART),
        (_CHAPTER, CHAPTER),
        (_SECTION, SECTION),
        (_SUBSECTION, SUBSECTION),
    ):
        found = pattern.match(text)
        if found and not _REFERRING.match(found[2]) and not found[2][:1].islower():
            return Marker(level, found[1], found[2].strip())
    return None


def _article(text: str) -> Marker | None:
    found = _ARTICLE.match(text)
    if found is None:
        return None
    number, mark, rest = found[1].replace(" ", ""), found[2], found[3].strip()
    if mark in ("", "-", "–", ")") and rest and (_REFERRING.match(rest) or rest[0].islower()):
        return None
    return Marker(ARTICLE, number, rest, sure=mark in (".", ":") or not rest)


def _item(text: str) -> Marker | None:
    if found := _CLAUSE.match(text):
        return Marker(CLAUSE, found[1], found[3].strip(), sure=found[2] in ".)")
    if found := _NUMBERED.match(text):
        return Marker(POINT, found[1], found[2].strip())
    if found := _POINT.match(text):
        return Marker(POINT, found[1], found[3].strip(), sure=found[2] == ")")
    return None
