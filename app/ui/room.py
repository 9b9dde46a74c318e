"""What the main window must know of a room to give it a door."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.ui.common.parts.page import Page

if TYPE_CHECKING:
    from app.ui.common.parts.office import Office

Pages = type[Page] | Callable[[], type[Page]]
"""The class of a page, or what imports it once somebody enters: the window opens sooner so."""


@dataclass(frozen=True)
class Room:
    """One entry of the sidebar. `key` is stored in settings and must not change.

    `group` 0 stands above the rule of the sidebar (daily work), 1 below it. `opens` are the
    further kinds of record that its page can show, `waiting` counts for its door.
    """

    key: str
    title: str
    icon: str
    page: Pages
    group: int = 0
    opens: tuple[str, ...] = ()
    waiting: Callable[[Office], int] | None = None

    @property
    def shown(self) -> type[Page]:
        """The class of its page."""
        return self.page if isinstance(self.page, type) else self.page()

    def shows(self, kind: str) -> bool:
        """Whether its page can show records of *kind*."""
        return kind == self.key or kind in self.opens

    def count(self, office: Office) -> int | None:
        """How much waits there; None for a room where nothing ever does."""
        return None if self.waiting is None else self.waiting(office)
