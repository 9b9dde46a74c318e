"""What a clerk does at the made-up register, and how a test looks at it."""

from __future__ import annotations

from typing import Any, TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.registers.column import Listed
from app.ui import theme
from app.ui.common.list.page import ListPage
from app.ui.common.list.register_page import RegisterPage
from app.ui.common.parts.office import Office
from tests.ui.demo_room import DemoPage, Row, store_of

Shown = TypeVar("Shown", bound=Listed)
CTRL = Qt.KeyboardModifier.ControlModifier


def opened(office: Office, qtbot: QtBot) -> DemoPage:
    theme.wear("light", 100)
    page = DemoPage(office)
    qtbot.addWidget(page)
    page.resize(1169, 700)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    page.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() in (page.view, page.filters.field))
    settle()
    return page


def settle() -> None:
    """Let what is due at once, such as the detail pane, happen."""
    for _ in range(4):
        QApplication.processEvents()


def numbers(page: RegisterPage[Row]) -> list[str]:
    return [row.number for row in page.table.records()]


def said(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def done(page: DemoPage) -> list[tuple[str, list[str]]]:
    return getattr(page, "done", [])


def put(page: DemoPage, held: Any) -> None:
    store_of(page.office).put(held)
    settle()


def on(page: ListPage[Shown]) -> Shown:
    """The row that the clerk stands on."""
    row = page.current()
    assert row is not None
    return row


def stand(page: DemoPage, number: str) -> Any:
    page.view.go_to(numbers(page).index(number))
    return page.current_id()


def named(widget: QWidget, name: str) -> QPushButton:
    found = [b for b in widget.findChildren(QPushButton) if b.accessibleName() == name]
    return next(b for b in found if b.isVisible())


def view_button(page: DemoPage, title: str) -> QPushButton:
    return next(b for b in page.views.findChildren(QPushButton) if b.text().startswith(title))


def click_heading(page: DemoPage, key: str, qtbot: QtBot) -> None:
    header = page.view.horizontalHeader()
    number = [column.key for column in page.table.columns].index(key)
    place = QPoint(header.sectionViewportPosition(number) + 12, header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)


def deselect() -> Any:
    from PySide6.QtCore import QItemSelectionModel

    flag = QItemSelectionModel.SelectionFlag
    return flag.Deselect | flag.Rows
