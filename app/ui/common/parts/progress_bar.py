"""Long work on screen: what, how far, and a way to stop it. In the page, not a window."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QProgressBar, QWidget

from app.registers.column import text_of
from app.ui.common.parts.widgets import button, column, row, text
from app.ui.tasks import Task
from app.ui.tokens import M

PATIENCE_MS = 400
"""Work shorter than this shows nothing: a bar that flashes by only disturbs."""


class ProgressBar(QFrame):
    """The oldest task under way: "Đang nhập nghĩa vụ từ tệp: 268 / 412", Hủy, 6 px bar."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("canvas")
        self._tasks: list[Task] = []
        self._count = (0, 0)
        self._sentence = text("")
        self._stop = button(self.tr("Hủy"), does=self._cancel)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Tiến độ"))
        self.setLayout(
            column(
                row(self._sentence, None, self._stop),
                self._bar,
                gap=M.s1,
                pad=(M.s4, M.s2, M.s4, M.s2),
            )
        )
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self._show)
        self.hide()

    @property
    def sentence(self) -> str:
        """What it says now."""
        return self._sentence.text()

    def follow(self, task: Task) -> None:
        """Show *task* when it takes longer than a moment and those before it are done."""
        self._tasks.append(task)
        task.progressed.connect(self._on_progress)
        task.finished.connect(self._on_finished)
        if len(self._tasks) == 1:
            self._begin()

    def _begin(self) -> None:
        self._count = (0, 0)
        self._stop.setEnabled(True)
        self._describe()
        self._patience.start()

    def _show(self) -> None:
        if self._tasks:
            self.show()

    def _cancel(self) -> None:
        self._stop.setEnabled(False)
        self._tasks[0].cancel()
        self._sentence.setText(self.tr("Đang dừng…"))

    def _on_progress(self, done: int, total: int) -> None:
        if self.sender() is self._tasks[0] and not self._tasks[0].is_cancelled:
            self._count = (done, total)
            self._describe()

    def _on_finished(self) -> None:
        task = self.sender()
        self._tasks = [each for each in self._tasks if each is not task]
        if self._tasks:
            self._begin()
            return
        self._patience.stop()
        self.hide()

    def _describe(self) -> None:
        done, total = self._count
        label = self._tasks[0].label or self.tr("Đang thực hiện")
        count = f": {text_of(done)} / {text_of(total)}" if total else ""
        self._sentence.setText(label + count)
        self._bar.setRange(0, total)
        self._bar.setValue(done)
