"""What stands in the place of a table without rows; no two reasons say the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.registers.held_rows import Row
from app.ui.actions import commands_of
from app.ui.common.parts.widgets import button, empty
from app.words import told

if TYPE_CHECKING:
    from app.ui.common.list.page import ListPage


def emptiness(page: ListPage[Row]) -> QWidget:
    """Why *page* shows nothing, and the one next step."""
    if not page.table.held:
        return _nothing_yet(page)
    return _no_result(page) if page.filters.is_asking else _empty_view(page)


def _nothing_yet(page: ListPage[Row]) -> QWidget:
    sentence, step = page.empty_text()
    primary = [
        (page.commands[name], said) for name, said in commands_of(type(page)) if said.primary
    ]
    asks = [
        button(action.text(), "plain", said.icon or "plus", does=action.trigger)
        for action, said in primary[:1]
    ]
    return empty(page.icon, sentence, step, *asks)


def _no_result(page: ListPage[Row]) -> QWidget:
    asked = page.tr("Không có kết quả cho “{}”").format(page.filters.asked())
    clear_all = button(page.tr("Bỏ mọi điều kiện"), does=page.filters.clear)
    return empty("search", asked, page.tr("Bỏ bớt điều kiện lọc, phím Esc."), clear_all)


def _empty_view(page: ListPage[Row]) -> QWidget:
    sentence = page.tr("Không có {noun} nào trong “{view}”").format(
        noun=told(page.register.noun), view=page.views.current_title()
    )
    step = page.tr("Chọn chế độ xem khác để thấy các bản ghi.")
    return empty(page.icon, sentence, step, button(page.tr("Xem tất cả"), does=page.see_all))
