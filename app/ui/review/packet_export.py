"""Writing the packet: where to, off the UI thread, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from app.export.packet_names import refuse_deep
from app.progress import Progress
from app.ui.common.list import export_place
from app.ui.common.parts import dialogs
from app.ui.common.parts.office import Office, open_path
from app.ui.review.desk import ReviewDesk

if TYPE_CHECKING:
    from app.export.packet import PacketResult


def export_packet(
    desk: ReviewDesk, page: QWidget, written: Callable[[PacketResult], object]
) -> None:
    """Ask over *page* for a folder and write the packet; *written* gets the result.

    The clerk may leave the page meanwhile: where the packet is, is said on the page then on screen.
    """
    office = desk.office
    chosen = _chosen(page, office)
    if chosen is None:
        return
    wanted, today, at, name = (
        desk.id,
        office.today(),
        office.store.now(),
        office.store.facts.name,
    )

    def write(progress: Progress) -> PacketResult:
        from app.services.review import packet  # with Word and Excel behind it, not needed to start

        with office.store.reading() as session:
            return packet.write(
                session,
                wanted,
                chosen,
                kept=office.store.folder.packets,
                today=today,
                at=at,
                office=name,
                progress=progress,
            )

    def done(result: PacketResult) -> None:
        if isValid(page):
            written(result)
        _say(office, result)

    office.tasks.start(write, done, label=_tr("Đang xuất bộ tài liệu"))


def _chosen(page: QWidget, office: Office) -> Path | None:
    """The folder that the clerk wants the packet in, not too deep for it."""
    title = _tr("Chọn thư mục để ghi bộ tài liệu")
    chosen = dialogs.choose_folder(page, title, export_place.start_of(office), refuse_deep)
    if chosen is not None:
        export_place.remember(office, chosen)
    return chosen


def _say(office: Office, result: PacketResult) -> None:
    """Where it is and how much it holds; a warning where something is still missing."""
    counts = result.counts
    sentence = _tr("Đã xuất bộ tài liệu: {files} tệp, {figures} số liệu, {tasks} dòng nhiệm vụ.")
    said = sentence.format(
        files=len(result.files), figures=counts["figures"], tasks=counts["task_rows"]
    )
    if result.warnings:
        said += " " + _tr("Còn {n} chỗ cần xem trước khi ký.").format(n=len(result.warnings))
    report, folder = result.files[0], result.folder
    links = [(_tr("Mở"), lambda: open_path(report)), (_tr("Mở thư mục"), lambda: open_path(folder))]
    office.say("info", said, links)


def _tr(words: str) -> str:
    return QCoreApplication.translate("PacketExport", words)
