"""A date: typed in full or by halves, today by one key, or chosen from a calendar."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QDate, QLocale, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QPalette, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QToolButton, QWidget

from app.models.trait import Trait
from app.models.typed_date import read_date
from app.models.values import Value
from app.registers.column import text_of
from app.text import clean
from app.ui import theme
from app.ui.common.form.fields import DATE_WIDTH, Field, Line
from app.ui.common.parts.popup import Popup
from app.ui.common.parts.widgets import column
from app.words import told

_MONTH_WIDTH = 328  # "Thứ 2" whole above every day
Today = Callable[[], date]


class DateField(Field):
    """One day, shown as dd/mm/yyyy.

    "5/3" and "5/3/26" are completed when the focus leaves; Ctrl+; enters today; ↓ or the small
    calendar opens a month to choose from.
    """

    def __init__(self, trait: Trait, today: Today, width: int = 0) -> None:
        super().__init__()
        self._today = today
        self._line = _DateLine(trait.hint, width or DATE_WIDTH)
        self._line.textEdited.connect(self.edited)
        self._line.left.connect(self.settle)
        self._line.left.connect(self.left)
        self._line.wanted_today.connect(lambda: self._choose(self._today()))
        self._line.wanted_calendar.connect(self._open_calendar)
        self._hold(self._line, None)

    def value(self) -> date | str | None:
        typed = clean(self._line.text())
        try:
            return read_date(typed, self._today()) if typed else None
        except ValueError:
            return typed

    def show_value(self, value: Value) -> None:
        self._line.setText(text_of(value) if isinstance(value, date) else str(value or ""))

    def problem(self) -> str:
        typed = clean(self._line.text())
        try:
            read_date(typed or ";", self._today())
        except ValueError as error:
            return str(error)
        return ""

    def settle(self) -> None:
        self.show_value(self.value())

    def entry(self) -> QWidget:
        return self._line

    def _choose(self, day: date) -> None:
        self.show_value(day)
        self.edited.emit()

    def _open_calendar(self) -> None:
        held = self.value()
        month = Calendar(held if isinstance(held, date) else self._today(), self)
        month.chosen.connect(self._on_chosen)
        month.open_under(self._line)

    def _on_chosen(self, day: QDate) -> None:
        self._choose(date(day.year(), day.month(), day.day()))
        self._line.setFocus()


class _DateLine(Line):
    wanted_today = Signal()
    wanted_calendar = Signal()

    def __init__(self, placeholder: str, width: int) -> None:
        super().__init__(placeholder or told("ng/th/năm"), width)
        opens = self.wanted_calendar.emit
        self.open_by("calendar", self.tr("Mở lịch"), opens, self.tr("Mở lịch (↓)"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() == Qt.Key.Key_Semicolon and held == Qt.KeyboardModifier.ControlModifier:
            self.wanted_today.emit()
        elif event.key() == Qt.Key.Key_Down:
            self.wanted_calendar.emit()
        else:
            super().keyPressEvent(event)


class Calendar(Popup):
    """A month under a field: Monday first, days off not coloured, Enter or a click chooses."""

    chosen = Signal(QDate)

    def __init__(self, day: date, parent: QWidget) -> None:
        super().__init__(parent, 0)
        self._month = QCalendarWidget()
        self._month.setAccessibleName(self.tr("Lịch"))
        self._month.setLocale(QLocale(QLocale.Language.Vietnamese, QLocale.Country.Vietnam))
        self._month.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self._month.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self._month.setGridVisible(False)
        self._month.setSelectedDate(QDate(day.year, day.month, day.day))
        self._paint()
        self._month.clicked.connect(self._choose)
        self._month.activated.connect(self._choose)
        self.setLayout(column(self._month, pad=(4, 4, 4, 4)))

    def open_under(self, opener: QWidget) -> None:
        """Show the month; the keys go to it."""
        super().open_under(opener)
        self._month.setFocus()

    def _paint(self) -> None:
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self._month.setWeekdayTextFormat(day, _format("ink"))
        self._month.setHeaderTextFormat(_format("ink"))
        self._month.setMinimumWidth(theme.px(_MONTH_WIDTH))
        for name, sign in (("prevmonth", "‹"), ("nextmonth", "›")):
            for step in self._month.findChildren(QToolButton, f"qt_calendar_{name}"):
                step.setIcon(QIcon())
                step.setText(sign)
        for bar in self._month.findChildren(QWidget, "qt_calendar_navigationbar"):
            bar.setBackgroundRole(QPalette.ColorRole.Window)
            bar.setStyleSheet("QToolButton::menu-indicator { image: none; }")

    def _choose(self, day: QDate) -> None:
        self.chosen.emit(day)
        self.close()


def _format(token: str) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setForeground(theme.colour(token))
    made.setBackground(theme.colour("canvas"))
    return made
