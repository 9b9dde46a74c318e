"""What a window of any size owes: nothing cut, nothing out of reach, the focus always in sight."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QTabBar,
    QWidget,
)

USED = (
    QAbstractButton,
    QLineEdit,
    QPlainTextEdit,
    QComboBox,
    QAbstractSpinBox,
    QTabBar,
    QAbstractItemView,
)
_MOST_TABS = 200
_SLACK = 1  # a pixel lost in rounding cuts no letter


def out_of_reach(window: QWidget) -> list[str]:
    """What is shown outside *window*, and cannot be scrolled to."""
    shown = [w for w in window.findChildren(QWidget) if isinstance(w, (*USED, QLabel))]
    return [_named(w) for w in shown if w.isVisible() and not _is_reached(w, window)]


def cut(window: QWidget) -> list[str]:
    """Labels and buttons with less room than their words, which no tooltip says whole."""
    found = [w for w in window.findChildren(QWidget) if _has_words(w) and w.isVisible()]
    return [f"{_named(w)} {w.width()}x{w.height()}" for w in found if _is_cut(w)]


def walked(window: QWidget) -> tuple[list[str], list[str]]:
    """Go through *window* by Tab: what got the focus unseen, and what Tab never came to."""
    held = QApplication.focusWidget()
    unseen: list[str] = []
    met: list[QWidget] = []
    last: QWidget | None = None
    for _ in range(_MOST_TABS):
        if held is None or (held in met and held is not last):  # Tab goes from link to link in one
            break
        met, last = [*met, held], held
        if not _is_seen(held):
            unseen.append(_named(held))
        QTest.keyClick(held, Qt.Key.Key_Tab)
        held = QApplication.focusWidget()
    missed = [w for w in _tab_stops(window) if not any(m is w or w.isAncestorOf(m) for m in met)]
    return unseen, [_named(w) for w in missed]


def too_large(widget: QWidget, room: QSize) -> str:
    """What *widget* needs, where that is more than *room*; else nothing."""
    least = widget.minimumSizeHint()
    is_less = least.width() <= room.width() and least.height() <= room.height()
    return "" if is_less else f"needs {least.width()}x{least.height()}"


def _tab_stops(window: QWidget) -> Iterator[QWidget]:
    for each in window.findChildren(QWidget):
        is_used = isinstance(each, USED) and each.isVisible() and each.isEnabled()
        if is_used and each.focusPolicy() & Qt.FocusPolicy.TabFocus and not _is_inner(each):
            yield each


def _is_inner(widget: QWidget) -> bool:
    """Whether it is a part that Qt made for itself inside another one."""
    return widget.objectName().startswith("qt_") or isinstance(
        widget.parentWidget(), QComboBox | QAbstractSpinBox | QTabBar
    )


def _is_reached(widget: QWidget, window: QWidget) -> bool:
    rect, at, over = QRect(widget.rect()), widget, widget.parentWidget()
    while over is not None and at is not window and not at.isWindow():
        rect.translate(at.pos())
        area = over.parentWidget()
        if isinstance(area, QScrollArea) and area.viewport() is over:
            if rect.left() < -_SLACK or rect.right() > over.width() + _SLACK:
                return False
            rect = QRect(over.rect())  # what is above or below is scrolled to
        elif isinstance(area, QAbstractScrollArea) and area.viewport() is over:
            return True  # the cell of a table
        elif not over.rect().adjusted(-_SLACK, -_SLACK, _SLACK, _SLACK).contains(rect):
            return False
        at, over = over, area
    return True


def _has_words(widget: QWidget) -> bool:
    kinds = QLabel | QPushButton | QRadioButton | QCheckBox
    return isinstance(widget, kinds) and bool(_text(widget))


def _is_cut(widget: QWidget) -> bool:
    hint, words = widget.sizeHint(), " ".join(_text(widget).split())
    if isinstance(widget, QLabel) and widget.wordWrap():
        needed = widget.heightForWidth(widget.width())
        return needed > widget.height() + _SLACK
    is_short = hint.width() > widget.width() + _SLACK or hint.height() > widget.height() + _SLACK
    return is_short and words not in " ".join(widget.toolTip().split())


def _is_seen(widget: QWidget) -> bool:
    """Whether all of it is in sight, or as much as its place can show."""
    seen = widget.visibleRegion().boundingRect()
    least = min(widget.height(), 24)
    return seen.height() >= least and seen.width() >= min(widget.width(), 24)


def _text(widget: QWidget) -> str:
    words = widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""
    return str(words).strip()


def _named(widget: QWidget) -> str:
    words = _text(widget) or widget.accessibleName() or widget.objectName()
    return f"{type(widget).__name__} {words[:60]!r}"
