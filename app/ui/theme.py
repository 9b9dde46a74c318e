"""The look that is worn now: light or dark, and how large the text is.

Palette and style sheet are set here and nowhere else; whatever is painted by hand asks
`colour` and `px` while it paints, so a change of look is one call and one repaint.
"""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QAbstractButton, QApplication, QGridLayout, QLayout, QWidget

from app.ui.stylesheet import sheet
from app.ui.tokens import DARK, FONTS, LIGHT, M, Theme

Pad = tuple[int, int, int, int]
ANY_WIDTH = (1 << 24) - 1  # Qt's own QWIDGETSIZE_MAX, which PySide does not name


class Mode(StrEnum):
    """What the clerk chose in Cài đặt; the value is stored in settings."""

    LIGHT = "light"
    DARK = "dark"
    SYSTEM = "system"


_SCHEMES = {
    Mode.LIGHT: Qt.ColorScheme.Light,
    Mode.DARK: Qt.ColorScheme.Dark,
    Mode.SYSTEM: Qt.ColorScheme.Unknown,  # Qt's word for "as the system has it"
}


class _Look(QObject):
    """What is worn; `changed` follows every change of colours or sizes."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.theme, self.mode, self.percent = LIGHT, Mode.LIGHT, 100
        self.follows = False


look = _Look()


def wear(mode: Mode | str = Mode.SYSTEM, percent: int = 100) -> None:
    """Dress the whole application; may be called at any time while it runs."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        return
    _follow_the_system()
    look.mode, look.percent = Mode(mode), percent
    # The frame of the window is drawn by the system, which is told what is worn inside it.
    QGuiApplication.styleHints().setColorScheme(_SCHEMES[look.mode])
    look.theme = _theme_for(look.mode)
    app.setFont(_font())
    app.setPalette(_palette(look.theme))
    app.setStyleSheet(sheet(look.theme, percent))
    for widget in app.allWidgets():
        _resize(widget)
    look.changed.emit()


def theme() -> Theme:
    """The colours worn now."""
    return look.theme


def colour(name: str) -> QColor:
    """The colour that *name*, a field of Theme, stands for now."""
    return QColor(getattr(look.theme, name))


def px(size: int) -> int:
    """*size*, in pixels at 100 % text, at the clerk's own text size."""
    return round(size * look.percent / 100)


def font(size: int = M.body, weight: int = 400) -> QFont:
    """The program's font at *size* pixels (at 100 %), for what is painted by hand."""
    made = QApplication.font()
    made.setPixelSize(px(size))
    made.setWeight(QFont.Weight(weight))
    return made


def hold(widget: QWidget, *, width: int = 0, height: int = 0) -> None:
    """Fix the size of *widget* in pixels at 100 %; it grows with the text. 0 leaves a side free."""
    widget.setProperty("held", [width, height])
    _resize(widget)


def let_go(widget: QWidget) -> None:
    """Take a held width off *widget* again."""
    widget.setProperty("held", [0, 0])
    widget.setMinimumWidth(0)
    widget.setMaximumWidth(ANY_WIDTH)


def hold_icon(button: QAbstractButton, size: int) -> None:
    """Fix the icon of *button* at *size* pixels at 100 %; it grows with the text."""
    button.setProperty("iconed", size)
    _resize(button)


def space(layout: QLayout, gap: int, pad: Pad, down: int | None = None) -> None:
    """Set the gap and the margins of *layout* in pixels at 100 %; they grow with the text.

    *down* is the gap between the lines of a grid, where it differs.
    """
    layout.setProperty("spaced", [gap, *pad, gap if down is None else down])
    _respace(layout)


def _resize(widget: QWidget) -> None:
    held = widget.property("held")
    if held:
        width, height = (px(int(side)) for side in held)
        if width:
            widget.setFixedWidth(width)
        if height:
            widget.setFixedHeight(height)
    if isinstance(widget, QAbstractButton) and (side := widget.property("iconed")):
        widget.setIconSize(QSize(px(int(side)), px(int(side))))
    if (layout := widget.layout()) is not None:
        for each in (layout, *layout.findChildren(QLayout)):
            _respace(each)


def _respace(layout: QLayout) -> None:
    spaced = layout.property("spaced")
    if spaced:
        gap, left, top, right, bottom, down = (px(int(size)) for size in spaced)
        layout.setSpacing(gap)
        if isinstance(layout, QGridLayout):
            layout.setVerticalSpacing(down)
        layout.setContentsMargins(left, top, right, bottom)


def _theme_for(mode: Mode) -> Theme:
    if mode is Mode.SYSTEM:
        dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return DARK if dark else LIGHT
    return DARK if mode is Mode.DARK else LIGHT


def _follow_the_system() -> None:
    if not look.follows:
        look.follows = True
        QGuiApplication.styleHints().colorSchemeChanged.connect(_on_system_change)


def _on_system_change(_scheme: Qt.ColorScheme) -> None:
    if look.mode is Mode.SYSTEM and _theme_for(Mode.SYSTEM) is not look.theme:
        wear(Mode.SYSTEM, look.percent)


def _font() -> QFont:
    made = QFont()
    made.setFamilies(list(FONTS))
    made.setPixelSize(px(M.body))
    made.setStyleStrategy(QFont.StyleStrategy.NoSubpixelAntialias)
    return made


def _palette(worn: Theme) -> QPalette:
    palette = QPalette(QColor(worn.canvas))
    role = QPalette.ColorRole
    for which, value in (
        (role.Window, worn.canvas),
        (role.Base, worn.field),
        (role.AlternateBase, worn.hover),
        (role.WindowText, worn.ink),
        (role.Text, worn.ink),
        (role.ButtonText, worn.ink),
        (role.Button, worn.field),
        (role.Highlight, worn.fill),
        (role.HighlightedText, worn.on_fill),
        (role.PlaceholderText, worn.faint),
        (role.Link, worn.accent),
        (role.LinkVisited, worn.accent),
        (role.ToolTipBase, worn.field),
        (role.ToolTipText, worn.ink),
    ):
        palette.setColor(which, QColor(value))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(worn.faint))
    return palette
