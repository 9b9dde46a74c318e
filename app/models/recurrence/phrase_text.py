"""Legal Vietnamese made plain before it is read: numbers as digits, one spelling of "hằng".

The trap is "năm", both *five* and *year*: "05 (năm) ngày làm việc" is five days, "năm năm một lần"
once in five years, "hằng năm, ngày 15" the fifteenth every year.
"""

import re

from app.text import clean

_SPELLED = {
    "một": 1,
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "tư": 4,
    "sáu": 6,
    "bảy": 7,
    "bẩy": 7,
    "tám": 8,
    "chín": 9,
    "mười": 10,
    "mười hai": 12,
    "mười lăm": 15,
    "mười tám": 18,
    "hai mươi": 20,
    "hai mươi bốn": 24,
    "ba mươi": 30,
    "ba mươi sáu": 36,
    "bốn mươi lăm": 45,
    "bốn mươi tám": 48,
    "sáu mươi": 60,
    "bảy mươi hai": 72,
    "chín mươi": 90,
}
_ANY = "|".join(sorted([*_SPELLED, "năm"], key=len, reverse=True))
_NOT_FIVE = "|".join(sorted(_SPELLED, key=len, reverse=True))
_UNITS = "ngày|tuần|tháng|quý|năm|lần|làn|giờ"
_FLAGS = re.IGNORECASE

_MARKER = re.compile(r"^(?:[a-zđ][.)]|[0-9]{1,2}[.)]|[-+–]) (?=\D)", _FLAGS)  # "b) ", "- "
_LAW = re.compile(
    r"(?:nghị định|thông tư(?: liên tịch)?|quyết định|luật|nghị quyết|chỉ thị|công văn|kế hoạch)"
    r" số [^\s,;()]+(?: ngày [0-9]{1,2}(?:/| tháng )[0-9]{1,2}(?:/| năm )[0-9]{4})?",
    _FLAGS,
)
_PROVISION = re.compile(
    r"(?:khoản|điểm|điều|mục|phụ lục|mẫu|biểu)(?: số)?"
    r" (?:[0-9][^\s,;()]*|[ivxlc]+|[a-zđ])(?=[\s,;()]|$)",
    _FLAGS,
)
_STEPS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\b(?:quí|qúy|qúi)\b", _FLAGS), "quý"),
    (re.compile(r"\bnửa năm\b", _FLAGS), "6 tháng"),
    (re.compile(r"\bhàng(?= (?:ngày|tuần|tháng|quý|năm)\b)", _FLAGS), "hằng"),
    (re.compile(rf"([0-9]+) ?\( ?(?:{_ANY}) ?\)", _FLAGS), r"\1"),
    (re.compile(rf"\b(?:{_ANY}) ?\( ?([0-9]+) ?\)", _FLAGS), r"\1"),
    (
        re.compile(r"(?<!hằng )(?<!mỗi )(?<!\w)(?<![0-9] )năm(?= năm\b| ngày làm việc\b)", _FLAGS),
        "5",
    ),
    (
        re.compile(
            r"(?<=\bhạn )năm(?= ngày| tháng)|(?<=vòng )năm(?= ngày| tháng)"
            r"|(?<=nhất )năm(?= ngày| tháng)|(?<=quá )năm(?= ngày| tháng)",
            _FLAGS,
        ),
        "5",
    ),
)
_BEFORE_UNIT = re.compile(rf"(?<!thứ )\b({_NOT_FIVE})(?= (?:{_UNITS})\b)", _FLAGS)
_OF_MONTH = re.compile(rf"(?<=\btháng )({_NOT_FIVE})\b", _FLAGS)


def plain(text: str) -> str:
    """*text* with one spelling of numbers and of "hằng"; case is kept."""
    said = _MARKER.sub("", clean(text.replace("*", "")))
    for pattern, instead in _STEPS:
        said = pattern.sub(instead, said)
    said = _BEFORE_UNIT.sub(lambda found: str(_SPELLED[found[1].casefold()]), said)
    said = _OF_MONTH.sub(lambda found: str(_SPELLED[found[1].casefold()]), said)
    return clean(said)


def without_references(said: str) -> str:
    """*said* less what it cites ("Nghị định số …", "khoản 2 Điều 5"), whose figures mislead."""
    return clean(_PROVISION.sub(" ", _LAW.sub(" ", said)))
