"""The findings of one body's report, line by line in its form."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.models import FindingDraft
from app.models.trait import Trait, traits_of
from app.models.values import Value
from app.ui.common.form.fields import ChoiceField, Field, LongField
from app.ui.common.form.tab_order import tab_before
from app.ui.common.parts.widgets import button, column, row
from app.ui.tokens import M
from app.words import told

Line = tuple[UUID | None, str, str, str]
"""Id, kind, content of coordination and text: what a draft file can keep."""

_TRAITS = traits_of(FindingDraft)


def lines_of(value: Value) -> list[Line]:
    """The lines that the field has given, or a draft file has kept."""
    given = value if isinstance(value, tuple) else ()
    found: list[Line] = []
    for each in given:
        match each:
            case (UUID() | None as id_, str(kind), str(area), str(words)):
                found.append((id_, kind, area, words))
    return found


class FindingsField(Field):
    """Any number of findings: kind, content, text. A line whose text is blank counts as none."""

    def __init__(self, trait: Trait) -> None:
        super().__init__()
        self._label = trait.label
        self._lines: list[_Finding] = []
        self._held = column(gap=M.s3)
        self._more = button(self.tr("Thêm nội dung"), "quiet", "plus", does=self._add)
        self.setLayout(column(self._held, row(self._more, None)))
        self.setFocusProxy(self._more)

    def value(self) -> tuple[Line, ...]:
        return tuple(line.value() for line in self._lines if line.value()[3])

    def show_value(self, value: Value) -> None:
        for line in list(self._lines):
            self._drop(line)
        for given in lines_of(value):
            self._put(_Finding(self._label, given))

    def entry(self) -> QWidget:
        return self._more

    def set_bad(self, bad: bool) -> None:
        for line in self._lines:
            line.text.set_bad(bad)

    def _add(self) -> None:
        kind = self._lines[-1].value()[1] if self._lines else "result"
        line = _Finding(self._label, (None, kind, "other", ""))
        self._put(line)
        line.text.entry().setFocus()

    def _put(self, line: _Finding) -> None:
        self._lines.append(line)
        self._held.addWidget(line)
        tab_before(self._more, *line.stops)
        line.edited.connect(self.edited)
        line.dropped.connect(lambda: self._on_dropped(line))

    def _on_dropped(self, line: _Finding) -> None:
        self._drop(line)
        self._more.setFocus()
        self.edited.emit()

    def _drop(self, line: _Finding) -> None:
        self._lines.remove(line)
        self._held.removeWidget(line)
        line.hide()
        line.deleteLater()


class _Finding(QWidget):
    edited = Signal()
    dropped = Signal()

    def __init__(self, label: str, given: Line) -> None:
        super().__init__()
        self._id = given[0]
        self._kind, self._area = (
            ChoiceField(_TRAITS["kind"], 200),
            ChoiceField(_TRAITS["area"], 240),
        )
        self.text = LongField(_TRAITS["text"])
        for name, held, value in (
            ("kind", self._kind, given[1]),
            ("area", self._area, given[2]),
            ("text", self.text, given[3]),
        ):
            held.show_value(value)
            held.entry().setAccessibleName(f"{label}: {told(_TRAITS[name].label)}")
            held.edited.connect(self.edited)
        drop = button(self.tr("Bỏ"), "quiet", "close", does=self.dropped.emit)
        self.setLayout(column(row(self._kind, self._area, None, drop), self.text, gap=M.s1))
        self.stops = (self._kind.entry(), self._area.entry(), drop, self.text.entry())

    def value(self) -> Line:
        kind, area = self._kind.value(), self._area.value()
        return self._id, str(kind or ""), str(area or "other"), str(self.text.value() or "")
