"""Draws the parts of a detail pane, one function a part."""

from __future__ import annotations

from functools import singledispatch

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.registers.held_rows import Row
from app.text import moment_words
from app.ui.common.list.table import RecordTable, title_of
from app.ui.common.list.view import RecordView
from app.ui.common.pane.content import (
    Banner,
    Buttons,
    Chain,
    Change,
    Entry,
    Facts,
    History,
    Links,
    Part,
    Quote,
    Rows,
    Section,
    Words,
)
from app.ui.common.pane.status import Glyph
from app.ui.common.pane.timeline import Timeline
from app.ui.common.parts.flow import Flow
from app.ui.common.parts.widgets import button, column, facts, link, panel, row, section, text
from app.ui.theme import px, space
from app.ui.tokens import M
from app.words import told

_SHORT = 16  # letters


@singledispatch
def draw(part: Part) -> QWidget:
    """A widget that shows *part*."""
    raise TypeError(type(part))


@draw.register
def _widget(part: QWidget) -> QWidget:
    return part


@draw.register
def _facts(part: Facts) -> QWidget:
    return panel(facts(*((name, value) for name, value in part.pairs if value)), "plain")


@draw.register
def _section(part: Section) -> QWidget:
    return panel(section(part.title, link(*part.link) if part.link else None), "plain")


@draw.register
def _words(part: Words) -> QWidget:
    label = text(part.text, part.role, wrap=True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


@draw.register
def _entry(part: Entry) -> QWidget:
    line = row(column(text("–"), None), _words(Words(part.text)), gap=M.s3)
    line.setStretch(1, 1)
    return panel(line, "plain")


@draw.register
def _banner(part: Banner) -> QWidget:
    """As the message bar, but it stays with the record."""
    line = row(Glyph("attention", "warn"), _words(Words(part.text)), gap=M.s3)
    line.setStretch(1, 1)
    bar = panel(column(line, pad=(M.s3, M.s2, M.s3, M.s2)), "message_warn")
    bar.setAccessibleName(part.text)
    return panel(column(M.s3, bar), "plain")


@draw.register
def _links(part: Links) -> QWidget:
    # The first is what the line is about; a short act beside it stays whole.
    made = [
        link(*each, elided=number == 0 or len(each[0]) > _SHORT)
        for number, each in enumerate(part.links)
    ]
    return panel(row(*made, None, gap=M.s4, pad=(0, M.s1, 0, 0)), "plain")


@draw.register
def _quote(part: Quote) -> QWidget:
    lines: list[QWidget | int] = [_words(Words(f"“{part.text}”"))]
    if part.place:
        lines += [M.s1, text(part.place, "small", wrap=True)]
    inner = column(*lines, pad=(M.s3, 0, 0, 0))
    if part.link:
        inner.addLayout(row(link(*part.link), None))
    return panel(inner, "quote")


@draw.register(Rows)
def _rows(part: Rows[Row]) -> QWidget:
    table = RecordTable(part.columns)
    table.show(part.records)
    return SmallTable(table, part)


@draw.register
def _chain(part: Chain) -> QWidget:
    return Timeline(part.nodes)


@draw.register
def _history(part: History) -> QWidget:
    return panel(column(*(_change(each) for each in part.changes), gap=M.s3), "plain")


def _change(change: Change) -> QWidget:
    when = f"{moment_words(change.when)}, {change.who}"
    lines: list[QWidget] = [text(change.label, "strong", wrap=True), text(when, "small", wrap=True)]
    for name, before, after in change.fields:
        was = "" if before is None else f"{_shown(before)} → "
        lines.append(_words(Words(f"{name}: {was}{_shown(after)}")))
    return panel(column(*lines, gap=2), "plain")


def _shown(value: str) -> str:
    return value or told("(trống)")


@draw.register
def _buttons(part: Buttons) -> QWidget:
    holder = QWidget()
    flow = Flow()
    for each in part.buttons:
        made = button(each.words, each.role, does=each.does)
        made.setToolTip(each.tip)
        flow.addWidget(made)
    lines = QVBoxLayout(holder)
    space(lines, 0, (0, M.s4, 0, 0))
    lines.addLayout(flow)
    return holder


class SmallTable(RecordView[Row]):
    """A table without a page of its own: as high as its rows, one click opens a record."""

    def __init__(self, table: RecordTable[Row], part: Rows[Row]) -> None:
        super().__init__(table, inset=0)
        self._opens = part.opens
        table.setParent(self)
        self.setProperty("flush", True)  # noqa: FBT003 - a Qt property
        self.horizontalHeader().setVisible(part.headed)
        self.horizontalHeader().setSectionsMovable(False)
        self.setSelectionMode(self.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(", ".join(map(title_of, table.columns)))
        self._on_look()
        if part.opens is not None:
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
            self.clicked.connect(self._open_index)
            self.entered_record.connect(lambda: self._open_index(self.currentIndex()))

    def _on_look(self) -> None:
        super()._on_look()
        head = 0 if self.horizontalHeader().isHidden() else px(M.head)
        self.setFixedHeight(px(M.row) * self.table.rowCount() + head)

    def _open_index(self, index: QModelIndex) -> None:
        if index.isValid() and self._opens is not None:
            self._opens(self.table.record_at(index.row()))
