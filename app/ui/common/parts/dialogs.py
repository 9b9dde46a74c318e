"""Questions and file dialogs: few, plain, and in Vietnamese on every system."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import platformdirs
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from app import paths, place
from app.errors import AppError
from app.settings import read_json, write_json
from app.ui.common.parts.dialog import Dialog
from app.ui.common.parts.widgets import button, column, row, text
from app.ui.tokens import M

WIDTH = 440
_READ = "read"


class Question(Dialog):
    """A question with its consequence, and buttons named by the act.

    The first of *acts* is the safe one: it stands left, Enter and Esc choose it. The last is what
    the clerk came for. `exec()` is not used by callers; see `choose` and `ask`.
    """

    def __init__(self, parent: QWidget | None, title: str, body: str, acts: Sequence[str]) -> None:
        super().__init__(parent, WIDTH)
        self.setWindowTitle(title)
        self.setModal(True)
        self.answer = 0
        self.buttons = [self._button(number, act, len(acts)) for number, act in enumerate(acts)]
        said = column(text(title, "lead", wrap=True), M.s2, text(body, wrap=True))
        self.lay_out(said, row(None, *self.buttons))
        self.setAccessibleDescription(body)
        self.buttons[0].setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus, wherever the default is."""
        held = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(held, QPushButton):
            held.click()
            return
        super().keyPressEvent(event)

    def _button(self, number: int, act: str, count: int) -> QPushButton:
        is_last = number == count - 1 and count > 1
        made = button(act, "primary" if is_last else "plain", does=lambda: self._choose(number))
        made.setDefault(number == 0)
        return made

    def _choose(self, number: int) -> None:
        self.answer = number
        self.accept()


def choose(parent: QWidget | None, title: str, body: str, acts: Sequence[str]) -> int:
    """Ask, and return the number of the act; 0, the safe one, for Esc and for closing."""
    question = Question(parent, title, body, acts)
    question.exec()
    question.deleteLater()
    return question.answer


def ask(parent: QWidget | None, title: str, body: str, act: str, keep: str = "") -> bool:
    """Ask whether to do *act* ("Rút 3 nghĩa vụ"); Enter on the safe answer, *keep*."""
    return choose(parent, title, body, (keep or _tr("Để lại"), act)) == 1


def tell(parent: QWidget | None, title: str, body: str) -> None:
    """Say something that must not be missed and has no page to be said on."""
    choose(parent, title, body, (_tr("Đóng"),))


def tell_error(parent: QWidget | None, title: str, error: AppError) -> None:
    """Say *error*'s own sentence under *title*, where there is no page to say it on."""
    tell(parent, title, str(error))


def open_file(
    parent: QWidget | None, title: str, kinds: str, folder: Path | None = None
) -> Path | None:
    """Let the clerk choose a file to read. *kinds*: "Word (*.docx);;Văn bản (*.txt)".

    It begins in *folder*, else where a file was read last, else in Documents.
    """
    begins = str(start_of_reading(folder))
    found, _kind = QFileDialog.getOpenFileName(parent, title, begins, kinds, options=_options())
    if not found:
        return None
    chosen = Path(found)
    if folder is None:
        _note_reading(chosen.parent)
    return chosen


def save_file(parent: QWidget | None, title: str, kinds: str, proposed: Path) -> Path | None:
    """Let the clerk choose where to write; the suffix of *proposed* is added when left out.

    A place that Windows, Word or Excel could not open is told, and another may be chosen.
    """
    while True:
        found, _kind = QFileDialog.getSaveFileName(
            parent, title, str(proposed), kinds, options=_options()
        )
        if not found:
            return None
        chosen = Path(found)
        if chosen.suffix.lower() != proposed.suffix.lower():  # "Sơ kết 1.2023" has none of ours
            chosen = chosen.with_name(chosen.name + proposed.suffix)
        if _suits(parent, title, chosen, place.check):
            return chosen


def choose_folder(
    parent: QWidget | None,
    title: str,
    folder: Path | None = None,
    check: Callable[[Path], object] | None = None,
) -> Path | None:
    """Let the clerk choose a folder, from *folder* on, else from Documents.

    For one that *check* refuses, say why and ask again.
    """
    begins = str(folder if folder is not None and folder.is_dir() else documents())
    options = _options() | QFileDialog.Option.ShowDirsOnly
    while True:
        found = QFileDialog.getExistingDirectory(parent, title, begins, options=options)
        if not found:
            return None
        if check is None or _suits(parent, title, Path(found), check):
            return Path(found)


def documents() -> Path:
    """The person's own documents, where there is such a folder."""
    found = platformdirs.user_documents_path()
    return found if found.is_dir() else Path.home()


def start_of_reading(folder: Path | None = None) -> Path:
    """Where a dialog for reading begins: in *folder*, where one was read last, or in Documents."""
    if folder is not None and folder.is_dir():
        return folder
    last = str(read_json(paths.places_file()).get(_READ, ""))
    # A share that is away would let the dialog wait for a minute.
    return (
        Path(last) if last and not last.startswith("\\\\") and Path(last).is_dir() else documents()
    )


def _note_reading(folder: Path) -> None:
    with suppress(AppError):  # the next dialog begins elsewhere, no more
        write_json(paths.places_file(), {_READ: str(folder)})


def _suits(
    parent: QWidget | None, title: str, chosen: Path, check: Callable[[Path], object]
) -> bool:
    try:
        check(chosen)
    except AppError as error:
        tell_error(parent, title, error)
        return False
    return True


def _options() -> QFileDialog.Option:
    """Windows speaks the clerk's language in its own dialog; elsewhere ours does."""
    native = sys.platform == "win32"
    return QFileDialog.Option(0) if native else QFileDialog.Option.DontUseNativeDialog


def _tr(words: str) -> str:
    return QCoreApplication.translate("Dialog", words)
