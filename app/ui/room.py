"""What the main window must know of a room to give it a door."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget


@dataclass(frozen=True)
class Room:
    """One entry of the sidebar. `key` is stored in settings and must not change.

    `group` 0 stands above the rule of the sidebar (daily work), 1 below it.
    """

    key: str
    title: str
    icon: str
    page: type[QWidget]
    group: int = 0
