"""A record's history as the detail pane shows it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from app.services.agreement import histories
from app.services.agreement.histories import ACTIONS, ChangeLine, EventLine
from app.ui.common.pane.content import Change, History, Part, Tab
from app.ui.common.parts.office import Office
from app.words import told

Field = tuple[str, str | None, str]
ENTERED = ACTIONS[True]
_MOST = 24  # of one save; a text of hundreds of provisions is entered at once


def history_tab(office: Office, entity: str, record_id: UUID) -> Tab:
    """The tab Lịch sử of a record and of what belongs to it; read when first looked at."""

    def build() -> list[Part]:
        with office.store.reading() as session:
            return [History(changes_of(histories.of_family(session, entity, record_id)))]

    return Tab(QCoreApplication.translate("History", "Lịch sử"), build)


def changes_of(events: Iterable[EventLine]) -> list[Change]:
    """*events* as the pane's steps."""
    return [
        Change(event.label, event.clerk, event.at, _first(fields_of(event.lines, event.family_id)))
        for event in events
    ]


def fields_of(lines: Sequence[ChangeLine], head: UUID) -> list[Field]:
    """The changes of one save; those of records under *head* say of what kind they are."""
    entered = {line.record for line in lines if line.field == ENTERED}
    return [
        _field(line, is_new=line.record in entered, is_head=line.record == head)
        for line in lines
        if line.record not in entered or line.field == ENTERED or line.after not in ("", line.name)
    ]


def _first(fields: list[Field]) -> list[Field]:
    """As many as a pane can show at a glance, and how many more there are."""
    if len(fields) <= _MOST:
        return fields
    said = QCoreApplication.translate("History", "Và {} thay đổi khác").format(len(fields) - _MOST)
    where = QCoreApplication.translate("History", "xem ở Nhật ký")
    return [*fields[:_MOST], (said, None, where)]


def _field(line: ChangeLine, *, is_new: bool, is_head: bool) -> Field:
    if line.field in ACTIONS.values():
        says_it = line.name.casefold().startswith(line.kind.casefold())
        return told(line.field), None, line.name if says_it else f"{line.kind} {line.name}".strip()
    name = line.field if is_new or is_head else f"{line.kind} {line.name}: {line.field}"
    return name, None if is_new else line.before, line.after
