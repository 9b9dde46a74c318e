"""Tab goes where the eye goes, also among parts that came after the form was built."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def tab_before(anchor: QWidget, *parts: QWidget) -> None:
    """Let Tab come to *parts*, in this order, and then to *anchor*; all are in one window."""
    before = _reached_before(anchor)
    for part in parts:
        QWidget.setTabOrder(before, part)
        before = part


def _reached_before(widget: QWidget) -> QWidget:
    """What Tab leaves when it comes to *widget*; Qt orders nothing after what takes no focus."""
    found = widget.previousInFocusChain()
    while found is not None and found is not widget:
        if found.focusPolicy() & Qt.FocusPolicy.TabFocus:
            return found
        found = found.previousInFocusChain()
    return widget
