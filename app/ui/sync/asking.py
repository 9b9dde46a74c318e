"""Questions of this room that want more than a yes: a reason, or a number typed out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from app.text import clean
from app.ui.common.form.fields import Line
from app.ui.common.parts.dialog import AskingDialog, Dialog
from app.ui.common.parts.dialogs import WIDTH
from app.ui.common.parts.widgets import Glyph, button, column, row, text
from app.ui.common.parts.wrapping import wrapped
from app.ui.theme import px
from app.ui.tokens import M

_BULK = WIDTH + M.s5 * 4


class TypedQuestion(AskingDialog):
    """Goes on only when *wanted* has been typed. `is_sure` says whether it was."""

    def __init__(
        self, parent: QWidget | None, title: str, body: str, *, wanted: str, act: str
    ) -> None:
        super().__init__(parent, WIDTH)
        self.is_sure = False
        self._wanted = wanted
        self.setWindowTitle(title)
        self.setModal(True)
        ask = self.tr("Gõ số {} để tiếp tục").format(wanted)
        self.line = Line(wanted, 96)
        self.line.setAccessibleName(ask)
        self.line.textChanged.connect(self._on_typed)
        self.keep = button(self.tr("Để lại"), does=self.reject)
        self.keep.setDefault(True)
        self.act = button(act, "primary", does=self._agree)
        self.act.setEnabled(False)
        self.lay_out(
            column(
                row(Glyph("attention", "warn"), text(title, "lead", wrap=True), None, gap=M.s2),
                M.s2,
                text(body, wrap=True),
                M.s3,
                row(text(ask), self.line, None, gap=M.s3),
            ),
            row(None, self.keep, self.act),
        )
        self.setAccessibleDescription(body)
        self.line.setFocus()

    def _on_typed(self, words: str) -> None:
        self.act.setEnabled(clean(words) == self._wanted)

    def _agree(self) -> None:
        self.is_sure = True
        self.accept()

    def on_enter(self) -> None:
        """Enter in the field goes to the act only when the number stands there."""
        (self.act if self.act.isEnabled() else self.line).setFocus()


class BulkQuestion(Dialog):
    """One decision for many records: which of *groups*, whose values, and why."""

    def __init__(self, parent: QWidget | None, groups: Sequence[str]) -> None:
        super().__init__(parent, _BULK)
        self.group = -1
        self.takes_ours = True
        self.why = ""
        self.setWindowTitle(self.tr("Giải quyết nhiều xung đột như nhau"))
        self.setModal(True)
        self._groups = QButtonGroup(self)
        self._sides = QButtonGroup(self)
        places = [self._dot(self._groups, words, at) for at, words in enumerate(groups)]
        ours = self._dot(self._sides, self.tr("Giữ giá trị của văn phòng này"), 1)
        theirs = self._dot(self._sides, self.tr("Lấy giá trị của văn phòng gửi"), 0)
        places[0].setChecked(True)
        ours.setChecked(True)
        self.reason = Line(self.tr("Ví dụ: đã thống nhất qua điện thoại ngày 23/11"))
        self.reason.setAccessibleName(self.tr("Lý do"))
        self._error = text("", "danger", wrap=True)
        keep = button(self.tr("Để lại"), does=self.reject)
        keep.setDefault(True)
        act = button(self.tr("Ghi lựa chọn"), "primary", does=self._agree)
        body = self.tr(
            "Mọi trường của các bản ghi được chọn lấy cùng một bên. Giá trị không chọn vẫn được "
            "giữ trong Lịch sử; hoàn tác được."
        )
        self.lay_out(
            column(
                text(self.windowTitle(), "lead", wrap=True),
                M.s2,
                text(body, wrap=True),
                M.s3,
                text(self.tr("Xung đột do gói nào mang đến"), "strong"),
                *places,
                M.s3,
                text(self.tr("Lấy giá trị của ai"), "strong"),
                ours,
                theirs,
                M.s3,
                text(self.tr("Lý do *")),
                M.s1,
                self.reason,
                self._error,
            ),
            row(None, keep, act),
        )
        self.reason.setFocus()

    def _dot(self, group: QButtonGroup, words: str, number: int) -> QRadioButton:
        room = px(_BULK - 2 * M.s5 - 2 * M.s4)  # beside the dot, before a scroll bar
        made = QRadioButton("\n".join(wrapped(words, (M.body, 400), room)))
        group.addButton(made, number)
        return made

    def _agree(self) -> None:
        why = clean(self.reason.text())
        if not why:
            self._error.setText(self.tr("Chưa nhập lý do. Lý do được giữ trong Lịch sử."))
            self.reason.setFocus()
            return
        self.group = self._groups.checkedId()
        self.takes_ours = self._sides.checkedId() == 1
        self.why = why
        self.accept()


def ask_typed(parent: QWidget | None, title: str, body: str, *, wanted: str, act: str) -> bool:
    """Ask, and believe only who types *wanted*."""
    question = TypedQuestion(parent, title, body, wanted=wanted, act=act)
    question.exec()
    question.deleteLater()
    return question.is_sure


def ask_bulk(parent: QWidget | None, groups: Sequence[str]) -> tuple[int, bool, str] | None:
    """Which group, whether ours, and why; None when the clerk would rather not."""
    question = BulkQuestion(parent, groups)
    question.exec()
    question.deleteLater()
    if question.group < 0:
        return None
    return question.group, question.takes_ours, question.why
