"""A record's history as the detail pane shows it."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from app.services import histories
from app.services.histories import ChangeLine, EventLine
from app.ui.common.detail_content import Change, History, Part, Tab
from app.ui.common.office import Office


def history_tab(office: Office, entity: str, record_id: UUID) -> Tab:
    """The tab Lịch sử of a record and of what belongs to it; read when first looked at."""

    def build() -> list[Part]:
        with office.store.reading() as session:
            return [History(changes_of(histories.of_family(session, entity, record_id)))]

    return Tab(QCoreApplication.translate("History", "Lịch sử"), build)


def changes_of(events: Iterable[EventLine]) -> list[Change]:
    """*events* as the pane's steps."""
    return [
        Change(event.label, event.clerk, event.at, [field_of(line) for line in event.lines])
        for event in events
    ]


def field_of(line: ChangeLine) -> tuple[str, str, str]:
    """One change as label, before and after."""
    if line.before or line.after:
        return f"{line.kind}: {line.field}", line.before, line.after
    return line.kind, "", f"{line.field}: {line.name}" if line.name else line.field
