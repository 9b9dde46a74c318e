"""Small parts that every page is built from. Sizes are pixels at 100 % text."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QVBoxLayout,
    QWidget,
)

from app.ui.common.pane.status import Glyph, Tag, mark, state_of
from app.ui.icons import draw_icon, icon
from app.ui.theme import Pad, hold, hold_icon, px, space
from app.ui.tokens import M
from app.words import told

__all__ = [
    "Combo",
    "Glyph",
    "Item",
    "Tag",
    "button",
    "clear",
    "column",
    "empty",
    "facts",
    "fill",
    "gap",
    "heading",
    "link",
    "literal",
    "mark",
    "panel",
    "row",
    "rule",
    "section",
    "set_role",
    "state_of",
    "text",
]

Item = QWidget | QLayout | int | None
"""What stands in a line: a widget, a layout, a gap in pixels, or None for a stretch."""
NO_PAD: Pad = (0, 0, 0, 0)
_LEAST_WITH_GLYPH = 168  # the height at which an empty place still shows its picture


def fill(box: QBoxLayout, items: Sequence[Item], gap_between: int, pad: Pad) -> QBoxLayout:
    """Put *items* into *box*, one after the other."""
    space(box, gap_between, pad)
    for item in items:
        if item is None:
            box.addStretch(1)
        elif isinstance(item, int):
            box.addWidget(gap(item))
        elif isinstance(item, QLayout):
            box.addLayout(item)
        else:
            box.addWidget(item)
    return box


def row(*items: Item, gap: int = M.s2, pad: Pad = NO_PAD) -> QBoxLayout:
    """*items* side by side."""
    return fill(QHBoxLayout(), items, gap, pad)


def column(*items: Item, gap: int = 0, pad: Pad = NO_PAD) -> QBoxLayout:
    """*items* one under the other."""
    return fill(QVBoxLayout(), items, gap, pad)


def gap(size: int) -> QWidget:
    """An empty place of *size* pixels that grows with the text."""
    made = QWidget()
    hold(made, width=size, height=size)
    return made


def panel(layout: QLayout, name: str = "canvas", width: int = 0, height: int = 0) -> QFrame:
    """A surface holding *layout*; *name* is one of the grounds of the style sheet."""
    frame = QFrame()
    frame.setObjectName(name)
    frame.setLayout(layout)
    hold(frame, width=width, height=height)
    return frame


def rule(name: str = "rule") -> QFrame:
    """A hairline: `rule` lies, `side_line` stands."""
    frame = QFrame()
    frame.setObjectName(name)
    return frame


def text(words: str, role: str = "body", *, wrap: bool = False, width: int = 0) -> QLabel:
    """Words in one of the roles of the style sheet: title lead strong muted small danger badge."""
    label = QLabel(words)
    label.setTextFormat(Qt.TextFormat.PlainText)  # a record's "<b>" is text, not markup
    label.setProperty("role", role)
    label.setWordWrap(wrap)
    hold(label, width=width)
    return label


def set_role(widget: QWidget, role: str) -> None:
    """Give *widget* another role of the style sheet while it is on screen."""
    widget.setProperty("role", role)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def literal(words: str) -> str:
    """*words* for what Qt looks for a shortcut letter in: "Sở KH&CN" keeps its "&"."""
    return words.replace("&", "&&")


_TINTS = {"primary": "on_fill", "link": "accent"}


def button(
    words: str,
    role: str = "plain",
    icon_name: str = "",
    *,
    checked: bool | None = None,
    key: str = "",
    does: Callable[[], object] | None = None,
    kind: type[QPushButton] = QPushButton,
) -> QPushButton:
    """A button; *role*: plain primary quiet link chip view nav. *key* is shown in its tooltip."""
    shown = literal(words)
    made = kind(shown + " " if role == "chip" else " " + shown if icon_name else shown)
    made.setProperty("role", role)
    made.setAccessibleName(words)
    made.setToolTip(f"{words} ({key})" if key else "")
    made.setAutoDefault(False)
    if icon_name:
        tint = _TINTS.get(role, "muted")
        made.setIcon(icon(icon_name, tint, "accent" if role == "nav" else ""))
        hold_icon(made, 16 if role == "nav" else 14)
    if role == "chip":
        made.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the × stands after the words
    if checked is not None:
        made.setCheckable(True)
        made.setChecked(checked)
    across = QSizePolicy.Policy.Expanding if role == "nav" else QSizePolicy.Policy.Fixed
    made.setSizePolicy(across, QSizePolicy.Policy.Fixed)
    if does is not None:
        made.clicked.connect(lambda _checked=False: does())
    return made


def link(words: str, does: Callable[[], object], *, elided: bool = False) -> QPushButton:
    """Words in the accent that do something when clicked; *elided* where there is no room."""
    made = button(words, "link", does=does, kind=_Elided if elided else QPushButton)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    if elided:
        made.setToolTip(words)
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    return made


class _Elided(QPushButton):
    """May be narrower than its words; its tooltip says them whole."""

    def minimumSizeHint(self) -> QSize:
        return QSize(px(M.s5), super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        side = Qt.TextElideMode.ElideRight
        option.text = self.fontMetrics().elidedText(option.text, side, self.width())
        QStylePainter(self).drawControl(QStyle.ControlElement.CE_PushButton, option)


class Combo(QComboBox):
    """A closed list whose arrow is drawn from the same icons."""

    def __init__(self, values: Sequence[str] = (), width: int = 0) -> None:
        super().__init__()
        self.addItems(list(values))
        hold(self, width=width)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        side = px(16)
        place = QRect(self.width() - px(24), (self.height() - side) // 2, side, side)
        draw_icon(painter, "down", place, "muted" if self.isEnabled() else "faint")
        painter.end()


def heading(title: str, note: str, *actions: Item, edge: int = M.s4) -> QBoxLayout:
    """The first line of every page: same height and baseline everywhere."""
    line = row(
        text(title, "title"), text(note, "muted"), None, *actions, pad=(edge, M.s2, edge, M.s1)
    )
    line.addStrut(px(M.control))
    return line


def section(title: str, more: QWidget | None = None) -> QBoxLayout:
    """A group's word with room above, and a link at the right."""
    line = row(
        text(told(title), "strong", wrap=True), *([more] if more else []), pad=(0, M.s4, 0, M.s1)
    )
    line.setStretch(0, 1)
    return line


def facts(*pairs: tuple[str, str | QWidget], label: int = 104) -> QGridLayout:
    """Muted labels and what they stand for, one pair a line."""
    grid = QGridLayout()
    space(grid, M.s2, (0, M.s2, 0, 0), down=6)
    grid.setColumnStretch(1, 1)
    for line, (name, value) in enumerate(pairs):
        grid.addWidget(text(told(name), "muted", wrap=True, width=label), line, 0, _TOP)
        shown = value if isinstance(value, QWidget) else _value(value)
        grid.addWidget(shown, line, 1)
    return grid


def empty(icon_name: str, sentence: str, step: str, *actions: QWidget) -> QWidget:
    """Fills the place of a table: what is so, then the one next step and its key."""
    glyph = panel(column(row(None, Glyph(icon_name, "faint", 32), None), M.s3))
    return _Empty(
        glyph,
        column(
            None,
            glyph,
            _centred(sentence, "strong"),
            M.s1,
            _centred(step, "muted"),
            M.s3,
            row(None, *actions, None),
            None,
            pad=(M.s4, M.s2, M.s4, M.s2),
        ),
    )


class _Empty(QFrame):
    """Leaves its picture out where the words need the height."""

    def __init__(self, glyph: QWidget, lines: QLayout) -> None:
        super().__init__()
        self.setObjectName("canvas")
        self._glyph = glyph
        self.setLayout(lines)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._glyph.setVisible(self.height() >= px(_LEAST_WITH_GLYPH))


def clear(layout: QLayout) -> None:
    """Take everything out of *layout* and let it go."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)
            inner.deleteLater()


_TOP = Qt.AlignmentFlag.AlignTop


def _centred(words: str, role: str) -> QLabel:
    label = text(words, role, wrap=True)
    label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    return label


def _value(words: str) -> QLabel:
    label = text(words, wrap=True)
    label.setAlignment(_TOP)  # beside a label that needs two lines
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
