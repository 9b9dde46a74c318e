"""The line at the foot of the window: whose register, which file, how safe, what is chosen."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from app.errors import AppError
from app.services.sync import doorstep
from app.text import date_words, moment_words
from app.ui.common.parts.office import Office
from app.ui.common.parts.widgets import row, text
from app.ui.tasks import Task
from app.ui.theme import font, hold, look, px
from app.ui.tokens import M

_BY_WEIGHT = ("chosen", "backup", "exchange", "office", "file")
"""What stays longest where there is no room for all; the title of the window names the last two."""


class StatusBar(QFrame):
    """Reads the store again after every change; knows nothing by itself."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status")
        self._store = office.store
        names = ("office", "file", "backup", "exchange", "chosen")
        self._parts = {name: text("", "small") for name in names}
        *left, chosen = self._parts.values()
        self.setLayout(row(*left, None, chosen, gap=M.s5, pad=(M.s4, 0, M.s4, 0)))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        hold(self, height=M.status)
        office.changed.connect(self.refresh)
        office.counted.connect(self.show_chosen)
        office.tasks.started.connect(self._follow)
        look.changed.connect(self._fit)
        self.refresh()

    def refresh(self) -> None:
        """Say again what the store says."""
        self._say("office", self._store.office_name)
        self._say("file", self._store.folder.database.name)
        self.say_backup()
        self._say("exchange", self._exchange())
        self._parts["file"].setToolTip(str(self._store.folder.path))

    def say_backup(self, _result: object = None) -> None:
        """Say when the newest backup was made: a backup changes nothing that the store tells of."""
        self._say("backup", self._backup(self._store.last_backup))

    def show_chosen(self, words: str) -> None:
        """Say how much is selected: "Đã chọn 3 nghĩa vụ"."""
        self._say("chosen", words)

    def words(self, name: str) -> str:
        """What stands at *name*: office, file, backup, exchange or chosen."""
        return self._parts[name].text()

    def _follow(self, task: Task) -> None:
        task.succeeded.connect(self.say_backup)

    def _say(self, name: str, words: str) -> None:
        self._parts[name].setText(words)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Leave out what there is no room for: words are never cut."""
        room = self.width() - px(2 * M.s4)
        metrics = QFontMetrics(font(M.small))  # a part out of sight has not taken up a new size yet
        for name in _BY_WEIGHT:
            part = self._parts[name]
            needed = metrics.horizontalAdvance(part.text()) + px(M.s5)
            part.setVisible(name == "chosen" or (bool(part.text()) and needed <= room))
            room -= needed if part.text() and needed <= room else 0
        self.setToolTip(self.said())

    def said(self) -> str:
        """All of it, a line each, also what is not in sight."""
        parts = (part.text() for part in self._parts.values())
        return "\n".join(words for words in parts if words)

    def _exchange(self) -> str:
        try:
            with self._store.reading() as session:
                found = doorstep.last_exchange(session)
        except AppError:  # the register is being put back; it will say so itself
            return self._parts["exchange"].text()
        if found is None:
            return ""
        at, office = found
        return self.tr("Trao đổi gần nhất {}, {}").format(date_words(at), office)

    def _backup(self, when: datetime | None) -> str:
        if when is None:
            return self.tr("Chưa sao lưu")
        local = when.astimezone() if when.tzinfo else when
        return self.tr("Sao lưu {}").format(moment_words(local))
