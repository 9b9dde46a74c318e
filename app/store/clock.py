"""Whether the machine's clock can be right: it cannot be earlier than what has happened already.

A change written under a wrong date stays in the log for good, and other offices are sent it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlcipher3 import dbapi2

import app
from app import moments
from app.errors import AppError
from app.journal.raw import Driver
from app.store.engine import connect
from app.store.folder import Folder
from app.text import date_words
from app.words import told


@dataclass(frozen=True)
class Doubt:
    """The day that the clock shows, and a later one that is past; `is_own`: of the last change."""

    shown: date
    past: date
    is_own: bool

    def __str__(self) -> str:
        day = (
            told("ngày ghi sổ gần nhất") if self.is_own else told("ngày phát hành bản Phối Hợp này")
        )
        shown, past = date_words(self.shown), date_words(self.past)
        return told(
            "đồng hồ của máy đang là {shown}, trước {day} ({past})",
            shown=shown,
            day=day,
            past=past,
        )


def doubt(folder: Folder, now: datetime) -> Doubt | None:
    """Why the clock that shows *now* cannot be right for the office in *folder*. Writes nothing."""
    last = _last_own_day(folder)
    if last is not None and now.date() < last:
        return Doubt(now.date(), last, is_own=True)
    if now.date() < app.RELEASED:
        return Doubt(now.date(), app.RELEASED, is_own=False)
    return None


def _last_own_day(folder: Folder) -> date | None:
    """The day of the last change that this register's own writer made, or of its beginning.

    The last, not the latest: once a wrong clock has been put right, the next change says so.
    """
    try:
        if not folder.examine():
            return None
        connection = connect(folder.database, read_only=True)
        try:
            return _read(connection)
        finally:
            connection.close()
    except (AppError, OSError, dbapi2.Error):  # whoever opens the register is told what it has
        return None


def _read(connection: Driver) -> date | None:
    row = connection.execute(
        "SELECT r.created, (SELECT c.wall FROM cset c WHERE c.replica = r.n"
        " ORDER BY c.seq DESC LIMIT 1)"
        " FROM replica r JOIN fact f ON f.key = 'replica' AND f.value = lower(hex(r.id))"
    ).fetchone()
    if row is None:
        return None
    created, wall = row
    if wall is not None:
        return moments.local(wall).date()
    return datetime.fromisoformat(created).date()
