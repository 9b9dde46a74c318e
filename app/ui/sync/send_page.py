"""Packages about to go: what, why, to whom; then written, read back, and said so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QWidget

from app import durable
from app.errors import AppError
from app.models.occurrence_state import OccurrenceState
from app.progress import Progress
from app.registers.column import Column, Columns, text_of
from app.services.sync import dispatch
from app.services.sync.dispatch import Going, GoingLine, Sent
from app.ui.actions import command
from app.ui.common.pane.content import Rows
from app.ui.common.pane.parts import draw
from app.ui.common.parts.message_bar import MessageBar
from app.ui.common.parts.office import Office, Saying
from app.ui.common.parts.page import Page
from app.ui.common.parts.scrolling import scrolling
from app.ui.common.parts.widgets import (
    button,
    clear,
    column,
    heading,
    mark,
    panel,
    row,
    rule,
    section,
    text,
)
from app.ui.sync.places import choose_place
from app.ui.tokens import M
from app.words import QT_TRANSLATE_NOOP

_WORDS = "SendPage"
_WHAT: Columns[GoingLine] = (
    Column("kind", "Loại hồ sơ", lambda r: r.kind, width=24),
    Column("count", "Số hồ sơ", lambda r: r.count, "number", width=10),
    Column("why", "Vì sao gửi", lambda r: r.why, "muted", width=0),
)


@dataclass(frozen=True)
class _Written:
    """What came of one office's package."""

    sent: tuple[Sent, ...]
    trouble: str


class SendPage(Page):
    """Laid over the room until `closed`. Nothing is written before *Ghi gói*."""

    def __init__(self, office: Office, going: Sequence[Going]) -> None:
        super().__init__(office)
        self.setObjectName("canvas")
        self.going = tuple(going)
        self.sent: tuple[Sent, ...] = ()
        self.message = MessageBar()
        self.addActions(list(self.commands.values()))
        self.with_files = QCheckBox(self._files_words())
        self._body = column(pad=(M.s5, 0, M.s5, M.s4))
        self._foot = column()
        self._build()
        self._draw()

    # commands ----------------------------------------------------------------

    @command(
        QT_TRANSLATE_NOOP(_WORDS, "Ghi gói ra USB hoặc thư mục …"),
        tip=QT_TRANSLATE_NOOP(_WORDS, "Ghi gói, đọc lại và so; gói cũng nằm trong hộp gửi đi"),
        shortcut="Ctrl+S",
    )
    def write(self) -> None:
        """Make the packages and copy them to a place of the clerk's choice."""
        if self.sent or self.office.tasks.under_way:
            return
        place = choose_place(self, self.office)
        if place is not None:
            self.write_to(place)

    @command(
        QT_TRANSLATE_NOOP(_WORDS, "Đóng"),
        tip=QT_TRANSLATE_NOOP(_WORDS, "Về phòng Đồng bộ"),
        shortcut="Esc",
    )
    def close_page(self) -> None:
        """Go back to the room."""
        if self.may_leave():
            self.closed.emit()

    def may_leave(self) -> bool:
        """Not while packages are being written: the progress bar can stop that."""
        return not self.office.tasks.under_way

    @property
    def message_bar(self) -> MessageBar:
        return self.message

    def write_to(self, place: Path) -> None:
        """Make the packages and copy them to *place*, off the UI thread."""
        store, going, files = self.office.store, self.going, self.with_files.isChecked()
        self._act.setEnabled(False)

        def work(progress: Progress) -> _Written:
            done: list[Sent] = []
            for each in going:
                try:
                    done.append(
                        dispatch.send(store, each.office, place, progress, with_files=files)
                    )
                except durable.Refusal as error:
                    return _Written(tuple(done), str(error))
            return _Written(tuple(done), "")

        task = self.office.tasks.start(
            work, self._on_written, label=self.tr("Đang tạo gói"), failed=self._on_failed
        )
        task.finished.connect(self._on_finished)

    # inside ------------------------------------------------------------------

    def _on_written(self, done: _Written) -> None:
        self.sent = done.sent
        if done.trouble:
            stays = self.tr(
                "{} Gói đã tạo vẫn nằm trong hộp gửi đi; vào Gói đã gửi và đã nhận để chép lại."
            )
            self.say(Saying("danger", stays.format(done.trouble)))
        if self.sent:
            self._draw()

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, AppError):
            raise error
        self.say(Saying("danger", str(error)))

    def _on_finished(self) -> None:
        if not self.sent:
            self._act.setEnabled(True)

    def _draw(self) -> None:
        clear(self._body)
        clear(self._foot)
        if self.sent:
            self._draw_sent()
        else:
            self._draw_going()
        self._body.addStretch(1)

    def _draw_going(self) -> None:
        for each in self.going:
            self._body.addLayout(section(each.name))
            self._body.addWidget(text(self._about(each), "muted", wrap=True))
            if each.lines:
                self._body.addSpacing(M.s1)
                self._body.addWidget(draw(Rows(_WHAT, each.lines, headed=True)))
            for note in each.notes:
                self._body.addWidget(text(note, wrap=True))
        told = self.tr("Gói được khóa riêng cho từng văn phòng nhận.")
        back = button(self.tr("Hủy"), does=self.commands["close_page"].trigger)
        count = len(self.going)
        words = self.tr("Ghi gói …") if count == 1 else self.tr("Ghi {n} gói …").format(n=count)
        self._act = button(words, "primary", key="Ctrl+S", does=self.commands["write"].trigger)
        self.with_files.setVisible(any(each.files for each in self.going))
        self._foot.addWidget(
            panel(row(text(told, "muted"), None, back, self._act, pad=(M.s5, M.s3, M.s5, M.s3)))
        )

    def _files_words(self) -> str:
        count = sum(each.files for each in self.going)
        size = text_of(round(sum(each.files_size for each in self.going) / 1024))
        return self.tr("Kèm {n} tệp đính kèm ({size} KB)").format(n=text_of(count), size=size)

    def _about(self, going: Going) -> str:
        if not going.sets:
            return self.tr("Không có gì mới; gói chỉ mang xác nhận và danh sách văn phòng.")
        said = self.tr("Gói số {n}: {sets} thay đổi, tính từ {base}.")
        base = self.tr("gói số {n} đã được xác nhận").format(n=going.base)
        first = self.tr("đầu, vì chưa gói nào được xác nhận")
        return said.format(
            n=going.number, sets=text_of(going.sets), base=base if going.base else first
        )

    def _draw_sent(self) -> None:
        self.with_files.hide()
        self._body.addSpacing(M.s4)
        said = self.tr("Đã ghi và đọc lại đúng, có thể rút USB.")
        line = row(mark(OccurrenceState.DONE_IN_TIME), text(said, "lead"), None, gap=M.s2)
        self._body.addLayout(line)
        for each in self.sent:
            self._body.addLayout(section(each.name))
            size = text_of(max(1, round(each.size / 1024)))
            about = self.tr("Gói số {n}, {size} KB: {path}")
            words = about.format(n=each.number, size=size, path=each.path)
            label = text(words, wrap=True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._body.addWidget(label)
        told = self.tr(
            "Một bản của gói nằm trong hộp gửi đi cho đến khi bên nhận xác nhận trong gói họ gửi "
            "lại."
        )
        self._body.addSpacing(M.s3)
        self._body.addWidget(text(told, "muted", wrap=True))
        done = button(
            self.tr("Xong"), "primary", key="Esc", does=self.commands["close_page"].trigger
        )
        self._foot.addWidget(panel(row(None, done, pad=(M.s5, M.s3, M.s5, M.s3))))
        done.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self) -> None:
        scroll = scrolling(panel(self._body))
        note = self.tr("{n} văn phòng").format(n=len(self.going))
        holder: QWidget = panel(self._foot)
        head = heading(self.tr("Tạo gói"), note, edge=M.s5)
        self.with_files.setChecked(True)
        files = row(self.with_files, None, pad=(M.s5, M.s2, M.s5, M.s2))
        whole = column(head, self.message, scroll, files, rule(), holder)
        whole.setStretch(2, 1)
        self.setLayout(whole)
