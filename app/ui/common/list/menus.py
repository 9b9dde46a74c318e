"""The menus of a register's table: on its rows and on its heading."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu

from app.registers.held_rows import Row
from app.ui.actions import commands_of
from app.ui.common.list.table import title_of

if TYPE_CHECKING:
    from app.ui.common.list.page import ListPage


def attach(page: ListPage[Row]) -> None:
    """Give the table of *page* its menus; the Menu key opens the first one too."""
    view, header = page.view, page.view.horizontalHeader()
    for widget in (view, header):
        widget.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
    view.customContextMenuRequested.connect(partial(_on_rows, page))
    header.customContextMenuRequested.connect(partial(_on_heading, page))


def of_rows(page: ListPage[Row]) -> QMenu:
    """What can be done to the records selected, then to the list."""
    menu = _menu(page)
    said = dict(commands_of(type(page)))
    for name, action in page.commands.items():
        if said[name].per_record:
            menu.addAction(action)
    menu.addSeparator()
    order = menu.addMenu(page.tr("Sắp xếp theo"))
    for column in page.view.visible_columns():
        entry = order.addAction(title_of(column))
        entry.triggered.connect(partial(_sort, page, column.key, backwards=False))
    return menu


def of_heading(page: ListPage[Row], key: str) -> QMenu:
    """What can be done to the column *key*."""
    menu = _menu(page)
    up, down = menu.addAction(page.tr("Sắp tăng dần")), menu.addAction(page.tr("Sắp giảm dần"))
    up.triggered.connect(partial(_sort, page, key, backwards=False))
    down.triggered.connect(partial(_sort, page, key, backwards=True))
    menu.addSeparator()
    hide = menu.addAction(page.tr("Ẩn cột này"))
    hide.setEnabled(len(page.view.visible_columns()) > 1)
    hide.triggered.connect(partial(_hide, page, key))
    menu.addAction(page.tr("Vừa bề ngang")).triggered.connect(page.view.fit_columns)
    menu.addAction(page.commands["choose_columns"])
    return menu


def _on_rows(page: ListPage[Row], place: QPoint) -> None:
    of_rows(page).popup(page.view.viewport().mapToGlobal(place))


def _on_heading(page: ListPage[Row], place: QPoint) -> None:
    header = page.view.horizontalHeader()
    number = header.logicalIndexAt(place)
    if number >= 0:
        of_heading(page, page.table.columns[number].key).popup(header.mapToGlobal(place))


def _menu(page: ListPage[Row]) -> QMenu:
    menu = QMenu(page)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return menu


def _sort(page: ListPage[Row], key: str, _checked: bool = False, *, backwards: bool) -> None:
    page.view.sort_by(key, backwards=backwards)
    page.view.arranged.emit()


def _hide(page: ListPage[Row], key: str, _checked: bool = False) -> None:
    columns = page.view.ordered_columns()
    hidden = {column.key for column, is_shown in columns if not is_shown} | {key}
    page.view.arrange([column.key for column, _ in columns], hidden)
    page.view.arranged.emit()
