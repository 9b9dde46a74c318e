"""Where a record stands: what logic asks for by name, each with the word that lists show.

As in `occurrence_state`, a member is its word: rows carry it, tables, reports and the command
line show it as it is, and nobody compares the word itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class RegulationState(StrEnum):
    """Where a regulation stands on a day; derived, never stored."""

    DRAFT = "Dự thảo"
    IN_FORCE = "Còn hiệu lực"
    STALE = "Cần rà soát"  # in force, and something speaks for reviewing it
    LAPSED = "Hết thời hạn"
    ENDED = "Đã kết thúc"
    REPLACED = "Đã bị thay thế"
    REPEALED = "Đã bị bãi bỏ"


BINDING = frozenset({RegulationState.IN_FORCE, RegulationState.STALE})
"""The states in which a regulation binds its parties."""


class DocumentState(StrEnum):
    """Whether a legal document holds on a day."""

    IN_FORCE = "Còn hiệu lực"
    EXPIRED = "Hết hiệu lực"
    REPLACED = "Đã bị thay thế"
    REPEALED = "Đã bị bãi bỏ"


HOLDING_NO_MORE = frozenset(DocumentState) - {DocumentState.IN_FORCE}
"""The states in which nothing should rest upon a document any more."""


class AgencyState(StrEnum):
    """Whether a body works on a day."""

    NOT_YET = "Chưa hoạt động"
    ACTIVE = "Đang hoạt động"
    ENDED = "Đã kết thúc hoạt động"


class ClerkState(StrEnum):
    """Whether a clerk works here, and is the one whose position the log names now."""

    WRITING = "Đang ghi sổ"
    WORKING = "Đang làm việc"
    LEFT = "Đã thôi làm việc"


class InputState(StrEnum):
    """Whether a body's report to a review has come."""

    RECEIVED = "Đã nhận"
    IN_TIME = "Trong hạn"
    NOT_SENT = "Chưa gửi"


class PartState(StrEnum):
    """How far a part of a review's report is written."""

    FULL = "Đủ"
    LACKING = "Thiếu"
    EMPTY = "Trống"


class PairState(StrEnum):
    """Two records that may be one, or have been made one."""

    SURE = "Trùng chắc"
    LIKELY = "Nghi trùng"
    MERGED = "Đã gộp"


class ArrivalState(StrEnum):
    """What a package says of a record, the gravest first."""

    DISPUTED = "Xung đột"
    ASIDE = "Bị giữ lại"
    WITHDRAWN = "Rút khỏi sổ"
    CHANGED = "Sửa"
    NEW = "Mới"


UNKNOWN = "không rõ"


def word_of(words: Mapping[str, str], code: str) -> str:
    """The word of a status *code*; "không rõ: x" for one that a newer program has written."""
    return words.get(code) or f"{UNKNOWN}: {code}"
