"""A rhythm, entered in the regulation's own words and read back while one types."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtWidgets import QWidget

from app.models.recurrence import Recurrence, expand, read_phrase
from app.models.trait import Trait
from app.models.values import Value
from app.models.working_days import default_working_days
from app.registers.column import text_of
from app.text import clean
from app.ui.common.form.fields import Field, Line
from app.ui.common.parts.widgets import column, text
from app.ui.tokens import M

_YEARS_AHEAD = 12
_DUES_SHOWN = 3
Start = Callable[[], date]


class RecurrenceField(Field):
    """A phrase such as "hằng quý, chậm nhất ngày 20 tháng cuối quý".

    Under it stands how the program reads the phrase and which three days come next, so that a
    wrong reading is seen before it is saved. A phrase that cannot be read is kept word for word.
    """

    def __init__(self, trait: Trait, starts_on: Start) -> None:
        super().__init__()
        self._starts_on = starts_on
        self._line = Line(trait.hint)
        self._reading = text("", "small", wrap=True)
        self._line.textEdited.connect(self.edited)
        self._line.textChanged.connect(self.read)
        self._line.left.connect(self.left)
        self.setLayout(column(self._line, self._reading, gap=M.s1))
        self.setFocusProxy(self._line)
        self.read()

    def value(self) -> str | None:
        return clean(self._line.text()) or None

    def show_value(self, value: Value) -> None:
        if isinstance(value, dict):
            value = Recurrence.from_json(value)
        self._line.setText(value.words() if isinstance(value, Recurrence) else str(value or ""))
        self._line.setCursorPosition(0)

    def entry(self) -> QWidget:
        return self._line

    def read(self) -> None:
        """Say under the line how the phrase is understood."""
        phrase = self.value()
        self._reading.setVisible(bool(phrase))
        if phrase:
            rule = read_phrase(phrase)
            self._reading.setText("\n".join(filter(None, (rule.words(), self._next_dues(rule)))))

    def _next_dues(self, rule: Recurrence) -> str:
        first = self._starts_on()
        until = first + timedelta(days=366 * _YEARS_AHEAD)
        calendar = default_working_days()
        dues = expand(
            rule, starts_on=first, ends_on=None, window=(first, until), calendar=calendar
        )[:_DUES_SHOWN]
        days = ", ".join(text_of(due.due_on) for due in dues)
        return self.tr("Các hạn tới: {}").format(days) if days else ""
