"""Where a record stands: what logic asks for by name, each with the word that lists show.

As in `occurrence_state`, a member is its word: rows carry it, tables, reports and the command
line show it as it is, and nobody compares the word itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from app.words import marked


class RegulationState(StrEnum):
    """Where a regulation stands on a day; derived, never stored."""

    DRAFT = marked("Dự thảo")
    IN_FORCE = marked("Còn hiệu lực")
    STALE = marked("Cần rà soát")  # in force, and something speaks for reviewing it
    LAPSED = marked("Hết thời hạn")
    ENDED = marked("Đã kết thúc")
    REPLACED = marked("Đã bị thay thế")
    REPEALED = marked("Đã bị bãi bỏ")


BINDING = frozenset({RegulationState.IN_FORCE, RegulationState.STALE})
"""The states in which a regulation binds its parties."""


class DocumentState(StrEnum):
    """Whether a legal document holds on a day."""

    IN_FORCE = marked("Còn hiệu lực")
    EXPIRED = marked("Hết hiệu lực")
    REPLACED = marked("Đã bị thay thế")
    REPEALED = marked("Đã bị bãi bỏ")


HOLDING_NO_MORE = frozenset(DocumentState) - {DocumentState.IN_FORCE}
"""The states in which nothing should rest upon a document any more."""


class AgencyState(StrEnum):
    """Whether a body works on a day."""

    NOT_YET = marked("Chưa hoạt động")
    ACTIVE = marked("Đang hoạt động")
    ENDED = marked("Đã kết thúc hoạt động")


class ClerkState(StrEnum):
    """Whether a clerk works here, and is the one whose position the log names now."""

    WRITING = marked("Đang ghi sổ")
    WORKING = marked("Đang làm việc")
    LEFT = marked("Đã thôi làm việc")


class InputState(StrEnum):
    """Whether a body's report to a review has come."""

    RECEIVED = marked("Đã nhận")
    IN_TIME = marked("Trong hạn")
    NOT_SENT = marked("Chưa gửi")


class PartState(StrEnum):
    """How far a part of a review's report is written."""

    FULL = marked("Đủ")
    LACKING = marked("Thiếu")
    EMPTY = marked("Trống")


class PairState(StrEnum):
    """Two records that may be one, or have been made one."""

    SURE = marked("Trùng chắc")
    LIKELY = marked("Nghi trùng")
    MERGED = marked("Đã gộp")


class ArrivalState(StrEnum):
    """What a package says of a record, the gravest first."""

    DISPUTED = marked("Xung đột")
    ASIDE = marked("Bị giữ lại")
    WITHDRAWN = marked("Rút khỏi sổ")
    CHANGED = marked("Sửa")
    NEW = marked("Mới")


UNKNOWN = marked("không rõ")
NOT_HERE = marked("(chưa nhận)")
"""What stands for a record that is named here and has not come yet."""


def word_of(words: Mapping[str, str], code: str) -> str:
    """The word of a status *code*; "không rõ: x" for one that a newer program has written."""
    return words.get(code) or f"{UNKNOWN}: {code}"
