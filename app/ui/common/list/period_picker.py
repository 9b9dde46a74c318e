"""A stretch of days of the clerk's own: from, to, either may stay open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.models.trait import Trait
from app.registers.condition import Period, Span
from app.ui.common.form.date_field import DateField
from app.ui.common.parts.popup import Popup
from app.ui.common.parts.widgets import button, column, facts, row, text
from app.ui.tokens import M
from app.words import told

_WIDTH = 152


class PeriodPicker(Popup):
    """Two dates and a button. What is wrong is said under them, and nothing is applied."""

    picked = Signal(object)

    def __init__(
        self, title: str, today: Callable[[], date], held: Period | None, parent: QWidget
    ) -> None:
        super().__init__(parent, 264)
        self._first = DateField(Trait(self.tr("Từ ngày")), today, _WIDTH)
        self._last = DateField(Trait(self.tr("Đến ngày")), today, _WIDTH)
        self._problem = text("", "danger", wrap=True)
        self._problem.hide()
        apply = button(self.tr("Áp dụng"), "primary", does=self._apply)
        apply.setDefault(True)
        lines = column(
            text(title, "strong"),
            facts((self.tr("Từ ngày"), self._first), (self.tr("Đến ngày"), self._last), label=72),
            M.s1,
            self._problem,
            M.s2,
            row(None, button(self.tr("Hủy"), does=self.close), apply),
            pad=(M.s3, M.s2, M.s3, M.s2),
        )
        self.setLayout(lines)
        for field, name in ((self._first, told("Từ ngày")), (self._last, told("Đến ngày"))):
            field.entry().setAccessibleName(f"{title}: {name}")
        if held is not None:
            first, last = held.bounds(today())
            self._first.show_value(first)
            self._last.show_value(last)
        self._first.entry().setFocus()

    def _apply(self) -> None:
        problem = self._first.problem() or self._last.problem() or self._order_problem()
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        if not problem:
            ends = (self._first.value(), self._last.value())
            first, last = (each if isinstance(each, date) else None for each in ends)
            self.picked.emit(Period(Span.CUSTOM, first, last))
            self.close()

    def _order_problem(self) -> str:
        first, last = self._first.value(), self._last.value()
        if first is None and last is None:
            return self.tr("Nhập ít nhất một ngày, ví dụ 01/09/2026.")
        if isinstance(first, date) and isinstance(last, date) and first > last:
            return self.tr("Từ ngày đứng sau Đến ngày. Đổi lại hai ngày.")
        return ""
