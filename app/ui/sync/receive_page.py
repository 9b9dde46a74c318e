"""A package that has come: first what it would do, then, when taken in, what it did."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget
from sqlmodel import Session

from app.models.states import ArrivalState
from app.registers.arrival import REGISTER, ArrivalLine
from app.registers.column import text_of
from app.services.sync import arrival
from app.services.sync.arrival import Arrival
from app.text import moment_words
from app.ui.actions import command
from app.ui.common.list.page import ListPage
from app.ui.common.parts.message_bar import MessageBar
from app.ui.common.parts.office import Office
from app.ui.common.parts.page import Page
from app.ui.common.parts.widgets import (
    button,
    clear,
    column,
    facts,
    heading,
    mark,
    panel,
    row,
    rule,
    text,
)
from app.ui.sync.asking import ask_typed
from app.ui.tokens import M
from app.words import QT_TRANSLATE_NOOP, told

_WORDS = "ReceivePage"
_LABEL = 132


class ArrivalList(ListPage[ArrivalLine]):
    """The lines of a package as a list: filtered, exported and printed like any other."""

    register = REGISTER
    watches = frozenset()
    icon = "import"

    def __init__(self, office: Office, lines: Sequence[ArrivalLine], title: str) -> None:
        self._lines = lines
        self._title = title
        super().__init__(office)

    @property
    def title(self) -> str:
        """What stands over the list, on screen and on paper."""
        return self._title

    def records(self, session: Session) -> Sequence[ArrivalLine]:
        del session
        return self._lines

    def empty_text(self) -> tuple[str, str]:
        return (
            self.tr("Gói này không mang gì mới"),
            self.tr("Mọi thay đổi trong gói đã có trong sổ."),
        )


class ReceivePage(Page):
    """Laid over the room until `closed`. Nothing is changed before *Nhận vào sổ*."""

    taken = Signal(object)
    shows_changes = True

    def __init__(self, office: Office, path: Path, found: Arrival) -> None:
        super().__init__(office)
        self.setObjectName("canvas")
        self.path, self.arrival = path, found
        self.is_taken = False
        self.addActions(list(self.commands.values()))
        self._lines = column()
        self.setLayout(self._lines)
        self._draw()

    # commands ----------------------------------------------------------------

    @command(
        QT_TRANSLATE_NOOP(_WORDS, "Nhận vào sổ"),
        tip=QT_TRANSLATE_NOOP(_WORDS, "Ghi những gì gói mang đến vào sổ"),
        shortcut="Ctrl+S",
    )
    def take(self) -> None:
        """Take the package in; a package that changes much asks for its number first."""
        if self.is_taken or self.office.tasks.under_way or not self._is_sure():
            return
        store, path = self.office.store, self.path
        self._act.setEnabled(False)
        self._task = self.office.tasks.start(
            lambda progress: arrival.take(store, path, progress),
            self._on_taken,
            label=self.tr("Đang nhận gói"),
            failed=self._on_failed,
        )
        self._task.finished.connect(self._on_finished)

    @command(
        QT_TRANSLATE_NOOP(_WORDS, "Đóng"),
        tip=QT_TRANSLATE_NOOP(_WORDS, "Về phòng Đồng bộ; gói chưa nhận thì không thay đổi gì"),
        shortcut="Esc",
    )
    def close_page(self) -> None:
        """Go back to the room."""
        if self.may_leave():
            self.closed.emit()

    def may_leave(self) -> bool:
        """Not while the package is being taken in: the progress bar can stop that."""
        return not self.office.tasks.under_way

    @property
    def message_bar(self) -> MessageBar:
        return self.list.message

    # inside ------------------------------------------------------------------

    def _is_sure(self) -> bool:
        told = self.arrival.sweeping
        if not told:
            return True
        outcome = self.arrival.outcome
        body = self.tr(
            "{told} Đó là nhiều hơn một gói thường ngày. Gọi điện hỏi {sender} trước khi nhận. "
            "Gói đã nhận rút lại được."
        ).format(told=told, sender=outcome.sender)
        return ask_typed(
            self,
            self.tr("Nhận gói số {} vào sổ?").format(outcome.number),
            body,
            wanted=str(outcome.number),
            act=self.tr("Nhận vào sổ"),
        )

    def _on_taken(self, found: Arrival) -> None:
        self.arrival, self.is_taken = found, True
        self._draw()
        self.office.say("info", _summary(self, found))
        self.taken.emit(found)

    def _on_failed(self, error: Exception) -> None:
        self.office.tell(error)

    def _on_finished(self) -> None:
        if not self.is_taken:
            self._act.setEnabled(True)

    def _draw(self) -> None:
        clear(self._lines)
        outcome = self.arrival.outcome
        name = self.tr("gói số {n} của {office}").format(n=outcome.number, office=outcome.sender)
        pattern = self.tr("Đã nhận {}") if self.is_taken else self.tr("Xem trước {}")
        self.list = ArrivalList(self.office, self.arrival.lines, pattern.format(name))
        self.list.heading.hide()  # the page has its own, with the package's facts under it
        self._lines.addLayout(heading(pattern.format(name), ""))
        self._lines.addWidget(self._facts())
        self._lines.addWidget(rule())
        self._lines.addWidget(self.list, 1)
        self._lines.addWidget(rule())
        self._lines.addWidget(self._foot())
        self.setFocusProxy(self._done if self.is_taken else self.list)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _facts(self) -> QWidget:
        outcome = self.arrival.outcome
        wrote = ", ".join(f"{name}: {text_of(n)}" for name, n in sorted(outcome.authors.items()))
        pairs = [
            (self.tr("Tạo lúc"), moment_words(outcome.made)),
            (self.tr("Tệp"), outcome.name),
            (self.tr("Thay đổi theo nơi viết"), wrote),
            (self.tr("Xác nhận cho ta"), self._acknowledged()),
        ]
        counts = row(*self._counts(), None, gap=M.s5, pad=(0, M.s3, 0, M.s2))
        told = [text(words, wrap=True) for words in self._remarks()]
        shown = [(label, words) for label, words in pairs if words]
        return panel(column(facts(*shown, label=_LABEL), counts, *told, pad=(M.s4, 0, M.s4, M.s2)))

    def _counts(self) -> list[QWidget]:
        counts = self.arrival.counts
        return [
            panel(row(mark(what), text(f"{told(what)} {text_of(n)}", "strong"), gap=M.s2), "plain")
            for what, n in counts.items()
        ]

    def _remarks(self) -> list[str]:
        outcome = self.arrival.outcome
        told = [each.sentence for each in outcome.alarms]
        if outcome.files:
            size = text_of(round(sum(outcome.files.values()) / 1024))
            words = self.tr("Kèm {n} tệp đính kèm ({size} KB).")
            told.append(words.format(n=text_of(len(outcome.files)), size=size))
        if outcome.is_again:
            told.append(self.tr("Gói này đã nhận trước đây; nhận lại không đổi gì."))
        if outcome.held:
            words = self.tr(
                "{n} thay đổi do phiên bản mới hơn ghi: được giữ lại và áp dụng sau khi nâng cấp."
            )
            told.append(words.format(n=outcome.held))
        if outcome.is_full_resend_due:
            told.append(
                self.tr("Bên gửi thiếu một phần đã từng nhận; gói gửi lần sau sẽ mang lại đầy đủ.")
            )
        if outcome.ended:
            words = self.tr("{n} hồ sơ không còn cập nhật từ văn phòng này.")
            told.append(words.format(n=len(outcome.ended)))
        return told

    def _acknowledged(self) -> str:
        count = self.arrival.outcome.acknowledged
        return self.tr("{n} gói ta đã gửi").format(n=count) if count else ""

    def _foot(self) -> QWidget:
        if self.is_taken:
            return self._foot_after()
        said = self.tr("Chưa có gì thay đổi trong sổ.")
        back = button(self.tr("Hủy"), does=self.commands["close_page"].trigger)
        self._act = button(
            self.tr("Nhận vào sổ"), "primary", key="Ctrl+S", does=self.commands["take"].trigger
        )
        self._act.setEnabled(not self.arrival.outcome.is_again)
        return panel(row(text(said, "muted"), None, back, self._act, pad=(M.s4, M.s3, M.s4, M.s3)))

    def _foot_after(self) -> QWidget:
        acts = [
            button(self.tr("In bản tổng hợp …"), does=self.list.commands["print_view"].trigger),
            button(self.tr("Xuất Excel …"), does=self.list.commands["export_view"].trigger),
        ]
        if self.arrival.counts.get(ArrivalState.DISPUTED):
            acts.append(button(self.tr("Giải quyết xung đột"), does=self._to_conflicts))
        done = button(
            self.tr("Xong"), "primary", key="Esc", does=self.commands["close_page"].trigger
        )
        line = row(text("", "muted"), None, *acts, done, pad=(M.s4, M.s3, M.s4, M.s3))
        self._done = done
        return panel(line)

    def _to_conflicts(self) -> None:
        self.closed.emit()
        self.office.go("sync", view="conflicts")


def _summary(page: QWidget, found: Arrival) -> str:
    outcome = found.outcome
    counts = "; ".join(f"{what.lower()} {text_of(n)}" for what, n in found.counts.items())
    said = page.tr("Đã nhận gói số {n} của {office}: {counts}.")
    nothing = page.tr("không có gì mới")
    return said.format(n=outcome.number, office=outcome.sender, counts=counts or nothing)
