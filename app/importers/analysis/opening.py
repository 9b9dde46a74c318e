"""What stands between a title and the first unit: abstract, căn cứ, the enclosing remark."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.importers.analysis.bodies import separate_bodies, starts_body, without_position
from app.importers.analysis.closing import is_signing_line
from app.importers.analysis.forms import form_named, title_in
from app.importers.analysis.letterhead import is_date_line, is_motto, is_number_line, is_rule
from app.importers.analysis.said_dates import first_date, number_said
from app.importers.lines import CAPITALS, Line, is_caps
from app.importers.proposal import BasisProposal
from app.text import clean

_BASIS = re.compile(r"^[-–+•*]?\s*(?:Căn cứ|Theo (?:đề nghị|Tờ trình|Nghị quyết)|Xét |Thực hiện )")
_ASKED = re.compile(r"^[-–+•*]?\s*(?:Theo đề nghị|Xét |Theo Tờ trình)")
_ENACTING = re.compile(rf"^[{CAPITALS}\s.,]+:$")
_ENCLOSED = re.compile(r"^\W*\(?\s*(?:Ban hành\s+)?kèm\s+theo\b", re.IGNORECASE)
_REMARK_INSIDE = re.compile(r"(?<=\S)\s*\((?:Ban hành )?[Kk]èm theo\s")
_ACT = r"(?:Bộ luật|Luật|Pháp lệnh|Nghị định|Nghị quyết|Thông tư|Quyết định|Chỉ thị)"
_NEXT_ACT = re.compile(
    rf";\s*(?:và\s+)?(?=(?:[Cc]ăn cứ|{_ACT})\b)|\s+và\s+(?={_ACT}(?:\s+liên tịch)?\s+số\s+\d)"
)
_ISSUER = re.compile(
    r"(?:\d{4}|QH\d+|[A-ZĐ]{2,})\s+của\s+(.+?)(?=\s+(?:quy định|về|ban hành|hướng dẫn"
    rf"|sửa đổi|phê duyệt|ngày|và\s+(?:{_ACT}|pháp luật|các|những)|công bố|phân|đã được"
    r"|có hiệu lực|giao|thành lập|đối với)\b|[,;.(]|$)"
)
_TAIL = re.compile(
    r"\s*,?\s+ngày\s+\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}(?:\s+của\s+(.+?))?"
    r"(?:,\s*(có hiệu lực.*))?$"
)
_MOST_LINES = 8
_ISSUED_BY_HEAD = frozenset({"decision", "decree", "circular", "joint_circular", "resolution"})


@dataclass(frozen=True)
class Opening:
    """What the opening says; `encloser*` is the act named in "(Ban hành kèm theo …)"."""

    abstract: str = ""
    basis: tuple[BasisProposal, ...] = ()
    issuer: str = ""  # the line "CHỦ TỊCH ỦY BAN NHÂN DÂN …" above the căn cứ
    is_enclosed: bool = False
    encloser: str = ""
    encloser_date: date | None = None
    encloser_bodies: tuple[str, ...] = ()
    head_lines: tuple[Line, ...] = ()  # number and date lines printed under the title
    issued_on: date | None = None  # said at the end of the abstract, as collections of acts do
    issued_by: tuple[str, ...] = ()
    force: str = ""


def opening_of(lines: Sequence[Line], rest_of_title: str, form: str) -> Opening:
    """Read the *lines* after the title up to the first unit."""
    lines = [piece for line in lines for piece in _remark_apart(line)]
    texts = [line.text for line in lines]
    remark = _remark(texts)
    head = tuple(line for line in lines[:4] if is_number_line(line.text) or _is_bare_date(line))
    issuer = _issuer_place(lines, form)
    abstract = clean(" ".join(filter(None, (rest_of_title, *_abstract(lines, issuer, remark)))))
    abstract, issued_on, issued_by, force = _without_tail(abstract.strip(" -–_*"))
    return Opening(
        abstract,
        _basis(texts, 0 if issuer is None else issuer + 1),
        "" if issuer is None else texts[issuer],
        bool(remark),
        number_said(remark) or "",
        first_date(remark),
        _remark_bodies(remark),
        head,
        issued_on,
        issued_by,
        force,
    )


def is_enclosing_remark(text: str) -> bool:
    """True for "(Ban hành kèm theo Quyết định số …)"."""
    return _ENCLOSED.match(text) is not None


def is_basis(text: str) -> bool:
    """True for a line that begins with "Căn cứ" and its like."""
    return _BASIS.match(text) is not None


def _is_bare_date(line: Line) -> bool:
    return is_date_line(line.text) and not is_enclosing_remark(line.text)


def _remark_apart(line: Line) -> list[Line]:
    """A remark typed on the abstract's own line, put on a line of its own."""
    found = _REMARK_INSIDE.search(line.text)
    if found is None:
        return [line]
    before, after = line.text[: found.start()].strip(), line.text[found.start() :].strip()
    return [replace(line, text=before), replace(line, text=after)]


def _remark(texts: Sequence[str]) -> str:
    start = next((n for n, text in enumerate(texts) if is_enclosing_remark(text)), None)
    if start is None:
        return ""
    found = ""
    for text in texts[start : start + 4]:
        found = f"{found} {text}".strip()
        if ")" in text:
            break
    return found


def _remark_bodies(remark: str) -> tuple[str, ...]:
    found = re.search(r"\bcủa\s+(.+?)\s*\)?\s*$", remark)
    return tuple(map(without_position, separate_bodies(found[1]))) if found else ()


def _issuer_place(lines: Sequence[Line], form: str) -> int | None:
    """Where the line naming who decides stands: in capitals, after the abstract, above căn cứ."""
    for place, line in enumerate(lines):
        if is_basis(line.text) or _ENACTING.match(line.text):
            return None
        names_one = starts_body(line.text) or is_signing_line(line.text)
        if not (line.is_caps and names_one and (place or form in _ISSUED_BY_HEAD)):
            continue
        before = lines[place - 1].text if place else ""
        if not is_caps(before) or (form in _ISSUED_BY_HEAD and not _hangs(before)):
            return place
    return None


def _hangs(before: str) -> bool:
    return bool(re.search(r"(?:GIỮA|VÀ|VỚI|CỦA|[-–,])$", before))


def _abstract(lines: Sequence[Line], issuer: int | None, remark: str) -> list[str]:
    found: list[str] = []
    for line in lines[: issuer if issuer is not None else len(lines)]:
        text = line.text
        if is_rule(text) or is_motto(text) or is_number_line(text) or _is_bare_date(line):
            continue
        if is_basis(text) or _ENACTING.match(text) or (remark and text in remark):
            break
        if len(found) >= _MOST_LINES or _begins_body(found, line, lines):
            break
        found.append(text)
    return found


def _begins_body(found: list[str], line: Line, lines: Sequence[Line]) -> bool:
    """True when a paragraph no longer belongs to the abstract."""
    if not found:
        return len(line.text) > 700
    if found[-1].endswith((".", ";", ":")) or line.text.endswith((".", ";", ":")):
        return True
    if is_caps(found[0]) != line.is_caps and line.text[0].isupper() and is_caps(found[-1]):
        return True
    first = next(one for one in lines if one.text == found[0])
    return first.bold and not line.bold


def _basis(texts: Sequence[str], start: int) -> tuple[BasisProposal, ...]:
    found: list[str] = []
    for text in texts[start:]:
        if is_rule(text) or _ENACTING.match(text):
            continue
        if is_basis(text):
            found.append(text)
        elif found and not found[-1].rstrip().endswith((";", ".", ":")) and not is_caps(text):
            found[-1] += " " + text
    return tuple(
        _basis_proposal(piece, whole)
        for whole in found
        for piece in ([whole] if _ASKED.match(whole) else _NEXT_ACT.split(whole))
        if clean(piece)
    )


def _basis_proposal(piece: str, whole: str) -> BasisProposal:
    text = clean(piece).strip(" -–+•*").rstrip(" ;.,")
    asked = _ASKED.match(whole) is not None
    issuer = _ISSUER.search(text)
    return BasisProposal(
        text=text,
        number=number_said(text) or "",
        issued_on=first_date(text),
        kind="proposal" if asked else form_named(text),
        issuer=issuer[1].strip() if issuer else "",
    )


def _without_tail(abstract: str) -> tuple[str, date | None, tuple[str, ...], str]:
    """Take "ngày … của …, có hiệu lực …", which collections of acts append, off an abstract."""
    found = _TAIL.search(abstract)
    if found is None or not (found[1] or found[2]):
        return abstract, None, (), ""
    bodies = separate_bodies(found[1]) if found[1] else ()
    return abstract[: found.start()], first_date(found.group()), bodies, found[2] or ""


def is_title(text: str) -> bool:
    """True for a line that is a title and not a chapter's heading ("QUY ĐỊNH CHUNG")."""
    found = title_in(text)
    return found is not None and not re.match(
        r"(?:CHUNG|CỤ THỂ|CHUYỂN TIẾP|KHÁC|THI HÀNH|CHI TIẾT)\b", found[2]
    )
