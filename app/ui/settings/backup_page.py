"""Backups at hand: make one, look at one, go back to one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication
from sqlmodel import Session

from app.journal import history
from app.registers.backup import REASONS, REGISTER
from app.registers.column import text_of
from app.store.backup import Backup, examine
from app.ui.actions import command
from app.ui.common import dialogs
from app.ui.common.detail_content import (
    Button,
    Buttons,
    DetailContent,
    Facts,
    Part,
    Section,
    Tab,
    Words,
)
from app.ui.common.office import open_path
from app.ui.common.register_page import RegisterPage
from app.ui.settings.part import hide_title
from app.ui.settings.restore_dialog import ask_restore
from app.words import QT_TRANSLATE_NOOP


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


class BackupPage(RegisterPage):
    """Lists the files in the backups folder; nothing of it lies in the register."""

    register = REGISTER
    watches = frozenset({"fact"})
    icon = "folder"

    def records(self, session: Session) -> Sequence[BackupRow]:
        del session
        return [_row(found) for found in self.office.store.all_backups()]

    def empty_text(self) -> tuple[str, str]:
        return (
            self.tr("Chưa có bản sao lưu nào"),
            self.tr("Chương trình tự sao lưu mỗi ngày một lần khi mở sổ."),
        )

    def detail(self, session: Session, row: Any) -> DetailContent:
        lost = history.actions_since(session.connection(), row.at)
        return DetailContent(
            kind=self.tr("Bản sao lưu"),
            title=row.time,
            tabs=(
                Tab(self.tr("Thông tin"), lambda: self._facts(row, lost)),
                Tab(self.tr("Các lần khôi phục"), self._restorations),
            ),
        )

    @command(
        QT_TRANSLATE_NOOP("BackupPage", "Sao lưu ngay"),
        tip=QT_TRANSLATE_NOOP("BackupPage", "Chép sổ vào thư mục sao lưu và kiểm tra bản chép"),
        icon="export",
        primary=True,
    )
    def back_up(self) -> None:
        """Make a backup now."""
        store = self.office.store
        self.office.tasks.start(
            lambda progress: store.backup("manual", progress),
            self._backed_up,
            label=self.tr("Đang sao lưu"),
        )

    @command(
        QT_TRANSLATE_NOOP("BackupPage", "Khôi phục từ tệp …"),
        tip=QT_TRANSLATE_NOOP("BackupPage", "Chọn một bản sao lưu ở nơi khác để khôi phục"),
    )
    def restore_file(self) -> None:
        """Go back to a backup that lies elsewhere."""
        kinds = self.tr("Bản sao lưu (*.phop);;Mọi tệp (*)")
        chosen = dialogs.open_file(self, self.tr("Chọn bản sao lưu"), kinds)
        if chosen is not None:
            examine(chosen)
            self._go_back(chosen, chosen.name, None)

    @command(
        QT_TRANSLATE_NOOP("BackupPage", "Mở thư mục sao lưu"),
        tip=QT_TRANSLATE_NOOP("BackupPage", "Xem thư mục sao lưu, để chép ra ổ khác"),
        menu=QT_TRANSLATE_NOOP("BackupPage", "Xuất"),
    )
    def open_folder(self) -> None:
        """Show the folder in the system's file manager."""
        open_path(self.office.store.folder.backups)

    @command(
        QT_TRANSLATE_NOOP("BackupPage", "Khôi phục bản này …"),
        tip=QT_TRANSLATE_NOOP("BackupPage", "Đưa sổ trở về lúc có bản sao lưu này"),
        per_record=True,
    )
    def restore(self) -> None:
        """Go back to the backup under the cursor."""
        row = self.current()
        if row is None:
            return
        with self.office.store.reading() as session:
            lost = history.actions_since(session.connection(), row.at)
        self._go_back(row.path, row.time, lost)

    # inside ------------------------------------------------------------------

    def _facts(self, row: BackupRow, lost: int) -> list[Part]:
        after = self.tr("Sau bản này chưa có thao tác nào.")
        if lost:
            after = self.tr("Sau bản này đã có {} thao tác.").format(text_of(lost))
        words, act = self.tr("Khôi phục bản này …"), self.restore
        return [
            Facts(
                (
                    (self.tr("Lý do"), row.reason),
                    (self.tr("Dung lượng"), f"{text_of(row.kilobytes)} KB"),
                    (self.tr("Tệp"), row.id),
                )
            ),
            Section(self.tr("So với sổ hiện nay")),
            Words(after),
            Buttons((Button(words, act),)),
        ]

    def _restorations(self) -> list[Part]:
        done = self.office.store.restorations()
        if not done:
            return [Words(self.tr("Sổ này chưa khôi phục lần nào."), "muted")]
        parts: list[Part] = []
        for each in reversed(done):
            at = each.at.astimezone()
            parts += [
                Section(f"{at:%d/%m/%Y %H:%M}"),
                Words(each.why or self.tr("Không ghi lý do.")),
                Words(each.source, "small"),
            ]
        return parts

    def _go_back(self, path: Path, words: str, lost: int | None) -> None:
        title = self.tr("Khôi phục sổ về {}?").format(words)
        gone = self.tr("Mọi thao tác từ lúc có bản này đến nay sẽ không còn trong sổ.")
        if lost == 0:
            gone = self.tr("Từ lúc đó chưa có thao tác nào.")
        elif lost:
            gone = self.tr("{} thao tác từ lúc đó sẽ không còn trong sổ.").format(text_of(lost))
        back = self.tr("Sổ hiện nay được sao lưu trước, lấy lại được từ danh sách này.")
        why = ask_restore(self, title, f"{gone} {back}")
        if not why:
            return
        store = self.office.store
        self.office.tasks.start(
            lambda progress: store.restore(path, progress, why=why),
            lambda _done: self._restored(words),
            label=self.tr("Đang khôi phục sổ"),
        )

    def _backed_up(self, made: Backup) -> None:
        self.refresh()
        self.visit(made.path.name)
        self.office.say_written(self.tr("Đã sao lưu và kiểm tra bản sao."), made.path.parent)

    def _restored(self, words: str) -> None:
        self.refresh()
        said = self.tr("Đã khôi phục sổ về {}. Sổ trước đó được giữ trong danh sách này.")
        self.office.say("info", said.format(words))

    def _build(self) -> None:
        super()._build()
        hide_title(self)


def _row(found: Backup) -> BackupRow:
    reason = REASONS.get(found.reason, found.reason)
    return BackupRow(
        id=found.path.name,
        path=found.path,
        at=found.at,
        day=found.at.date(),
        time=f"{found.at:%d/%m/%Y %H:%M:%S}",
        order=f"{found.at:%Y%m%d%H%M%S}{found.nth:04}",
        reason=QCoreApplication.translate("Backup", reason),
        kilobytes=max(1, round(found.size / 1024)),
    )
