"""What a packet's folder and files are called: the occasion, the time and the papers it is about.

Short, as an office would write them, and enough to tell one from another that was mailed alone:
"Sơ kết 2023 - QCPH 190", "Báo cáo sơ kết 2023 - QCPH 190.docx". The title stands inside.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app import place
from app.export.packet_content import PacketContent
from app.text import listed

_QUARTERS = ("I", "II", "III", "IV")
_NUMBER = re.compile(r"\d+[a-zđ]?(?![\d])")
_YEAR = re.compile(r"(?:19|20)\d\d")
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_MOST_NAMED = 2
_STEMS = ("Báo cáo", ".docx"), ("Phụ lục số liệu", ".xlsx"), ("Danh mục nguồn", ".xlsx")


@dataclass(frozen=True)
class PacketPlace:
    """Where a packet goes: its folder and, in reading order, the names of the files in it."""

    folder: Path
    report: str
    annex: str
    sources: str

    @property
    def files(self) -> tuple[str, ...]:
        """The names, in reading order."""
        return self.report, self.annex, self.sources


def place_of(content: PacketContent, out_dir: Path) -> PacketPlace:
    """A place in *out_dir* that nothing holds. Raises PathTooLong where that is too deep."""
    told = _told(content)
    inside = told[:1].lower() + told[1:]
    files = [(f"{kind} {inside}", suffix) for kind, suffix in _STEMS]
    folder, names = place.fit_folder(out_dir, told, files)
    return PacketPlace(folder, *names)


def refuse_deep(out_dir: Path) -> None:
    """Raise PathTooLong where not even the shortest names fit, before anything is gathered."""
    place.fit_folder(out_dir, "Sơ kết 2023", _STEMS)


def _told(content: PacketContent) -> str:
    about = content.about
    when = period_words(about.period_from, about.period_to)
    which = papers_words([row.number for row in content.regulations])
    return f"{content.occasion} {when}" + (f" - {which}" if which else "")


def period_words(first: date, last: date) -> str:
    """A period as an office says it in a name; reporting periods may begin in the month before."""
    months = round((last - first).days / 30.44)
    year = f"năm {last.year}"
    if months == 3 and last.month % 3 == 0:
        return f"quý {_QUARTERS[last.month // 3 - 1]} {year}"
    if months == 6 and last.month in (6, 12):
        return f"6 tháng {'đầu' if last.month == 6 else 'cuối'} {year}"
    if months == 9 and last.month == 9:
        return f"9 tháng đầu {year}"
    if months in (11, 12, 13):
        return str(last.year)
    if months > 13:
        return f"{first.year}-{last.year}"
    if first.year != last.year:
        return f"tháng {first.month}-{first.year} đến {last.month}-{last.year}"
    return (
        f"tháng {first.month}-{last.month} {year}" if months > 1 else f"tháng {last.month} {year}"
    )


def papers_words(numbers: Sequence[str]) -> str:
    """The papers of a review in a name: "QCPH 190", or how many where they are many."""
    named = list(dict.fromkeys(filter(None, map(_paper, numbers))))
    if len(named) == len(numbers) <= _MOST_NAMED:
        return listed(named)
    return f"{len(numbers)} văn bản"


def _paper(number: str) -> str:
    """A number for short: 190/QCPH-CAT-SYT is "QCPH 190", 35/2019/QĐ-UBND "QĐ 35-2019"."""
    found = _NUMBER.search(number)
    if found is None:
        return ""
    rest = number[found.end() :]
    kind, year = _LETTERS.search(rest), _YEAR.search(rest)
    said = f"{kind.group() if kind else 'số'} {found.group()}"
    return f"{said}-{year.group()}" if year else said
