"""How an obligation stands, derived, never stored (QĐ 42/2014/QĐ-TTg; domain design, section 4)."""

from datetime import date
from enum import StrEnum

from app.words import marked

SOON_DAYS = 7
"""From how many days before its date an open obligation is shown as "Sắp đến hạn"."""


class OccurrenceState(StrEnum):
    """The words, exactly as lists, reports and the command line show them."""

    DONE_IN_TIME = marked("Hoàn thành đúng hạn")
    DONE_LATE = marked("Hoàn thành quá hạn")
    IN_TIME = marked("Trong hạn")
    OVERDUE = marked("Quá hạn")
    SOON = marked("Sắp đến hạn")  # a band of IN_TIME on screen; reports count the two together
    UNDATED = marked("Chưa xác định hạn")
    CANCELLED = marked("Đã hủy")
    PAUSED = marked("Tạm dừng")


OPEN = frozenset({OccurrenceState.IN_TIME, OccurrenceState.SOON, OccurrenceState.OVERDUE})
"""Dated and still to be done."""
DONE = frozenset({OccurrenceState.DONE_IN_TIME, OccurrenceState.DONE_LATE})


def occurrence_state(
    due: date | None,
    *,
    today: date,
    completed_on: date | None = None,
    cancelled_on: date | None = None,
    is_paused: bool = False,
    soon_days: int = SOON_DAYS,
) -> OccurrenceState:
    """The state of an obligation due on *due*, an approved extension already counted in.

    The day itself is still in time. Without a date it is never late, and what was done counts
    as in time.
    """
    if cancelled_on is not None:
        return OccurrenceState.CANCELLED
    if completed_on is not None:
        late = due is not None and completed_on > due
        return OccurrenceState.DONE_LATE if late else OccurrenceState.DONE_IN_TIME
    if is_paused:
        return OccurrenceState.PAUSED
    if due is None:
        return OccurrenceState.UNDATED
    if today > due:
        return OccurrenceState.OVERDUE
    return OccurrenceState.SOON if (due - today).days <= soon_days else OccurrenceState.IN_TIME
