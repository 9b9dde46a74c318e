"""The one style sheet, written at 100 % text with the names of the tokens in place of colours."""

from __future__ import annotations

import re
from dataclasses import asdict
from string import Template

from app.ui.tokens import ICONS, Theme

_SIZE = re.compile(r"(border-radius: )?\b(\d+)px")
_TICK = (ICONS / "tick.svg").as_posix()  # white on the accent in both themes
_DOT = 14  # a radio button, as below
_HAIRLINE = 3  # edges and accent bars keep their width at every text size


def sheet(theme: Theme, percent: int) -> str:
    """The style sheet in the colours of *theme*, its sizes at *percent* of those written here."""

    def scaled(size: re.Match[str]) -> str:
        radius, value = size.group(1) or "", int(size.group(2))
        if value <= _HAIRLINE:
            return size.group()
        # a radius over half the height is drawn as none at all, so it is never rounded up
        return f"{radius}{value * percent // 100 if radius else round(value * percent / 100)}px"

    # a dot and its hairline make a circle only with half their size as radius, never more
    dot = f"{(round(_DOT * percent / 100) + 2) // 2}px"
    return Template(_SIZE.sub(scaled, _QSS)).substitute(asdict(theme), tick=_TICK, dot=dot)


_QSS = """
QWidget { color: $ink; font-size: 13px; }
QFrame#canvas, QTableView, QTextBrowser, QStackedWidget, QScrollArea,
  QScrollArea > QWidget > QWidget#canvas
  { background: $canvas; border: 0; }
QMainWindow, QDialog { background: $canvas; }
QFrame#sidebar, QFrame#status, QFrame#sidebar QScrollArea { background: $sidebar; }
QFrame#side_line { background: $line; max-width: 1px; min-width: 1px; border: 0; }
QFrame#rule { background: $line; max-height: 1px; min-height: 1px; border: 0; }
QFrame#message_info { background: $select; border-radius: 6px; }
QFrame#message_warn { background: $warn_soft; border-radius: 6px; }
QFrame#message_danger { background: $danger_soft; border-radius: 6px; }
QFrame#quote { border: 0; border-left: 3px solid $line; }
QFrame#current { background: $select; border-left: 3px solid $accent; }
QFrame#dialog { background: $canvas; border: 1px solid $edge; border-radius: 6px; }
QFrame#popup { background: $canvas; border: 1px solid $line; }
QFrame#choice { border: 1px solid $line; border-radius: 6px; }
QFrame#chosen { border: 1px solid $accent; border-radius: 6px; background: $select; }

QLabel { background: transparent; }
QLabel[role="title"] { font-size: 20px; font-weight: 600; }
QLabel[role="lead"] { font-size: 15px; font-weight: 600; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="muted"] { color: $muted; }
QLabel[role="small"] { color: $muted; font-size: 12px; }
QLabel[role="danger"] { color: $danger; font-size: 12px; }
QLabel[role="badge"] { color: $danger; font-size: 12px; font-weight: 600; }
QLabel[role="figure"] { font-size: 26px; font-weight: 600; }

QPushButton { background: $field; border: 1px solid $line; border-radius: 4px; padding: 0 12px;
  min-height: 28px; max-height: 28px; }
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $chip; }
QPushButton[role="primary"] { background: $fill; border-color: $fill; color: $on_fill;
  font-weight: 600; }
QPushButton[role="primary"]:hover { background: $fill_hover; }
QPushButton:disabled, QPushButton[role="primary"]:disabled { color: $faint; background: $chip;
  border-color: transparent; }
QPushButton[role="quiet"] { background: transparent; border-color: transparent; padding: 0 8px;
  color: $muted; }
QPushButton[role="quiet"]:hover { background: $hover; color: $ink; }
QPushButton[role="quiet"]:disabled { color: $faint; background: transparent; }
QPushButton[role="link"] { background: transparent; border: 1px solid transparent; padding: 0;
  color: $accent;
  text-align: left; min-height: 18px; max-height: 18px; }
QPushButton[role="link"]:hover { text-decoration: underline; }
QPushButton[role="link"]:disabled { color: $faint; }
QPushButton[role="chip"] { background: $chip; border-color: transparent; padding: 0 8px;
  min-height: 24px; max-height: 24px; border-radius: 13px; }
QPushButton[role="chip"]:hover { background: $line; }
QPushButton[role="node"] { background: transparent; border: 0; padding: 0; min-height: 76px;
  max-height: 76px; }
QPushButton[role="view"] { background: transparent; border-color: transparent; padding: 0 10px;
  color: $muted; }
QPushButton[role="view"]:hover { background: $hover; }
QPushButton[role="view"]:checked { background: $chip; color: $ink; font-weight: 600; }
QPushButton[role="step"], QPushButton[role="step_now"] { background: transparent;
  border-color: transparent; padding: 0 6px; color: $muted; }
QPushButton[role="step_now"] { color: $ink; font-weight: 600; }
QPushButton[role="step"]:hover, QPushButton[role="step_now"]:hover { background: $hover; }
QPushButton[role="nav"] { background: transparent; border: 1px solid transparent;
  border-radius: 4px;
  text-align: left; color: $ink; padding: 0 7px; min-height: 29px; max-height: 29px; }
QPushButton[role="nav"]:hover { background: $chip; }
QPushButton[role="nav"]:checked { background: $select; color: $accent; font-weight: 600; }
QPushButton:focus, QPushButton[role="step"]:focus, QPushButton[role="step_now"]:focus,
QPushButton[role="quiet"]:focus, QPushButton[role="view"]:focus,
QPushButton[role="chip"]:focus, QPushButton[role="link"]:focus, QPushButton[role="nav"]:focus
  { border: 1px solid $accent; }
QPushButton[role="primary"]:focus { border: 2px solid $ink; padding: 0 11px; min-height: 26px;
  max-height: 26px; }
QPushButton::menu-indicator { image: none; width: 0; }

QLineEdit, QComboBox, QPlainTextEdit, QSpinBox { background: $field; border: 1px solid $edge;
  border-radius: 4px; padding: 0 8px; min-height: 28px; selection-background-color: $fill;
  selection-color: $on_fill; placeholder-text-color: $faint; }
QComboBox { padding-left: 10px; }
QPlainTextEdit { padding: 2px 6px; }
QLineEdit:focus, QComboBox:focus, QSpinBox:focus { border: 2px solid $accent; padding: 0 7px;
  min-height: 26px; }
QComboBox:focus { padding-left: 9px; }
QPlainTextEdit[role="reading"] { font-size: 15px; }
QPlainTextEdit:focus { border: 2px solid $accent; padding: 1px 5px; }
QLineEdit[bad="true"], QComboBox[bad="true"] { border: 2px solid $danger; padding: 0 7px;
  min-height: 26px; }
QPlainTextEdit[bad="true"] { border: 2px solid $danger; padding: 1px 5px; }
QPlainTextEdit[source="true"], QPlainTextEdit[source="true"]:focus { border: 0; padding: 0;
  background: $canvas; }
QLineEdit[role="search"] { border-color: $line; }
QLineEdit[role="search"]:focus { border-color: $accent; }
QLineEdit:disabled, QComboBox:disabled, QPlainTextEdit:disabled { color: $faint; background: $chip;
  border-color: transparent; }
QLineEdit:read-only { background: $chip; border-color: transparent; }
QLineEdit QToolButton { background: transparent; border: 0; padding: 0; }
QComboBox::drop-down { border: 0; width: 26px; }
QComboBox::down-arrow { image: none; }
QComboBox QAbstractItemView { background: $canvas; border: 1px solid $line; outline: 0;
  selection-background-color: $select; selection-color: $ink; }
QRadioButton::indicator { width: 14px; height: 14px; border: 1px solid $edge; border-radius: $dot;
  background: $field; }
QRadioButton::indicator:checked { width: 6px; height: 6px; border: 5px solid $fill;
  border-radius: 8px;
  background: $on_fill; }
QCheckBox::indicator, QListView::indicator, QTreeView::indicator { width: 14px; height: 14px;
  border: 1px solid $edge; border-radius: 3px; background: $field; }
QCheckBox::indicator:checked, QListView::indicator:checked, QTreeView::indicator:checked
  { background: $fill; border-color: $fill; image: url("$tick"); }
QCheckBox::indicator:disabled, QListView::indicator:disabled { background: $chip; }
QCheckBox:focus, QRadioButton:focus { border: 1px solid $accent; border-radius: 4px; }

QTableView { selection-background-color: $select; selection-color: $ink; outline: 0; }
QHeaderView { background: $canvas; border: 0; }
QHeaderView::section { background: $canvas; color: $muted; font-size: 12px; border: 0;
  border-bottom: 1px solid $line; padding: 0 8px; height: 28px; }
QHeaderView::section:first { padding-left: 16px; }
QHeaderView::section:only-one { padding-left: 16px; }
QHeaderView::section:hover { color: $ink; }
QHeaderView::up-arrow, QHeaderView::down-arrow { image: none; width: 0; height: 0; }
QTableView[edge="wide"] QHeaderView::section:first { padding-left: 24px; }
QTableView[flush="true"] QHeaderView::section:first { padding-left: 0; }
QTableView[flush="true"] QHeaderView::section:last { padding-right: 0; }
QListView { background: $canvas; border: 0; outline: 0; }
QListView::item { min-height: 26px; padding: 0 6px; }
QListView::item:hover { background: $hover; color: $ink; }
QListView::item:selected { background: $select; color: $ink; }
QTreeView { background: $canvas; border: 0; outline: 0; }
QTreeView::item { min-height: 26px; }
QTreeView::item:hover { background: $hover; color: $ink; }
QTreeView::item:selected { background: $select; color: $ink; }

QTabBar { background: transparent; border: 0; }
QTabBar::tab { color: $muted; padding: 0; margin-right: 13px; height: 32px; border: 0;
  border-bottom: 2px solid transparent; }
QTabBar::tab:last, QTabBar::tab:only-one { margin-right: 0; }
QTabBar::tab:hover { color: $ink; }
QTabBar::tab:selected { color: $ink; font-weight: 600; border-bottom: 2px solid $accent; }
QTabBar:focus { border-bottom: 1px solid $accent; }
QTextBrowser { font-size: 15px; }
QProgressBar { background: $chip; border: 0; border-radius: 3px; max-height: 6px; min-height: 6px; }
QProgressBar::chunk { background: $fill; border-radius: 3px; }

QMenu { background: $canvas; border: 1px solid $line; padding: 4px 0; }
QMenu::item { padding: 5px 24px 5px 12px; background: transparent; color: $ink; }
QMenu::item:selected { background: $select; color: $ink; }
QMenu::item:disabled { color: $faint; }
QMenu::icon { padding-left: 10px; }
QMenu::right-arrow { width: 8px; height: 8px; }
QMenu::separator { height: 1px; background: $line; margin: 4px 0; }
QToolTip { background: $field; color: $ink; border: 1px solid $line; padding: 4px 6px; }

QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: $line; border-radius: 3px; margin: 2px; }
QScrollBar::handle:hover { background: $edge; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: $line; }
QSplitter::handle:hover { background: $accent; }
"""
