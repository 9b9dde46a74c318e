"""The log on screen: one line an action."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from sqlmodel import Session

from app.models import MODELS
from app.registers.held_rows import HeldRows
from app.registers.journal import REGISTER, JournalRow
from app.services.agreement import histories
from app.services.agreement.histories import ChangeLine
from app.text import shortened
from app.ui.actions import command, commands_of
from app.ui.common.list.register_page import RegisterPage
from app.ui.common.pane.content import DetailContent
from app.ui.common.parts.widgets import literal
from app.ui.journal.detail import journal_detail
from app.words import QT_TRANSLATE_NOOP

AT_ONCE = 5000  # saves read at once; an action may be several
_LONGEST = 26  # letters of an action's name on a button; its tooltip says all


class JournalPage(RegisterPage[JournalRow]):
    """Lists the newest actions; the pane shows what each did, and opens what it touched."""

    register = REGISTER
    watches = frozenset(MODELS)
    icon = "log"
    has_more = False
    _read_again = 0

    def records(self, session: Session) -> Sequence[JournalRow]:
        return histories.journal(session, limit=AT_ONCE * (self._read_again + 1))

    def empty_text(self) -> tuple[str, str]:
        return (
            self.tr("Chưa có thao tác nào"),
            self.tr("Mỗi lần lưu trong các phòng khác sẽ hiện ở đây."),
        )

    def detail(self, session: Session, row: JournalRow) -> DetailContent:
        lines = histories.of_action(session, bytes.fromhex(row.id))
        return journal_detail(row, lines, self._go)

    @command(
        QT_TRANSLATE_NOOP("JournalPage", "Mở bản ghi"),
        tip=QT_TRANSLATE_NOOP("JournalPage", "Mở bản ghi mà thao tác này đã sửa"),
        shortcut="Return",
        per_record=True,
        reads=True,
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

    @command(
        QT_TRANSLATE_NOOP("JournalPage", "Xem thêm thao tác cũ"),
        tip=QT_TRANSLATE_NOOP("JournalPage", "Danh sách đang có các thao tác mới nhất; đọc thêm"),
        enabled_when=lambda page: page.has_more,
        reads=True,
    )
    def read_more(self) -> None:
        """Read as many older actions again as are on screen."""
        self._read_again += 1
        self.refresh()

    def _name_steps(self) -> None:
        """Let the two buttons say which action they would take back or do again."""
        store = self.office.store
        for name, label in (("undo", store.undo_label), ("redo", store.redo_label)):
            action = self.commands[name]
            words = dict(commands_of(type(self)))[name].text
            shown = QCoreApplication.translate("JournalPage", words)
            action.setText(f"{shown} “{literal(shortened(label, _LONGEST))}”" if label else shown)
            action.setStatusTip(f"{shown} “{label}”" if label else "")

    def _on_selection(self, *what: object) -> None:
        super()._on_selection(*what)
        self._name_steps()

    def show_read(self, rows: HeldRows[JournalRow]) -> None:
        with self.office.store.reading() as session:
            self.has_more = histories.has_older(session, rows.rows)
        self.commands["read_more"].setVisible(self.has_more)
        super().show_read(rows)

    def _describe(self) -> None:
        super()._describe()
        if self.has_more:
            self.heading.note(self.tr("{} mới nhất").format(self.heading.noted()))

    def _go(self, line: ChangeLine) -> None:
        with self.office.store.reading() as session:
            kind, record_id = histories.opens(session, line.entity, line.record)
        self.office.go(kind, record_id)
