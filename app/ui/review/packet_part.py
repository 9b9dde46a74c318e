"""The packet: what is still missing before it is signed, and what was written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QScrollArea
from sqlmodel import Session

from app.models import Review
from app.ui.common.detail_content import Entry, Link, Links, Section, Words
from app.ui.common.detail_content import Part as Drawn
from app.ui.common.detail_parts import draw
from app.ui.common.office import open_path
from app.ui.common.widgets import clear, column, panel
from app.ui.review.conference import Conference
from app.ui.review.part import Part
from app.ui.tokens import M

if TYPE_CHECKING:
    from app.export.packet import PacketResult


class PacketPart(Part):
    """Lists what the report lacks, gathered as for printing, and the files of the last export."""

    def __init__(self, conference: Conference, key: str) -> None:
        super().__init__(conference, key)
        self._lacks: Sequence[str] | None = None
        self._written: PacketResult | None = None
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
        self._written, self._lacks = result, result.warnings
        self._draw()

    def _gather(self) -> None:
        if self._is_gathering:
            return
        self._is_gathering = True
        wanted, today = self.conference.id, self.conference.today
        at = self.conference.office.store.now()

        def read(session: Session) -> tuple[str, ...]:
            from app.services import packet  # with Word and Excel behind it, not needed to start

            return packet.gather(session, wanted, today=today, at=at).warnings

        self.conference.read_elsewhere(read, self._show, self._on_gathered)

    def _show(self, lacks: Sequence[str]) -> None:
        self._lacks = lacks
        self._draw()

    def _on_gathered(self) -> None:
        self._is_gathering = False

    def _draw(self) -> None:
        clear(self._lines)
        for part in (*self._of_files(), *self._of_lacks()):
            self._lines.addWidget(draw(part))
        self._lines.addStretch(1)

    def _of_files(self) -> list[Drawn]:
        if self._written is None:
            said = self.tr(
                "Bộ tài liệu gồm báo cáo Word, phụ lục Excel và danh mục nguồn của từng số liệu, "
                "ghi vào một thư mục mới. Xuất bằng Ctrl+Shift+E."
            )
            return [Words(said, "muted")]
        folder = self._written.folder
        opens = (self.tr("Mở thư mục"), lambda: open_path(folder))
        parts: list[Drawn] = [Section(self.tr("Đã xuất"), opens), Words(str(folder), "small")]
        parts += [Links([_opening(path)]) for path in self._written.files]
        return parts

    def _of_lacks(self) -> list[Drawn]:
        if self._lacks is None:
            return []
        if not self._lacks:
            return [Section(self.tr("Trước khi ký")), Words(self.tr("Không còn phần nào trống."))]
        count = self.tr("Trước khi ký: còn {n} chỗ cần xem").format(n=len(self._lacks))
        return [Section(count), *(Entry(sentence) for sentence in self._lacks)]


def _opening(path: Path) -> Link:
    return path.name, lambda: open_path(path)
