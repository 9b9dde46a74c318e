"""The filter field, the chips of conditions, and where more are added."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Generic, Never

from PySide6.QtCore import QCoreApplication, QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from app.registers.condition import (
    Asked,
    Condition,
    Period,
    Span,
    condition_from,
    keeps,
    words_present,
)
from app.registers.held_rows import Row
from app.registers.register import Facet
from app.text import capitalized
from app.ui.common.list.facet_picker import FacetPicker
from app.ui.common.list.period_picker import PeriodPicker
from app.ui.common.list.search_field import SearchField
from app.ui.common.list.table import Test
from app.ui.common.parts.flow import Flow
from app.ui.common.parts.widgets import button
from app.ui.theme import hold, space
from app.ui.tokens import M


class FilterBar(QWidget, Generic[Row]):
    """Holds what the clerk asks for; `changed` follows each key and each chip.

    Conditions on different facets must all hold; the words of one facet are alternatives.
    """

    changed = Signal()
    descended = Signal()
    """↓ or Enter in the field: on into the table."""

    def __init__(self, noun: str, facets: Sequence[Facet[Row]], today: Callable[[], date]) -> None:
        super().__init__()
        self._facets = {facet.key: facet for facet in facets}
        self._today = today
        self._rows: Callable[[], Sequence[Row]] = tuple
        self._conditions: dict[str, Condition] = {}
        self._chips: list[QPushButton] = []
        self.field = _FilterField(self.tr("Lọc {}").format(noun))
        self.field.textChanged.connect(self.changed)
        self.field.descended.connect(self.descended)
        self.columns = button(self.tr("Cột"), "quiet", "columns")
        self._more = button(self.tr("Thêm điều kiện"), "quiet", "plus", does=self.open_menu)
        if not facets:
            self._more.hide()  # and never show(): without a parent yet it would be a window
        self._flow = Flow()
        self._flow.addWidget(self.field)
        self._flow.addWidget(self._more)
        line = QHBoxLayout(self)
        space(line, M.s2, (M.s4, M.s1, M.s2, M.s2))
        line.addLayout(self._flow, 1)
        line.addWidget(self.columns, 0, Qt.AlignmentFlag.AlignTop)

    def choose_from(self, rows: Callable[[], Sequence[Row]]) -> None:
        """Where the words offered come from: the records held, filtered or not."""
        self._rows = rows

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """The conditions in force, in the order they were added."""
        return tuple(self._conditions.values())

    @property
    def is_asking(self) -> bool:
        """Whether anything is typed or any condition is in force."""
        return bool(self._conditions or self.field.text().strip())

    def tests(self) -> list[Test[Row]]:
        """One test of a row for each condition."""
        today = self._today()
        return [keeps(self._facets[c.facet], c, today) for c in self.conditions]

    def put(self, condition: Condition) -> None:
        """Add *condition*, or let it replace the one on the same facet."""
        if condition.facet not in self._facets:
            return
        self._conditions[condition.facet] = condition
        if not condition.words and condition.period is None:
            del self._conditions[condition.facet]
        self._draw()
        self.changed.emit()

    def take(self, given: Mapping[str, Asked]) -> None:
        """Put *given*, conditions as JSON by facet, in place of everything asked before.

        Raises ValueError for a value that is no condition.
        """
        fresh = [condition_from(key, value) for key, value in given.items() if key in self._facets]
        self._conditions = {condition.facet: condition for condition in fresh}
        with QSignalBlocker(self.field):
            self.field.clear()
        self._draw()
        self.changed.emit()

    def clear(self) -> None:
        """Ask for nothing."""
        self.take({})

    def asked(self) -> str:
        """What is asked, in words: for "Không có kết quả cho “…”" and the head of a printout."""
        today = self._today()
        said = [c.said(self._titled(c.facet), today) for c in self.conditions]
        typed = self.field.text().strip()
        return "; ".join([*([typed] if typed else []), *said])

    def open_menu(self) -> None:
        """Offer the facets under the button."""
        self.menu().popup(self._more.mapToGlobal(QPoint(0, self._more.height() + 2)))

    def menu(self) -> QMenu:
        """The facets to choose from: words in a list to tick, periods in a submenu."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for facet in self._facets.values():
            if facet.is_period:
                self._offer_periods(menu.addMenu(_title(facet)), facet)
            else:
                asks = menu.addAction(self.tr("{} …").format(_title(facet)))
                asks.triggered.connect(partial(self._pick_words, facet))
        return menu

    def pick_words(self, key: str) -> FacetPicker:
        """Open the list of words of the facet *key*."""
        facet = self._facets[key]
        held = self._conditions[key].words if key in self._conditions else ()
        present = words_present(facet, self._rows())
        known = {word for word, _ in present}
        absent = [(word, 0) for word in held if word not in known]
        picker = FacetPicker(facet, [*present, *absent], held, self)
        picker.picked.connect(lambda words: self.put(Condition(key, words)))
        picker.open_under(self._more)
        return picker

    def pick_period(self, key: str) -> PeriodPicker:
        """Open the two dates of the facet *key*."""
        held = self._conditions[key].period if key in self._conditions else None
        picker = PeriodPicker(_title(self._facets[key]), self._today, held, self)
        picker.picked.connect(lambda period: self.put(Condition(key, period=period)))
        picker.open_under(self._more)
        return picker

    def _pick_words(self, facet: Facet[Row], _checked: bool = False) -> None:
        self.pick_words(facet.key)

    def _offer_periods(self, menu: QMenu, facet: Facet[Never]) -> None:
        today = self._today()
        for span in (Span.MONTH, Span.QUARTER, Span.YEAR, Span.SOON, Span.NONE):
            period = Period(span)
            offer = menu.addAction(_capital(period.words(today)))
            offer.triggered.connect(partial(self._put_period, facet.key, period))
        other = menu.addAction(self.tr("Khoảng khác …"))
        other.triggered.connect(lambda _checked=False: self.pick_period(facet.key))

    def _put_period(self, key: str, period: Period, _checked: bool = False) -> None:
        self.put(Condition(key, period=period))

    def _drop(self, key: str) -> None:
        self._conditions.pop(key, None)
        self._draw()
        self.changed.emit()
        self.field.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._stand()

    def _stand(self) -> None:
        """Be high enough for every line of chips; a layout alone would let them be cut."""
        layout = self.layout()
        if layout is not None:
            self.setMinimumHeight(layout.heightForWidth(self.width()))

    def _draw(self) -> None:
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = [self._chip(condition) for condition in self.conditions]
        for place, chip in enumerate(self._chips, start=1):
            self._flow.insert(place, chip)
            chip.show()
        self._stand()

    def _chip(self, condition: Condition) -> QPushButton:
        words = condition.said(self._titled(condition.facet), self._today())
        made = button(words, "chip", "close", does=partial(self._drop, condition.facet))
        made.setAccessibleName(self.tr("Bỏ điều kiện {}").format(words))
        made.setToolTip(self.tr("Bỏ điều kiện này"))
        return made

    def _titled(self, key: str) -> Facet[Row]:
        facet = self._facets[key]
        return replace(facet, title=_title(facet))


class _FilterField(SearchField):
    descended = Signal()

    def __init__(self, hint: str) -> None:
        super().__init__(hint)
        hold(self, width=196)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.descended.emit()
        else:
            super().keyPressEvent(event)


def _title(facet: Facet[Never]) -> str:
    return QCoreApplication.translate("Facet", facet.title)


def _capital(words: str) -> str:
    return capitalized(words)
