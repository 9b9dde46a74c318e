"""The register of due instances: columns, conditions, views."""

from __future__ import annotations

from datetime import date

from app.models.occurrence_row import OccurrenceRow
from app.models.occurrence_state import OPEN, OccurrenceState
from app.registers.column import Column
from app.registers.register import Facet, Register, View
from app.words import QT_TRANSLATE_NOOP

_TO_DO_DAYS = 30
"""How far "Cần làm" looks ahead: a month is what a clerk plans."""


def is_to_do(row: OccurrenceRow) -> bool:
    """Overdue, or due within a month."""
    return row.days_left is not None and row.days_left <= _TO_DO_DAYS


def is_this_quarter(row: OccurrenceRow) -> bool:
    """Due in the quarter of the day on which the list was asked for."""
    return row.due is not None and _quarter(row.due) == _quarter(row.asked_on)


def is_this_week(row: OccurrenceRow) -> bool:
    """Open and due from today to Sunday."""
    if row.state not in OPEN or row.due is None or row.due < row.asked_on:
        return False
    return (row.due - row.asked_on).days <= 6 - row.asked_on.weekday()


UNTIL_TODAY = QT_TRANSLATE_NOOP("Facet", "Đến hôm nay")
UNTIL_SUNDAY = QT_TRANSLATE_NOOP("Facet", "Đến Chủ nhật")
SOON_AFTER = QT_TRANSLATE_NOOP("Facet", "Trong 14 ngày")
LEADS = QT_TRANSLATE_NOOP("Facet", "Thực hiện")
HELPS = QT_TRANSLATE_NOOP("Facet", "Phối hợp")
APART = QT_TRANSLATE_NOOP("Facet", "Không tham gia")
_SOON_AFTER_DAYS = 14


def when(row: OccurrenceRow) -> tuple[str, ...]:
    """How soon an open instance is to be done; one reminded of today is for today."""
    if row.state not in OPEN or row.due is None:
        return ()
    reminded = row.remind_on is not None and row.remind_on <= row.asked_on
    if row.due <= row.asked_on or reminded:
        return (UNTIL_TODAY,)
    if is_this_week(row):
        return (UNTIL_SUNDAY,)
    return (SOON_AFTER,) if (row.due - row.asked_on).days <= _SOON_AFTER_DAYS else ()


def part(row: OccurrenceRow) -> tuple[str, ...]:
    """What part this office has in the obligation."""
    if row.bodies.is_led_by_me:
        return (LEADS,)
    return (HELPS,) if row.bodies.is_mine else (APART,)


def period_words(row: OccurrenceRow) -> str:
    """The end of the subject by which the instances of one obligation differ: " tháng 9"."""
    return row.subject.removeprefix(row.record.title)


def _quarter(day: date) -> tuple[int, int]:
    return day.year, (day.month - 1) // 3


REGISTER: Register[OccurrenceRow] = Register(
    key="obligation",
    title=QT_TRANSLATE_NOOP("Register", "Nghĩa vụ"),
    noun=QT_TRANSLATE_NOOP("Register", "nghĩa vụ"),
    columns=(
        Column(
            "subject",
            QT_TRANSLATE_NOOP("Column", "Nghĩa vụ"),
            lambda r: r.subject,
            width=0,
            tail=period_words,
        ),
        Column(
            "lead",
            QT_TRANSLATE_NOOP("Column", "Thực hiện"),
            lambda r: r.bodies.lead,
            "muted",
            width=14,
        ),
        Column("due", QT_TRANSLATE_NOOP("Column", "Hạn"), lambda r: r.due, "date", width=10),
        Column(
            "days_left",
            QT_TRANSLATE_NOOP("Column", "Còn, ngày"),
            lambda r: r.days_left,
            "days",
            width=10,
        ),
        Column(
            "state", QT_TRANSLATE_NOOP("Column", "Tình trạng"), lambda r: r.state, "state", width=19
        ),
        Column(
            "number",
            QT_TRANSLATE_NOOP("Column", "Nguồn"),
            lambda r: r.whole.source,
            "muted",
            width=24,
            shown=False,
        ),
        Column(
            "period",
            QT_TRANSLATE_NOOP("Column", "Kỳ"),
            lambda r: r.label,
            "muted",
            order=lambda r: r.due_on,
            width=16,
            shown=False,
        ),
        Column(
            "coordinating",
            QT_TRANSLATE_NOOP("Column", "Phối hợp"),
            lambda r: r.bodies.coordinating,
            "muted",
            width=20,
            shown=False,
        ),
        Column(
            "due_on",
            QT_TRANSLATE_NOOP("Column", "Thời hạn gốc"),
            lambda r: r.due_on,
            "date",
            width=12,
            shown=False,
        ),
        Column(
            "extended_to",
            QT_TRANSLATE_NOOP("Column", "Điều chỉnh đến"),
            lambda r: r.extended_to,
            "date",
            width=13,
            shown=False,
        ),
        Column(
            "completed_on",
            QT_TRANSLATE_NOOP("Column", "Hoàn thành ngày"),
            lambda r: r.written.completed_on,
            "date",
            width=14,
            shown=False,
        ),
        Column(
            "rhythm",
            QT_TRANSLATE_NOOP("Column", "Thời hạn theo quy định"),
            lambda r: r.whole.rhythm_words,
            "muted",
            width=32,
            shown=False,
        ),
        Column(
            "product",
            QT_TRANSLATE_NOOP("Column", "Sản phẩm"),
            lambda r: r.record.product,
            "muted",
            width=20,
            shown=False,
        ),
        Column(
            "area",
            QT_TRANSLATE_NOOP("Column", "Nội dung phối hợp"),
            lambda r: r.whole.area,
            "muted",
            width=24,
            shown=False,
            is_word=True,
        ),
        Column(
            "result",
            QT_TRANSLATE_NOOP("Column", "Kết quả"),
            lambda r: r.written.result,
            "muted",
            width=28,
            shown=False,
        ),
    ),
    facets=(
        Facet(
            "state", QT_TRANSLATE_NOOP("Facet", "Tình trạng"), lambda r: (r.state,), is_word=True
        ),
        Facet("lead", QT_TRANSLATE_NOOP("Facet", "Thực hiện"), lambda r: (r.bodies.lead,)),
        Facet("agency", QT_TRANSLATE_NOOP("Facet", "Cơ quan"), lambda r: r.bodies.agencies),
        Facet("due", QT_TRANSLATE_NOOP("Facet", "Hạn"), lambda r: r.due, is_period=True),
        Facet(
            "number",
            QT_TRANSLATE_NOOP("Facet", "Quy chế"),
            lambda r: (r.whole.number,) if r.whole.number else (),
        ),
        Facet(
            "area",
            QT_TRANSLATE_NOOP("Facet", "Nội dung phối hợp"),
            lambda r: (r.whole.area,),
            is_word=True,
        ),
        Facet("when", QT_TRANSLATE_NOOP("Facet", "Đến hạn"), when, is_word=True),
        Facet("part", QT_TRANSLATE_NOOP("Facet", "Phần của cơ quan tôi"), part, is_word=True),
        Facet("title", QT_TRANSLATE_NOOP("Facet", "Nghĩa vụ"), lambda r: (r.record.title,)),
    ),
    views=(
        View("all", QT_TRANSLATE_NOOP("View", "Tất cả"), lambda _: True),
        View("todo", QT_TRANSLATE_NOOP("View", "Cần làm"), is_to_do),
        View(
            "overdue",
            QT_TRANSLATE_NOOP("View", "Quá hạn"),
            lambda r: r.state == OccurrenceState.OVERDUE,
            counted=True,
        ),
        View("mine", QT_TRANSLATE_NOOP("View", "Của cơ quan tôi"), lambda r: r.bodies.is_mine),
        View("week", QT_TRANSLATE_NOOP("View", "Tuần này"), is_this_week),
        View("quarter", QT_TRANSLATE_NOOP("View", "Quý này"), is_this_quarter),
    ),
    order="due",
)
