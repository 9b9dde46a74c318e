"""Deadline phrases of legal texts, trackers and clerks, read into rules.

Better unread than misread: a phrase is a rule only when everything in it that looks like a time
has been understood. Else it is kept word for word, without a date, and a clerk decides.
"""

import re
from collections.abc import Callable

from app.models.recurrence.phrase_events import read_event
from app.models.recurrence.phrase_once import read_once
from app.models.recurrence.phrase_rhythm import read_rhythm
from app.models.recurrence.phrase_text import plain, without_references
from app.models.recurrence.rule import Reason, Recurrence
from app.models.recurrence.wording import UNSCHEDULED
from app.models.recurrence.wording_reader import read_words, with_also
from app.text import clean

_FLAGS = re.IGNORECASE
_MARK = re.compile(rf"(?:{UNSCHEDULED}(?:: ?|$))+", _FLAGS)
_LONGEST = 2_000  # characters; a longer text is no phrase

# "hằng quý, đột xuất khi có yêu cầu": what the sentence adds, right after its rhythm.
_ALSO = re.compile(
    r"(?P<of>năm|quý|tháng|tuần|ngày|lần|cùng|sau|kỳ|[0-9)])(?:,? (?:hoặc|và|hay)|,)"
    r"(?P<also>(?: báo cáo| họp| kiểm tra| tổ chức họp)?"
    r" (?:đột xuất|khi có yêu cầu|khi cần|theo yêu cầu"
    r"|trong trường hợp đột xuất|khi được yêu cầu|luân phiên)[^,;.()]*?)"
    r"(?=[,;.()]|$| (?:báo cáo|để|gửi|tổ chức|về|tổng hợp|cung cấp|phải)\b)",
    _FLAGS,
)
_PERIOD = re.compile(r"[0-9]{1,3} (?:tuần|tháng|quý|năm)", _FLAGS)
_REASONS = (
    (Reason.CONTINUOUS, re.compile(r"thường xuyên|liên tục|hằng giờ|duy trì", _FLAGS)),
    (
        Reason.ON_REQUEST,
        re.compile(
            r"(?:khi|theo|có|được)(?: có)? (?:yêu cầu|đề nghị|triệu tập)|đột xuất|khi cần", _FLAGS
        ),
    ),
    (
        Reason.ON_EVENT,
        re.compile(
            r"ngay (?:khi|sau|cho|bằng|với|về|lập tức|tức khắc)|kịp thời"
            r"|\bkhi\b|trường hợp|\bsau\b",
            _FLAGS,
        ),
    ),
    (
        Reason.BY_REFERENCE,
        re.compile(r"theo (?:đúng )?(?:quy định|chế độ|hướng dẫn|kế hoạch|mẫu|thời hạn)", _FLAGS),
    ),
)


def read_phrase(text: str) -> Recurrence:
    """The rule that *text* says; one without a date, with *text* kept, when it says none we know.

    Never raises. Reads all that `Recurrence.words` writes, back to an equal rule.
    """
    said = clean(text)
    marked = _MARK.match(said)
    if marked:
        return _kept(said[marked.end() :])
    return _read(read_words, said) or _read(_natural, said) or _kept(said)


def _read(reader: Callable[[str], Recurrence | None], said: str) -> Recurrence | None:
    """What *reader* makes of the text; nothing for 31/02 or a rule that contradicts itself."""
    try:
        return reader(said)
    except ValueError:
        return None


def _natural(said: str) -> Recurrence | None:
    if len(said) > _LONGEST:
        return None
    text = plain(said)
    also = _ALSO.search(text)
    extra = clean(also["also"]) if also else ""
    if also:
        text = f"{text[: also.end('of')]}{text[also.end() :]}".strip()
        if _PERIOD.fullmatch(text):  # "3 tháng hoặc đột xuất"
            text = f"định kỳ {text}"
    bare = without_references(text)
    rule = read_once(bare) or read_event(text) or read_event(bare) or read_rhythm(bare)
    return None if rule is None else with_also(rule, extra)


def _kept(text: str) -> Recurrence:
    return Recurrence.unscheduled(text, _reason(text))


def _reason(text: str) -> str:
    return next((reason for reason, said in _REASONS if said.search(text)), Reason.VAGUE)
