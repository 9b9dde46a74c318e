"""The detail pane: tabs built when looked at, parts drawn from plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QTreeWidget, QWidget
from pytestqt.qtbot import QtBot

from app.errors import NotFound
from app.registers.column import Column, Columns
from app.ui import theme
from app.ui.common.pane.content import (
    Button,
    Buttons,
    Chain,
    Change,
    DetailContent,
    Facts,
    History,
    Node,
    Quote,
    Rows,
    Section,
    Tab,
    Words,
)
from app.ui.common.pane.detail_pane import DetailPane, Tabs
from app.ui.common.pane.parts import SmallTable, draw
from app.ui.common.pane.timeline import Timeline, fold
from app.ui.tokens import FONTS


@pytest.fixture
def pane(qtbot: QtBot) -> DetailPane:
    theme.wear("light", 100)
    pane = DetailPane()
    qtbot.addWidget(pane)
    pane.resize(408, 640)
    pane.show()
    return pane


def said(widget: QWidget) -> list[str]:
    QApplication.processEvents()  # what was just laid out is shown at the next turn
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def content(*titles: str, built: list[str] | None = None) -> DetailContent:
    def build(title: str) -> tuple[Words, ...]:
        if built is not None:
            built.append(title)
        return (Words(f"Nội dung {title}"),)

    tabs = [Tab(title, partial(build, title)) for title in titles]
    return DetailContent("Quy chế phối hợp", "Quy chế 21", tabs, [("Quá hạn", "Quá hạn 8 ngày")])


def test_only_the_tab_looked_at_is_built(pane: DetailPane) -> None:
    built: list[str] = []

    pane.show_content(content("Thông tin", "Điều khoản", "Lịch sử", built=built))
    assert built == ["Thông tin"]

    visible_tabs(pane).setCurrentIndex(2)
    assert built == ["Thông tin", "Lịch sử"]
    assert "Nội dung Lịch sử" in said(pane)


def test_the_tab_is_kept_from_record_to_record_and_told(pane: DetailPane, qtbot: QtBot) -> None:
    pane.show_content(content("Thông tin", "Lịch sử"))
    with qtbot.waitSignal(pane.tab_changed) as told:
        visible_tabs(pane).setCurrentIndex(1)

    pane.show_content(content("Thông tin", "Tệp", "Lịch sử"))

    assert told.args == ["Lịch sử"]
    assert "Nội dung Lịch sử" in said(pane)


def test_a_record_without_the_wanted_tab_opens_at_its_first(pane: DetailPane) -> None:
    pane.want_tab("Lịch sử")

    pane.show_content(content("Thông tin", "Tệp"))

    assert "Nội dung Thông tin" in said(pane)


def test_six_tabs_fit_and_more_go_under_khac(pane: DetailPane) -> None:
    six = ("Thông tin", "Điều khoản", "Nghĩa vụ", "Liên quan", "Tệp", "Lịch sử")
    if QFontInfo(QApplication.font()).family() not in FONTS:
        pane.resize(560, 640)  # a machine with none of the fonts that the pane is measured for

    pane.show_content(content(*six))
    QApplication.processEvents()
    assert visible_tabs(pane).shown() == list(six)

    pane.show_content(content(*six, "Đề xuất"))
    QApplication.processEvents()
    tabs = visible_tabs(pane)
    assert tabs.shown()[-1] == "Khác"
    assert len(tabs.shown()) <= 6
    pane.want_tab("Đề xuất")
    assert tabs.shown()[-1] == "Đề xuất"
    assert "Nội dung Đề xuất" in said(pane)


def test_a_low_pane_scrolls_as_a_whole(pane: DetailPane) -> None:
    pane.resize(900, 180)
    pane.show_content(content("Thông tin"))
    assert pane._scroll is not None
    assert pane._scroll.isAncestorOf(visible_tabs(pane))

    pane.resize(408, 640)
    assert not pane._scroll.isAncestorOf(visible_tabs(pane))


def test_a_tab_may_be_one_widget(pane: DetailPane) -> None:
    tree = QTreeWidget()
    pane.show_content(DetailContent("Quy chế", "21", [Tab("Điều khoản", lambda: tree)]))

    QApplication.processEvents()
    assert tree.isVisible()
    assert tree.height() > 300


def test_a_tab_whose_record_has_gone_says_so(pane: DetailPane) -> None:
    def gone() -> tuple[Words, ...]:
        raise NotFound

    pane.show_content(DetailContent("Quy chế", "21", [Tab("Nghĩa vụ", gone)]))

    assert str(NotFound()) in said(pane)


def test_facts_without_a_value_are_left_out(qtbot: QtBot) -> None:
    drawn = draw(Facts((("Số, ký hiệu", "21"), ("Thời hạn", ""))))
    qtbot.addWidget(drawn)
    drawn.show()

    assert said(drawn) == ["Số, ký hiệu", "21"]


def test_markup_in_a_record_is_text(qtbot: QtBot) -> None:
    drawn = draw(Words("<b>đậm</b>"))
    qtbot.addWidget(drawn)

    assert isinstance(drawn, QLabel)
    assert drawn.textFormat() == Qt.TextFormat.PlainText


def test_history_says_who_when_before_and_after(qtbot: QtBot) -> None:
    step = Change(
        "Sửa quy chế",
        "Chuyên viên Văn phòng",
        datetime(2026, 11, 20, 9, 5),
        (("Trích yếu", "cũ", "mới"), ("Đầu mối", "", "Phòng Tham mưu")),
    )
    drawn = draw(History((step,)))
    qtbot.addWidget(drawn)
    drawn.show()

    assert said(drawn) == [
        "Sửa quy chế",
        "20/11/2026 09:05, Chuyên viên Văn phòng",
        "Trích yếu: cũ → mới",
        "Đầu mối: (trống) → Phòng Tham mưu",
    ]


@dataclass(frozen=True)
class Named:
    name: str

    @property
    def id(self) -> str:
        return self.name


def test_a_row_of_a_small_table_opens_with_one_click_and_with_enter(qtbot: QtBot) -> None:
    opened: list[str] = []
    columns: Columns[Named] = (Column("name", "Tên", lambda r: r.name, width=0),)
    drawn = draw(Rows(columns, (Named("Một"), Named("Hai")), opens=lambda r: opened.append(r.name)))
    assert isinstance(drawn, SmallTable)
    qtbot.addWidget(drawn)
    drawn.resize(300, 100)
    drawn.show()

    place = drawn.visualRect(drawn.table.index(1, 0)).center()
    qtbot.mouseClick(drawn.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.keyClick(drawn, Qt.Key.Key_Return)

    assert opened == ["Hai", "Hai"]


def test_sections_links_quotes_and_buttons_do_what_they_say(qtbot: QtBot) -> None:
    done: list[str] = []
    parts = (
        Section("Căn cứ", ("Mở Điều 9", lambda: done.append("section"))),
        Quote("Chậm nhất ngày 20.", "Khoản 2 Điều 9", ("Xem", lambda: done.append("quote"))),
        Buttons((Button("Ghi hoàn thành", lambda: done.append("button"), "primary"),)),
    )
    for part in parts:
        drawn = draw(part)
        qtbot.addWidget(drawn)
        drawn.findChildren(QPushButton)[0].click()

    assert done == ["section", "quote", "button"]


def nodes(count: int, this: int) -> list[Node]:
    return [Node(str(1990 + n), f"Số {n}", is_this=n == this) for n in range(count)]


def test_up_to_four_links_of_a_chain_are_all_drawn() -> None:
    assert fold(nodes(4, 3)) == nodes(4, 3)


@pytest.mark.parametrize("this", range(9))
def test_a_long_chain_folds_but_never_the_record_on_screen(this: int) -> None:
    drawn = fold(nodes(9, this))
    plain = [node for node in drawn if isinstance(node, Node)]
    folded = [node for node in drawn if isinstance(node, tuple)]

    assert plain[0].year == "1990"
    assert plain[-1].year == "1998"
    assert any(node.is_this for node in plain)
    assert len(drawn) <= 5
    assert sum(map(len, folded)) + len(plain) == 9


def test_another_link_of_a_chain_can_be_opened_and_this_one_not(qtbot: QtBot) -> None:
    opened: list[str] = []
    chain = draw(
        Chain(
            (
                Node("1997", "Số 88", "04/11/1997", opens=lambda: opened.append("88")),
                Node("2022", "Quy chế này", is_this=True, opens=lambda: opened.append("this")),
            )
        )
    )
    assert isinstance(chain, Timeline)
    qtbot.addWidget(chain)
    chain.show()
    first, this = chain.findChildren(QPushButton)

    first.click()
    this.click()

    assert opened == ["88"]
    assert first.accessibleName() == "1997, Số 88, 04/11/1997"
    assert this.focusPolicy() == Qt.FocusPolicy.NoFocus


def visible_tabs(pane: DetailPane) -> Tabs:
    QApplication.processEvents()
    return next(tabs for tabs in pane.findChildren(Tabs) if tabs.isVisible())
