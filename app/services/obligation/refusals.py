"""What may not be done with an obligation or an instance of it, each in a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from sqlmodel import Session

from app.errors import InvalidFields, Refused
from app.models import Obligation, Occurrence, Regulation
from app.services.any_kind import records
from app.text import date_words
from app.words import told


def refuse_early(session: Session, obligation_id: UUID, days: Mapping[str, date]) -> None:
    """Raise InvalidFields for a year typed wrong.

    Nothing happens to an obligation before its regulation was signed.
    """
    obligation = records.get(session, Obligation, obligation_id)
    regulation = (
        session.get(Regulation, obligation.regulation_id) if obligation.regulation_id else None
    )
    known = (obligation.starts_on, regulation.signed_on if regulation else None)
    first = min((day for day in known if day is not None), default=None)
    early = [name for name, day in days.items() if first is not None and day < first]
    if early:
        why = told("Sớm hơn ngày giao nghĩa vụ {first}; kiểm tra lại năm.", first=date_words(first))
        raise InvalidFields(dict.fromkeys(early, why))


def refuse_dated(session: Session, obligation_id: UUID) -> None:
    """Raise Refused for an obligation that falls due by the calendar: an instance is chosen."""
    obligation = records.get(session, Obligation, obligation_id)
    if obligation.recurrence.is_scheduled and not obligation.recurrence.needs_event:
        raise Refused(
            why=told(
                "Nghĩa vụ “{title}” có hạn theo lịch; chọn một kỳ trong danh sách kỳ.",
                title=obligation.title,
            )
        )


def refuse_cancelled(known: Occurrence | None) -> None:
    """Raise Refused for an instance that was cancelled."""
    if known is not None and known.cancelled_on is not None:
        raise Refused(why="Kỳ này đã hủy. Muốn thực hiện, hãy mở lại kỳ trước.")


def refuse_undated(period: str, what: str) -> None:
    """Raise Refused where there is no date by which to do *what*."""
    if not period:
        raise Refused(
            why=told("Nghĩa vụ này chưa xác định hạn nên chưa {what} được.", what=told(what))
        )


def refuse_standing(known: Obligation, standing: str) -> None:
    """Raise Refused for one that stands so already, or was cancelled for good."""
    if known.standing == "cancelled":
        raise Refused(
            why=told(
                "Nghĩa vụ “{title}” đã hủy hẳn; muốn làm tiếp, cho thực hiện lại.",
                title=known.title,
            )
        )
    if known.standing == standing:
        since = date_words(known.standing_from, told(" từ "))
        raise Refused(
            why=told(
                "Nghĩa vụ “{title}” đã tạm dừng{since}; cho thực hiện lại trước.",
                title=known.title,
                since=since,
            )
        )
