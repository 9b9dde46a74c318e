"""The list of backups: when, why, how large."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from app.registers.column import Column
from app.registers.register import Facet, Register, View
from app.words import QT_TRANSLATE_NOOP

REASONS: Mapping[str, str] = {
    "daily": QT_TRANSLATE_NOOP("Backup", "Hằng ngày"),
    "manual": QT_TRANSLATE_NOOP("Backup", "Theo yêu cầu"),
    "migration": QT_TRANSLATE_NOOP("Backup", "Trước khi nâng cấp"),
    "import": QT_TRANSLATE_NOOP("Backup", "Trước khi nhập dữ liệu"),
    "restore": QT_TRANSLATE_NOOP("Backup", "Trước khi khôi phục"),
}


@dataclass(frozen=True)
class BackupRow:
    """A line of the list; `id` is the file's name."""

    id: str
    path: Path
    at: datetime
    day: date
    time: str
    order: str
    reason: str
    kilobytes: int


REGISTER: Register[BackupRow] = Register(
    key="backup",
    title=QT_TRANSLATE_NOOP("Register", "Bản sao lưu"),
    noun=QT_TRANSLATE_NOOP("Register", "bản sao lưu"),
    columns=(
        Column(
            "time",
            QT_TRANSLATE_NOOP("Column", "Thời điểm"),
            lambda r: r.time,
            order=lambda r: r.order,
            width=18,
        ),
        Column(
            "reason",
            QT_TRANSLATE_NOOP("Column", "Lý do"),
            lambda r: r.reason,
            width=22,
            is_word=True,
        ),
        Column(
            "size",
            QT_TRANSLATE_NOOP("Column", "Dung lượng (KB)"),
            lambda r: r.kilobytes,
            kind="number",
            width=16,
        ),
        Column("file", QT_TRANSLATE_NOOP("Column", "Tệp"), lambda r: r.id, kind="muted", width=0),
    ),
    facets=(
        Facet("reason", QT_TRANSLATE_NOOP("Facet", "Lý do"), lambda r: (r.reason,), is_word=True),
        Facet("day", QT_TRANSLATE_NOOP("Facet", "Ngày"), lambda r: r.day, is_period=True),
    ),
    views=(View("all", QT_TRANSLATE_NOOP("View", "Tất cả"), lambda _: True),),
    order="-time",
)
