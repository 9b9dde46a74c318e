"""A line of a document, whatever file it came from: what the readers hand to the analysis."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from app.text import clean, folded

CAPITALS = "A-ZÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
"""For use inside [] of a pattern: a range from À to Ỹ would take small letters in as well."""

_STRUCTURE = re.compile(
    r"(?:Điều|Ðiều|Chương|Mục|Phần|Phụ lục|Căn cứ|Nơi nhận|Khoản)\b"
    r"|\d{1,3}(?:\.\d{1,2})*\s*[.)/]\s|[a-zđ]\s*\)|[-+–•*]\s|[“\"]",
    re.IGNORECASE,
)
_MARKED = re.compile(r"(?:Điều|Ðiều|Chương|Mục|Phần)\s|\d{1,3}\s*[.)]\s|[a-zđ]\s*\)", re.IGNORECASE)
_BULLET = re.compile(r"^[\uf000-\uf0ff·•▪◦➢❖]\s*")  # symbol fonts keep their signs in private codes
_ENDED = re.compile(r"[.;:!?…”\"]\s*$")
_LETTERHEAD = re.compile(
    r"cong hoa xa hoi chu nghia|doc lap\s*-?\s*tu do|dang cong san viet nam"
    r"|^\s*(?:luat )?so\s*:?\s*[\d./…-]|noi nhan\s*:|\bngay\b.{0,14}\bthang\b.{0,12}\bnam\b",
    re.MULTILINE,
)
_SIGNING = re.compile(r"^\s*(?:TM|KT|TL|TUQ|Q)\s*\.|^\s*ĐẠI DIỆN\b|^(?:PHÓ )?(?:CHỦ TỊCH|GIÁM ĐỐC)")


@dataclass(frozen=True)
class Line:
    """One line of text, cleaned, with what its place and dress say about it.

    `table` numbers the layout tables from 1 (0: not in one) and `cell` the cells within it;
    `bold` is true when every letter is. A row of a data table is one line with " | " between cells.
    """

    text: str
    bold: bool = False
    table: int = 0
    cell: int = 0

    @property
    def plain(self) -> str:
        """The text folded: for comparing, never for showing."""
        return folded(self.text)

    @property
    def is_caps(self) -> bool:
        """True when it has letters and none of them is small."""
        return is_caps(self.text)


def is_caps(text: str) -> bool:
    """True when *text* has letters and none of them is small."""
    return text.upper() == text and text.lower() != text


def lines_of_paragraph(text: str, *, bold: bool = False, split: bool = False) -> list[Line]:
    """The lines of one paragraph: soft breaks part titles and enumerations, not sentences.

    *split* parts at every soft break, as a letterhead's cell needs.
    """
    found: list[str] = []
    for piece in re.split(r"[\n\x0b\x0c\r]", text):
        line = _BULLET.sub("- ", clean(piece))
        if not line:
            continue
        if found and not split and _goes_on(found[-1], line):
            found[-1] += " " + line
        else:
            found.append(line)
    return [Line(line, bold) for line in found]


def _goes_on(before: str, line: str) -> bool:
    """True when a soft break stands inside a sentence or a heading."""
    if _STRUCTURE.match(line) or _ENDED.search(before) or is_caps(before) != is_caps(line):
        return False
    return bool(_MARKED.match(before)) or not is_caps(before)


def lines_of_table(rows: list[list[list[Line]]], number: int) -> list[Line]:
    """The lines of a table in reading order: cell after cell for layout, row after row for data."""
    if _is_layout(rows):
        cells = [cell for row in rows for cell in row]
        return [
            replace(line, table=number, cell=place)
            for place, cell in enumerate(cells)
            for line in cell
        ]
    return [line for row in rows if (line := _row(row)) is not None]


def _row(row: list[list[Line]]) -> Line | None:
    cells = [" ".join(line.text for line in cell) for cell in row]
    if not any(cells):
        return None
    return Line(" | ".join(cells), bold=all(line.bold for cell in row for line in cell))


def _is_layout(rows: list[list[list[Line]]]) -> bool:
    """Letterheads, signatures and single-column boxes only lay text out; the rest is data."""
    if max(map(len, rows), default=0) <= 1:
        return True
    if len(rows) > 8 or max(map(len, rows)) > 4:
        return False
    text = "\n".join(line.text for row in rows for cell in row for line in cell)
    if _LETTERHEAD.search(folded(text)):
        return True
    return any(_SIGNING.match(line) for line in text.split("\n") if is_caps(line))
