"""The bodies a document names: letterhead lines put together, "giữa A và B" taken apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from app.importers.lines import CAPITALS, is_caps
from app.text import clean, folded

_BODY_WORDS = (
    "Ủy ban|Uỷ ban|UBND|UB MTTQ|UBMTTQ|MTTQ|HĐND|Hội đồng|Bộ|Sở|Công an|Tỉnh ủy|Tỉnh uỷ|Thành ủy"
    "|Thành uỷ|Huyện ủy|Đảng ủy|Đảng uỷ|Đảng bộ|Ban|Hội|Liên đoàn|Liên hiệp|Liên minh|Đoàn"
    "|Tòa án|Toà án|Viện|Cục|Chi cục|Tổng cục|Trường|Quốc hội|Chính phủ|Thủ tướng|Mặt trận"
    "|Phòng|Văn phòng|Ngân hàng|Bảo hiểm|Kho bạc|Thanh tra|Kiểm toán|Trung tâm|Công ty|Tập đoàn"
    "|Hiệp hội|Đại học|Đài|Báo|Chi nhánh|Tổng Liên đoàn|Trung ương|Quân khu|Hải quan|Thuế"
    "|Bệnh viện|LĐLĐ|Đồn|Học viện|Tổng công ty|Chủ tịch|Giám đốc|Hạt|Vườn|Ngành|Lực lượng|Cơ quan"
    "|Tỉnh đoàn|Thành đoàn|BCH"
)
_STARTS = re.compile(rf"(?:{_BODY_WORDS})(?!\w)", re.IGNORECASE)
_ABOVE = re.compile(
    r"(?:ủy ban nhân dân|uỷ ban nhân dân|ubnd|bộ|tỉnh ủy|tỉnh uỷ|thành ủy|thành uỷ|đảng bộ"
    r"|đảng ủy|tổng cục|quốc hội|chính phủ|ban chấp hành|quân khu|cục|tổng liên đoàn|trung ương"
    r"|hội đồng|tòa án|viện kiểm sát|sở|công an)(?!\w)",
    re.IGNORECASE,
)
_POSITION = re.compile(
    r"^(?:Chủ tịch|Giám đốc|Tổng Giám đốc|Hiệu trưởng|Bộ trưởng|Thủ trưởng|Viện trưởng|Cục trưởng"
    rf"|Tổng cục trưởng|Trưởng ban|Chánh án|Bí thư|Tổng Thanh tra)\s+(?=(?:{_BODY_WORDS})(?!\w))",
    re.IGNORECASE,
)
_UNFINISHED = re.compile(
    r"(?:^|\s)(?:VÀ|CỦA|VỚI|[-–,]|ỦY BAN|UỶ BAN|BAN|HỘI|BỘ"
    r"|HỘI ĐỒNG|VIỆN|ỦY BAN TRUNG ƯƠNG)$"
)
_DASH = re.compile(rf"\s*[-–—]\s*(?=(?:{_BODY_WORDS})(?!\w))", re.IGNORECASE)
_AND = re.compile(
    rf"(?:\s*[,;]|\s+(?i:và|với)|\s+[-–])\s+"
    rf"(?=(?i:các\s+(?:sở|ban|ngành|cơ quan|đơn vị))|(?=[{CAPITALS}])(?i:{_BODY_WORDS})(?!\w))"
)
"""Between two names, never inside one: "Sở Giáo dục và Đào tạo", "các sở, ban, ngành"."""

_BETWEEN = re.compile(r"\bgiữa\s+(.+)$", re.IGNORECASE | re.DOTALL)
_PURPOSE = re.compile(
    r"\s+(?:trong|về|nhằm|để|đối với|giai đoạn|thực hiện|tại|theo|ngày|năm \d|nhiệm kỳ|khi"
    r"|trên địa bàn|phối hợp|có hiệu lực)(?!\w)|\s*\(",
    re.IGNORECASE,
)
_SHORT = (
    ("ban thuong truc ", ""),
    ("uy ban nhan dan", "ubnd"),
    ("uy ban mttq", "uy ban mat tran to quoc"),
    ("ubmttq", "uy ban mat tran to quoc"),
)
_LEVELS = frozenset({"tinh", "huyen", "xa", "phuong", "doan", "uy"})
_VOWEL = re.compile("[aeiouy]")
_RANK = (
    (0, "quoc hoi|chinh phu|thu tuong|trung uong"),
    (1, "bo chi huy|bo tu lenh"),
    (0, "bo|tong lien doan|tong cuc|quan khu"),
    (1, "uy ban nhan dan|ubnd|tinh uy|thanh uy|hdnd|hoi dong nhan dan|dang bo"),
)


def starts_body(text: str) -> bool:
    """True when *text* begins with a kind of body: "SỞ Y TẾ", "Công an tỉnh"."""
    return _STARTS.match(text) is not None


def letterhead_bodies(pieces: Sequence[tuple[str, bool]]) -> tuple[str, tuple[str, ...]]:
    """The superior body ("" when none) and the issuing bodies of a letterhead's left side.

    *pieces* are its lines with whether each is bold: NĐ 30/2020 sets the superior in regular
    letters above the issuing body in bold.
    """
    groups, joined = _groups(pieces)
    if joined or len(groups) < 2:
        return "", tuple(text for text, _ in groups)
    (first, first_bold), (second, second_bold) = groups[0], groups[1]
    if (first_bold != second_bold and second_bold) or _is_above(first, second):
        return first, tuple(text for text, _ in groups[1:])
    return "", tuple(text for text, _ in groups)


def parties_named(text: str) -> tuple[str, ...]:
    """The bodies of "… giữa A, B và C trong công tác …"; () when the text names none."""
    found = _BETWEEN.search(clean(text))
    return separate_bodies(found[1]) if found else ()


def separate_bodies(text: str) -> tuple[str, ...]:
    """Each body of "Bộ Tư pháp và Bộ Công an", as written; "và" inside a name is left alone."""
    listed = _PURPOSE.split(text, maxsplit=1)[0]
    parts = (part.strip(" .,;") for part in _AND.split(listed))
    return tuple(part for part in parts if part)


def without_position(text: str) -> str:
    """The body someone acts for: "Chủ tịch Ủy ban nhân dân tỉnh" is "Ủy ban nhân dân tỉnh"."""
    return _POSITION.sub("", text)


def merged(*groups: Iterable[str]) -> tuple[str, ...]:
    """The bodies of all *groups* without the same one twice; the fuller name is kept."""
    found: list[str] = []
    for body in (body for group in groups for body in group):
        twin = next((n for n, other in enumerate(found) if _same(other, body)), None)
        if twin is None:
            found.append(body)
        elif _is_better(body, found[twin]):
            found[twin] = body
    return tuple(found)


def as_written_below(body: str, text: str) -> str:
    """*body* in small letters where *text* writes it so; else as the letterhead has it."""
    if not is_caps(body) or not body:
        return body
    whole, sought = folded(text), folded(body)
    place = whole.find(sought) if len(whole) == len(text) else -1
    while place >= 0:
        written = text[place : place + len(sought)]
        if not is_caps(written) and written[0].isupper() and not written.istitle():
            return written
        place = whole.find(sought, place + 1)
    return body


def _groups(pieces: Sequence[tuple[str, bool]]) -> tuple[list[tuple[str, bool]], bool]:
    groups: list[tuple[str, bool]] = []
    joined = False
    for piece, bold in pieces:
        opens_with_dash = bool(re.match(r"[-–—]", piece))
        parts = _DASH.split(piece.strip(" -–—*"))
        joined = joined or len(parts) > 1 or opens_with_dash
        if groups and _UNFINISHED.search(groups[-1][0].upper()):
            joined = joined or bool(re.search(r"[-–]$", groups[-1][0]))
        for place, part in enumerate(parts):
            if groups and place == 0 and _continues(groups[-1][0], part, opens_with_dash):
                groups[-1] = (clean(f"{groups[-1][0]} {part}"), groups[-1][1])
            elif part:
                groups.append((part, bold))
    return [(text.strip(" -–"), bold) for text, bold in groups], joined


def _continues(before: str, part: str, after_dash: bool) -> bool:
    if after_dash or re.search(r"[-–]$", before):
        return False
    return not starts_body(part) or bool(_UNFINISHED.search(before.upper()))


def _is_above(first: str, second: str) -> bool:
    if not _ABOVE.match(first):
        return False
    return _rank(first) < _rank(second)


def _rank(body: str) -> int:
    plain = folded(body)
    return next((rank for rank, words in _RANK if re.match(rf"(?:{words})(?!\w)", plain)), 2)


def _key(body: str) -> str:
    plain = folded(body)
    for long, short in _SHORT:
        plain = plain.replace(long, short)
    return " ".join(re.findall(r"\w+", plain))


def _same(one: str, other: str) -> bool:
    """Whether two spellings mean one body: with or without its province, written out or not."""
    a, b = sorted((_key(one), _key(other)), key=len)
    words = a.split()
    whole = len(words) >= 3 or (len(words) == 2 and words[-1] in _LEVELS)
    if a == b or (whole and b.startswith(a + " ")):
        return True
    return _is_short(one) != _is_short(other) and _initials(one) == _initials(other)


def _is_short(body: str) -> bool:
    """True when a word of it is an abbreviation: "Sở GD&ĐT", "Bộ CHQS tỉnh"."""
    words = re.findall(r"[^\W\d_]+", folded(body.replace("&", "")))
    return any(not _VOWEL.search(word) for word in words)


def _initials(body: str) -> str:
    """First letters, abbreviations whole: "sgdđt" of "SỞ GD&ĐT" and "Sở Giáo dục và Đào tạo"."""
    found = ""
    for word in re.findall(r"\w+", body.casefold().replace("&", "")):
        if word not in ("và", "các"):
            found += word if not _VOWEL.search(folded(word)) else word[0]
    return found


def _is_better(new: str, old: str) -> bool:
    if is_caps(old) != is_caps(new):
        return is_caps(old) and len(_key(new)) >= len(_key(old))
    return len(_key(new)) > len(_key(old))
