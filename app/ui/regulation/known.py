"""What the register already knows, beside the form of a regulation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget
from sqlmodel import Session

from app.models import Attachment, Regulation
from app.models.values import Values, said, several
from app.registers.column import text_of
from app.services import attachments
from app.services.any_kind import records
from app.services.obligation import obligations
from app.services.regulation import provisions, replacement
from app.services.regulation.regulations import Parties
from app.text import shortened
from app.ui.common.form.form_page import FormPage
from app.ui.common.pane.files_tab import size_words
from app.ui.common.parts.office import Office
from app.ui.common.parts.widgets import Glyph, Item, column, link, panel, row, text
from app.ui.regulation.provision_words import all_of, counted
from app.ui.tokens import M


class Known:
    """Draws the side of one form; `form` is given to it once the form is there."""

    def __init__(self, office: Office, own: UUID | None, reads_file: Callable[[], object]) -> None:
        self._office, self._own, self._reads_file = office, own, reads_file
        self.form: FormPage | None = None

    def side(self, values: Values) -> QWidget | None:
        """The regulations that this one may replace, their obligations, and the files."""
        replaced = several(values, "replaces", UUID)
        with self._office.store.reading() as session:
            older = [records.get(session, Regulation, each) for each in replaced]
            alike = [
                each
                for each in replacement.same_parties(
                    session, _parties(values), today=self._office.today()
                )
                if each.id not in {self._own, *replaced}
            ]
            waiting = [(each, self._waiting(session, each.id)) for each in older]
        parts: list[Item] = []
        if older or alike:
            parts.append(text(_tr("Trong sổ đã có"), "strong"))
        for each in older:
            parts += self._replaced(each, values)
        for each in alike:
            parts += self._alike(each)
        for each, count in waiting:
            parts += self._moved(each, count, values) if count else []
        parts += self._source()
        return panel(column(*parts)) if parts else None

    def _replaced(self, older: Regulation, values: Values) -> list[Item]:
        since = values.get("effective_on") or values.get("signed_on")
        day = _tr(" từ {}").format(text_of(since)) if isinstance(since, date) else ""
        is_so = isinstance(since, date) and since <= self._office.today()
        said = _tr("“Đã bị thay thế”{}") if is_so else _tr("Sẽ thành “Đã bị thay thế”{}")
        becomes = said.format(day)
        mark = row(Glyph("replaced", "muted", 14), text(becomes, "muted", wrap=True))
        mark.setStretch(1, 1)
        return [
            M.s1,
            text(_described(older), wrap=True),
            M.s1,
            mark,
            M.s1,
            row(link(_tr("Mở quy chế {}").format(older.called()), self._opens(older)), None),
            M.s4,
        ]

    def _alike(self, other: Regulation) -> list[Item]:
        said = _tr("{}, cùng các bên, còn hiệu lực.").format(_described(other))
        takes = partial(self._choose, other.id)
        return [
            M.s1,
            text(said, wrap=True),
            M.s1,
            row(link(_tr("Quy chế này thay thế văn bản đó"), takes), None),
            row(link(_tr("Mở quy chế {}").format(other.called()), self._opens(other)), None),
            M.s4,
        ]

    def _moved(self, older: Regulation, count: int, values: Values) -> list[Item]:
        since = values.get("effective_on") or values.get("signed_on")
        day = text_of(since) if isinstance(since, date) else _tr("ngày hiệu lực")
        said = _tr("{} nghĩa vụ của {} còn kỳ chưa thực hiện. Từ {} không sinh kỳ mới.").format(
            count, older.called(), day
        )
        return [text(_tr("Nghĩa vụ của văn bản cũ"), "strong"), M.s1, text(said, wrap=True), M.s4]

    def _source(self) -> list[Item]:
        head: list[Item] = [text(_tr("Tệp nguồn"), "strong"), M.s1]
        if self._own is None:
            said = _tr("Có tệp Word thì đọc số, ngày, các bên và điều khoản từ tệp.")
            read = link(_tr("Nhập từ tệp …"), self._reads_file)
            return [*head, text(said, "muted", wrap=True), M.s1, row(read, None)]
        with self._office.store.reading() as session:
            files = attachments.of_record(session, self._own)
            nodes = provisions.tree_of(session, self._own)
        said = counted(node.provision for node in all_of(nodes))
        lines = [_file(file) for file in files]
        return [*head, *lines, text(said, "muted", wrap=True)] if files or said else []

    def _waiting(self, session: Session, regulation_id: UUID) -> int:
        rows = obligations.rows_of(session, today=self._office.today(), regulation_id=regulation_id)
        return len({each.obligation_id for each in rows if each.is_open})

    def _choose(self, regulation_id: UUID) -> None:
        """Put the regulation among those that this one replaces."""
        if self.form is None:
            return
        field = self.form.form.fields["replaces"]
        chosen = several(self.form.form.values(), "replaces", UUID)
        field.show_value((*chosen, regulation_id))
        field.edited.emit()

    def _opens(self, regulation: Regulation) -> Callable[[], object]:
        return partial(self._office.go, "regulation", regulation.id)


def _file(file: Attachment) -> Item:
    line = row(Glyph("file", "muted", 14), text(f"{file.name}, {size_words(file.size)}", wrap=True))
    line.setStretch(1, 1)
    return line


def _described(regulation: Regulation) -> str:
    day = _tr(" ngày {}").format(text_of(regulation.signed_on)) if regulation.signed_on else ""
    return f"{regulation.called()}{day}, {shortened(regulation.abstract, 120)}"


def _parties(values: Values) -> Parties:
    return Parties(said(values, "lead_id", UUID), several(values, "coordinating", UUID))


def _tr(words: str) -> str:
    return QCoreApplication.translate("RegulationForm", words)
