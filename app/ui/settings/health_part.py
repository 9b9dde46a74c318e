"""Whether the register still says what its log says; and writing it anew where it does not."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QBoxLayout

from app.journal.rebuild import Findings
from app.models.occurrence_state import OccurrenceState
from app.registers.column import text_of
from app.store import Changes
from app.store.checking import check, repair
from app.text import clock_words
from app.ui.actions import command
from app.ui.common.parts.dialogs import ask
from app.ui.common.parts.widgets import Item, mark, row, section, text
from app.ui.settings.part import SettingsPart
from app.ui.tokens import M
from app.words import QT_TRANSLATE_NOOP

_MOST = 50


class HealthPart(SettingsPart):
    """The result stays until the next check, or until the register is replaced."""

    found: Findings | None = None
    checked_at: datetime | None = None

    def lines(self) -> list[Item]:
        told = self.tr(
            "Dựng lại mọi bản ghi từ nhật ký thay đổi trong một tệp tạm rồi so từng ô; kiểm chữ "
            "ký, thứ tự và từng tệp đính kèm. Sổ không thay đổi. Trong lúc kiểm tra chưa lưu được."
        )
        head: list[Item] = [section(self.tr("Kiểm tra sổ")), M.s2, text(told, wrap=True)]
        return [*head, self.acts(self.act("check", "primary")), *self._result()]

    @command(
        QT_TRANSLATE_NOOP("HealthPart", "Kiểm tra sổ"),
        tip=QT_TRANSLATE_NOOP("HealthPart", "So sổ với nhật ký thay đổi"),
        icon="check",
        reads=True,
    )
    def check(self) -> None:
        """Compare the register with its log."""
        store = self.office.store
        self.office.tasks.start(
            lambda progress: check(store, progress),
            self._checked,
            label=self.tr("Đang kiểm tra sổ"),
        )

    @command(
        QT_TRANSLATE_NOOP("HealthPart", "Dựng lại từ nhật ký …"),
        tip=QT_TRANSLATE_NOOP("HealthPart", "Ghi lại các bảng của sổ từ nhật ký thay đổi"),
        enabled_when=lambda part: part.found is not None and bool(part.found.problems),
    )
    def repair(self) -> None:
        """Write the tables anew from the log, after a backup."""
        title = self.tr("Dựng lại sổ từ nhật ký thay đổi?")
        body = self.tr(
            "Sổ được sao lưu trước, rồi mọi bản ghi được viết lại đúng như nhật ký thay đổi. Chỗ "
            "nào khác nhật ký sẽ trở về như nhật ký."
        )
        if not ask(self, title, body, self.tr("Dựng lại sổ")):
            return
        store = self.office.store
        self.office.tasks.start(
            lambda progress: repair(store, progress),
            self._checked,
            label=self.tr("Đang dựng lại sổ"),
        )

    def _checked(self, found: Findings) -> None:
        self.found, self.checked_at = found, self.office.store.now()
        self.refresh()

    def _result(self) -> list[Item]:
        if self.found is None or self.checked_at is None:
            return []
        problems = self.found.problems
        counted = self.tr("{} lần ghi, {} bản ghi").format(
            text_of(self.found.sets), text_of(self.found.records)
        )
        when = self.tr("Kiểm tra lúc {}: {}.").format(clock_words(self.checked_at), counted)
        lines: list[Item] = [section(self.tr("Kết quả")), M.s2]
        if not problems:
            good = self.tr("Sổ khớp với nhật ký thay đổi.")
            return [*lines, _told(OccurrenceState.DONE_IN_TIME, good), M.s1, text(when, "small")]
        bad = self.tr("Sổ có {} chỗ không khớp với nhật ký.").format(text_of(len(problems)))
        lines += [_told(OccurrenceState.OVERDUE, bad), M.s1, text(when, "small"), M.s2]
        lines += [text(problem, wrap=True) for problem in problems[:_MOST]]
        if len(problems) > _MOST:
            rest = self.tr("và {} chỗ khác").format(text_of(len(problems) - _MOST))
            lines.append(text(rest, "muted"))
        return [*lines, self.acts(self.act("repair"))]

    def _on_changed(self, changes: Changes) -> None:
        if "*" in changes.tables and self.found is not None and not self.office.tasks.under_way:
            self.found = None
            self._is_stale = True
        super()._on_changed(changes)


def _told(state: str, words: str) -> QBoxLayout:
    line = row(mark(state), text(words, "strong", wrap=True), gap=M.s2)
    line.setStretch(1, 1)
    return line
