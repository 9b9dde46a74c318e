"""The first start: three questions, and then a useful screen."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QLayout,
    QLineEdit,
    QRadioButton,
    QWidget,
)

from app import paths
from app.store import creation
from app.store.whereabouts import dangers
from app.text import clean
from app.ui.common.form.fields import Line
from app.ui.common.parts import dialogs
from app.ui.common.parts.dialog import Dialog
from app.ui.common.parts.widgets import Glyph, button, column, row, text
from app.ui.tokens import M

WIDTH = 560


class Begin(StrEnum):
    """What the new register begins with."""

    EMPTY = "empty"
    SAMPLE = "sample"
    RESTORE = "restore"


@dataclass(frozen=True)
class FirstStart:
    """The answers. `backup` is set only with Begin.RESTORE; then the names come from the backup."""

    office_name: str
    agency_name: str
    folder: Path
    begin: Begin
    backup: Path | None = None


class FirstStartDialog(Dialog):
    """Asks who we are, where the data lies, and what to begin with. `answer` is None if closed."""

    def __init__(
        self, proposed: Path, parent: QWidget | None = None, before: FirstStart | None = None
    ) -> None:
        super().__init__(parent, WIDTH)
        self.answer: FirstStart | None = None
        self._backup: Path | None = None
        self.setWindowTitle("Phối Hợp")
        self.agency = _line(self.tr("Công an tỉnh …"), self.tr("Tên cơ quan"))
        self.office = _line(self.tr("Phòng Tham mưu"), self.tr("Tên đơn vị dùng sổ"))
        self.folder = _line("", self.tr("Thư mục dữ liệu"))
        self._where = text("", "small", wrap=True)
        self._where_mark = Glyph("attention", "warn", 14)
        self.folder.textChanged.connect(self._on_folder)
        self.folder.setText(str(proposed))
        self._group = QButtonGroup(self)
        self.choices = {begin: self._choice(begin) for begin in Begin}
        self.choices[Begin.EMPTY].setChecked(True)
        self._file = text("", "muted")
        self._error = text("", "danger", wrap=True)
        self._error_mark = Glyph("attention", "danger", 14)
        self._error_mark.hide()
        self._lay_out()
        self._group.buttonClicked.connect(self._on_choice)
        if before is not None:
            self._fill(before)
        self.agency.setFocus()

    def accept(self) -> None:
        """Close only with an answer that can be used."""
        problem = self._problem()
        self._error.setText(problem)
        self._error_mark.setVisible(bool(problem))
        if not problem:
            self.answer = self._answer()
            super().accept()

    def choose_backup(self) -> None:
        """Let the clerk choose the backup to begin with."""
        kinds = self.tr("Bản sao lưu (*.phop *.db);;Mọi tệp (*)")
        chosen = dialogs.open_file(self, self.tr("Chọn bản sao lưu"), kinds)
        if chosen is not None:
            self.use_backup(chosen)

    def use_backup(self, path: Path) -> None:
        """Begin with the backup at *path*."""
        self._backup = path
        self._file.setText(path.name)
        self.choices[Begin.RESTORE].setChecked(True)

    @property
    def problem(self) -> str:
        """What still stands in the way, as last said."""
        return self._error.text()

    # inside ------------------------------------------------------------------

    def _fill(self, before: FirstStart) -> None:
        """Stand as it was answered before, with what could not be carried out."""
        self.agency.setText(before.agency_name)
        self.office.setText(before.office_name)
        self.folder.setText(str(before.folder))
        self.choices[before.begin].setChecked(True)
        if before.backup is not None:
            self.use_backup(before.backup)

    def _on_folder(self, typed: str) -> None:
        """Say at once where a register would not be safe."""
        folder = paths.typed(typed.strip())
        told = dangers(folder) if folder.is_absolute() else []
        self._where.setText(" ".join(told))
        self._where.setVisible(bool(told))
        self._where_mark.setVisible(bool(told))

    def _begin(self) -> Begin:
        return next(begin for begin, choice in self.choices.items() if choice.isChecked())

    def _answer(self) -> FirstStart:
        begin = self._begin()
        agency = clean(self.agency.text())
        return FirstStart(
            office_name=clean(self.office.text()) or agency,
            agency_name=agency,
            folder=paths.typed(self.folder.text().strip()),
            begin=begin,
            backup=self._backup if begin is Begin.RESTORE else None,
        )

    def _problem(self) -> str:
        begin = self._begin()
        if begin is Begin.EMPTY and not clean(self.agency.text()):
            self.agency.setFocus()
            return self.tr("Chưa nhập tên cơ quan, ví dụ Sở Y tế.")
        if begin is Begin.RESTORE and self._backup is None:
            return self.tr("Chưa chọn bản sao lưu. Nhấn Chọn tệp.")
        typed = self.folder.text().strip()
        if not typed or not paths.typed(typed).is_absolute():
            self.folder.setFocus()
            return self.tr("Chưa chọn thư mục dữ liệu. Nhấn Chọn thư mục.")
        return ""

    def _choose_folder(self) -> None:
        here = paths.typed(self.folder.text().strip())
        title = self.tr("Chọn thư mục dữ liệu")
        chosen = dialogs.choose_folder(self, title, here, creation.refuse_deep)
        if chosen is not None:
            self.folder.setText(str(chosen))

    def _on_choice(self) -> None:
        if self.choices[Begin.RESTORE].isChecked() and self._backup is None:
            self.choose_backup()

    def _choice(self, begin: Begin) -> QRadioButton:
        words = {
            Begin.EMPTY: self.tr("Sổ trống, nhập dần từ các quy chế đã ký"),
            Begin.SAMPLE: self.tr("Sổ mẫu để làm quen, có dữ liệu minh họa"),
            Begin.RESTORE: self.tr("Khôi phục từ một bản sao lưu"),
        }
        made = QRadioButton(words[begin])
        self._group.addButton(made)
        return made

    def _lay_out(self) -> None:
        starts = button(self.tr("Bắt đầu"), "primary", does=self.accept)
        starts.setDefault(True)
        pick = button(self.tr("Chọn thư mục"), does=self._choose_folder)
        file = button(self.tr("Chọn tệp"), does=self.choose_backup)
        keep = self.tr(
            "Thư mục trên ổ đĩa của máy này, không phải ổ mạng. Sao lưu mỗi ngày một lần."
        )
        self.lay_out(
            column(
                text(self.tr("Mở sổ phối hợp"), "title"),
                M.s4,
                text(self.tr("1. Cơ quan của bạn"), "strong"),
                M.s2,
                _labelled(self.tr("Cơ quan"), self.agency),
                M.s2,
                _labelled(self.tr("Đơn vị dùng sổ"), self.office),
                M.s4,
                text(self.tr("2. Dữ liệu đặt ở đâu"), "strong"),
                M.s2,
                row(self.folder, pick),
                M.s1,
                text(keep, "small", wrap=True),
                _stretched(row(self._where_mark, self._where), 1),
                M.s4,
                text(self.tr("3. Bắt đầu với"), "strong"),
                M.s2,
                self.choices[Begin.EMPTY],
                M.s2,
                self.choices[Begin.SAMPLE],
                M.s2,
                row(self.choices[Begin.RESTORE], file, self._file, None),
                M.s3,
                _stretched(row(self._error_mark, self._error), 1),
            ),
            row(None, button(self.tr("Thoát"), does=self.reject), starts),
        )


def ask_first_start(proposed: Path, before: FirstStart | None = None) -> FirstStart | None:
    """Ask the three questions; None when the clerk would rather not.

    *before*: what was answered and could not be carried out.
    """
    dialog = FirstStartDialog(proposed, before=before)
    dialog.exec()
    dialog.deleteLater()
    return dialog.answer


def _line(placeholder: str, name: str) -> QLineEdit:
    made = Line(placeholder)
    made.setAccessibleName(name)
    return made


def _stretched(line: QBoxLayout, at: int) -> QLayout:
    line.setStretch(at, 1)
    return line


def _labelled(words: str, field: QLineEdit) -> QLayout:
    label = text(words, width=132)
    label.setBuddy(field)
    return row(label, field, gap=M.s4)
