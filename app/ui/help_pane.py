"""Help for the room on screen: one short page of plain words, from resources/help."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import (
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtWidgets import QTextBrowser, QWidget

from app import language, paths
from app.ui import theme
from app.ui.common.parts.dialog import Dialog
from app.ui.common.parts.widgets import button, row
from app.ui.tokens import M

GENERAL = "general"


def help_file(room: str) -> Path:
    """The page of *room*, or the general one where a room has none, in the language spoken."""
    pages = paths.resources() / "help"
    if language.spoken() != language.VIETNAMESE and (pages / language.spoken()).is_dir():
        pages /= language.spoken()
    found = pages / f"{room}.md"
    return found if found.exists() else found.with_name(f"{GENERAL}.md")


class HelpPane(Dialog):
    """Reads one page; links lead to other pages of the help and nowhere else."""

    def __init__(self, room: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, 640, 560)
        self.setWindowTitle(self.tr("Trợ giúp"))
        self.page = QTextBrowser()
        self.page.setAccessibleName(self.tr("Trợ giúp"))
        self.page.setOpenLinks(False)
        self.page.anchorClicked.connect(self._follow)
        self.page.document().setDocumentMargin(0)
        closes = button(self.tr("Đóng"), key="Esc", does=self.accept)
        index = button(self.tr("Hướng dẫn chung"), "quiet", does=lambda: self.read(GENERAL))
        self.lay_out(row(self.page), row(index, None, closes))
        self.read(room)

    def read(self, room: str) -> None:
        """Show the page of *room*."""
        self.page.setMarkdown(help_file(room).read_text("utf-8"))
        _set_type(self.page.document())
        self.page.verticalScrollBar().setValue(0)

    def _follow(self, address: QUrl) -> None:
        if not address.scheme() and address.path().endswith(".md"):
            self.read(Path(address.path()).stem)


_SIZES = {0: (M.body, 0, M.s1), 1: (M.title, 0, M.s2), 2: (M.lead, M.s4, M.s1)}
"""Heading level: pixels, and the room above and below."""


def _set_type(page: QTextDocument) -> None:
    """Qt's own markdown headings are too large and have no room around them."""
    cursor = QTextCursor(page)
    block = page.begin()
    while block.isValid():
        shape = block.blockFormat()
        size, above, below = _SIZES.get(shape.headingLevel(), _SIZES[2])
        shape.setTopMargin(theme.px(above))
        shape.setBottomMargin(theme.px(below))
        shape.setLineHeight(130, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor.setPosition(block.position())
        cursor.setBlockFormat(shape)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        letters = QTextCharFormat()
        letters.setProperty(QTextFormat.Property.FontPixelSize, theme.px(size))
        if shape.headingLevel():  # set, not merged: Qt's size adjustment would win over pixels
            letters.setFontWeight(QFont.Weight.DemiBold)
            cursor.setCharFormat(letters)
        else:
            cursor.mergeCharFormat(letters)
        block = block.next()
