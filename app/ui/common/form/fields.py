"""The fields of a form: one small widget for each way a clerk enters something.

Every field answers alike, so that a form knows nothing of dates or lists: what it holds
(`value`), whether that can be read (`problem`), and how it looks when it is wrong (`set_bad`).
"""

from __future__ import annotations

import unicodedata
from abc import abstractmethod
from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit, QToolButton, QWidget

from app.models.trait import Trait
from app.models.values import Value
from app.text import clean, clean_lines, shortened
from app.ui.common.parts.widgets import Combo, Item, row
from app.ui.icons import icon
from app.ui.theme import hold, hold_icon, px
from app.ui.tokens import M

DATE_WIDTH = 132
NUMBER_WIDTH = 96
CHOICE_WIDTH = 264
LONG_HEIGHT, _LINE = 52, 19  # a pixel less, and Qt offers to scroll what is all in sight
_ICON, _EDGE = 16, 3


class Field(QWidget):
    """What a form asks of each of its fields.

    `edited` follows every change by the clerk; `left` says that the focus went elsewhere, which
    is when a half-typed date is completed and checked.
    """

    edited = Signal()
    left = Signal()

    @abstractmethod
    def value(self) -> Value:
        """What is entered; None when blank; the raw text when it cannot be read."""

    @abstractmethod
    def show_value(self, value: Value) -> None:
        """Put *value* into the field without counting as an edit."""

    @abstractmethod
    def entry(self) -> QWidget:
        """The part that takes the focus, and the label's name."""

    def problem(self) -> str:
        """A sentence when what is typed cannot be read; otherwise empty."""
        return ""

    def settle(self) -> None:
        """Complete what was typed by halves ("5/3" becomes 05/03/2026)."""

    def set_bad(self, bad: bool) -> None:
        """Wear the red edge, or take it off."""
        entry = self.entry()
        entry.setProperty("bad", bad)
        entry.style().unpolish(entry)
        entry.style().polish(entry)

    def _hold(self, *parts: Item) -> None:
        """Lay *parts* side by side and let the label's focus through to the entry."""
        self.setLayout(row(*parts))
        self.setFocusProxy(self.entry())


class Line(QLineEdit):
    """One line of text; what is pasted from Word loses breaks and invisible characters."""

    left = Signal()

    def __init__(self, placeholder: str = "", width: int = 0) -> None:
        super().__init__()
        self.setPlaceholderText(placeholder)
        hold(self, width=width)
        self.textChanged.connect(self._tidy)
        self._opener: QToolButton | None = None

    def open_by(self, name: str, words: str, does: Callable[[], object], tip: str = "") -> None:
        """Put the icon *name* at the right end; it opens what the line chooses from.

        An action of Qt's own would keep its 16 pixels beside text of any size.
        """
        self._opener = made = QToolButton(self)
        made.setIcon(icon(name))
        made.setAccessibleName(words)
        made.setToolTip(tip or words)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.setCursor(Qt.CursorShape.ArrowCursor)
        made.clicked.connect(lambda _checked=False: does())
        hold_icon(made, _ICON)
        hold(made, width=_ICON + M.s2, height=_ICON + M.s2)
        self._place_opener()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._place_opener()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_opener()

    def _place_opener(self) -> None:
        opener = getattr(self, "_opener", None)  # Qt tells of a style before we have begun
        if opener is None:
            return
        side = px(_ICON + M.s2)
        self.setTextMargins(0, 0, side - px(M.s1), 0)
        opener.move(self.width() - side - px(_EDGE), (self.height() - side) // 2)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    def _tidy(self, words: str) -> None:
        if any(unicodedata.category(letter) in _UNWELCOME for letter in words.replace(" ", "")):
            place = len(clean(words[: self.cursorPosition()]))
            self.setText(clean(words))
            self.setCursorPosition(place)


_UNWELCOME = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})


class LineField(Field):
    """A line of text."""

    def __init__(self, trait: Trait, width: int = 0) -> None:
        super().__init__()
        self._line = Line(trait.hint, width)
        self._line.textEdited.connect(self.edited)
        self._line.left.connect(self.left)
        self._hold(self._line, *([None] if width else []))

    def value(self) -> str | int | None:
        return clean(self._line.text()) or None

    def show_value(self, value: Value) -> None:
        self._line.setText("" if value is None else str(value))
        self._line.setCursorPosition(0)

    def entry(self) -> QWidget:
        return self._line


class NumberField(LineField):
    """A whole number, with or without the dots of thousands."""

    def __init__(self, trait: Trait, width: int = 0) -> None:
        super().__init__(trait, width or NUMBER_WIDTH)
        self._label = trait.label

    def value(self) -> str | int | None:
        typed = clean(self._line.text())
        bare = typed.replace(".", "").replace(" ", "").replace("−", "-")
        if not bare:
            return None
        return int(bare) if bare.removeprefix("-").isdecimal() and len(bare) < 16 else typed

    def show_value(self, value: Value) -> None:
        if isinstance(value, int):
            value = f"{value:,}".replace(",", ".").replace("-", "−")
        super().show_value(value)

    def problem(self) -> str:
        value = self.value()
        if not isinstance(value, str):
            return ""
        return self.tr("“{}” không phải số. Nhập một số nguyên, ví dụ 12.").format(
            shortened(value, 40)
        )

    def settle(self) -> None:
        self.show_value(self.value())


class LongField(Field):
    """Several lines of text; Tab goes on to the next field."""

    def __init__(self, trait: Trait, width: int = 0) -> None:
        super().__init__()
        self._box = _Box(trait.hint)
        hold(self._box, width=width, height=LONG_HEIGHT)
        self._box.textChanged.connect(self._on_change)
        self._box.widened.connect(self._grow)
        self._box.left.connect(self.left)
        self._showing = False
        self._hold(self._box)

    def value(self) -> str | None:
        return clean_lines(self._box.toPlainText()) or None

    def show_value(self, value: Value) -> None:
        self._showing = True
        self._box.setPlainText("" if value is None else str(value))
        self._showing = False

    def entry(self) -> QWidget:
        return self._box

    def _on_change(self) -> None:
        self._grow()
        if not self._showing:
            self.edited.emit()

    def _grow(self) -> None:
        """Two lines at rest, up to eight while there is that much to read."""
        lines = min(max(self._box.document().size().toSize().height(), 2), 8)
        hold(self._box, height=LONG_HEIGHT + _LINE * (lines - 2))


class _Box(QPlainTextEdit):
    left = Signal()
    widened = Signal()
    """Only with its width does the box know into how many lines its text breaks."""

    def __init__(self, placeholder: str) -> None:
        super().__init__()
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(px(4))

    def insertFromMimeData(self, source: QMimeData) -> None:
        self.insertPlainText(clean_lines(source.text()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.widened.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.left.emit()


class YesNoField(Field):
    """Yes or no."""

    def __init__(self, trait: Trait) -> None:
        super().__init__()
        self._box = QCheckBox(trait.hint or self.tr("Có"))
        hold(self._box, height=M.control)
        self._box.clicked.connect(self.edited)
        self._hold(self._box, None)

    def value(self) -> bool:
        return self._box.isChecked()

    def show_value(self, value: Value) -> None:
        self._box.setChecked(bool(value))

    def entry(self) -> QWidget:
        return self._box


class ChoiceField(Field):
    """One of a few words. A field that may stay blank offers a blank line first."""

    def __init__(self, trait: Trait, width: int = 0) -> None:
        super().__init__()
        words: Mapping[str, str] = trait.words or {}
        self._list = _Choice(width=width or CHOICE_WIDTH)
        if not trait.required:
            self._list.addItem("", None)
        for stored, shown in words.items():
            self._list.addItem(shown, stored)
        self._list.setCurrentIndex(-1 if trait.required else 0)
        self._list.activated.connect(self.edited)
        self._hold(self._list, None)

    def value(self) -> str | int | None:
        chosen: str | None = self._list.currentData()
        return chosen

    def show_value(self, value: Value) -> None:
        self._list.setCurrentIndex(self._list.findData(value))

    def entry(self) -> QWidget:
        return self._list


class _Choice(Combo):
    """The wheel scrolls the form; it never changes a value that only lies under the pointer."""

    def __init__(self, width: int) -> None:
        super().__init__(width=width)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMaxVisibleItems(16)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
