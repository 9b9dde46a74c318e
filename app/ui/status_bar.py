"""The line at the foot of the window: whose register, which file, how safe, what is chosen."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from PySide6.QtWidgets import QFrame, QWidget

from app.errors import AppError
from app.services import doorstep
from app.ui.common.office import Office
from app.ui.common.widgets import row, text
from app.ui.tasks import Task
from app.ui.theme import hold
from app.ui.tokens import M


class StatusBar(QFrame):
    """Reads the store again after every change; knows nothing by itself."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status")
        self._store: Any = office.store
        names = ("office", "file", "backup", "exchange", "chosen")
        self._parts = {name: text("", "small") for name in names}
        *left, chosen = self._parts.values()
        self.setLayout(row(*left, None, chosen, gap=M.s5, pad=(M.s4, 0, M.s4, 0)))
        hold(self, height=M.status)
        office.changed.connect(self.refresh)
        office.counted.connect(self.show_chosen)
        office.tasks.started.connect(self._follow)
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
        self._parts[name].setVisible(bool(words) or name == "chosen")

    def _exchange(self) -> str:
        try:
            with self._store.reading() as session:
                found = doorstep.last_exchange(session)
        except AppError:  # the register is being put back; it will say so itself
            return self._parts["exchange"].text()
        if found is None:
            return ""
        at, office = found
        return self.tr("Trao đổi gần nhất {}, {}").format(f"{at:%d/%m/%Y}", office)

    def _backup(self, when: datetime | None) -> str:
        if when is None:
            return self.tr("Chưa sao lưu")
        local = when.astimezone() if when.tzinfo else when
        return self.tr("Sao lưu {}").format(f"{local:%d/%m/%Y %H:%M}")
