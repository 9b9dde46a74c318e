"""Backups at hand: make one, look at one, go back to one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from sqlmodel import Session

from app.errors import AppError
from app.registers.backup import REASONS, REGISTER, BackupRow
from app.registers.column import text_of
from app.store.backup import Backup
from app.store.restoring import missing_in, restorations
from app.text import moment_words
from app.ui.actions import command
from app.ui.common.list.register_page import RegisterPage
from app.ui.common.pane.content import (
    Button,
    Buttons,
    DetailContent,
    Facts,
    Part,
    Section,
    Tab,
    Words,
)
from app.ui.common.parts import dialogs
from app.ui.common.parts.office import open_path
from app.ui.settings.part import hide_title
from app.ui.settings.restore_dialog import ask_restore
from app.words import QT_TRANSLATE_NOOP


class BackupPage(RegisterPage[BackupRow]):
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

    def detail(self, session: Session, row: BackupRow) -> DetailContent:
        del session
        lost = missing_in(self.office.store, row.path)
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
        reads=True,
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
        reads=True,
    )
    def restore_file(self) -> None:
        """Go back to a backup that lies elsewhere."""
        kinds = self.tr("Bản sao lưu (*.phop);;Mọi tệp (*)")
        chosen = dialogs.open_file(self, self.tr("Chọn bản sao lưu"), kinds)
        if chosen is not None:
            self._go_back(chosen, chosen.name)

    @command(
        QT_TRANSLATE_NOOP("BackupPage", "Mở thư mục sao lưu"),
        tip=QT_TRANSLATE_NOOP("BackupPage", "Xem thư mục sao lưu, để chép ra ổ khác"),
        menu=QT_TRANSLATE_NOOP("BackupPage", "Xuất"),
        reads=True,
    )
    def open_folder(self) -> None:
        """Show the folder in the system's file manager."""
        open_path(self.office.store.folder.backups)

    @command(
        QT_TRANSLATE_NOOP("BackupPage", "Khôi phục bản này …"),
        tip=QT_TRANSLATE_NOOP("BackupPage", "Đưa sổ trở về lúc có bản sao lưu này"),
        per_record=True,
        reads=True,
    )
    def restore(self) -> None:
        """Go back to the backup under the cursor."""
        row = self.current()
        if row is not None:
            self._go_back(row.path, row.time)

    # inside ------------------------------------------------------------------

    def _facts(self, row: BackupRow, lost: int) -> list[Part]:
        after = self.tr("Bản này có mọi thao tác của sổ hiện nay.")
        if lost:
            after = self.tr("Sổ hiện nay có {} thao tác chưa có trong bản này.")
            after = after.format(text_of(lost))
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
        done = restorations(self.office.store)
        if not done:
            return [Words(self.tr("Sổ này chưa khôi phục lần nào."), "muted")]
        parts: list[Part] = []
        for each in reversed(done):
            at = each.at.astimezone()
            parts += [
                Section(moment_words(at)),
                Words(each.why or self.tr("Không ghi lý do.")),
                Words(each.source, "small"),
            ]
        return parts

    def _go_back(self, path: Path, words: str) -> None:
        store = self.office.store
        try:
            lost = missing_in(store, path)
        except AppError as error:
            self.office.tell(error)
            return
        title = self.tr("Khôi phục sổ về {}?").format(words)
        gone = self.tr("Sổ không mất thao tác nào.")
        if lost:
            gone = self.tr("{} thao tác chưa có trong bản này sẽ không còn trong sổ.")
            gone = gone.format(text_of(lost))
        back = self.tr("Sổ hiện nay được sao lưu trước, lấy lại được từ danh sách này.")
        why = ask_restore(self, title, f"{gone} {back}")
        if not why:
            return
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
        time=moment_words(found.at, seconds=True),
        order=f"{found.at:%Y%m%d%H%M%S}{found.nth:04}",
        reason=QCoreApplication.translate("Backup", reason),
        kilobytes=max(1, round(found.size / 1024)),
    )
