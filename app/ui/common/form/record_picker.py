"""Choosing records that are already in the register: one, or several as chips."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from uuid import UUID

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QModelIndex,
    QObject,
    QStringListModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCompleter, QListView, QWidget

from app.models.trait import Trait
from app.models.values import Value
from app.text import clean, folded, search_words, shortened
from app.ui.common.form.fields import Field, Line
from app.ui.common.form.tab_order import tab_before
from app.ui.common.parts.flow import Flow
from app.ui.common.parts.widgets import button

Choice = tuple[UUID, str]
"""A record's id and the words a clerk knows it by."""
Load = Callable[[], Sequence[Choice]]

_MOST_SHOWN = 200
_NONE, _KEYPAD = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier
_PICKER_WIDTH = 264


class Picker(Line):
    """A line that finds records while one types: any words, any case, with or without marks.

    `picked` carries the id; ↓ or the small arrow opens the whole list. The list is asked for
    again each time the focus comes in, since another window may have added to it.
    """

    picked = Signal(object)
    went_back = Signal()
    """Backspace in a blank line."""

    def __init__(self, load: Load, placeholder: str = "", width: int = 0) -> None:
        super().__init__(placeholder, width)
        self._load = load
        self._choices: list[Choice] = []
        self._shown: list[Choice] = []
        self._words = QStringListModel(self)
        self._popup = QCompleter(self._words, self)
        self._popup.setWidget(self)
        self._popup.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._popup.setMaxVisibleItems(10)
        self._list = QListView()
        self._popup.setPopup(self._list)
        self._popup.activated[QModelIndex].connect(self._take)  # type: ignore[index]
        self.textEdited.connect(self.offer)
        self.open_by("down", self.tr("Mở danh sách"), lambda: self.offer(""))

    def words_of(self, record_id: object) -> str | None:
        """What *record_id* is called in the list; None when the list does not hold it."""
        self._choices = self._choices or list(self._load())
        return next((words for found, words in self._choices if found == record_id), None)

    def match(self, typed: str) -> UUID | None:
        """The one record called exactly *typed*, marks and case apart."""
        wanted = folded(clean(typed))
        found = [known for known, words in self._choices if folded(clean(words)) == wanted]
        return found[0] if len(found) == 1 else None

    def offer(self, typed: str) -> None:
        """Open the list of records that hold every word of *typed*."""
        self._shown = list(matching(self._choices, typed))[:_MOST_SHOWN]
        self._words.setStringList([words for _id, words in self._shown])
        if self._shown:
            self._popup.complete()
        else:
            self._list.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and not self._list.isVisible():
            self.offer("")
            return
        if event.key() == Qt.Key.Key_Backspace and not self.text():
            self.went_back.emit()
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self._choices = list(self._load())
        super().focusInEvent(event)

    def _take(self, index: QModelIndex) -> None:
        if 0 <= index.row() < len(self._shown):
            record_id, words = self._shown[index.row()]
            self._list.hide()
            self.setText(words)
            self.picked.emit(record_id)


def matching(choices: Iterable[Choice], typed: str) -> Iterable[Choice]:
    """The choices that hold every word of *typed*; those that begin with it come first."""
    wanted, start = search_words(typed), folded(typed)
    held = [c for c in choices if all(word in folded(c[1]) for word in wanted)]
    return sorted(held, key=lambda c: not folded(c[1]).startswith(start)) if start else held


class RecordField(Field):
    """One record."""

    def __init__(self, trait: Trait, load: Load, width: int = 0) -> None:
        super().__init__()
        self._picker = Picker(load, trait.hint, width)
        self._held: UUID | None = None
        self._picker.picked.connect(self._on_picked)
        self._picker.textEdited.connect(self._on_typed)
        self._picker.left.connect(self.settle)
        self._picker.left.connect(self.left)
        self._hold(self._picker, *([None] if width else []))

    def value(self) -> UUID | str | None:
        return self._held or clean(self._picker.text()) or None

    def show_value(self, value: Value) -> None:
        self._held = value if isinstance(value, UUID) else None
        words = self._picker.words_of(value) if self._held else value
        self._picker.setText(str(words or ""))
        self._picker.setCursorPosition(0)

    def problem(self) -> str:
        typed = clean(self._picker.text())
        if not typed or self._held:
            return ""
        return _not_found(typed)

    def settle(self) -> None:
        if self._held is None and (found := self._picker.match(self._picker.text())):
            self._on_picked(found)

    def entry(self) -> QWidget:
        return self._picker

    def _on_picked(self, record_id: UUID) -> None:
        self.show_value(record_id)
        self.edited.emit()

    def _on_typed(self) -> None:
        self._held = None
        self.edited.emit()


class RecordsField(Field):
    """Several records as chips; "Thêm …" opens a picker, × or Backspace takes one away."""

    def __init__(self, trait: Trait, load: Load, more: str = "") -> None:
        super().__init__()
        self._load = load
        self._held: list[UUID] = []
        self._chips: list[QWidget] = []
        self._flow = Flow()
        self._more = button(more or self.tr("Thêm"), "quiet", "plus", does=self._open)
        self._more.installEventFilter(self)
        self._picker = Picker(load, trait.hint or self.tr("Gõ để tìm"), _PICKER_WIDTH)
        self._picker.hide()
        self._picker.picked.connect(self._on_picked)
        self._picker.left.connect(self._on_left)
        self._picker.went_back.connect(self._take_last_away)
        self._flow.addWidget(self._more)
        self._flow.addWidget(self._picker)
        self.setLayout(self._flow)
        self.setFocusProxy(self._more)

    def value(self) -> tuple[UUID, ...]:
        return tuple(self._held)

    def show_value(self, value: Value) -> None:
        given = value if isinstance(value, tuple) else ()
        self._held = list(dict.fromkeys(each for each in given if isinstance(each, UUID)))
        self._draw()

    def problem(self) -> str:
        typed = clean(self._picker.text()) if self._picker.isVisible() else ""
        return _not_found(typed) if typed else ""

    def settle(self) -> None:
        if found := self._picker.match(self._picker.text()):
            self._on_picked(found)

    def entry(self) -> QWidget:
        return self._picker if self._picker.isVisible() else self._more

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A clerk who types on the button types into the picker: no word is lost on the way."""
        if watched is self._more and isinstance(event, QKeyEvent) and _types(event):
            self._open()
            QCoreApplication.sendEvent(self._picker, event)
            return True
        return super().eventFilter(watched, event)

    def set_bad(self, bad: bool) -> None:
        self._picker.setProperty("bad", bad)
        super().set_bad(bad)

    def _draw(self) -> None:
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = [self._chip(record_id) for record_id in self._held]
        for place, chip in enumerate(self._chips):
            self._flow.insert(place, chip)
            chip.show()
        tab_before(self._more, *self._chips)
        self.updateGeometry()

    def _chip(self, record_id: UUID) -> QWidget:
        words = self._picker.words_of(record_id) or self.tr("(đã rút khỏi sổ)")
        chip = button(words, "chip", "close", does=lambda: self._take_away(record_id))
        chip.setToolTip(self.tr("Bỏ {}").format(words))
        chip.setAccessibleName(self.tr("Bỏ {}").format(words))
        return chip

    def _open(self) -> None:
        self._more.hide()
        self._picker.clear()
        self._picker.show()
        self._picker.setFocus()

    def _on_picked(self, record_id: UUID) -> None:
        self._picker.clear()
        if record_id not in self._held:
            self._held.append(record_id)
            self._draw()
            self.edited.emit()

    def _on_left(self) -> None:
        self.settle()
        if not self._picker.text():
            self._picker.hide()
            self._more.show()
        self.left.emit()

    def _take_last_away(self) -> None:
        if self._held:
            self._take_away(self._held[-1])

    def _take_away(self, record_id: UUID) -> None:
        self._held.remove(record_id)
        self._draw()
        (self._picker if self._picker.isVisible() else self._more).setFocus()
        self.edited.emit()


def _types(event: QKeyEvent) -> bool:
    """Whether the key writes a letter or a figure; the space bar presses the button."""
    held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | _KEYPAD)
    is_word = event.text().strip().isprintable() and bool(event.text().strip())
    return event.type() == QEvent.Type.KeyPress and is_word and held == _NONE


def _not_found(typed: str) -> str:
    sentence = QCoreApplication.translate(
        "RecordField", "Không có “{}” trong sổ. Chọn một mục trong danh sách."
    )
    return sentence.format(shortened(typed, 60))
