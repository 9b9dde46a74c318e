"""The first room: what waits, in numbers and short lists."""

from __future__ import annotations

import re
from functools import partial

from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QGridLayout,
    QVBoxLayout,
    QWidget,
)

from app.models.occurrence_row import OccurrenceRow
from app.registers.column import Column, Columns
from app.registers.obligation import period_words
from app.services import overview
from app.services.overview import Opens, Overview, Stale, Waiting
from app.services.sync.doorstep import Exchanged
from app.ui.actions import command
from app.ui.common.list.reading import PageReading
from app.ui.common.pane.content import Rows
from app.ui.common.pane.parts import draw
from app.ui.common.parts.message_bar import MessageBar
from app.ui.common.parts.office import Office, Place
from app.ui.common.parts.page import Page
from app.ui.common.parts.scrolling import scrolling
from app.ui.common.parts.widgets import (
    clear,
    column,
    heading,
    link,
    panel,
    row,
    rule,
    section,
    text,
)
from app.ui.overview.figures import BarButton, FigureButton
from app.ui.roominess import is_wide
from app.ui.theme import hold, let_go, look, px, space
from app.ui.tokens import M
from app.words import QT_TRANSLATE_NOOP

_SIDE = 430
_LEAST_BESIDE = 940  # a narrower page puts the right column under the left
_MOST_BARS = 5
_MOST_STALE = 3
_WITHIN = re.compile(r"(?<=\S)([/-])(?=\S)")
_DUE: Columns[OccurrenceRow] = (
    Column("due", "Hạn", lambda r: r.due, "date", width=10),
    Column("state", "Tình trạng", lambda r: r.state, "state", width=11),
)
_WORK: Column[OccurrenceRow] = Column(
    "subject", "Việc", lambda r: r.subject, width=0, tail=period_words
)
_OURS: Columns[OccurrenceRow] = (
    _WORK,
    Column("number", "Nguồn", lambda r: r.whole.number, "muted", width=19),
    *_DUE,
)
_OTHERS: Columns[OccurrenceRow] = (
    _WORK,
    Column("lead", "Cơ quan", lambda r: r.bodies.lead, "muted", width=19),
    *_DUE,
)

_EXCHANGES: Columns[Exchanged] = (
    Column("office", "Văn phòng", lambda r: r.office, width=0),
    Column("day", "Ngày", lambda r: r.day, "date", width=10),
    Column("note", "Đã trao đổi", lambda r: r.note, "muted", width=16),
)


class OverviewPage(Page):
    """Shows an Overview; drawn anew after every change, so no number here is ever old."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self.setObjectName("canvas")
        self.addActions(list(self.commands.values()))
        self.reading = PageReading(self, office, self._count, self._show, office.tell)
        self._build()
        office.changed.connect(self._on_changed)
        look.changed.connect(self._lay_out)
        self.refresh()

    def refresh(self) -> None:
        """Count again and show it."""
        self.reading.again()

    def arrive(self, _place: Place) -> None:
        """There is one thing to show here."""
        self.reading.catch_up()

    @property
    def message_bar(self) -> MessageBar:
        return self.message

    @command(
        QT_TRANSLATE_NOOP("OverviewPage", "Đọc lại"),
        tip=QT_TRANSLATE_NOOP("OverviewPage", "Đếm lại từ sổ"),
        shortcut="F5",
        unlisted=True,
    )
    def read_again(self) -> None:
        """Count everything again."""
        self.refresh()

    # inside --------------------------------------------------------------------------

    def _build(self) -> None:
        self.message = MessageBar()
        self._head = QVBoxLayout()
        self._strip = QGridLayout()
        space(self._strip, M.s5, (M.s4, M.s2, M.s5, M.s3), down=M.s1)
        self._figures: list[FigureButton] = []
        self._left, self._right = column(), column()
        self._side = panel(self._right)
        hold(self._side, width=_SIDE)
        self._columns = row(panel(self._left), self._side, gap=36, pad=(M.s5, 0, M.s5, M.s3))
        self._columns.setStretch(0, 1)
        under = row(rule(), pad=(M.s5, 0, M.s5, 0))
        self._body = panel(column(self._strip, under, self._columns, None))
        self._scroll = scrolling(self._body)
        self._scroll.setAccessibleName(self.tr("Tổng quan"))
        whole = column(self._head, self.message, self._scroll)
        whole.setStretch(2, 1)
        self.setLayout(whole)

    def _count(self) -> Overview:
        today, mine = self.office.today(), self.office.store.facts.agencies
        with self.office.store.reading() as session:
            return overview.overview(session, today=today, mine=mine)

    def _show(self, found: Overview) -> None:
        self.office.note_size(found.instances)
        for part in (self._head, self._strip, self._left, self._right):
            clear(part)
        self._head.addLayout(heading(self.tr("Tổng quan"), found.day, edge=M.s5))
        self._figures = [
            FigureButton(each.count, each.words, each.state, partial(self._open, each.opens))
            for each in found.figures
        ]
        self._lay_out()
        for waiting in found.waiting:
            self._add_waiting(waiting)
        self._left.addStretch(1)
        self._add_bars(found)
        self._add_stale(found)
        self._add_exchanges(found)
        self._right.addStretch(1)

    def _add_waiting(self, waiting: Waiting) -> None:
        more = None
        if waiting.total > len(waiting.rows):
            words = self.tr("Tất cả {}").format(waiting.total)
            more = link(words, partial(self._open, waiting.opens))
        self._left.addLayout(section(waiting.title, more))
        if waiting.rows:
            columns = _OTHERS if waiting.key == "others" else _OURS
            self._left.addWidget(draw(Rows(columns, waiting.rows, opens=self._open_row)))
        else:
            self._left.addWidget(text(self.tr("Không có việc nào."), "muted"))

    def _add_bars(self, found: Overview) -> None:
        bars = found.overdue_by_body
        see = link(self.tr("Xem danh sách"), partial(self._open, Opens("obligation", "overdue")))
        self._right.addLayout(section(self.tr("Quá hạn theo cơ quan"), see if bars else None))
        if not bars:
            self._right.addWidget(text(self.tr("Không có nghĩa vụ quá hạn."), "muted"))
        for bar in bars[:_MOST_BARS]:
            does = partial(self._open, bar.opens)
            self._right.addWidget(BarButton(bar.agency, bar.count, bars[0].count, does))
        if len(bars) > _MOST_BARS:
            left = self.tr("và {} cơ quan khác").format(len(bars) - _MOST_BARS)
            self._right.addWidget(text(left, "muted"))

    def _add_stale(self, found: Overview) -> None:
        more = None
        if found.stale_total:
            words = self.tr("Tất cả {}").format(found.stale_total)
            more = link(words, partial(self._open, Opens("regulation", "stale")))
        self._right.addLayout(section(self.tr("Quy chế cần rà soát"), more))
        if not found.stale:
            self._right.addWidget(text(self.tr("Chưa có quy chế nào cần rà soát."), "muted"))
        for item in found.stale[:_MOST_STALE]:
            self._right.addLayout(self._stale(item))

    def _add_exchanges(self, found: Overview) -> None:
        if not found.exchanged:
            return
        more = link(self.tr("Đồng bộ"), partial(self._open, Opens("sync", "offices")))
        self._right.addLayout(section(self.tr("Lần trao đổi gần nhất"), more))
        self._right.addWidget(draw(Rows(_EXCHANGES, found.exchanged, opens=self._open_office)))

    def _open_office(self, record: Exchanged) -> None:
        self.office.go("sync", view=f"office:{record.id.hex()}")

    def _stale(self, item: Stale) -> QBoxLayout:
        named = link(item.number, partial(self.office.go, "regulation", item.regulation_id))
        more = self.tr(" và {} lý do khác").format(item.count - 1) if item.count > 1 else ""
        why = text(_numbers_whole(item.reason.evidence.rstrip(".") + more), "small", wrap=True)
        return column(row(named, None), why, pad=(0, 3, 0, 5))

    def _open(self, opens: Opens) -> None:
        self.office.go(opens.room, view=opens.view, facets=opens.facets)

    def _open_row(self, record: OccurrenceRow) -> None:
        self.office.go("obligation", record.id)

    def _on_changed(self, _changes: object) -> None:
        self.reading.note_change()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.reading.catch_up()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        """Side by side where there is room; large text puts two figures in a line."""
        room = self.width() - px(2 * M.s5 + 3 * M.s5)
        whole = sum(figure.sizeHint().width() for figure in self._figures)
        count = len(self._figures)
        across = count if whole <= room else (count + 1) // 2
        for number, figure in enumerate(self._figures):
            self._strip.addWidget(figure, number // across, number % across)
        beside = is_wide(self.width(), _LEAST_BESIDE)
        if beside:
            hold(self._side, width=_SIDE)
        else:
            let_go(self._side)  # under the left column it has the whole width
        self._columns.setDirection(
            QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        )
        held = self._body.layout()
        if held is not None:  # it was laid out for five in a line, which asked for more room
            held.invalidate()
            held.activate()
            held.setGeometry(self._body.rect())


def _numbers_whole(words: str) -> str:
    """*words* such that no line ends within a document's number, where Qt would break it."""
    return _WITHIN.sub("\u2060\\1\u2060", words)
