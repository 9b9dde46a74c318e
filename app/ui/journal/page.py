"""The log on screen: one line an action."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from sqlmodel import Session

from app.models import MODELS
from app.registers.journal import REGISTER
from app.services import histories
from app.services.histories import ChangeLine, JournalRow
from app.ui.actions import command
from app.ui.common.detail_content import (
    Change,
    DetailContent,
    Facts,
    History,
    Links,
    Part,
    Section,
    Tab,
)
from app.ui.common.history_part import field_of
from app.ui.common.register_page import RegisterPage
from app.words import QT_TRANSLATE_NOOP

_MOST = 5000
_SHOWN = 200


class JournalPage(RegisterPage):
    """Lists the newest actions; the pane shows what each did, and opens what it touched."""

    register = REGISTER
    watches = frozenset(MODELS)
    icon = "log"

    def records(self, session: Session) -> Sequence[JournalRow]:
        return histories.journal(session, limit=_MOST)

    def empty_text(self) -> tuple[str, str]:
        return (
            self.tr("Chưa có thao tác nào"),
            self.tr("Mỗi lần lưu trong các phòng khác sẽ hiện ở đây."),
        )

    def detail(self, session: Session, row: Any) -> DetailContent:
        lines = histories.of_action(session, bytes.fromhex(row.id))
        touched = {(line.entity, line.record): line for line in lines}
        return DetailContent(
            kind=self.tr("Thao tác"),
            title=row.label,
            tabs=(
                Tab(self.tr("Thay đổi"), lambda: self._changes(row, lines)),
                Tab(self.tr("Bản ghi"), lambda: self._records(list(touched.values()))),
            ),
        )

    @command(
        QT_TRANSLATE_NOOP("JournalPage", "Mở bản ghi"),
        tip=QT_TRANSLATE_NOOP("JournalPage", "Mở bản ghi mà thao tác này đã sửa"),
        shortcut="Return",
        per_record=True,
    )
    def open(self) -> None:
        """Open the record at the head of the family that the action touched."""
        row = self.current()
        if row is not None:
            self.office.go(row.opens_kind, row.opens_id)

    @command(
        QT_TRANSLATE_NOOP("JournalPage", "Hoàn tác"),
        tip=QT_TRANSLATE_NOOP("JournalPage", "Hoàn tác thao tác gần nhất của văn phòng này"),
        icon="undo",
        enabled_when=lambda page: page.office.store.undo_label is not None,
    )
    def undo(self) -> None:
        """Undo the last action of this office."""
        self.office.undo()

    @command(
        QT_TRANSLATE_NOOP("JournalPage", "Làm lại"),
        tip=QT_TRANSLATE_NOOP("JournalPage", "Làm lại thao tác vừa hoàn tác"),
        icon="redo",
        enabled_when=lambda page: page.office.store.redo_label is not None,
    )
    def redo(self) -> None:
        """Redo what was undone last."""
        self.office.redo()

    def _changes(self, row: JournalRow, lines: Sequence[ChangeLine]) -> list[Part]:
        facts = Facts(
            (
                (self.tr("Thời gian"), row.time),
                (self.tr("Cán bộ"), row.clerk or self.tr("Chưa ghi chức danh")),
                (self.tr("Số bản ghi"), str(row.records)),
            )
        )
        shown = [field_of(line) for line in lines[:_SHOWN]]
        told = History([Change(row.label, row.clerk, row.at, shown)])
        parts: list[Part] = [facts, Section(self.tr("Từng ô")), told]
        if len(lines) > _SHOWN:
            rest = self.tr("Còn {n} thay đổi nữa; mở từng bản ghi để xem.")
            parts.append(Section(rest.format(n=len(lines) - _SHOWN)))
        return parts

    def _records(self, lines: Sequence[ChangeLine]) -> list[Part]:
        return [
            Links([(f"{line.kind}: {line.name}", partial(self._go, line))])
            for line in lines[:_SHOWN]
        ]

    def _go(self, line: ChangeLine) -> None:
        with self.office.store.reading() as session:
            kind, record_id = histories.opens(session, line.entity, line.record)
        self.office.go(kind, record_id)
