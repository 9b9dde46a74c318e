"""The tab Nghĩa vụ: every obligation the regulation gives, with the instance that waits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from app.models.occurrence_row import OccurrenceRow
from app.models.values import Values
from app.registers.column import Column, Columns, text_of
from app.registers.regulation import RegulationRow
from app.services.obligation import obligations
from app.ui.common.pane.content import Button, Buttons, Part, Rows, Words

if TYPE_CHECKING:
    from app.ui.regulation.page import RegulationPage


class Obligations:
    """Lists the obligations of a regulation and leads to their room."""

    def __init__(self, page: RegulationPage) -> None:
        self._page, self._office = page, page.office

    def parts(self, row: RegulationRow, opens: Callable[[OccurrenceRow], object]) -> list[Part]:
        """One line an obligation: the period that waits, else the last one."""
        with self._office.store.reading() as session:
            found = obligations.rows_of(session, today=self._office.today(), regulation_id=row.id)
        buttons = [Button(_tr("Thêm nghĩa vụ …"), partial(self.add, row.id))]
        if not found:
            none = _tr("Chưa ghi nghĩa vụ nào của quy chế này.")
            return [Words(none, "muted"), Buttons(buttons)]
        if row.number:
            facets = {"number": (row.number,)}
            see = partial(self._office.go, "obligation", view="all", facets=facets)
            buttons.append(Button(_tr("Mở trong sổ nghĩa vụ"), see))
        return [Rows(_COLUMNS, one_each(found), opens=opens, headed=True), Buttons(buttons)]

    def add(self, regulation_id: UUID, provision_id: UUID | None = None) -> None:
        """Open the form of a new obligation of the regulation, in its own room."""
        given = {"regulation_id": regulation_id, "provision_id": provision_id}
        known: Values = {name: value for name, value in given.items() if value is not None}
        self._office.go("obligation", begins=known)


def state_words(row: OccurrenceRow) -> str:
    """The state with the day that is waited for: "Sắp đến hạn 25/11/2026"."""
    return f"{row.state} {text_of(row.due)}" if row.is_open else row.state


_COLUMNS: Columns[OccurrenceRow] = (
    Column("title", "Nghĩa vụ", lambda r: r.record.title, width=0),
    Column("state", "Tình trạng, hạn", state_words, "state", width=23),
)


def one_each(rows: Sequence[OccurrenceRow]) -> list[OccurrenceRow]:
    """For each obligation the first instance still open, else its last."""
    found: dict[UUID, OccurrenceRow] = {}
    for row in rows:
        known = found.get(row.obligation_id)
        if known is None or not known.is_open:
            found[row.obligation_id] = row
    return list(found.values())


def _tr(words: str) -> str:
    return QCoreApplication.translate("ObligationsTab", words)
