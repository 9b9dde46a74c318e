"""One action in the pane: each record that it touched, and each field before and after."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from app.registers.journal import JournalRow
from app.services.agreement.histories import ACTIONS, ChangeLine
from app.ui.common.pane.content import DetailContent, Facts, Part, Section, Tab, Words
from app.ui.common.pane.history import ENTERED, fields_of
from app.words import told

Go = Callable[[ChangeLine], None]
_MOST_RECORDS = 20


def journal_detail(row: JournalRow, lines: Sequence[ChangeLine], go: Go) -> DetailContent:
    """What the pane shows of an action; *go* opens the record of a line."""
    return DetailContent(
        kind=_tr("Thao tác"),
        title=row.label,
        tabs=(Tab(_tr("Thay đổi"), lambda: _parts(row, lines, go)),),
    )


def _parts(row: JournalRow, lines: Sequence[ChangeLine], go: Go) -> list[Part]:
    by_record: dict[UUID, list[ChangeLine]] = {}
    for line in lines:
        by_record.setdefault(line.record, []).append(line)
    facts = Facts(
        (
            (_tr("Thời gian"), row.time),
            (_tr("Cán bộ"), row.clerk or _tr("Chưa ghi chức danh")),
            (_tr("Số bản ghi"), str(row.records)),
        )
    )
    parts: list[Part] = [facts]
    for record, members in list(by_record.items())[:_MOST_RECORDS]:
        parts += _record(record, members, go)
    if len(by_record) > _MOST_RECORDS:
        rest = _tr("và {} bản ghi khác; mở bản ghi để xem Lịch sử.")
        parts.append(Words(rest.format(len(by_record) - _MOST_RECORDS), "muted"))
    return parts


def _record(record: UUID, lines: Sequence[ChangeLine], go: Go) -> list[Part]:
    first = lines[0]
    opens = (_tr("Mở"), lambda: go(first))
    parts: list[Part] = [Section(first.kind, opens)]
    if first.name and not any(line.field == ENTERED for line in lines):
        parts.append(Words(first.name, "muted"))
    for name, before, after in fields_of(lines, record):
        if name in ACTIONS.values():
            parts.append(Words(told(name), "small"))
        elif before is None:
            parts.append(Words(f"{name}: {after}"))
        else:
            blank = _tr("(trống)")
            parts.append(Words(f"{name}: {before or blank} → {after or blank}"))
    return parts


def _tr(words: str) -> str:
    return QCoreApplication.translate("JournalDetail", words)
