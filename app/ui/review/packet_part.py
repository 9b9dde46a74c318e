"""The packet: what is still missing before it is signed, and the packets written so far."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFrame, QScrollArea
from sqlmodel import Session

from app.models import Review
from app.services.review import packets_written
from app.services.review.packets_written import WrittenPacket
from app.text import clock_words
from app.ui.common.list.export_place import folder_of
from app.ui.common.pane.content import Entry, Link, Links, Part, Section, Words
from app.ui.common.pane.parts import draw
from app.ui.common.parts.office import open_path
from app.ui.common.parts.widgets import clear, column, panel
from app.ui.review.desk import ReviewDesk
from app.ui.review.part import ReviewPart
from app.ui.tokens import M

if TYPE_CHECKING:
    from app.export.packet import PacketResult


_MOST = 6  # packets on the page; older ones lie where they were written
_Read = tuple[Sequence[str], Sequence[WrittenPacket]]


class PacketPart(ReviewPart):
    """The last export, what the report still lacks, gathered as for printing, earlier exports."""

    def __init__(self, desk: ReviewDesk, key: str) -> None:
        super().__init__(desk, key)
        self._lacks: Sequence[str] | None = None
        self._written: Sequence[WrittenPacket] = ()
        self._is_gathering = False
        self._lines = column(pad=(M.s5, 0, M.s5, M.s4))
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setAccessibleName(self.tr("Bộ tài liệu"))
        scroll.setWidget(panel(self._lines))
        self.setLayout(column(scroll))
        self.setFocusProxy(scroll)

    def refresh(self, session: Session, review: Review) -> None:
        del session, review
        self._draw()
        self._gather()
        self.stood.emit()

    def show_written(self, result: PacketResult) -> None:
        """Show what an export has just written."""
        made = WrittenPacket(self.desk.office.store.now(), result.folder, result.files)
        self._written, self._lacks = (made, *self._written), result.warnings
        self._draw()

    def _gather(self) -> None:
        if self._is_gathering:
            return
        self._is_gathering = True
        wanted, today = self.desk.id, self.desk.today
        at = self.desk.office.store.now()

        packets = self.desk.office.store.folder.packets

        def read(session: Session) -> _Read:
            from app.services.review import (
                packet,  # with Word and Excel behind it, not needed to start
            )

            lacks = packet.gather(session, wanted, today=today, at=at).warnings
            return lacks, packets_written.of_review(packets, wanted)

        self.desk.read_elsewhere(read, self._show, self._on_gathered)

    def _show(self, read: _Read) -> None:
        self._lacks, self._written = read
        self._draw()

    def _on_gathered(self) -> None:
        self._is_gathering = False

    def _draw(self) -> None:
        clear(self._lines)
        latest, *earlier = [_lines(packet) for packet in self._written[:_MOST]] or [[]]
        for part in (self._about(), *latest, *self._of_lacks(), *chain(*earlier)):
            self._lines.addWidget(draw(part))
        self._lines.addStretch(1)

    def _about(self) -> Part:
        said = self.tr(
            "Bộ tài liệu gồm báo cáo Word, phụ lục Excel và danh mục nguồn của từng số liệu, ghi "
            "vào một thư mục mới trong {}; khi xuất có thể chọn nơi khác. Xuất bằng Ctrl+Shift+E."
        ).format(folder_of(self.desk.office))
        return Words(said, "muted")

    def _of_lacks(self) -> list[Part]:
        if self._lacks is None:
            return []
        if not self._lacks:
            return [Section(self.tr("Trước khi ký")), Words(self.tr("Không còn phần nào trống."))]
        count = self.tr("Trước khi ký: còn {n} chỗ cần xem").format(n=len(self._lacks))
        return [Section(count), *(Entry(sentence) for sentence in self._lacks)]


def _lines(packet: WrittenPacket) -> list[Part]:
    """One packet: when and where, and its files; said where it was moved or removed since."""
    title = _tr("Đã xuất lúc {}").format(clock_words(packet.at))
    if not packet.files:
        gone = _tr("Không còn ở {}.").format(packet.folder)
        return [Section(title), Words(gone, "small")]
    opens = (_tr("Mở thư mục"), lambda: open_path(packet.folder))
    links = [Links([_opening(path)]) for path in packet.files]
    return [Section(title, opens), Words(str(packet.folder), "small"), *links]


def _opening(path: Path) -> Link:
    return path.name, lambda: open_path(path)


def _tr(words: str) -> str:
    return QCoreApplication.translate("PacketPart", words)
