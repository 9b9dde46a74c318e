"""Where the answer to something exchanged stands, derived and never stored."""

from datetime import date
from enum import StrEnum

from app.words import marked


class ReplyState(StrEnum):
    """A member is its word, as in `states`: lists, sheets and the command line show it so."""

    NOT_ASKED = marked("Không cần trả lời")
    WAITING = marked("Chờ trả lời")
    OVERDUE = marked("Quá hạn trả lời")
    ANSWERED = marked("Đã trả lời")
    ANSWERED_LATE = marked("Trả lời quá hạn")
    CLOSED = marked("Thôi chờ trả lời")


OUTSTANDING = frozenset({ReplyState.WAITING, ReplyState.OVERDUE})
"""An answer is still to come."""


def reply_state(
    *,
    asks: bool,
    due: date | None,
    answered_on: date | None,
    closed_on: date | None,
    today: date,
) -> ReplyState:
    """The state on *today*; *answered_on* is the day of the last answer, None while one lacks.

    The day itself is still in time (as for obligations). An answer counts also where none was
    asked for, and where its sender had stopped waiting before it came.
    """
    if answered_on is not None:
        late = due is not None and answered_on > due
        return ReplyState.ANSWERED_LATE if late else ReplyState.ANSWERED
    if closed_on is not None and closed_on <= today:
        return ReplyState.CLOSED
    if not asks:
        return ReplyState.NOT_ASKED
    return ReplyState.OVERDUE if due is not None and due < today else ReplyState.WAITING
