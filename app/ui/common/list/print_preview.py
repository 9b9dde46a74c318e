"""A list as it will be on paper: looked at, printed, or kept as PDF."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPagedPaintDevice, QPageLayout, QShortcut
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrintPreviewWidget
from PySide6.QtWidgets import QDialog, QWidget

from app import durable
from app.errors import AppError, Refused
from app.ui import roominess
from app.ui.common.list import export_place
from app.ui.common.parts.office import Office
from app.ui.common.parts.widgets import button, column, panel, row, rule, text
from app.ui.theme import px
from app.ui.tokens import M

_TO_A_PRINTER = QPrinter.OutputFormat.NativeFormat
Paint = Callable[[QPagedPaintDevice], int]


def write_pdf(path: Path, title: str, layout: QPageLayout, paint: Paint) -> int:
    """Write what *paint* draws to a PDF file; the number of pages. Raises as `durable.landing`."""
    with durable.landing(path) as beside:
        paper = QPrinter(QPrinter.PrinterMode.HighResolution)
        paper.setPageLayout(layout)
        paper.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        paper.setOutputFileName(str(beside))
        paper.setDocName(title)
        return paint(paper)


class PrintPreview(QDialog):
    """Shows what *paint* draws. *printer* says paper, margins and way; *office* hears of a PDF."""

    def __init__(
        self, title: str, printer: QPrinter, paint: Paint, office: Office, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Xem trước bản in: {}").format(title))
        self.resize(QSize(px(980), px(680)).boundedTo(roominess.most(self)))
        self._title, self._printer, self._paint, self._office = title, printer, paint, office
        printer.setDocName(title)
        self._shown = QPrintPreviewWidget(printer)
        self._shown.setAccessibleName(self.tr("Bản in"))
        self._shown.paintRequested.connect(self._draw)
        self._count = text("", "muted")
        self._problem = text("", "danger", wrap=True)
        self._problem.setContentsMargins(px(M.s4), px(M.s2), px(M.s4), 0)
        self._problem.hide()
        self._lay_out()
        self._shown.previewChanged.connect(self._say_page)
        self._shown.fitToWidth()
        self._shown.setFocus()

    def page_count(self) -> int:
        """How many pages there are."""
        return self._shown.pageCount()

    def turn(self, step: int) -> None:
        """Show the page *step* further on."""
        wanted = self._shown.currentPage() + step
        if 1 <= wanted <= self._shown.pageCount():
            self._shown.setCurrentPage(wanted)

    def save_pdf(self) -> None:
        """Ask where to, and write the pages there as PDF; the printer stays as it is."""
        title, kinds = self.tr("Lưu bản PDF"), self.tr("Tệp PDF (*.pdf)")
        proposed = (self._title, "", ".pdf")
        path = export_place.choose_file(self, self._office, title, kinds, proposed)
        if path is None:
            return
        try:
            write_pdf(path, self._title, self._printer.pageLayout(), self._paint)
        except AppError as error:
            self._say(error)
        else:
            self.accept()
            self._office.say_written(self.tr("Đã lưu bản in {}.").format(path.name), path)

    def send(self) -> None:
        """Ask for a printer, and print; where there is none, say so."""
        if sys.platform == "win32" and self._printer.outputFormat() != _TO_A_PRINTER:
            self._say(Refused(why=self.tr("Máy này chưa có máy in. Bấm Lưu PDF để in ở máy khác.")))
            return
        asked = QPrintDialog(self._printer, self)
        asked.setWindowTitle(self.tr("In {}").format(self._title))
        if asked.exec() == QDialog.DialogCode.Accepted:
            self._shown.print_()
            self.accept()
        asked.deleteLater()

    def _draw(self, printer: QPrinter) -> None:
        try:
            self._paint(printer)
        except AppError as error:
            self._say(error)

    def _say(self, error: AppError) -> None:
        self._problem.setText(str(error))
        self._problem.show()

    def _say_page(self) -> None:
        here, of = self._shown.currentPage(), self._shown.pageCount()
        self._count.setText(self.tr("Trang {} / {}").format(here, of))

    def _lay_out(self) -> None:
        prints = button(self.tr("In …"), "primary", "print", key="Ctrl+P", does=self.send)
        prints.setDefault(True)
        bar = row(
            button(self.tr("Trang trước"), "quiet", does=lambda: self.turn(-1)),
            self._count,
            button(self.tr("Trang sau"), "quiet", does=lambda: self.turn(1)),
            button(self.tr("Vừa bề ngang"), "quiet", does=self._shown.fitToWidth),
            button(self.tr("Cả trang"), "quiet", does=self._shown.fitInView),
            None,
            button(self.tr("Đóng"), key="Esc", does=self.reject),
            button(self.tr("Lưu PDF …"), does=self.save_pdf),
            prints,
            pad=(M.s4, M.s2, M.s4, M.s2),
        )
        foot = panel(column(rule(), self._problem, bar))
        whole = column(self._shown, foot)
        whole.setStretch(0, 1)
        self.setLayout(whole)
        QShortcut("Ctrl+P", self, self.send)
