"""The end of a document: where it begins, to whom it goes, in what office it was signed.

Names of persons are left out: the register keeps positions only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from app.importers.analysis.markers import ARTICLE, marker_of
from app.importers.analysis.tree import is_by_article
from app.importers.lines import CAPITALS, Line, is_caps

_RECIPIENTS = re.compile(r"^\W*nơi\s+nhận\s*[:.]?\s*(.*)$", re.IGNORECASE)
_SIGNED_FOR = re.compile(r"^(?:TM|KT|TL|TUQ|Q)\s*\.\s*\S", re.IGNORECASE)
_POSITION = re.compile(
    r"^(?:(?:QUYỀN |PHÓ |NGUYÊN )?(?:CHỦ TỊCH|CHỦ NHIỆM|GIÁM ĐỐC|TỔNG GIÁM ĐỐC|HIỆU TRƯỞNG"
    r"|BỘ TRƯỞNG|THỦ TƯỚNG|VIỆN TRƯỞNG|CỤC TRƯỞNG|TỔNG CỤC TRƯỞNG|CHI CỤC TRƯỞNG|TRƯỞNG"
    r"|BÍ THƯ|TỔNG BÍ THƯ|CHÁNH|TƯ LỆNH|CHỈ HUY TRƯỞNG|CHÍNH ỦY|CHÍNH UỶ|TỔNG THANH TRA"
    r"|TỔNG KIỂM TOÁN|THỐNG ĐỐC|ĐỒN TRƯỞNG|THẨM PHÁN|ỦY VIÊN|UỶ VIÊN|THƯ KÝ)"
    r"|THỨ TRƯỞNG|ĐẠI DIỆN)(?!\w)"
)
_BODY = re.compile(
    r"^(?:ỦY BAN|UỶ BAN|UBND|BAN|BỘ|SỞ|CÔNG AN|TỈNH ỦY|TỈNH UỶ|THÀNH ỦY|HỘI|LIÊN ĐOÀN|TÒA ÁN|TOÀ ÁN"
    r"|VIỆN KIỂM SÁT|CHÍNH PHỦ|QUỐC HỘI|ĐOÀN|CỤC|HỘI ĐỒNG|MẶT TRẬN|TỔNG CỤC)\b"
)
_SURNAMES = (
    "Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đinh|Trịnh|Mai|Đào"
    "|Lương|Hà|Tô|Cao|Lâm|Trương|Tạ|Thái|Quách|Phùng|Tống|Lưu|Chu|Châu|Triệu|Vương|Nông|Giang|Lò"
)
_PLACES = "Hà Nội|Hà Nam|Hà Giang|Hà Tĩnh|Lâm Đồng|Cao Bằng|Thái Bình|Thái Nguyên|Lý Sơn|Mai Châu"
_NAMED = re.compile(
    rf"\s*(?:\s[-–]|\()\s*(?:đ/c|đồng chí|ông|bà)?\s*(?!{_PLACES})(?:{_SURNAMES})"
    rf"(?:\s+[{CAPITALS}]\w*){{1,3}}\)?(?=\s*[;.,]?\s*$)"
)
_TYPIST = re.compile(rf"(?<=[A-ZĐ])[.(]\s*[{CAPITALS}][^\W\d_{CAPITALS}]+\)?\s*(?=[.;]?$)")
_COPY = re.compile(r"^(?:SAO Y|SAO LỤC|TRÍCH SAO)\b")  # whoever made a copy signed no document
_BULLET = re.compile(r"^[-–+•*·]\s*")
_LONGEST_RECIPIENT = 300


@dataclass(frozen=True)
class Closing:
    """Where the closing begins (index among the lines given) and what it says."""

    start: int
    recipients: tuple[str, ...]
    signers: tuple[str, ...]


def closing_of(lines: Sequence[Line]) -> Closing:
    """Find the closing of a document's *lines*; `start` is their number when it has none."""
    start = next((n for n in _candidates(lines) if _opens_closing(lines, n)), len(lines))
    start = _start_of_table(lines, start)
    tail = lines[start:]
    return Closing(start, _recipients(tail), _signers(tail))


def is_signing_line(text: str) -> bool:
    """True for "TM. …", "KT. …" and for a position in capitals."""
    if len(text) > 120 or text.endswith((";", ":", ",")):
        return False
    if _SIGNED_FOR.match(text):
        return is_caps(text[:2])
    return is_caps(text) and _POSITION.match(text) is not None


def opens_recipients(text: str) -> bool:
    """True for the line "Nơi nhận:"."""
    return _RECIPIENTS.match(text) is not None and len(text) < 60


def without_names(text: str) -> str:
    """*text* without the name of a person set after a position, and without the typist's."""
    return _TYPIST.sub("", _NAMED.sub("", text)).strip()


def _candidates(lines: Sequence[Line]) -> range:
    """Lines after which a closing may stand: past the first Điều, or past the first third."""
    texts = [line.text for line in lines]
    if not is_by_article(texts):
        return range(len(lines) // 3, len(lines))
    first = next(n for n, text in enumerate(texts) if (m := marker_of(text)) and m.level == ARTICLE)
    return range(first + 1, len(lines))


def _opens_closing(lines: Sequence[Line], place: int) -> bool:
    text = lines[place].text
    if opens_recipients(text):
        return True
    if not is_signing_line(text):
        return False
    following = [marker_of(line.text) for line in lines[place + 1 : place + 12]]
    return not any(m is not None and m.level <= ARTICLE for m in following)


def _start_of_table(lines: Sequence[Line], start: int) -> int:
    if start == len(lines) or not lines[start].table:
        return start
    while start and lines[start - 1].table == lines[start].table:
        start -= 1
    return start


def _recipients(tail: Sequence[Line]) -> tuple[str, ...]:
    opening = next((n for n, line in enumerate(tail) if opens_recipients(line.text)), None)
    if opening is None:
        return ()
    found: list[str] = []
    head = _RECIPIENTS.match(tail[opening].text)
    if head is not None and head[1]:
        found.append(head[1])
    for line in tail[opening + 1 :]:
        if (line.table, line.cell) != (tail[opening].table, tail[opening].cell):
            break
        if not _takes_recipient(found, line.text):
            break
    cleaned = (without_names(_BULLET.sub("", text)).strip(" ;.") for text in found)
    return tuple(text for text in cleaned if text)


def _takes_recipient(found: list[str], text: str) -> bool:
    if is_signing_line(text) or len(text) > _LONGEST_RECIPIENT:
        return False
    if _BULLET.match(text) or not found:
        found.append(text)
        return True
    if found[-1].rstrip().endswith((".", "./.")) or (is_caps(text) and len(text) > 12):
        return False
    found[-1] += " " + text
    return True


def _signers(tail: Sequence[Line]) -> tuple[str, ...]:
    found: list[str] = []
    copied = {(line.table, line.cell) for line in tail if line.table and _COPY.match(line.text)}
    copied |= {(table, cell - 1) for table, cell in copied}  # beside it, the office that copied
    own = [line for line in tail if (line.table, line.cell) not in copied]
    for _, cell in groupby(own, key=lambda line: (line.table, line.cell)):
        found.extend(_blocks([line.text for line in cell]))
    return tuple(dict.fromkeys(found))


def _blocks(texts: Sequence[str]) -> list[str]:
    """Consecutive lines of position are one signature: "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"."""
    blocks: list[list[str]] = []
    open_block = False
    for text in texts:
        signing = is_signing_line(text)
        if signing or (open_block and is_caps(text) and _BODY.match(text)):
            if not open_block:
                blocks.append([])
            blocks[-1].append(without_names(text))
            open_block = True
        else:
            open_block = False
    return [", ".join(block) for block in blocks]
